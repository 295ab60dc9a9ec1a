"""Every path through a figure's dialog and an alert, as steps: what somebody does, and what they are shown for it.

Each path is played by a person of its own, at a site of its own, on a phone and in Slack alike.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

YEAR = 2027
"""The programme's year; it is November, and figures of October are owed."""
YEARS = [12413, 11870, 12955, 12208, 13127, 13764, 14011, 13902, 12871, 12366, 11942, 12188]
YEARS += [12561, 12034, 13022, 12476, 13310, 13921, 14203, 14066, 12990, 12518, 12107, 12344]
"""Electricity of the 24 months before October, where a path has a past."""
SO_FAR = sum(YEARS[-9:])
LIMIT = 16000
"""The limit for electricity, in kWh."""
ELECTRICITY, WATER, FINES = "Electricity, October", "Water, October", "Fines for corruption"
DEATHS, INJURIES = "Deaths at work, October", "Work injuries, October"


class Step(NamedTuple):
    """`deed` with `what`, then `shows` is shown once more to whom it concerns; "" waits for nothing."""

    deed: Literal["say", "tap", "command", "photo", "pdf", "mentor", "fill", "ask", "hour", "picture", "channel"]
    what: str
    shows: str


@dataclass(frozen=True)
class Path:
    """A path with its steps, what lies behind it, and what is stored in the end: versions of figures, and papers."""

    name: str
    steps: list[Step]
    past: bool = False
    joined: bool = True
    papers: int = 0
    index: int | None = None
    stored: dict[str, list[str]] = field(default_factory=dict)


def say(text: str, shows: str) -> Step:
    return Step("say", text, shows)


def tap(label: str, shows: str) -> Step:
    return Step("tap", label, shows)


def mentor(label: str, shows: str) -> Step:
    """The mentor presses a button of the site's alert; the channel, or a modal (shows ""), shows it."""
    return Step("mentor", label, shows)


def begun(which: str, shows: str) -> list[Step]:
    """The figure that is asked for."""
    return [Step("command", "figures", "Which figure do you want to send?"), tap(which, shows)]


ASKED = begun(ELECTRICITY, "How much electricity")
SENT = tap("Yes, send it", "Stored:")
OTHER = tap("Another answer", "What would you like to answer?")
ALERTED = [*ASKED, say("16500", "16,500 kWh</b>".removesuffix("</b>")), SENT, Step("channel", "", "above the limit")]
METERED = [*ASKED, OTHER]

SLIPS = {
    "ten times": ("125300", "about ten times", "12,530 kWh"),
    "a tenth": ("1253", "about a tenth", "12,530 kWh"),
    "a thousand times": ("12530000", "a thousand times", "12,530 kWh"),
    "a thousandth": ("12.53 kWh", "Did you mean", "12,530 kWh"),
    "the year so far": (str(SO_FAR + 12530), "Did you mean", "12,530 kWh"),
    "the same as last month": ("12344", "September", ""),
    "another month": ("12561", "October 2026", ""),
    "a meter's index": ("612077", "meter", ""),
    "unusual": ("38120", "38,120 kWh", ""),
}
"""What is typed, what is asked, and the repair that is offered; "" where nobody can tell what was meant."""


def slip(name: str) -> Path:
    """A slip said to be right with a reason, not sent after all; then repaired by its button, or typed again."""
    typed, asked, repair = SLIPS[name]
    right = [
        *ASKED,
        say(typed, asked),
        tap("My number is right", "What is the reason?"),
        say("A new hall was opened", "Is that right?"),
        tap("No, do not send", "Not sent."),
    ]
    mended = [tap(f"It is {repair}", repair)] if repair else [tap("Type it again", "How much"), say("12530", "12,530")]
    return Path(
        f"slip: {name}", [*right, *ASKED, say(typed, asked), *mended, SENT], True, stored={"electricity": ["12530"]}
    )


