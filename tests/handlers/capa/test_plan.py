"""The site's part: what was done at once, the five whys, a plan in steps, and the work with what shows it."""

import pytest

from handlers.capa.blame import blames_only
from handlers.message import FileRef
from storage import files
from storage.tables.capas import Capa, CapaEvent, CapaState, CapaStep, Owed
from storage.tables.queues import WorkRow
from tests.handlers.deeds import breached, capa_from_alert, changed, person, plan_made, rows, work_done
from tests.handlers.stage import Stage
from tests.talks import Talker, Town

PHOTO = FileRef("file-1", "photo", "guard.jpg", "image/jpeg", 2000)
PAPER = FileRef("file-2", "document", "bill.pdf", "application/pdf", 3000)


def major(town: Town) -> None:
    breached(town)
    capa_from_alert(town, due="")


def critical(town: Town) -> None:
    breached(town)
    capa_from_alert(town, due="", severity="critical")


@pytest.fixture
def town(stage: Stage) -> Town:
    """A major CAPA that Amina owns."""
    return stage.after(major)


@pytest.fixture
def grave(stage: Stage) -> Town:
    """A critical CAPA that Amina owns: it has to be contained first."""
    return stage.after(critical)


@pytest.fixture
def amina(town: Town) -> Talker:
    return town.phone("tg-amina")


def test_plan_waits_for_what_was_done_at_once(grave: Town) -> None:
    amina = grave.phone("tg-amina")
    capa = rows(grave, Capa)[0]
    assert (capa.owed, str(capa.owed_on), str(capa.plan_on)) == (Owed.CONTAIN, "2026-11-26", "2026-12-02"), (
        "24 November is a holiday"
    )
    amina.command("capa", "1")
    assert amina.labels[:2] == ["Say what was done at once", "Make the plan"]
    assert "What have you done at once" in amina.tap("Make the plan")
    amina.say("We stopped the press and put up a sign.")
    amina.say("", PHOTO)
    assert "Your mentor can see it" in amina.tap("That is all")
    assert rows(grave, Capa)[0].owed is Owed.PLAN
    assert "said what was done at once. <i>We stopped the press" in grave.transcript("C0ASIA")
    assert "Why did this happen?" in amina.tap("Make the plan")


def test_five_whys_quote_the_last_answer_and_end_after_the_fifth(amina: Talker) -> None:
    amina.press("r:capa.plan:1")
    for answer in ("It ran at night", "Nobody turned it off", "Nobody saw that it ran", "It stands behind a wall"):
        assert f"You wrote: <i>{answer}</i>" in amina.say(answer)
        assert "This is the root cause" in amina.labels
    assert "What will you change" in amina.say("It was built there for the noise")


def test_why_goes_back_and_quotes_the_new_answer(amina: Talker) -> None:
    amina.press("r:capa.plan:1")
    amina.say("It ran at night")
    assert "Why did this happen?" in amina.tap("Back")
    assert "You wrote: <i>It ran on Sunday</i>" in amina.say("It ran on Sunday")


@pytest.mark.parametrize(
    "answer", ["Operator error", "somebody forgot", "Error humano", "Lỗi con người", "Human error."]
)
def test_blame_alone_is_asked_about_kindly(amina: Talker, answer: str) -> None:
    amina.press("r:capa.plan:1")
    assert "Mistakes happen to everybody. What made this one possible?" in amina.say(answer)
    assert "This is the root cause" not in amina.labels
    assert "And why is that so?" in amina.say("There is no light at the press")


def test_blame_as_the_fifth_answer_is_asked_about_too(amina: Talker) -> None:
    amina.press("r:capa.plan:1")
    for answer in ("a leak", "a loose pipe", "a lost screw", "no check"):
        amina.say(answer)
    assert "What made this one possible?" in amina.say("carelessness")
    assert "What will you change" in amina.say("The list of checks hangs in the office")


@pytest.mark.parametrize(
    "answer",
    [
        "The operator could not see the red lamp because it is behind the tank, so the valve stayed open",
        "The machine has no guard",
        "There was an error in the wiring of the pump",
        "Mantenimiento aplazado",
        "",
    ],
)
def test_cause_that_says_more_is_no_blame(answer: str) -> None:
    assert not blames_only(answer)


def test_plan_keeps_its_steps_with_people_and_days(town: Town, amina: Talker) -> None:
    amina.press("r:capa.plan:1")
    amina.say("It ran at night")
    amina.tap("This is the root cause")
    amina.say("A light shows it")
    amina.say("The same light at the boiler")
    amina.say("Buy the light")
    amina.tap("Duc Pham")
    amina.tap("7 December 2026")
    amina.tap("One more step")
    amina.say("Hang it up")
    amina.tap("Amina Tran")
    assert "is in the past" in amina.say("2026-01-01")
    assert "is too late" in amina.say("2028-01-01")
    amina.say("2026-12-15")
    read_back = amina.tap("That is all")
    assert "1. Buy the light (Duc Pham, by 7 December 2026)" in read_back
    amina.tap("Yes, send it")
    capa, steps = rows(town, Capa)[0], rows(town, CapaStep)
    assert (capa.cause, capa.corrective, capa.preventive) == (
        "It ran at night",
        "A light shows it",
        "The same light at the boiler",
    )
    assert [(one.place, one.text, str(one.due_on)) for one in steps] == [
        (1, "Buy the light", "2026-12-07"),
        (2, "Hang it up", "2026-12-15"),
    ]
    assert [one.owner_id for one in steps] == [person(town, "duc").id, person(town, "amina").id]


