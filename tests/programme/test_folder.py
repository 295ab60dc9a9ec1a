"""The example programme, and the forms in which a sound folder may come."""

from pathlib import Path

import pytest

from handlers.programme.settings import settings_from
from storage.tables.people import Duty, Role
from tests.programme.copies import EXAMPLE, METRICS, copy, faults, read

CSV_FILES = ("suppliers.csv", "people.csv")


def test_example_has_25_suppliers_in_at_least_ten_countries() -> None:
    sites = read(EXAMPLE).sites
    assert len({site.supplier for site in sites}) == 25
    assert len({site.country for site in sites}) >= 10


def test_example_has_two_mentors_with_channels_and_a_programme_manager() -> None:
    people = read(EXAMPLE).people
    mentors = [person for person in people if person.role is Role.MENTOR]
    assert len({person.channel for person in mentors}) == 2 and all(person.slack for person in mentors)
    assert len([person for person in people if person.role is Role.MANAGER and person.slack]) == 1


def test_every_site_of_the_example_has_a_mentor_and_a_data_owner() -> None:
    folder = read(EXAMPLE)
    owned = {person.site for person in folder.people if person.duty is Duty.DATA_OWNER}
    assert all(site.mentor and site.site in owned for site in folder.sites)


def test_amina_is_a_data_owner_who_chooses_her_language_herself() -> None:
    (amina,) = (person for person in read(EXAMPLE).people if person.key == "amina")
    assert (amina.role, amina.duty, amina.language) == (Role.SUPPLIER, Duty.DATA_OWNER, "")


def test_electricity_at_the_site_of_amina_has_a_limit_of_its_own() -> None:
    folder = read(EXAMPLE)
    (amina,) = (person for person in folder.people if person.key == "amina")
    assert [one.metric for one in folder.settings.thresholds if one.site == amina.site] == ["electricity"]


def test_settings_are_the_same_after_the_store() -> None:
    settings = read(EXAMPLE).settings
    assert settings_from(settings.model_dump(mode="json")) == settings


def test_every_severity_gives_days_until_the_due_date() -> None:
    settings = read(EXAMPLE).settings
    days = [settings.capa_terms(severity, "high").close for severity in ("critical", "major", "minor", "observation")]
    assert days == sorted(set(days))


def test_tiers_of_the_example_ask_for_metrics_that_we_have() -> None:
    asked = {metric for tier in read(EXAMPLE).settings.tiers.values() for metric in tier.metrics}
    assert asked <= METRICS.keys()


def test_digest_tells_a_changed_folder_from_the_same_one(tmp_path: Path) -> None:
    same, other = copy(tmp_path / "same"), copy(tmp_path / "other", "people.csv", "Amina Tran", "Amina Vu")
    assert read(same).digest == read(EXAMPLE).digest != read(other).digest


@pytest.mark.parametrize("change", ["byte order mark", "semicolons", "Windows lines", "old Mac lines", "empty lines"])
def test_spreadsheets_may_save_the_tables_in_their_own_way(tmp_path: Path, change: str) -> None:
    folder = copy(tmp_path)
    for name in CSV_FILES:
        text = (folder / name).read_text(encoding="utf-8")
        changed = {
            "byte order mark": "\ufeff" + text,
            "semicolons": text.replace(",", ";"),
            "Windows lines": text.replace("\n", "\r\n"),
            "old Mac lines": text.replace("\n", "\r"),
            "empty lines": text.replace("\n", "\n\n") + ",,,\n",
        }[change]
        (folder / name).write_bytes(changed.encode())
    assert (read(folder).sites, read(folder).people) == (read(EXAMPLE).sites, read(EXAMPLE).people)


def test_columns_may_come_in_any_order_and_optional_ones_may_be_left_out(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    rows = [line.split(",") for line in (folder / "people.csv").read_text(encoding="utf-8").splitlines()]
    mixed = [",".join([*row[:6][::-1], row[9]]) for row in rows]
    (folder / "people.csv").write_text("\n".join(mixed), encoding="utf-8")
    assert [person.name for person in read(folder).people] == [person.name for person in read(EXAMPLE).people]


def test_supplier_may_have_several_sites(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    line = "meghna-denim,Meghna Denim,A,high,meghna-2,Meghna Savar,BD,Asia/Dhaka,fri,bn,lucia\n"
    with (folder / "suppliers.csv").open("a", encoding="utf-8") as file:
        file.write(line)
    sites = [site.site for site in read(folder).sites if site.supplier == "meghna-denim"]
    assert sites == ["meghna", "meghna-2"]


def test_person_may_work_for_several_sites(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    with (folder / "people.csv").open("a", encoding="utf-8") as file:
        file.write("linh,Linh Vu,supplier,song-cau,data_owner,vi,,,,\n")
    assert [person.site for person in read(folder).people if person.key == "linh"] == ["ha-long", "song-cau"]


def test_line_break_within_a_cell_is_a_space(tmp_path: Path) -> None:
    folder = copy(tmp_path, "people.csv", "Linh Vu", '"Linh\nVu"')
    assert "Linh Vu" in [person.name for person in read(folder).people]
    assert faults(folder) == []
