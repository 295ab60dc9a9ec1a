"""A death at work: told at once and in few words; whoever tells of it is asked nothing more, and a person calls."""

from dataclasses import dataclass

from handlers import conversation
from handlers.dialog import Dialog, Fact, Talk
from handlers.questions import Choice, Confirm
from handlers.router import BUYER, SUPPLIER, Router, number
from handlers.turn import Refused, Turn
from handlers.urgent.alert import caller, raise_alert, show, tell_corrected
from locales.text import Phrase, _, p_
from storage import people, urgent
from storage.tables.figures import Submission
from storage.tables.urgent import UrgentReport

routes = Router()


@routes.command("death", SUPPLIER, menu=_("Tell of a death at work"))
def begin(turn: Turn, _argument: str) -> None:
    """Begin to tell of a death, without waiting for the end of the month."""
    conversation.start(turn, "death")


@routes.dialog("death", _("Telling of a death at work"))
def death(talk: Talk) -> Dialog[None]:
    """Which site, if there are several, and one confirmation."""
    sites = yield from Fact("sites", list[int], lambda: [site.id for site in talk.read.sites(talk.person)])
    site_id = str(sites[0])
    if len(sites) > 1:
        named = [(str(one), p_("a site in a list", "{name}", name=talk.read.site(one).name)) for one in sites]
        site_id = yield from Choice("site", _("Which site is it about?"), named)
    prompt = _(
        "Has somebody died because of work at {site}? If so, I tell the people of the programme at once, and one of "
        "them calls you today. You do not need to write anything more.",
        site=talk.read.site(int(site_id)).name,
    )
    if (yield from Confirm("tell", prompt, yes=_("Yes, tell them now"), no=_("No"))):
        talk.do(TellOfDeath(int(site_id)))
    else:
        talk.say(_("I have told nobody."))


@dataclass(frozen=True)
class TellOfDeath:
    """A death at a site, as it was confirmed."""

    site_id: int

    def perform(self, turn: Turn) -> None:
        """Tell the buyer's side, and say who calls."""
        metric = next((one.key for one in turn.house.library.metrics.values() if one.grave), "")
        _report(turn, self.site_id, metric, "")
        _comfort(turn, self.site_id)


def look_at_grave(turn: Turn, row: Submission) -> None:
    """Act on a figure of which every case is grave: one above nought is told at once, a correction is told as well."""
    known = urgent.of_figure(turn.session, row.site_id, row.metric, row.period)
    if known is not None:
        tell_corrected(turn, known, row.version)
    elif row.base_value > 0:
        _report(turn, row.site_id, row.metric, row.period)
    if row.base_value > 0:
        _comfort(turn, row.site_id)


def _report(turn: Turn, site_id: int, metric: str, period: str) -> None:
    row = UrgentReport(site_id=site_id, metric=metric, period=period, person_id=turn.me.id, at=turn.now)
    turn.session.add(row)
    turn.session.flush()
    turn.note("death told", "urgent report", row.id, period=period)
    raise_alert(turn, row)


def _comfort(turn: Turn, site_id: int) -> None:
    """What is said to whoever told of a death; nothing else is offered to them in this turn."""
    turn.hush()
    turn.say(_("I am very sorry. You do not need to write anything more."), _who_calls(turn, site_id))
    turn.say(_("If anybody is still in danger, call the emergency services first."), _where_help_is(turn))


def _who_calls(turn: Turn, site_id: int) -> Phrase:
    person = caller(turn, site_id)
    if person is None:
        return _("I could not reach anybody of the programme. Please call them yourself.")
    return _("I have told {name}, who will call you today.", name=person.name)


def _where_help_is(turn: Turn) -> Phrase:
    if turn.settings.urgent_contact:
        return _("Help from the programme at any hour: {contact}", contact=turn.settings.urgent_contact)
    return _("Help from the programme: {contact}", contact=turn.settings.contact)


def _site_of_report(turn: Turn, argument: str) -> int | None:
    report_id = number(argument)
    row = urgent.by_id(turn.session, report_id) if report_id is not None else None
    return row.site_id if row else None


@routes.button("urgent.spoken", BUYER, site=_site_of_report)
def spoken(turn: Turn, report_id: str) -> None:
    """Note who has spoken to the site, and when; everybody who was told sees it."""
    row = urgent.by_id(turn.session, int(report_id))
    if row is None or row.spoken_by_id is not None:
        who = people.by_id(turn.session, row.spoken_by_id).name if row and row.spoken_by_id else ""
        raise Refused(_("{person} has spoken to them already.", person=who))
    row.spoken_by_id, row.spoken_at = turn.me.id, turn.now
    turn.session.add(row)
    turn.note("death spoken about", "urgent report", row.id)
    show(turn, row, "spoken")
    turn.say(_("Thank you. It is noted that you have spoken to them."))
