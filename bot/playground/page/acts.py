"""The five acts of the tour. Each is a generator: it says what comes, and does it when it is resumed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.page.deeds import Unfit
from bot.playground.page.desk import is_pdf
from bot.playground.page.invitation import invite
from bot.playground.page.troupe import Troupe, worked
from bot.playground.page.workspace_deeds import COMMAND
from bot.playground.slack.seen import SeenButton, SeenMessage
from handlers.router import action

METRIC, SLIP, FIGURE = "Electric", "165 MWh", "16.5 MWh"
MOST_SCREENS = 30
# Yes and no: a question with more buttons is not the read-back.
CONFIRMING = 2
CAPA_DAYS = 21
MORNING = time(10)


@dataclass(frozen=True)
class Line:
    """What the guide says, and where to look meanwhile: `pane`, and whose phone or which place in the workspace."""

    text: str
    pane: str
    key: str = ""
    channel: str = ""

    def as_json(self) -> dict[str, Any]:
        """The line as the page gets it."""
        return {"text": self.text, "pane": self.pane, "key": self.key, "channel": self.channel}


@dataclass(frozen=True)
class Act:
    """One step of the tour; `walk` moves the clock and comes back when it is there."""

    title: str
    play: Callable[[Troupe, Callable[[datetime], None]], Iterator[Line]]


def lesson(troupe: Troupe, walk: Callable[[datetime], None]) -> Iterator[Line]:
    """Joining, if need be, and a lesson to its end."""
    name, phone = troupe.supplier.name, troupe.supplier.key
    if not troupe.supplier.joined:
        yield from _joins(troupe)
    yield Line(
        f"{name} asks for a lesson. It takes three minutes, on any phone, in {name}’s own language.", "phone", phone
    )
    troupe.say("/lesson")
    yield Line("Short screens, one at a time.", "phone", phone)
    for _screen in range(MOST_SCREENS):
        choices = troupe.choices()
        if not choices:
            break
        if len(choices) > 1:
            yield Line("A question with feedback. A wrong answer is explained, never scolded.", "phone", phone)
        troupe.tap(choices[0])
    yield Line("Done. The result is stored; see the line in “What just happened”.", "happened")


def _joins(troupe: Troupe) -> Iterator[Line]:
    name, phone, mentor = troupe.supplier.name, troupe.supplier.key, troupe.mentor
    yield Line(f"{mentor.name}, a mentor, types {COMMAND} invite {phone} in Slack.", "workspace", mentor.key)
    payload = invite(troupe.stage, phone)
    yield Line(f"{name} works at {troupe.supplier.site} and opens the link on the phone.", "phone", phone)
    troupe.answered(lambda: troupe.phone.start(payload))
    yield Line("First the language. Everything from here on is in it, the command menu too.", "phone", phone)
    languages = troupe.choices()
    troupe.tap(next((one for one in languages if one.label == "English"), languages[0]))
    yield Line("Then the privacy notice: nothing is asked before it is accepted.", "phone", phone)
    troupe.tap(troupe.choice(0))


def submission(troupe: Troupe, walk: Callable[[datetime], None]) -> Iterator[Line]:
    """A figure with a slip that the read-back catches, then the right one."""
    name, phone = troupe.supplier.name, troupe.supplier.key
    yield Line(f"It is time for last month’s figures. {name} sends the electricity.", "phone", phone)
    _asks_for_figure(troupe)
    yield Line(f"A slip of the thumb: {SLIP} instead of {FIGURE}.", "phone", phone)
    troupe.say(SLIP)
    if len(troupe.choices()) > CONFIRMING:
        yield Line("Ten times the usual: the bot asks first, and offers the number that was meant.", "phone", phone)
        troupe.tap(troupe.choice(0))
    else:
        yield Line("Every amount is read back before it is stored. This is not what was meant.", "phone", phone)
        troupe.tap(troupe.choice(1))
        yield Line("Nothing was stored. Once more: a decimal sign, a unit with its prefix.", "phone", phone)
        _asks_for_figure(troupe)
        troupe.say(FIGURE)
    yield Line("It is read back, in the site’s own format. Right this time.", "phone", phone)
    troupe.tap(troupe.choice(0))
    yield Line("Stored once, under this site and month.", "happened")


def _asks_for_figure(troupe: Troupe) -> None:
    troupe.say("/figures")
    open_figures = troupe.choices()
    if not open_figures:
        raise Unfit("All figures are in already. Start over to play the tour from its beginning.")
    troupe.tap(next((one for one in open_figures if METRIC in one.label), open_figures[0]))


def breach(troupe: Troupe, walk: Callable[[datetime], None]) -> Iterator[Line]:
    """The alert in the mentor's channel."""
    message, _button = troupe.wait(troupe.alert, "an alert in the mentor’s channel")
    where = {"key": troupe.mentor.key, "channel": message.channel}
    yield Line(
        f"The figure is above the limit of {troupe.supplier.site}. {troupe.mentor.name} sees what, where and how far.",
        "workspace",
        **where,
    )
    yield Line("One thread for the site, one button for what to do about it.", "workspace", **where)


