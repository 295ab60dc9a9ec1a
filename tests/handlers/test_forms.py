"""Forms: one modal where the channel has them, field by field with a review where it has not."""

import pytest

from storage.tables.capas import Capa
from tests.handlers.deeds import breached, rows, terms
from tests.handlers.stage import Stage
from tests.talks import Talker


@pytest.fixture
def lucia(stage: Stage) -> Talker:
    """Lucia in her channel, where an alert has come in."""
    town = stage.after(breached)
    return town.slack("U0LUCIA", "C0ASIA")


@pytest.fixture
def on_phone(lucia: Talker) -> Talker:
    """Lucia on a phone, which has no modals, asked for the first of four fields."""
    phone = lucia.town.joined("lucia")
    phone.press("r:capa.open:1")
    return phone


def test_modal_opens_at_once_with_every_field(lucia: Talker) -> None:
    assert lucia.tap("Open a CAPA", trigger="t") == ""
    assert [field["key"] for field in lucia.form["fields"]] == ["finding", "severity", "owner", "due"]
    assert lucia.form["fields"][0]["initial"] == "Electricity above the limit in October 2026"
    assert lucia.form["fields"][3]["optional"] and "as its severity gives" in lucia.form["fields"][3]["hint"]


def test_modal_without_a_trigger_is_offered_by_a_message(lucia: Talker) -> None:
    assert "Open a CAPA" in lucia.tap("Open a CAPA")
    lucia.tap("Open the form", trigger="t")
    assert "CAPA 1 is open" in lucia.submit(terms(lucia))


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("due", "2026-11-22", "is in the past"),
        ("finding", " ", "in words"),
        ("finding", "x" * 501, "501 characters"),
        ("severity", "dire", "choose one"),
        ("owner", "999", "choose one"),
        ("owner", "", "choose one"),
    ],
)
def test_wrong_field_keeps_the_modal_open_with_its_error(lucia: Talker, field: str, value: str, error: str) -> None:
    lucia.tap("Open a CAPA", trigger="t")
    lucia.submit(terms(lucia, **{field: value}))
    assert list(lucia.errors) == [field] and error in lucia.errors[field]
    assert rows(lucia.town, Capa) == []
    lucia.submit(terms(lucia))
    assert len(rows(lucia.town, Capa)) == 1


def test_today_at_the_site_is_not_in_the_past(lucia: Talker) -> None:
    lucia.tap("Open a CAPA", trigger="t")
    assert "CAPA 1 is open" in lucia.submit(terms(lucia, due="2026-11-23"))


def test_modal_handed_in_twice_opens_one_capa(lucia: Talker) -> None:
    lucia.tap("Open a CAPA", trigger="t")
    lucia.submit(terms(lucia))
    assert "This is closed." in lucia.submit(terms(lucia))
    assert len(rows(lucia.town, Capa)) == 1


def test_modal_of_another_mentor_is_refused(lucia: Talker) -> None:
    lucia.tap("Open a CAPA", trigger="t")
    martin = lucia.town.slack("U0MARTIN", "C0ASIA")
    assert "This is closed." in martin.submit(terms(martin))
    assert rows(lucia.town, Capa) == []


def test_fields_are_asked_one_by_one_with_their_place(on_phone: Talker) -> None:
    assert "2 of 4. Severity" in on_phone.say("Too much power")
    assert "3 of 4. Owner" in on_phone.tap("Minor")
    assert "4 of 4. Due date" in on_phone.say("2")
    assert "in the past" in on_phone.say("2026-11-01")
    on_phone.say("12/10/2026")
    assert [label.split(":")[0] for label in on_phone.labels[:5]] == ["Open", "Change", "Change", "Change", "Change"]
    assert "Change: Duc Pham" in on_phone.labels


def test_any_field_can_be_changed_at_the_end(on_phone: Talker) -> None:
    on_phone.say("Too much power")
    on_phone.tap("Minor")
    on_phone.tap("Amina")
    on_phone.say("2026-12-10")
    on_phone.tap("Change: Too much")
    on_phone.say("Far too much power")
    on_phone.tap("Change: Minor")
    on_phone.tap("Critical")
    assert "CAPA 1 is open" in on_phone.tap("Open")
    capa = rows(on_phone.town, Capa)[0]
    assert (capa.finding, capa.severity, str(capa.due_on)) == ("Far too much power", "critical", "2026-12-10")


def test_back_goes_from_field_to_field(on_phone: Talker) -> None:
    on_phone.say("Too much power")
    assert "1 of 4" in on_phone.tap("Back")
    assert "2 of 4" in on_phone.say("Power")


def test_form_dialog_begun_in_a_private_chat_is_not_answered_by_words(lucia: Talker) -> None:
    private = lucia.town.slack("U0LUCIA")
    private.press("r:capa.open:1", trigger="t")
    assert "did not understand" in private.say("hello")
    assert "CAPA 1 is open" in private.submit(terms(private))
