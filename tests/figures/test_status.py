"""A look at how things stand: a site's card, a supplier by its name, and the overview of a mentor."""

import io
import json
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from PIL import Image
from sqlmodel import select

from bot.channel import Loaded, Sending
from bot.render.card import card_png
from bot.slack.show import calls
from handlers.programme.settings import stored_settings
from handlers.status.alerts import post_trend
from handlers.status.card import Card, Trend, card_from
from handlers.turn import Turn
from storage import outbox, submissions
from storage.tables.capas import Capa
from storage.tables.figures import Absence, AbsenceKind, Basis, Breach, Submission
from storage.tables.people import Duty, Membership
from storage.tables.programme import Programme, Site, Supplier
from storage.tables.queues import Lane, OutboxRow, SendState
from tests.handlers.deeds import capa_opened, changed, figure_sent, obstacle_reported, person, rows
from tests.talks import Talker, Town

ALL_DUE = ("Electricity", "Water", "Waste", "Work injuries", "Hours worked", "People at work")


def site(town: Town, key: str = "song-cau") -> Site:
    return next(row for row in rows(town, Site) if row.key == key)


def figures(
    town: Town, values: Iterable[tuple[str, float]], metric: str = "electricity", at: str = "song-cau", **more: Any
) -> None:
    """Figures of a site as they were stored: pairs of month and value in the base unit."""
    unit = town.house.library.metrics[metric].base_unit
    with town.store.write() as session:
        for period, value in values:
            session.add(
                Submission(
                    site_id=site(town, at).id,
                    metric=metric,
                    period=period,
                    version=submissions.next_version(session, site(town, at).id, metric, period),
                    value=Decimal(str(value)),
                    unit=unit,
                    base_value=Decimal(str(value)),
                    base_unit=unit,
                    metric_version=1,
                    at=town.clock.now(),
                    **more,
                )
            )


def set_rules(town: Town, **more: Any) -> None:
    """The programme's settings with other values, as an import would leave them."""
    (row,) = rows(town, Programme)
    changed(town, row, settings={**row.settings, **more})


def shown(town: Town) -> tuple[str, Card]:
    """The text and the card of the newest message that waits to be drawn."""
    with town.store.read() as session:
        waiting = session.exec(select(OutboxRow).where(OutboxRow.state == SendState.WAITING)).all()
    payload = max(waiting, key=lambda row: row.id).payload
    return payload["text"], card_from(payload["attachments"][0]["values"])


def looked(talker: Talker, name: str = "status", argument: str = "") -> tuple[str, Card]:
    """What a command shows: its text and its card."""
    talker.command(name, argument)
    return shown(talker.town)


def trend(card: Card, name: str = "Electricity") -> Trend:
    return next(one for one in card.trends if one.name == name)


def remarks(card: Card, name: str = "Electricity") -> list[str]:
    return [remark.text for remark in trend(card, name).remarks]


@pytest.fixture
def amina(town: Town) -> Talker:
    return town.joined("amina")


@pytest.fixture
def lucia(town: Town) -> Talker:
    return town.slack("U0LUCIA")


# --- the card of a site ---


def test_status_says_what_is_in_and_what_is_due(town: Town, amina: Talker) -> None:
    figure_sent(amina, "12000 kWh")
    text, card = looked(amina)
    assert "<b>Song Cau Bac Ninh</b>, Song Cau Garment: something is open" in text
    assert "For October 2026, 1 of 6 figures are in. Due: Water" in text
    assert "No limit is broken. Nearest to it: Electricity in October 2026, 12,000 kWh, limit 15,000 kWh." in text
    assert (card.title, card.subtitle) == ("Song Cau Bac Ninh", "Song Cau Garment, November 2025 to October 2026")
    assert tuple(one.name for one in card.trends[: len(ALL_DUE)]) == ALL_DUE


def test_nothing_more_is_due_once_all_is_in(town: Town, amina: Talker) -> None:
    for metric in town.house.library.metrics:
        figures(town, [("2026-10", 0)], metric)
    text, _card = looked(amina)
    assert "For October 2026, everything that is due is in." in text
    assert "Song Cau Garment: in order" in text


def test_button_for_sending_is_there_as_long_as_something_is_due(town: Town, amina: Talker) -> None:
    def labels() -> list[str]:
        with town.store.read() as session:
            newest = max(session.exec(select(OutboxRow)).all(), key=lambda row: row.id)
        return [button["label"] for row in newest.payload["buttons"] for button in row]

    looked(amina)
    assert "Send figures" in labels()
    for metric in town.house.library.metrics:
        figures(town, [("2026-10", 0)], metric)
    looked(amina)
    assert "Send figures" not in labels()