def capa(troupe: Troupe, walk: Callable[[datetime], None]) -> Iterator[Line]:
    """A corrective action: opened in a modal with a field error first, then told to its owner in the morning."""
    message, button = troupe.wait(troupe.alert, "an alert with its button")
    where = {"key": troupe.mentor.key, "channel": message.channel}
    yield Line(f"{troupe.mentor.name} opens a corrective action (a CAPA) from the alert.", "workspace", **where)
    troupe.in_slack(lambda: troupe.lead.press(button.action_id, message), troupe.lead.view, "a modal")
    today = troupe.stage.now().astimezone(ZoneInfo(troupe.supplier.timezone)).date()
    yield Line("A date in the past is refused under its own field, and nothing typed is lost.", "workspace", **where)
    troupe.lead.submit(troupe.terms(today - timedelta(days=30)))
    yield Line("Three weeks are realistic.", "workspace", **where)
    due = worked(today + timedelta(days=CAPA_DAYS))
    troupe.in_slack(lambda: _sends_off(troupe, due), lambda: troupe.lead.view() is None, "the CAPA to be opened")
    yield Line(f"The clock goes on to the next morning at {troupe.supplier.site}.", "clock")
    morning = datetime.combine(worked(today + timedelta(days=1)), MORNING, ZoneInfo(troupe.supplier.timezone))
    walk(morning)
    yield Line(
        f"{troupe.supplier.name} has been told, in working hours, in the chosen language.", "phone", troupe.supplier.key
    )


def _sends_off(troupe: Troupe, due: Any) -> None:
    if troupe.lead.view():
        troupe.lead.submit(troupe.terms(due))


def summary(troupe: Troupe, walk: Callable[[datetime], None]) -> Iterator[Line]:
    """The weekly summary, and its PDF on a tap."""
    head = troupe.head
    before, known = _pdfs(troupe), len(_whole(troupe))
    yield Line(f"{head.name}, the programme’s manager, asks for this week.", "workspace", troupe.manager.key)
    troupe.in_slack(lambda: head.command(COMMAND, "summary"), lambda: _whole(troupe)[known:], "the summary")
    yield Line("Three lines and a picture first. The whole report is one tap away.", "workspace", troupe.manager.key)
    message, button = _whole(troupe)[-1]
    troupe.in_slack(lambda: head.press(button.action_id, message), lambda: _pdfs(troupe) > before, "the summary’s PDF")
    yield Line("It says what changed, what needs a decision and who is stuck.", "desk")


def _whole(troupe: Troupe) -> list[tuple[SeenMessage, SeenButton]]:
    """The buttons for a week's PDF, each with its message, oldest first."""
    shown = [(message, button) for message in troupe.head.messages() for button in message.buttons]
    return [(message, button) for message, button in shown if (button.value or "").startswith(action("summary.pdf"))]


def _pdfs(troupe: Troupe) -> int:
    return sum(is_pdf(file) for message in troupe.head.messages() for file in message.files)


ACTS = (
    Act("A lesson", lesson),
    Act("A figure, with a slip", submission),
    Act("A breach", breach),
    Act("A corrective action", capa),
    Act("The weekly summary", summary),
)