PATHS = [
    Path(
        "returned by the mentor with a reason, and sent again",
        [
            *ALERTED,
            mentor("Return the figure", ""),
            Step("fill", "why=Is this the whole site?", "Returned."),
            Step("hour", "", "Is this the whole site?"),
            tap("Send it again", "Which figure"),
            tap(ELECTRICITY, "How much electricity"),
            say("15000", "15,000 kWh"),
            SENT,
        ],
        stored={"electricity": ["16500", "15000"]},
    ),
    Path(
        "alert: a lesson is offered and begun",
        [
            *ALERTED,
            mentor("Offer the lesson", "I offer the lesson to"),
            Step("hour", "", "is beyond its limit"),
            tap("Start the lesson", "The main meter tells you"),
        ],
    ),
    Path(
        "alert: the mentor writes, the answer comes below, the mentor writes back",
        [
            *ALERTED,
            mentor("Write to the site", ""),
            Step("ask", "words=Was the new line running?", "Was the new line running?"),
            tap("Answer", "Please write your answer."),
            say("Yes, since the third.", "Sent to your mentor."),
            Step("channel", "", "Yes, since the third."),
            mentor("Write back", ""),
            Step("ask", "words=Thank you.", "Thank you."),
        ],
    ),
    Path("alert: seen", [*ALERTED, mentor("I have seen it", "Seen by Lucia Moreno.")]),
    Path("alert: later", [*ALERTED, mentor("Remind me in a week", "I will remind you on")]),
    Path(
        "alert: a CAPA",
        [*ALERTED, mentor("Open a CAPA", ""), Step("fill", "finding=Too much power", "is open. Owner:")],
    ),
    Path(
        "does not apply, with approval",
        [
            *ASKED,
            OTHER,
            tap("It does not apply", "Why does it not apply"),
            say("The landlord pays for it.", "does not apply, because"),
            tap("Yes, send it", "sent to your mentor"),
            Step("channel", "", "The landlord pays for it."),
            mentor("That is right", "is no longer asked for there"),
        ],
    ),
    Path(
        "does not apply, refused by the mentor",
        [
            *ASKED,
            OTHER,
            tap("It does not apply", "Why does it not apply"),
            say("We have solar cells.", "does not apply, because"),
            tap("Yes, send it", "sent to your mentor"),
            Step("channel", "", "We have solar cells."),
            mentor("It does apply", "is asked for again"),
            Step("hour", "", "does apply to"),
        ],
    ),
    Path(
        "several figures in one sitting with one read-back",
        [
            *begun("All of these", "How much did the company have to pay"),
            say("1.200,50 EUR", "How much electricity"),
            say("12500", "How much water"),
            say("900", "a photo or a PDF"),
            tap("I have none now", "How many work injuries"),
            say("0", "Did anybody die"),
            say("0", "This is what I will send"),
            tap("Change: Water", "How much water"),
            say("910", "a photo or a PDF"),
            tap("I have none now", "910 m³"),
            tap("Yes, send it", "Stored: 5 figures"),
        ],
        stored={"electricity": ["12500"], "water": ["910"], "injuries": ["0"], "corruption-fines": ["1200.5 EUR"]},
    ),
    Path(
        "one left out, another not",
        [
            *begun("All of these", "How much did the company have to pay"),
            OTHER,
            tap("Leave it out for now", "How much electricity"),
            say("12500", "How much water"),
            OTHER,
            tap("Leave it out for now", "How many work injuries"),
            OTHER,
            tap("Leave it out for now", "Did anybody die"),
            OTHER,
            tap("Leave it out for now", "12,500 kWh"),
            SENT,
        ],
        stored={"electricity": ["12500"], "water": []},
    ),
    Path(
        "back, why and how",
        [
            *ASKED,
            tap("Why do you ask?", "How much electricity"),
            tap("How do I measure it?", "How much electricity"),
            say("1250", "1,250 kWh"),
            tap("Back", "How much electricity"),
            say("12500", "12,500 kWh"),
            SENT,
        ],
        stored={"electricity": ["12500"]},
    ),
    Path(
        "a unit typed with the number", [*ASKED, say("12,5 MWh", "12,500 kWh"), SENT], stored={"electricity": ["12500"]}
    ),
    Path(
        "two readings as buttons, and the choice remembered",
        [
            *ASKED,
            say("1,234 MWh", "in two ways"),
            tap("1.234 MWh", "1,234 kWh"),
            SENT,
            *begun(WATER, "How much water"),
            say("1,5 m3", "a photo or a PDF"),
            tap("I have none now", "1.5 m³"),
            SENT,
            say("water 1,234 m3", "a photo or a PDF"),
            tap("I have none now", "Why does it change?"),
            say("Read again", "1.234 m³"),
            SENT,
        ],
        stored={"electricity": ["1234"], "water": ["1.5", "1.234"]},
    ),
    Path(
        "joining by an account that the programme's folder names, and the first figure",
        [
            Step("command", "figures", "accept the privacy notice first"),
            Step("command", "start", "Which language do you prefer?"),
            tap("English", "keep your name"),
            tap("Yes, I agree", "You are in"),
            *ASKED,
            say("12500", "12,500 kWh"),
            SENT,
        ],
        joined=False,
        stored={"electricity": ["12500"]},
    ),
    Path(
        "one line",
        [say("electricity October 12,5 MWh", "12,500 kWh"), SENT],
        stored={"electricity": ["12500"]},
    ),
    Path("zero", [*ASKED, OTHER, tap("It was zero", "0 kWh"), SENT], stored={"electricity": ["0"]}),
    Path(
        "not available until a day",
        [
            *ASKED,
            OTHER,
            tap("I do not have it yet", "By which day"),
            say(f"{YEAR}-11-01", "in the past"),
            say(f"{YEAR}-12-05", "not available until 5 December"),
            tap("Yes, send it", "comes by 5 December"),
        ],
        stored={"electricity": []},
    ),
    Path(
        "estimated",
        [
            *ASKED,
            OTHER,
            tap("I can only estimate it", "How much electricity"),
            say("12 MWh", "How did you estimate it?"),
            tap("Worked out from the cost", "how you worked it out"),
            say("The bill divided by the price", "estimated"),
            SENT,
        ],
        stored={"electricity": ["12000"]},
    ),
    *map(slip, SLIPS),
    Path(
        "beyond a hard limit",
        [*ASKED, say("60000000", "It cannot be more than 50,000,000 kWh"), say("12500", "12,500 kWh"), SENT],
        stored={"electricity": ["12500"]},
    ),
    Path(
        "evidence: a photo, then a PDF",
        [
            *begun(WATER, "How much water"),
            say("900", "a photo or a PDF"),
            Step("photo", "", "900 m³"),
            SENT,
            Step("command", "sent", "Which figure?"),
            tap("Water", "by "),
            tap("Add a photo or PDF", "a photo or a PDF"),
            Step("pdf", "", "It is kept with the figure."),
        ],
        papers=2,
        stored={"water": ["900"]},
    ),
    Path(
        "meter: read for the first time, with a multiplier",
        [
            *METERED,
            tap("I read it off a meter", "must its number be multiplied"),
            tap("It must be multiplied", "By how much"),
            say("40", "at the beginning of October"),
            say("1000", "On which day"),
            tap("On 1 October", "at the end of October"),
            say("1310", "On which day"),
            tap("On 1 November", "12,400 kWh"),
            SENT,
        ],
        stored={"electricity": ["12400"]},
    ),
    Path(
        "meter: began again at zero",
        [
            *METERED,
            tap("I read it off a meter", "the meter showed 99,900 kWh"),
            say("400", "On which day"),
            tap("On 1 November", "less than last time"),
            tap("The meter began again at zero", "500 kWh"),
            SENT,
        ],
        index=99_900,
        stored={"electricity": ["500"]},
    ),
    Path(
        "meter: replaced",
        [
            *METERED,
            tap("I read it off a meter", "the meter showed 60,700 kWh"),
            say("5000", "On which day"),
            tap("On 1 November", "less than last time"),
            tap("There is a new meter", "old meter"),
            say("68000", "new meter"),
            say("0", "12,300 kWh"),
            SENT,
        ],
        index=60_700,
        stored={"electricity": ["12300"]},
    ),
    Path(
        "corrected with a reason",
        [
            *ASKED,
            say("1250", "1,250 kWh"),
            SENT,
            Step("command", "sent", "Which figure?"),
            tap("Electricity", "by "),
            tap("Correct it", "How much electricity"),
            say("12500", "What was wrong with it?"),
            say("A digit was missing", "in place of 1,250 kWh"),
            tap("Yes, correct it", "Corrected."),
        ],
        stored={"electricity": ["1250", "12500"]},
    ),
    Path(
        "status and the supplier's card",
        [
            *ASKED,
            say("12500", "12,500 kWh"),
            SENT,
            Step("picture", "status", ""),
            Step("mentor", "supplier", "12,500 kWh"),
        ],
        past=True,
    ),
    Path(
        "a fine in a currency that must be named",
        [
            *begun(FINES, "How much did the company have to pay"),
            say("$1,200", "I cannot tell the currency"),
            say("₹ 12,34,567", "₹1,234,567.00"),
            SENT,
        ],
        stored={"corruption-fines": ["1234567 INR"]},
    ),
    Path(
        "a death as a figure",
        [
            *begun(DEATHS, "Did anybody die"),
            say("1", "1 person died because of work"),
            tap("Yes, that is right", "I am very sorry"),
            Step("channel", "", "Deaths at work"),
            mentor("I have spoken to them", "has spoken to them:"),
        ],
        stored={"deaths": ["1"]},
    ),
    Path(
        "a death told at once",
        [
            Step("command", "death", "Has somebody died because of work"),
            tap("Yes, tell them now", "I am very sorry"),
            Step("channel", "", "A death at work"),
            mentor("I have spoken to them", "has spoken to them:"),
        ],
        stored={"deaths": []},
    ),
]
