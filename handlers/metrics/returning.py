"""A mentor looks at what came in and returns a figure with a reason; whoever sent it is told and owes it again."""

from dataclasses import dataclass

from handlers import conversation
from handlers.dialog import Dialog, Talk
from handlers.form import Form
from handlers.message import Button
from handlers.metrics.periods import said
from handlers.questions import Text
from handlers.reminders.notice import Notice
from handlers.reminders.planning import plan_soon
from handlers.reminders.router import Notices
from handlers.router import MENTOR, Router, action, number
from handlers.turn import Refused, Turn
from locales.text import Amount, Phrase, Value, Words, _
from storage import absences, people, programme, submissions
from storage.tables.figures import AbsenceState, Submission
from storage.tables.people import Person
from storage.tables.planning import DueNote

routes = Router()
notices = Notices()
SHOWN = 10
WORDS = 500


@routes.command("received", MENTOR, menu=_("Figures received"))
def received(turn: Turn, _argument: str) -> None:
    """The figures that came in last from the mentor's sites, each with a way to return it."""
    sites = {site.id: site for site in programme.sites_of(turn.session, turn.me)}
    rows = submissions.newest(turn.session, list(sites), SHOWN)
    if not rows:
        turn.say(_("No figure has come in yet."))
    for row in rows:
        text = _("{figure}, {site}", figure=_figure(turn, row), site=sites[row.site_id].name)
        back = Button(_("Return: {figure}", figure=_figure(turn, row)), action("figure.return", row.id))
        turn.say(text, buttons=[] if row.returned_why else [[back]])


def _figure(turn: Turn, row: Submission) -> Phrase:
    name = turn.read.metric_text(row.metric, "name")
    amount = Amount(row.base_value, row.base_unit)
    return _("{metric}, {month}: {amount}", metric=name, month=said(row.period), amount=amount)


def _site_of_figure(turn: Turn, argument: str) -> int | None:
    submission_id = number(argument)
    row = submissions.by_id(turn.session, submission_id) if submission_id is not None else None
    return row.site_id if row else None


@routes.button("figure.return", MENTOR, site=_site_of_figure)
def ask_why(turn: Turn, submission_id: str) -> None:
    """Ask for the reason; a figure that a newer version has replaced is not returned."""
    row = submissions.by_id(turn.session, int(submission_id))
    if row is None or not _can_be_returned(turn, row):
        raise Refused(_("This figure has been returned or replaced already."))
    conversation.start(turn, "return_figure", {"submission": row.id}, modal=turn.capabilities.modals)


def _can_be_returned(turn: Turn, row: Submission) -> bool:
    held = submissions.latest(turn.session, row.site_id, row.metric, row.period)
    return held is not None and held.id == row.id and not row.returned_why


@routes.dialog("return_figure", _("Returning a figure"))
def give_back(talk: Talk) -> Dialog[None]:
    """The reason, in words that the sender will read."""
    why = Text("why", _("What should be looked at again?"), limit=WORDS, hint=_("The sender reads these words."))
    given = yield from Form("return", _("Return a figure"), [why], _("Return it"))
    talk.do(ReturnFigure(talk.argument["submission"], given["why"]))


@dataclass(frozen=True)
class ReturnFigure:
    """A figure that is to be looked at again."""

    submission_id: int
    why: str

    def perform(self, turn: Turn) -> None:
        """Mark it as returned, so that it is owed again, and tell whoever sent it at their next allowed hour."""
        row = submissions.by_id(turn.session, self.submission_id)
        if row is None or not _can_be_returned(turn, row):
            turn.say(_("This figure has been returned or replaced already."))
            return
        row.returned_why, row.returned_by_id, row.returned_at = self.why, turn.me.id, turn.now
        turn.session.add(row)
        turn.note("figure returned", "submission", row.id, metric=row.metric, period=row.period)
        if row.person_id is not None:
            person, site = people.by_id(turn.session, row.person_id), programme.site(turn.session, row.site_id)
            plan_soon(turn, person, site.calendar, "figure.returned", row.id, "returned")
        turn.say(_("Returned. The sender will be told."))


@notices.kind("figure.returned")
def returned(turn: Turn, note: DueNote, _person: Person) -> Notice | None:
    """To the sender: which figure, why, and a button to send it again."""
    row = submissions.by_id(turn.session, note.object_id)
    if row is None or not row.returned_why:
        return None
    about: dict[str, Value] = {"figure": _figure(turn, row), "why": Words(row.returned_why)}
    about["site"] = programme.site(turn.session, row.site_id).name
    text = _("Please look at this figure again: {figure}, {site}.\n<i>{why}</i>", **about)
    again = Button(_("Send it again"), action("go", "figures"), "primary")
    why = _("You sent this figure, and your mentor returned it. It stops once you have sent it again.")
    return Notice(_("Figure returned: {figure}", **about), (text,), why, ((again,),))


@notices.kind("absence.refused")
def refused(turn: Turn, note: DueNote, _person: Person) -> Notice | None:
    """To whoever said that a figure does not apply: the mentor says that it does."""
    row = absences.by_id(turn.session, note.object_id)
    if row is None or row.state is not AbsenceState.REFUSED:
        return None
    name, site = turn.read.metric_text(row.metric, "name"), programme.site(turn.session, row.site_id).name
    text = _("Your mentor says that {metric} does apply to {site}. Please send it.", metric=name, site=site)
    send = Button(_("Send figures"), action("go", "figures"), "primary")
    why = _("You said that this figure does not apply, and your mentor decided that it does.")
    return Notice(_("{metric} applies", metric=name), (text,), why, ((send,),))
