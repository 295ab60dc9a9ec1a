"""Where a CAPA comes from: an alert, an obstacle, a finding in a form or in the folder, or a mentor's own hand."""

from datetime import date
from pathlib import Path

import pytest

from handlers.programme.importing import import_folder
from storage.tables.capas import Capa, CapaEvent, CapaSource, CapaState, Owed
from storage.tables.planning import DueNote
from tests.handlers.capa.test_plan import major
from tests.handlers.deeds import breached, capa_from_alert, changed, obstacle_reported, person, plan_made, rows
from tests.handlers.stage import Stage
from tests.programme.copies import copy, read
from tests.talks import Talker, Town

HEAD = "reference,site,finding,requirement,severity,found_on,auditor\n"
FOUND = HEAD + (
    "A-7,song-cau,No guard at press 4,SA8000 3.1,major,2026-10-31,Good Audit Ltd\n"
    "A-8,song-cau,A child of 13 packs boxes,SA8000 1.1,zero_tolerance,2026-10-31,Good Audit Ltd\n"
    "A-9,song-cau,The list of fire drills is not signed,SA8000 3.5,observation,2026-10-31,Good Audit Ltd\n"
)


@pytest.fixture
def town(stage: Stage) -> Town:
    """Amina's figure is above the limit, and Lucia's channel has the alert."""
    return stage.after(breached)


@pytest.fixture
def lucia(town: Town) -> Talker:
    return town.slack("U0LUCIA")


def site_of(lucia: Talker, name: str = "Song Cau") -> str:
    field = next(one for one in lucia.form["fields"] if one["key"] == "site")
    return str(next(key for key, label in field["options"] if name in label))


def test_finding_is_written_down_with_its_auditor(town: Town, lucia: Talker) -> None:
    lucia.command("finding", trigger="t")
    given = {"finding": "No guard at press 4", "severity": "critical", "requirement": "SA8000 3.1"}
    given |= {"site": site_of(lucia), "found": "2026-11-20", "auditor": "Good Audit Ltd", "reference": "A-7"}
    assert "CAPA 1 is open. Owner: Duc Pham." in lucia.submit(given)
    (capa,) = rows(town, Capa)
    assert (capa.source, capa.auditor, capa.found_on) == (CapaSource.FINDING, "Good Audit Ltd", date(2026, 11, 20))
    assert (capa.owner_id, capa.owed) == (person(town, "duc").id, Owed.CONTAIN)
    said = "Found on 20 November 2026 by Good Audit Ltd: SA8000 3.1 (A-7)."
    assert said in lucia.command("capa", "1")
    assert said in town.transcript("C0ASIA")


def test_same_finding_is_not_written_down_twice(town: Town, lucia: Talker) -> None:
    for _time in range(2):
        lucia.command("finding", trigger="t")
        given = {"finding": "No guard", "severity": "major", "found": "2026-11-20", "auditor": "A", "reference": "A-7"}
        said = lucia.submit(given | {"site": site_of(lucia), "requirement": ""})
    assert "CAPA 1 is about this finding already." in said
    assert len(rows(town, Capa)) == 1


def test_finding_of_tomorrow_is_refused_at_its_field(lucia: Talker) -> None:
    lucia.command("finding", trigger="t")
    lucia.submit({"finding": "x", "severity": "major", "found": "2027-11-20", "auditor": "", "site": site_of(lucia)})
    assert set(lucia.errors) == {"found", "auditor"}


def test_capa_by_hand_needs_site_finding_and_severity(town: Town, lucia: Talker) -> None:
    lucia.command("capa", "new", trigger="t")
    assert [one["key"] for one in lucia.form["fields"]] == ["site", "finding", "severity"]
    lucia.submit({"site": site_of(lucia), "finding": "The yard is flooded", "severity": "minor"})
    assert [(one.source, one.state) for one in rows(town, Capa)] == [(CapaSource.HAND, CapaState.PLAN_REQUESTED)]


def test_supplier_opens_none_by_hand(town: Town) -> None:
    assert "No corrective action is open" in town.phone("tg-amina").command("capa", "new")


