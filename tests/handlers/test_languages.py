"""Which language somebody is spoken to in: their own, else their home's, else the programme's, else English."""

from decimal import Decimal
from pathlib import Path

import pytest

from locales.direction import CLOSES, OPENS
from locales.text import Catalogue, _
from storage.tables.figures import Submission
from storage.tables.programme import Programme, Site
from tests.handlers.deeds import ELECTRICITY, changed, person, rows
from tests.locales.writing import entry, write_languages, write_po
from tests.talks import Talker, Town, made_house

CANCEL, BACK = "There is nothing to cancel.", "There is no question open."
UNREAD = "I can read text, photos, documents and voice notes only."
READ_BACK = "{metric} of {site} in {month}: <b>{amount}</b>, that is {base}. Is that right?"


def speaking(town: Town, *languages: str, texts: Catalogue | None = None) -> Town:
    """The programme with these languages, its own first, in these texts."""
    made = Town(town.store, made_house(texts=texts), town.clock)
    (programme,) = rows(made, Programme)
    changed(made, programme, settings=programme.settings | {"languages": list(languages)})
    return made


@pytest.fixture
def amina(town: Town, tmp_path: Path) -> Talker:
    """Amina, who chose French, from a home that speaks Spanish, in a programme that is run in Vietnamese.

    French has one sentence and the form of the read-back, Spanish one more and the metric's name, Vietnamese three.
    """
    write_languages(tmp_path, "en", "fr", "es", "vi")
    write_po(
        tmp_path, "fr", entry(CANCEL, "fr 1"), entry(READ_BACK, "fr {metric} {site} {month} <b>{amount}</b> {base}")
    )
    write_po(
        tmp_path,
        "es",
        entry(CANCEL, "es 1"),
        entry(BACK, "es 2"),
        entry(READ_BACK, "es {metric} {site} {month} <b>{amount}</b> {base}"),
    )
    write_po(tmp_path, "es", entry("Electricity", "Luz", context="metric/electricity/name"), domain="courses")
    write_po(tmp_path, "vi", entry(CANCEL, "vi 1"), entry(BACK, "vi 2"), entry(UNREAD, "vi 3"))
    made = speaking(town, "vi", "fr", "es", "en", texts=Catalogue((tmp_path,)))
    changed(made, person(made, "amina"), home_language="es")
    return made.joined("amina", "fr")


def test_each_sentence_comes_in_the_first_language_that_has_it(amina: Talker) -> None:
    assert amina.command("cancel") == "fr 1"
    assert amina.command("back") == "es 2"
    assert amina.happen("unknown") == "vi 3"
    assert "What is it? I send it on with one tap." in amina.say("tra la la")


def test_sentence_with_a_name_that_lacks_a_translation_is_said_in_the_next_language_whole(amina: Talker) -> None:
    """Words, the metric's name, month and numbers: all of them Spanish, though French has the sentence."""
    shown = amina.say("electricity October 16,5 MWh")
    assert shown == "es Luz Song Cau Bac Ninh octubre de 2026 <b>16,5 MWh</b> 16.500 kWh"


def test_language_can_change_in_mid_dialog_and_names_stay_in_their_own_script(town: Town) -> None:
    town = speaking(town, "en", "bn", "ar", "zh")
    name = "বাক নিন পোশাক কারখানা"
    amina = town.joined("amina", "en")
    (site,) = [row for row in rows(town, Site) if row.key == "song-cau"]
    changed(town, site, name=name)
    changed(town, person(town, "amina"), name="আমিনা ত্রান")
    amina.command("figures")
    amina.tap(ELECTRICITY)
    assert f"Electricity of {name} in October 2026: <b>16.5 MWh</b>" in amina.say("16.5 MWh")
    assert f"{name}-এর বিদ্যুৎ, অক্টোবর ২০২৬: <b>১৬.৫ MWh</b>" in spoken(amina, "বাংলা")
    assert f"{OPENS}{name}{CLOSES}، أكتوبر 2026: <b>{OPENS}16.5 MWh{CLOSES}</b>" in spoken(amina, "العربية")
    assert f"{name}，2026年10月，用电量：<b>16.5 MWh</b>" in spoken(amina, "简体中文")
    amina.tap(town.house.texts.plain(_("Yes, send it"), "zh"))
    assert [row.base_value for row in rows(town, Submission)] == [Decimal(16500)]


def spoken(talker: Talker, language: str) -> str:
    """What is asked once this language has been chosen in the middle of a dialog."""
    talker.command("language")
    return talker.tap(language)
