"""Figures that were sent: looked at with all their versions, corrected with a reason, given papers."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers import conversation
from handlers.dialog import Dialog, Fact, Talk
from handlers.message import FileRef
from handlers.metrics.amount import amount_question
from handlers.metrics.entry import GRADES, measured
from handlers.metrics.evidence import fetch_evidence
from handlers.metrics.periods import said
from handlers.metrics.record import RecordEntry
from handlers.metrics.rules import DueFigure
from handlers.questions import Choice, Confirm, Photo, Text
from handlers.router import SUPPLIER, Router
from handlers.turn import Turn
from locales.text import Amount, Phrase, Value, Words, _, p_
from storage.tables.figures import Basis, Submission

routes = Router()
SHOWN = 8
WORDS = 500


@routes.command("sent", SUPPLIER, menu=_("Figures you sent"))
def sent(turn: Turn, _argument: str) -> None:
    """Begin to look at what was sent."""
    conversation.start(turn, "sent")


@routes.dialog("sent", _("Looking at figures you sent"))
def look(talk: Talk) -> Dialog[None]:
    """Which figure; its versions; a correction, a paper, or nothing."""
    sites = [site.id for site in talk.read.sites(talk.person)]
    shown = yield from Fact("sent", list[int], lambda: [row.id for row in talk.read.newest(sites, SHOWN)])
    if not shown:
        talk.say(_("Nothing was sent yet. Write figures to begin."))
        return
    options = [(str(one), _label(talk, _row(talk, one))) for one in shown]
    row = _row(talk, int((yield from Choice("figure", _("Which figure?"), options))))
    versions = yield from Fact("versions", list[int], lambda: [one.id for one in _versions(talk, row)])
    wish = yield from Choice(
        "wish",
        _trail(talk, [_row(talk, one) for one in versions]),
        [("correct", _("Correct it")), ("paper", _("Add a photo or PDF")), ("nothing", _("It is fine"))],
    )
    if wish == "correct":
        yield from _corrected(talk, row)
    elif wish == "paper":
        papers = talk.read.metric_text(row.metric, "evidence")
        prompt = _("Please send a photo or a PDF that shows it. {papers}", papers=papers)
        files = yield from Photo("paper", prompt, none=_("I have none now"))
        if files:
            talk.do(AddEvidence(row.id, tuple(files)))
            talk.say(_("Thank you. It is kept with the figure."))
    if wish == "nothing":
        talk.say(_("All right."))


def _corrected(talk: Talk, row: Submission) -> Dialog[None]:
    """The right amount and what was wrong, read back beside the old one."""
    figure = DueFigure(row.site_id, row.metric, row.period)
    version = talk.read.metric(row.metric).version
    typed = yield from amount_question(talk, figure, "correction", others=False)
    if typed is None:
        return
    entry = yield from measured(talk, figure, "corrected", version, typed)
    if entry.told:
        talk.do(RecordEntry(entry))
        return
    why = yield from Text("why", _("What was wrong with it? One sentence is enough."), limit=WORDS)
    assert entry.amount is not None  # noqa: S101  (`measured` gives an amount)
    about: dict[str, Value] = {
        "figure": _("{metric}, {month}", metric=talk.read.metric_text(row.metric, "name"), month=said(row.period)),
        "old": Amount(row.base_value, row.base_unit),
        "new": Amount(entry.amount.base_value, entry.amount.base_unit),
        "why": Words(why),
    }
    prompt = _("{figure}: <b>{new}</b> in place of {old}, because: <i>{why}</i>. Is that right?", **about)
    if (yield from Confirm("send", prompt, yes=_("Yes, correct it"), no=_("No, leave it"))):
        talk.do(RecordEntry(entry, why))
        talk.say(_("Corrected. The earlier figure is kept in the history."))
    else:
        talk.say(_("Nothing was changed."))


def _row(talk: Talk, submission_id: int) -> Submission:
    row = talk.read.submission(submission_id)
    if row is None:
        raise LookupError(f"there is no submission {submission_id}")
    return row


def _versions(talk: Talk, row: Submission) -> list[Submission]:
    return talk.read.versions(row.site_id, row.metric, row.period)


def _label(talk: Talk, row: Submission) -> Phrase:
    name = talk.read.metric_text(row.metric, "name")
    return _("{metric}, {month}: {amount}", metric=name, month=said(row.period), amount=_amount(row))


def _trail(talk: Talk, versions: Sequence[Submission]) -> Phrase:
    """The newest version with all before it, newest first."""
    newest, *older = [_version(talk, row) for row in reversed(versions)]
    for one in older:
        newest = p_("one line and those below it", "{line}\n{rest}", line=newest, rest=one)
    row = versions[-1]
    site, name = talk.read.site(row.site_id).name, talk.read.metric_text(row.metric, "name")
    return _(
        "<b>{metric}</b>, {site}, {month}\n{versions}", metric=name, site=site, month=said(row.period), versions=newest
    )


def _version(talk: Talk, row: Submission) -> Phrase:
    about: dict[str, Value] = {"amount": _amount(row), "day": row.at.date()}
    about["who"] = talk.read.person(row.person_id).name if row.person_id else ""
    if row.returned_why:
        return _("{amount}, sent on {day} by {who}; returned: {why}", why=Words(row.returned_why), **about)
    if row.basis is Basis.ESTIMATED:
        return _("{amount}, sent on {day} by {who}; {how}", how=GRADES.get(row.grade, _("estimated")), **about)
    if row.reason:
        return _("{amount}, sent on {day} by {who}: {why}", why=Words(row.reason), **about)
    return _("{amount}, sent on {day} by {who}", **about)


def _amount(row: Submission) -> Amount:
    return Amount(row.base_value, row.base_unit)


@dataclass(frozen=True)
class AddEvidence:
    """Papers for a figure that is stored."""

    submission_id: int
    files: tuple[FileRef, ...]

    def perform(self, turn: Turn) -> None:
        """Have them fetched and kept."""
        fetch_evidence(turn, self.submission_id, self.files)
        turn.note("evidence sent", "submission", self.submission_id, files=len(self.files))
