"""Something grave told to one named person: no category but the one that counts, no photo asked for, no form.

It never goes the ordinary way. What is sent, with or without a name, is for the reporter to decide, by one tap.
"""

from handlers import conversation
from handlers.bridge.asking import agreed, site_of
from handlers.dialog import Dialog, Fact, Talk
from handlers.grave.filing import FileGrave
from handlers.grave.naming import category_of
from handlers.grave.words import DOOR, GRAVE, NOT_ABOUT_THAT, after_call, sounds_grave, yes_alone
from handlers.message import FileRef, Said, Speech
from handlers.questions import Choice, Option, Text
from handlers.router import SUPPLIER, Router
from handlers.turn import Turn
from locales.text import Phrase, _

routes = Router()
CONTACT, NAMELESS, ORDINARY, GIVE = "contact", "nameless", "ordinary", "give"


@routes.command("safe", SUPPLIER, menu=DOOR)
def begin(turn: Turn, _argument: str) -> None:
    """Begin to tell of something grave."""
    conversation.start(turn, "safe")


@routes.dialog("safe", _("A message to one person"))
def safe(talk: Talk) -> Dialog[None]:
    """What it is, and the words for it."""
    yield from telling(talk)


def telling(talk: Talk, site_id: int = 0) -> Dialog[None]:
    """Which of four, then words or none; sent at once, since reading it back would ask too much."""
    asked = _("I am sorry. You are asked very little here. What is it about?")
    category = yield from Choice("grave", asked, list(GRAVE.items()))
    site_id = site_id or (yield from site_of(talk))
    who = yield from _who(talk, site_id, category)
    can_hide = yield from Fact("can hide grave", bool, lambda: talk.read.can_hide)
    said = yield from Telling("told", _prompt(talk, site_id, category, who), hide=can_hide)
    if said == NAMELESS:
        yield from _nameless(talk, site_id, category, who)
    else:
        talk.do(FileGrave(category, site_id, "" if said == CONTACT else said))


def offered(
    talk: Talk, site_id: int, words: str, files: tuple[FileRef, ...] = (), *, nameless: bool = False
) -> Dialog[bool]:
    """True if these words name something grave and were given to the named person alone."""
    category = yield from Fact("grave in words", str, lambda: category_of(words))
    if not category:
        return False
    who = yield from _who(talk, site_id, category)
    can_hide = yield from Fact("can hide grave", bool, lambda: talk.read.can_hide)
    asked = _after_call(talk, site_id, category, sounds_grave(who))
    ways: list[tuple[str, Speech]] = [(GIVE, yes_alone(who))]
    if can_hide and not nameless:
        ways.append((NAMELESS, _("Yes, without my name")))
    choice = yield from Choice("grave way", asked, [*ways, (ORDINARY, NOT_ABOUT_THAT)])
    if choice == ORDINARY:
        return False
    if choice == NAMELESS and not (yield from agreed(talk, site_id, _promise(who))):
        # They were told that nothing was sent.
        return True
    hidden = nameless or choice == NAMELESS
    talk.do(FileGrave(category, site_id, words, () if hidden else files, nameless=hidden))
    return True


def _nameless(talk: Talk, site_id: int, category: str, who: str) -> Dialog[None]:
    if (yield from agreed(talk, site_id, _promise(who))):
        words = yield from Text("told again", _("Write what {name} should know, as little as you like.", name=who))
        talk.do(FileGrave(category, site_id, words, nameless=True))


def _who(talk: Talk, site_id: int, category: str) -> Dialog[str]:
    """The name of who will read it."""
    return (yield from Fact("who", str, lambda: talk.read.named_for(site_id, category)))


def _promise(who: str) -> Phrase:
    return _(
        "Nobody will learn who you are, {name} included. You still read {name}'s answers here, but {name} cannot call "
        "you. Please send no voice notes and no documents: they can tell who you are.",
        name=who,
    )


def _prompt(talk: Talk, site_id: int, category: str, who: str) -> Speech:
    asked = _(
        "What you write here goes to {name} alone, who looks after such matters and will contact you. Your company "
        "does not see it. Write as little as you like, or press a button.",
        name=who,
    )
    return _after_call(talk, site_id, category, asked)


def _after_call(talk: Talk, site_id: int, category: str, asked: Phrase) -> Phrase:
    return after_call(category, talk.read.settings.safety.emergency.get(talk.read.site(site_id).country, ""), asked)


class Telling(Text):
    """Words of the person's own, or none: then they ask to be contacted, or to go on without their name."""

    def __init__(self, key: str, prompt: Speech, *, hide: bool) -> None:
        super().__init__(key, prompt)
        self.hide = hide

    def rows(self) -> list[list[Option]]:
        """Two ways to write nothing."""
        contact = [Option(_("Contact me, I do not want to write"), CONTACT)]
        return [contact, [Option(_("Without my name"), NAMELESS)]] if self.hide else [contact]

    def pick(self, value: str) -> str:
        return value if value in (CONTACT, NAMELESS) else super().pick(value)

    def parse(self, said: Said, language: str) -> str:
        words = super().parse(said, language)
        # Somebody may write the very word that stands for a button.
        return f"{words}." if words in (CONTACT, NAMELESS) else words
