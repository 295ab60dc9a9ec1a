"""What may be shared of a ticket, and where work gets stuck: no store, no text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

from storage.tables.tickets import Ticket, TicketKind

SHORTEST = 3


def named_in(words: str, people: Iterable[str], places: Iterable[str]) -> list[str]:
    """The names that these words give away: of people by any part of them, of places by two words in a row."""
    wanted = {part for name in people for part in [name, *name.split()] if len(part) >= SHORTEST}
    for place in places:
        parts = place.split()
        wanted |= {place, *(f"{one} {other}" for one, other in pairwise(parts))}
    said = " ".join(words.casefold().split())
    found = {one for one in wanted if re.search(rf"(?<!\w){re.escape(one.casefold())}(?!\w)", said)}
    # The whole name is enough: its parts are in it.
    return sorted(one for one in found if not any(one != other and one in other for other in found))


@dataclass(frozen=True)
class Bottleneck:
    """Open problems of one category in one country: how many, and for how many days they have been open."""

    category: str
    country: str
    count: int
    days: int
    oldest: int
    middle: int


def bottlenecks(tickets: Iterable[Ticket], countries: Mapping[int, str], now: datetime) -> list[Bottleneck]:
    """Where most time is lost: days open in all, the most first. Ideas are no bottlenecks."""
    ages: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in tickets:
        if one.kind is not TicketKind.IDEA and one.site_id in countries:
            ages[one.category, countries[one.site_id]].append((now - one.at).days)
    found = [
        Bottleneck(category, country, len(days), sum(days), max(days), int(median(days)))
        for (category, country), days in ages.items()
    ]
    return sorted(found, key=lambda one: (-one.days, -one.count, one.category, one.country))