def test_worst_figure_above_its_limit_is_named(town: Town, amina: Talker) -> None:
    figures(town, [("2026-10", 16_500)])
    text, card = looked(amina)
    assert "Worst: Electricity in October 2026, 16,500 kWh, 10 % over the limit of 15,000 kWh." in text
    assert "Above the limit of 15,000 kWh" in remarks(card)


def test_anything_above_a_limit_of_zero_is_the_worst(town: Town, amina: Talker) -> None:
    figures(town, [("2026-10", 40_000)])
    figures(town, [("2026-10", 1)], "injuries")
    assert "Worst: Work injuries in October 2026" in looked(amina)[0]


def test_trend_shows_twelve_months_gaps_and_what_was_never_asked(town: Town, amina: Talker) -> None:
    figures(town, [("2025-09", 1), ("2026-05", 10_000), ("2026-07", 16_000), ("2026-09", 12_000)])
    _text, card = looked(amina)
    points = trend(card).points
    assert points[:6] == (None,) * 6
    assert [point and point.value for point in points[6:]] == [10_000, None, 16_000, None, 12_000, None]
    assert all(points[6:])
    assert [point.beyond for point in points if point] == [False, False, True, False, False, False]


def test_trend_compares_with_the_months_before(town: Town, amina: Talker) -> None:
    figures(town, [("2026-08", 10_000), ("2026-09", 12_000), ("2026-10", 14_300)])
    _text, card = looked(amina)
    assert (trend(card).said, trend(card).direction) == ("14,300 kWh", "up")
    assert "October 2026, 30 % above the average before that" in remarks(card)


def test_corrected_figure_is_shown_in_its_newest_version(town: Town, amina: Talker) -> None:
    figures(town, [("2026-10", 125_000)])
    figures(town, [("2026-10", 12_500)])
    assert trend(looked(amina)[1]).said == "12,500 kWh"


def test_returned_figure_is_due_again(town: Town, amina: Talker) -> None:
    figures(town, [("2026-10", 12_500)], returned_why="Two months in one", returned_at=town.clock.now())
    text, card = looked(amina)
    assert "Due: Electricity" in text
    assert "October 2026 is missing" in remarks(card)


def test_estimated_figure_is_marked(town: Town, amina: Talker) -> None:
    figures(town, [("2026-10", 12_500)], basis=Basis.ESTIMATED)
    point = trend(looked(amina)[1]).points[-1]
    assert point is not None and point.mark == "estimated"


def test_figure_that_does_not_apply_is_neither_due_nor_shown(town: Town, amina: Talker) -> None:
    with town.store.write() as session:
        session.add(
            Absence(
                site_id=site(town).id,
                metric="waste",
                period="2026-10",
                kind=AbsenceKind.NOT_APPLICABLE,
                at=town.clock.now(),
            )
        )
    text, card = looked(amina)
    assert "0 of 5 figures are in" in text
    assert "Waste" not in [one.name for one in card.trends]


def test_target_is_shown_and_the_farthest_named_where_no_limit_is_set(town: Town, amina: Talker) -> None:
    figures(town, [("2026-10", 12_500)])
    target = {"metric": "electricity", "value": "10000", "tier": "high"}
    set_rules(town, targets=[target], thresholds=[])
    text, card = looked(amina)
    assert "Farthest from its target: Electricity in October 2026, 12,500 kWh, target 10,000 kWh." in text
    assert trend(card).target == 10_000
    assert "Target: 10,000 kWh" in remarks(card)
    set_rules(town, targets=[{**target, "value": "13000"}], thresholds=[])
    text, card = looked(amina)
    assert "Every target is reached." in text
    assert "Target of 13,000 kWh reached" in remarks(card)


def test_card_speaks_the_readers_language_and_writes_numbers_so(town: Town) -> None:
    figures(town, [("2026-10", 16_500)])
    amina = town.joined("amina", "vi")
    amina.command("status")
    text, card = shown(town)
    assert trend(card, "Điện").said == "16.500 kWh"
    assert "tháng 10 năm 2026" in card.subtitle.lower()
    assert "16.500 kWh" in text


def test_picture_of_a_card_is_drawn_from_what_waits_in_the_outbox(town: Town, amina: Talker) -> None:
    figures(town, [("2026-10", 16_500)])
    _text, card = looked(amina)
    with Image.open(io.BytesIO(card_png(card))) as image:
        assert image.width == 720


def test_person_with_several_sites_chooses(town: Town, amina: Talker) -> None:
    with town.store.write() as session:
        session.add(Membership(person_id=person(town, "amina").id, site_id=site(town, "ha-long").id, duty=Duty.DEPUTY))
    assert "Which site" in amina.command("status")
    assert amina.labels == ["Ha Long Quang Ninh", "Song Cau Bac Ninh"]
    amina.tap("Ha Long")
    assert shown(town)[1].title == "Ha Long Quang Ninh"