def test_plan_that_was_not_sent_changes_nothing(town: Town, amina: Talker) -> None:
    amina.press("r:capa.plan:1")
    amina.say("It ran at night")
    amina.tap("Cancel")
    assert rows(town, Capa)[0].state is CapaState.PLAN_REQUESTED and not rows(town, CapaStep)


def test_plan_of_a_capa_that_was_cancelled_meanwhile_is_not_taken(town: Town, amina: Talker) -> None:
    lucia = town.slack("U0LUCIA", "C0ASIA")
    lucia.press("r:capa.cancel:1.1", trigger="t")
    form = lucia.form
    amina.press("r:capa.plan:1")
    for answer in ("a", "b"):
        amina.say(answer)
    amina.tap("This is the root cause")
    amina.say("c")
    amina.tap("Nowhere else")
    amina.say("d")
    amina.tap("Amina Tran")
    amina.say("2026-12-01")
    amina.tap("That is all")
    assert form["title"] == "Cancel a CAPA"
    assert "CAPA 1 is cancelled" in lucia.submit({"why": "Ours to solve."})
    assert "CAPA 1 was cancelled." in amina.tap("Yes, send it")
    assert not rows(town, CapaStep)


def approved(town: Town) -> Talker:
    amina, lucia = town.phone("tg-amina"), town.slack("U0LUCIA", "C0ASIA")
    plan_made(amina)
    lucia.tap("Approve the plan")
    return amina


def test_new_plan_drops_the_steps_of_the_old_one(town: Town) -> None:
    plan_made(town.phone("tg-amina"))
    lucia = town.slack("U0LUCIA", "C0ASIA")
    lucia.tap("Return it", trigger="t")
    lucia.submit({"why": "Too little"})
    amina = town.phone("tg-amina")
    amina.press("r:capa.plan:1")
    amina.tap("Keep it")
    amina.tap("Keep it")
    amina.tap("Nowhere else")
    amina.tap("Change it")
    amina.say("Hang two lights")
    amina.tap("Amina Tran")
    amina.say("2026-12-02")
    amina.tap("That is all")
    amina.tap("Yes, send it")
    assert [(one.text, one.dropped) for one in rows(town, CapaStep)] == [
        ("Hang a light above the door", True),
        ("Hang two lights", False),
    ]


def test_work_is_not_handed_in_before_all_steps_are_done(town: Town) -> None:
    amina = approved(town)
    amina.press("r:capa.done:1")
    assert amina.toast == "Not all steps of CAPA 1 are done yet."


def test_files_are_fetched_for_the_step_and_for_the_work(town: Town) -> None:
    amina = approved(town)
    amina.command("capa", "1")
    amina.tap("Step 1 is done")
    amina.say("", PHOTO)
    amina.tap("That is all")
    amina.tap("Hand in the work")
    amina.say("", PAPER)
    amina.tap("That is all")
    amina.tap("No, hand it in")
    step = rows(town, CapaStep)[0]
    fetched = [tuple(row.argument.get(name) for name in ("file", "step", "capa")) for row in rows(town, WorkRow)]
    assert [one for one in fetched if one[0]] == [("file-1", step.id, 1), ("file-2", None, 1)]
    assert step.done_by_id == person(town, "amina").id and step.done_at is not None


def test_only_whoever_has_the_step_may_say_it_is_done(town: Town) -> None:
    approved(town)
    changed(town, rows(town, CapaStep)[0], owner_id=person(town, "linh").id)
    linh = town.joined("linh")
    linh.press("r:capa.step:1.0.1")
    assert linh.toast == "This is for somebody else.", "she works at another site"
    duc = town.joined("duc")
    assert "Please send a photo" in duc.press("r:capa.step:1.0.1"), "the manager of the site stands in"


def test_both_sides_read_the_same_history(town: Town) -> None:
    amina = approved(town)
    work_done(amina)
    lucia = town.slack("U0LUCIA")
    assert amina.press("r:capa.history:1") == lucia.press("r:capa.history:1")
    assert [row.what for row in rows(town, CapaEvent)] == [
        "opened",
        "submit_plan",
        "approve_plan",
        "do_step",
        "submit_evidence",
    ]


def test_file_that_is_kept_is_tied_and_shown_in_the_thread(town: Town) -> None:
    from_phone = approved(town)
    from_phone.command("capa", "1")
    from_phone.tap("Step 1 is done")
    from_phone.say("", PHOTO)
    from_phone.tap("That is all")
    with town.store.write() as session:
        sha = files.keep(session, b"%PDF-1.7 a light", "application/pdf", town.clock.now())
        files.link(session, sha, {"capa_step_id": rows(town, CapaStep)[0].id}, person(town, "amina").id)
    assert "Files: 1" in from_phone.command("capa", "1")