def test_capa_of_an_obstacle_opens_once(town: Town) -> None:
    obstacle_reported(town.phone("tg-amina"))
    lucia = town.slack("U0LUCIA", "C0ASIA")
    lucia.press("r:capa.from:1", trigger="t")
    finding, _severity, owner, _due = lucia.form["fields"]
    assert finding["initial"] == "The compressor leaks"
    lucia.submit({"finding": "It leaks", "severity": "minor", "owner": owner["options"][0][0], "due": ""})
    assert [(one.source, one.ticket_id) for one in rows(town, Capa)] == [(CapaSource.OBSTACLE, 1)]
    lucia.press("r:capa.from:1", trigger="t")
    assert "CAPA 1 is already open for this" in lucia.toast
    assert "About: CAPA 1" in town.transcript("C0ASIA"), "the thread of the problem shows it"
    assert "From problem 1." in town.transcript("C0ASIA")


def bring_in(town: Town, tmp_path: Path, findings: str = FOUND) -> None:
    """The example programme imported again, with findings."""
    folder = tmp_path / "programme" if (tmp_path / "programme").exists() else copy(tmp_path)
    (folder / "findings.csv").write_text(findings, encoding="utf-8")
    with town.store.write() as session:
        import_folder(session, read(folder), town.clock.now(), town.house.pseudonym)


def test_findings_of_the_folder_become_capas_by_rule(town: Town, tmp_path: Path) -> None:
    bring_in(town, tmp_path)
    made = {one.reference: one for one in rows(town, Capa)}
    assert {key: one.state for key, one in made.items()} == {
        "A-7": CapaState.PLAN_REQUESTED,
        "A-8": CapaState.DRAFT,
        "A-9": CapaState.DRAFT,
    }
    assert {one.owner_id for one in made.values()} == {person(town, "duc").id}
    notes = [(row.kind, row.object_id) for row in rows(town, DueNote) if row.kind.startswith("capa.")]
    assert sorted(notes) == [("capa.found", one.id) for one in made.values()] + [("capa.opened", made["A-7"].id)]
    town.joined("duc")
    town.tick(minutes=1)
    assert town.transcript("C0ASIA").count("by Good Audit Ltd") == 3
    assert "No guard at press 4" in town.transcript("tg-duc") and "packs boxes" not in town.transcript("tg-duc")


def test_second_import_brings_in_only_what_is_new(town: Town, tmp_path: Path) -> None:
    bring_in(town, tmp_path)
    changed(town, rows(town, Capa)[0], finding="No guard at press 4 and 5", severity="critical")
    more = "A-10,song-cau,The exit is blocked,,critical,2026-10-31,Good Audit Ltd\n"
    bring_in(town, tmp_path, FOUND + more)
    bring_in(town, tmp_path, FOUND + more)
    assert [one.reference for one in rows(town, Capa)] == ["A-7", "A-8", "A-9", "A-10"]
    assert rows(town, Capa)[0].finding == "No guard at press 4 and 5"
    assert len(rows(town, CapaEvent)) == 4


def test_draft_begins_when_the_mentor_says_so(town: Town, tmp_path: Path, lucia: Talker) -> None:
    bring_in(town, tmp_path)
    observation = rows(town, Capa)[2]
    lucia.command("capa", str(observation.id))
    lucia.tap("Ask the site to begin")
    assert (rows(town, Capa)[2].state, rows(town, Capa)[2].owed) == (CapaState.IN_PROGRESS, Owed.CLOSE)


def test_same_again_is_suggested_and_linked(stage: Stage) -> None:
    town = stage.after(major)
    private = town.slack("U0LUCIA")
    for number in (1, 2):
        private.command("finding", trigger="t")
        given = {"finding": "No guard", "severity": "minor", "found": "2026-11-20", "auditor": "A"}
        given |= {"site": site_of(private), "requirement": "SA8000 3.1", "reference": f"B-{number}"}
        said = private.submit(given)
    last = rows(town, Capa)[-1]
    assert f"came up at the site before: CAPA {last.id - 1}." in said
    private.tap(f"Link to CAPA {last.id - 1}")
    assert rows(town, Capa)[-1].earlier_id == last.id - 1
    assert f"It has come up before: CAPA {last.id - 1}." in private.command("capa", str(last.id))


def careful(town: Town) -> Talker:
    """A zero tolerance CAPA opened from the alert; Lucia in her channel."""
    return capa_from_alert(town, due="", severity="zero_tolerance")