def test_open_corrective_actions_and_problems_are_counted(town: Town, amina: Talker) -> None:
    capa_opened(town)
    obstacle_reported(amina)
    assert "Corrective actions open: 1, overdue: 0. Problems open: 1." in looked(amina)[0]


# --- a supplier by its name ---


@pytest.mark.parametrize(
    "typed", ["song-cau-garment", "Song Cau Garment", "SÔNG CẦU", "garment song", "song-cau", "bac ninh", " song  cau "]
)
def test_supplier_is_found_by_name_or_key_whatever_case_and_accents(town: Town, lucia: Talker, typed: str) -> None:
    text, card = looked(lucia, "supplier", typed)
    assert card.title == "Song Cau Bac Ninh"
    assert "<b>Song Cau Bac Ninh</b>, Song Cau Garment" in text


def test_several_hits_become_buttons(town: Town, lucia: Talker) -> None:
    assert "Several suppliers are called so" in lucia.command("supplier", "trims")
    assert sorted(lucia.labels) == ["Padma Trims", "Red River Trims"]
    lucia.tap("Padma")
    assert shown(town)[1].title == "Padma Narayanganj"


def test_no_hit_is_said_and_the_list_offered(town: Town, lucia: Talker) -> None:
    said = lucia.command("supplier", "<Acme>")
    assert "None of your suppliers is called <Acme>" in said
    assert "Song Cau Garment" in lucia.labels


def test_without_a_name_the_list_is_offered(lucia: Talker) -> None:
    assert "Which supplier would you like to see?" in lucia.command("supplier")
    assert len(lucia.labels) == 10


def test_supplier_of_another_mentor_is_not_found(town: Town) -> None:
    said = town.slack("U0MARTIN").command("supplier", "Song Cau Garment")
    assert "None of your suppliers is called" in said
    assert "Song Cau Garment" not in town.slack("U0MARTIN").labels


def test_manager_sees_every_supplier(town: Town) -> None:
    helena = town.slack("U0HELENA")
    assert looked(helena, "supplier", "sierra")[1].title == "Sierra Puebla"
    assert looked(helena, "supplier", "song cau")[1].title == "Song Cau Bac Ninh"


def test_card_of_a_supplier_lists_its_open_capas_and_problems(town: Town, amina: Talker, lucia: Talker) -> None:
    capa_opened(town, finding="Compressors run at night")
    obstacle_reported(amina)
    text, _card = looked(lucia, "supplier", "song cau")
    assert "<b>CAPA 1</b>, Song Cau Bac Ninh: Compressors run at night. Due 10 December 2026." in text
    assert "Song Cau Bac Ninh: problem 1, Machines or equipment, open since 23 November 2026." in text


def test_supplier_with_several_sites_shows_the_worst_and_offers_the_others(town: Town, lucia: Talker) -> None:
    other = site(town, "ha-long")
    changed(town, other, supplier_id=site(town).supplier_id)
    figure_sent(town.joined("linh"), "90000 kWh", "Electricity, October 2026")
    text, card = looked(lucia, "supplier", "song cau garment")
    assert card.title == "Ha Long Quang Ninh"
    assert "<b>Song Cau Bac Ninh</b>: something is open (6 figures missing)" in text
    lucia.press(f"r:status.site:{site(town).id}")
    assert shown(town)[1].title == "Song Cau Bac Ninh"


def test_mentor_of_one_site_sees_only_that_of_the_supplier(town: Town, lucia: Talker) -> None:
    other = site(town, "ha-long")
    changed(town, other, supplier_id=site(town).supplier_id, mentor_id=person(town, "martin").id)
    text, _card = looked(lucia, "supplier", "song cau garment")
    assert "Ha Long" not in text


# --- the overview ---


def test_overview_has_the_worst_first_and_says_why(town: Town, lucia: Talker) -> None:
    capa_opened(town)
    figure_sent(town.phone("tg-amina"), "1", "Work injuries")
    figures(town, [("2026-10", 100)], "electricity", "padma")
    figures(town, [("2026-10", 0)], "injuries", "padma")
    lines = lucia.command("status").split("\n\n")
    why = "1 limit broken, 1 corrective action open and 4 figures missing"
    assert lines[0] == f"<b>Song Cau Garment</b>: act now ({why})"
    assert lines[-1] == "<b>Padma Trims</b>: in order"


def test_missing_figures_are_named_where_they_are_few(town: Town, lucia: Talker) -> None:
    assert "<b>Padma Trims</b>: something is open (missing: Electricity and Work injuries)" in lucia.command("status")


