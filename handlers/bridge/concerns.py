"""What a ticket is likely to be about: something of the site that is open, or that the person has just done."""

from datetime import timedelta

from handlers.dialog import Talk

MOST = 3
LESSON_DAYS = timedelta(days=2)


def likely(talk: Talk, site_id: int, *, nameless: bool) -> list[str]:
    """Open CAPAs of the site, figures over their limit, and the lesson just done; the likeliest first, three at most.

    The lesson would tell who reports without a name, because it is known who did it.
    """
    found = [f"capa/{capa.id}" for capa in talk.read.open_capas(site_id)]
    found += [f"metric/{metric}" for metric in talk.read.breached(site_id)]
    lesson = "" if nameless else talk.read.last_lesson(talk.person, talk.began - LESSON_DAYS)
    return [*found[:MOST], *([f"lesson/{lesson}"] if lesson else [])][:MOST]
