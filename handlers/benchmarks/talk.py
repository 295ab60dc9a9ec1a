"""A supplier asks where its site stands: told as it was on the day of the comparison."""

from collections.abc import Sequence

from handlers.benchmarks.picture import picture
from handlers.benchmarks.words import Standing
from handlers.message import Button
from handlers.metrics.periods import first_day, said
from handlers.router import SUPPLIER, Router, action, number
from handlers.turn import Turn
from locales.text import Phrase, _
from storage import benchmarks, programme
from storage.benchmarks import Compared
from storage.tables.programme import Site

routes = Router()
SHOWN = 10
"""So many sites or metrics stand in one message of a chat."""


def _site(_turn: Turn, argument: str) -> int | None:
    return number(argument)


def _site_of_member(turn: Turn, argument: str) -> int | None:
    known = number(argument)
    compared = benchmarks.of_member(turn.session, known) if known is not None else None
    return compared.member.site_id if compared else None


@routes.command("compare", SUPPLIER, menu=_("How you compare"))
def compare(turn: Turn, _argument: str) -> None:
    """Where the person's site stands; those with several choose one."""
    sites = programme.sites_of(turn.session, turn.me)
    if len(sites) == 1:
        say_site(turn, sites[0])
    elif sites:
        rows = [[Button(site.name, action("compare.site", site.id))] for site in sites[:SHOWN]]
        turn.say(_("Which site would you like to see?"), buttons=rows)
    else:
        turn.say(_("No site is yours yet. Please ask your contact at the buying company."))


@routes.button("compare.site", SUPPLIER, site=_site)
def compare_site(turn: Turn, site_id: str) -> None:
    """Where one site stands."""
    say_site(turn, programme.site(turn.session, int(site_id)))


@routes.button("compare.show", SUPPLIER, site=_site_of_member)
def show(turn: Turn, member_id: str) -> None:
    """Where a site stands by one metric."""
    compared = benchmarks.of_member(turn.session, int(member_id))
    standing = _standing(turn, compared) if compared and turn.settings.benchmarks.on else None
    if standing is None:
        turn.say(_why_not(turn, []))
    else:
        _say(turn, standing)


def say_site(turn: Turn, site: Site) -> None:
    """Say where a site stands: at once by a single metric, by several in a line each with a button."""
    found = benchmarks.of_site(turn.session, site.id)
    standings = [one for compared in found if (one := _standing(turn, compared))]
    if not standings or not turn.settings.benchmarks.on:
        turn.say(_why_not(turn, found))
    elif len(standings) == 1:
        _say(turn, standings[0])
    else:
        turn.say(
            _("Where {site} stands among sites like it:", site=site.name),
            *[one.short() for one in standings[:SHOWN]],
            buttons=[[_button(turn, one)] for one in standings[:SHOWN]],
        )
    turn.note("comparison shown", "site", site.id)


def _standing(turn: Turn, compared: Compared) -> Standing | None:
    """What may be told; None where the group was too small, or the metric is no longer there."""
    known = compared.round.metric in turn.house.library.metrics
    return Standing(turn.read, compared, compared.group) if compared.group and known else None


def _say(turn: Turn, standing: Standing) -> None:
    turn.say(*standing.lines(), buttons=_lessons(turn, standing))
    if late := _late(turn, standing):
        turn.say(late)
    turn.attach(picture(standing, turn.shower(turn.me)))


def _late(turn: Turn, standing: Standing) -> Phrase | None:
    """That sites have been compared since, without this one."""
    newest = benchmarks.newest_rounds(turn.session).get(standing.metric.key)
    if newest is None or first_day(newest.period) <= first_day(standing.compared.round.period):
        return None
    return _(
        "For {month}, not all of your figures were in when sites were compared. That is done once, some days after "
        "the figures are due.",
        month=said(newest.period),
    )


def _why_not(turn: Turn, found: Sequence[Compared]) -> Phrase:
    """Why there is nothing to tell, without telling how many others there are."""
    if not turn.settings.benchmarks.on:
        return _("Sites are not compared in this programme.")
    if found:
        return _(
            "There are too few sites like yours to compare with: somebody's figures could be worked out. "
            "So nobody is told anything, and your figures are not shown to others either."
        )
    return _(
        "There is nothing to compare yet. Sites are compared once for each period, {days} days after the figures are "
        "due, if all figures that it takes are in.",
        days=turn.settings.benchmarks.after_days,
    )


def _button(turn: Turn, standing: Standing) -> Button:
    name = turn.read.metric_text(standing.metric.key, "name")
    return Button(name, action("compare.show", standing.compared.member.id))


def _lessons(turn: Turn, standing: Standing) -> list[list[Button]]:
    """The course about the metric, or about a figure of which it is made."""
    about = {standing.metric.key, *standing.group.kind.split("+")}
    courses = [one for one in turn.house.library.courses.values() if about & set(one.metrics)]
    return [
        [Button(_("Take the lesson: {course}", course=turn.read.course_title(one)), action("lesson.begin", one.key))]
        for one in courses[:1]
    ]