def test_overdue_corrective_action_calls_for_action(town: Town, lucia: Talker) -> None:
    capa_opened(town, due="2026-11-25")
    assert "1 corrective action overdue" not in lucia.command("status")
    (capa,) = rows(town, Capa)
    changed(town, capa, owed_on=town.clock.now().date() - timedelta(days=1))
    assert "<b>Song Cau Garment</b>: act now (1 corrective action overdue" in lucia.command("status")


def test_more_suppliers_than_fit_are_counted_with_the_way_to_see_them(town: Town, lucia: Talker) -> None:
    said = town.slack("U0HELENA").command("status")
    assert "And 15 more suppliers. To see one, write /causeway supplier and its name." in said


def home(town: Town, account: str) -> dict[str, Any]:
    town.slack(account).happen("home_opened")
    return next(one for _place, one in reversed(town.shown) if one["kind"] == "home")


def test_home_page_lists_every_supplier_the_worst_first(town: Town) -> None:
    capa_opened(town)
    figure_sent(town.phone("tg-amina"), "1", "Work injuries")
    page = home(town, "U0LUCIA")
    lines = page["text"].split("\n\n")
    assert lines[1] == "Your sites: 10. Corrective actions open: 1. Problems open: 0."
    assert lines[2].startswith("<b>Song Cau Garment</b>: act now")
    assert len(lines) == 2 + 10
    assert page["buttons"][0][0]["label"] == "Song Cau Garment"


def test_home_page_of_a_mentor_shows_no_other_mentors_supplier(town: Town) -> None:
    text = home(town, "U0MARTIN")["text"]
    assert "Sierra Textil" in text
    assert "Song Cau" not in text


# --- the picture of an alert ---


def test_trend_follows_its_alert_into_the_thread_and_holds_up_nothing(town: Town) -> None:
    figures(town, [("2026-08", 12_000), ("2026-09", 13_000)])
    figure_sent(town.joined("amina"))
    (breach,) = rows(town, Breach)
    with town.store.write() as session:
        turn = Turn(town.house, session, stored_settings(session), town.clock.now(), town.clock.now())
        assert post_trend(turn, person(town, "lucia"), "an/alert", breach)
    with town.store.read() as session:
        row = outbox.by_key(session, "an/alert/trend")
    assert row is not None
    assert (row.state, row.lane, row.thread) == (SendState.WAITING, Lane.ALERT, "@an/alert")
    _text, card = shown(town)
    assert [one.name for one in card.trends] == ["Electricity"]
    assert [point.value for point in trend(card).points if point] == [12_000, 13_000, 16_500]


def test_trend_without_words_is_a_file_in_the_thread(town: Town) -> None:
    payload = {"text": "", "buttons": [], "attachments": [], "silent": False}
    picture = Loaded("trend.png", "image/png", b"")
    (call,) = calls(Sending("message", payload, "C0ASIA", thread="17.1", files=(picture,)))
    assert (call.method, call.params["thread_ts"]) == ("files.completeUploadExternal", "17.1")


# --- very many suppliers ---


def many_suppliers(town: Town, count: int) -> None:
    """So many more suppliers of Lucia, with names as long as any."""
    with town.store.write() as session:
        for number in range(count):
            supplier = Supplier(key=f"s-{number}", name=f"S{number} & " * 20, spend_band="A", tier="high")
            session.add(supplier)
            session.flush()
            like = site(town).model_dump(exclude={"id", "key", "supplier_id"})
            session.add(Site(**like, key=f"site-{number}", supplier_id=supplier.id))


def test_home_page_of_very_many_suppliers_keeps_to_slacks_limits(town: Town) -> None:
    many_suppliers(town, 140)
    page = home(town, "U0LUCIA")
    assert "And 50 more suppliers. To see one, write /causeway supplier and its name." in page["text"]
    (call,) = calls(Sending("home", page, "U0LUCIA"))
    blocks = call.params["view"]["blocks"]
    assert len(blocks) <= 100
    assert len(json.dumps(call.params["view"]).encode()) < 250_000
    assert "And 50 more" in json.dumps(blocks)
    assert blocks[-1]["type"] == "actions"


def test_figures_in_another_unit_than_the_newest_are_not_drawn_beside_it(town: Town, amina: Talker) -> None:
    figures(town, [("2026-08", 5), ("2026-09", 12_000), ("2026-10", 12_000)])
    older = next(row for row in rows(town, Submission) if row.period == "2026-08")
    changed(town, older, base_unit="GJ")
    assert [point.value for point in trend(looked(amina)[1]).points if point] == [12_000, 12_000]