def test_zero_tolerance_asks_people_to_speak_and_nobody_to_answer(town: Town) -> None:
    careful(town)
    capa = rows(town, Capa)[0]
    assert (capa.state, capa.owed) == (CapaState.PLAN_REQUESTED, Owed.NOTHING)
    assert "Please speak with the manager of the site today, in person or by phone." in town.transcript("C0ASIA")
    town.tick(minutes=1)
    told = town.transcript("tg-amina").rpartition("[message]")[2]
    assert "would like to speak with you in person" in told
    assert "Too much power" not in told
    amina = town.phone("tg-amina")
    assert amina.labels == ["Remind me later", "Why this message?"], "nothing to answer"
    amina.command("capa", "1")
    assert amina.labels == ["History"], "no plan, no whys, no reminder"
    amina.press("r:capa.plan:1")
    assert amina.toast == "This is for the mentor of the site."


def test_zero_tolerance_plan_is_written_by_the_mentor_and_approved_by_the_manager(town: Town) -> None:
    lucia, helena = careful(town), town.slack("U0HELENA")
    lucia.press("r:capa.joint:1.1", trigger="t")
    assert lucia.toast == "Please speak with the site first, and write down what was agreed."
    lucia.tap("I have spoken with them", trigger="t")
    lucia.submit({"agreed": "The girl is at home, her wage is paid."})
    lucia.press("r:capa.joint:1.2", trigger="t")
    owner = next(one for one in lucia.form["fields"] if one["key"] == "owner")["options"][0][0]
    plan = {"cause": "Nobody checks papers", "corrective": "Papers are checked", "preventive": ""}
    lucia.submit(plan | {"steps": "Check all papers\nTell the agency", "owner": owner, "due": "2026-12-18"})
    assert rows(town, Capa)[0].state is CapaState.PLAN_SUBMITTED
    approve = helena.find("Approve the plan")
    lucia.press(approve)
    assert "decided by whoever has the right" in lucia.toast
    helena.press(approve)
    capa = rows(town, Capa)[0]
    assert (capa.state, str(capa.owed_on)) == (CapaState.IN_PROGRESS, "2026-12-18"), "due as agreed"
    looked_at_three_times(town, lucia)


def looked_at_three_times(town: Town, lucia: Talker) -> None:
    """After 30, 60 and 90 days somebody looks whether the agreed still holds; the last look closes it."""
    amina = town.phone("tg-amina")
    for _step in range(2):
        amina.command("capa", "1")
        amina.tap("Step")
        amina.tap("I have none")
    amina.tap("Hand in the work")
    amina.tap("I have none")
    amina.say("All papers are checked.")
    lucia.tap("It is done")
    days = []
    for _look in range(3):
        assert rows(town, Capa)[0].state is CapaState.WATCHING
        days.append(str(rows(town, Capa)[0].check_on))
        lucia.press(f"r:capa.effective:1.{rows(town, Capa)[0].version}")
    assert days == ["2026-12-23", "2027-01-22", "2027-02-21"]
    assert rows(town, Capa)[0].state is CapaState.CLOSED
    assert "It is looked at again later." in amina.press("r:capa.history:1")


def test_mentor_changes_the_owner_cancels_and_opens_again(stage: Stage) -> None:
    town = stage.after(major)
    duc, lucia = town.joined("duc"), town.slack("U0LUCIA", "C0ASIA")
    lucia.press("r:capa.owner:1.1", trigger="t")
    duc_key = next(key for key, label in lucia.form["fields"][0]["options"] if label == "Duc Pham")
    lucia.submit({"owner": duc_key})
    assert rows(town, Capa)[0].owner_id == person(town, "duc").id
    assert "gave it to Duc Pham." in town.transcript("tg-duc")
    lucia.press("r:capa.cancel:1.2", trigger="t")
    lucia.submit({"why": "Counted twice"})
    assert (rows(town, Capa)[0].state, rows(town, Capa)[0].owed) == (CapaState.CANCELLED, Owed.NOTHING)
    assert "cancelled it. <i>Counted twice</i>" in town.transcript("tg-duc")
    assert "No corrective action is open" in duc.command("capas")
    lucia.press("r:capa.reopen:1.3", trigger="t")
    lucia.submit({"why": "It was not", "way": "reopen_plan"})
    assert (rows(town, Capa)[0].state, rows(town, Capa)[0].owed) == (CapaState.PLAN_REQUESTED, Owed.PLAN)
    assert "is handed in" in plan_made(duc)
