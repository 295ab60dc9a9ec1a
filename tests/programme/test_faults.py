"""Broken programme folders: every fault is named with its file and line."""

from pathlib import Path

import pytest

from tests.programme.copies import copy, faults

ANOTHER = '[[thresholds]]\nmetric = "injuries"\nlimit = 1\n'
SELVI = "selvi,Selvi Raman,supplier,kaveri,data_owner,en,,"

SETTINGS = {
    "not TOML": ('name = "Fair', 'name = Fair', 2, "is not TOML"),
    "unknown key": ('contact = "', 'kontact = "', 4, "kontact: is not a known key"),
    "missing key": ('contact = "', 'kontact = "', 1, "contact: is missing"),
    "empty privacy version": ('"2026-01"', '""', 5, "privacy_version: "),
    "unknown language": ('"th"]', '"xx"]', 3, "'xx' is not ready"),
    "hour that is none": ("opens = 08:00:00", 'opens = "8 am"', 8, "calendar.opens: "),
    "closing before opening": ("closes = 18:00:00", "closes = 07:00:00", 9, "must be later than opens"),
    "weekend that is none": ('"sat+sun"', '"weekend"', 10, "calendar.weekend: "),
    "unknown time zone": ("Europe/Madrid", "Europe/Barcelona", 11, "is not a time zone"),
    "unknown metric in a tier": ('["electricity", "injuries"]', '["electricity", "gas"]', 20, "called 'gas'"),
    "computed metric in a tier": ('["electricity", "injuries"]', '["electricity", "trir"]', 20, "'trir' is computed"),
    "target for an unknown site": (
        "[[thresholds]]\nmetric = \"injuries\"\nlimit = 0",
        '[[targets]]\nmetric = "injuries"\nvalue = 0\nsite = "nowhere"',
        46,
        "target 1: site 'nowhere' is not in suppliers.csv",
    ),
    "unknown severity": ("minor = {", "small = {", 29, "critical, major, minor"),
    "no days at all": ("close = 90", "close = 0", 29, "capa.severities.minor.close: "),
    "unknown key in a severity": ("major = { plan", "major = { shut = 1, plan", 28, "major.shut: is not a known key"),
    "unknown severity of a tier": (
        "[capa.severities]",
        "[capa.tiers.high]\nsmall = { plan = 1 }\n\n[capa.severities]",
        27,
        "'small' is not a severity",
    ),
    "terms of an unknown tier": (
        "[capa.severities]",
        "[capa.tiers.top]\nminor = { plan = 1 }\n\n[capa.severities]",
        26,
        "capa: no tier is called 'top'",
    ),
    "decider who is neither": ("[capa.sev", '[capa.decides]\nplan = "chef"\n\n[capa.sev', 27, "decides.plan: "),
    "reminder after the due date": ("[7, 1]", "[7, -1]", 23, "capa.reminders_before.2: "),
    "committee of somebody unknown": ('"martin", "duc"]', '"martin", "duc", "duke"]', 68, "'duke' is not in"),
    "chair who is no member": ('chairs = ["helena", "duc"]', 'chairs = ["jorge"]', 66, "'jorge' is not among"),
    "ladder for an unknown tier": (
        "[capa.severities]",
        '[[capa.ladders]]\ntiers = ["top"]\n\n[capa.severities]',
        27,
        "ladder 1: no tier is called 'top'",
    ),
    "ladder for an unknown severity": (
        "[capa.severities]",
        '[[capa.ladders]]\nseverities = ["huge"]\n\n[capa.severities]',
        27,
        "'huge' is not a severity",
    ),
    "ladder that tells nobody known": (
        "[capa.severities]",
        '[[capa.ladders]]\nlevels = [{ tell = ["boss"], after = 1 }]\n\n[capa.severities]',
        27,
        "capa.ladders.1.levels.1.tell.1: ",
    ),
    "threshold for an unknown metric": ('"injuries"\nlimit', '"injurys"\nlimit', 44, "called 'injurys'"),
    "threshold for an unknown site": ('site = "song-cau"', 'site = "song"', 39, "site 'song' is not in suppliers.csv"),
    "threshold for an unknown tier": ('tier = "high"', 'tier = "top"', 34, "no tier is called 'top'"),
    "threshold for an unknown country": ('tier = "high"', 'country = "UK"', 34, "'UK' is not a country"),
    "threshold that is no number": ("limit = 0\n", 'limit = "none"\n', 45, "thresholds.3.limit: "),
    "threshold from a day that is none": ("valid_from = 2026-01-01", 'valid_from = "1.1.26"', 40, "2.valid_from: "),
    "lessons in the evening": ("hour = 10:00:00", "hour = 20:00:00", 1, "learning.hour: must lie between"),
    "reminders that come faster": ("hour = 10:00:00", "nudges = [3, 1]", 47, "nudges must not become shorter"),
    "questions that never come back": ("hour = 10:00:00", "boxes = []", 48, "learning.boxes: "),
    "unknown course": ('"measuring-energy"', '"measuring-all"', 51, "training 1: no course is called 'measuring-all'"),
    "course for an unknown tier": ('duty = "data_owner"', 'tier = "top"', 52, "training 1: no tier is called 'top'"),
    "course for an unknown duty": ('duty = "data_owner"', 'duty = "owner"', 52, "training.1.duty: "),
    "course for an unknown metric": ('duty = "data_owner"', 'breach = "gas"', 52, "no metric is called 'gas'"),
    "course that is due at once": ('duty = "data_owner"', "days = 0", 52, "training.1.days: "),
    "two rules that say the same": (
        'duty = "data_owner"\n',
        'duty = "data_owner"\n\n[[training]]\ncourse = "measuring-energy"\nduty = "data_owner"\n',
        55,
        "another [[training]] says the same",
    ),
    "two thresholds for the same": ("limit = 0\n", f"limit = 0\n{ANOTHER}", 47, "holds for the same"),
}  # fmt: skip

SAFETY = {
    "guardian whom nobody knows": ('person = "helena"', 'person = "helen"', 83, "'helen' is not a mentor or manager"),
    "guardian of a site": ('person = "helena"', 'person = "amina"', 83, "'amina' is not a mentor or manager"),
    "guardian who is their own deputy": ('deputy = "martin"', 'deputy = "helena"', 84, "somebody else than person"),
    "guardian without a telephone": ('phone = "+34 600 000 001"\n', "", 82, "phone: is missing"),
    "nobody for the rest": ('hours = "every', 'countries = ["ES"]\nhours = "every', 82, "for the rest"),
    "two guardians for the same": ('categories = ["harassment"]\ncountries = ["VN", "BD", "IN"]\n', "", 90, "same"),
    "guardian of an unknown matter": ('["harassment"]', '["noise"]', 94, "categories.1: "),
    "guardian in an unknown country": ('["VN", "BD", "IN"]', '["UK"]', 95, "'UK' is not a country"),
    "country without an emergency number": ('VN = "113"\n', "", 97, "'VN' has sites, but no number"),
    "emergency number of an unknown country": ('VN = "113"', 'VN = "113"\nUK = "999"', 99, "'UK' is not a country"),
}  # fmt: skip

SUPPLIERS = {
    "missing column": ("spend_band", "spend", 1, "the column spend_band is missing"),
    "unknown column": ("spend_band", "spend", 1, "the column 'spend' is not known"),
    "column twice": ("mentor\n", "mentor,tier\n", 1, "the column tier is there twice"),
    "cell too few": (",sun,en,lucia", ",en,lucia", 6, "has 10 cells; the header has 11"),
    "cell too many": (",sun,en,lucia", ",sun,en,lucia,x", 6, "has 12 cells; the header has 11"),
    "quote that is never closed": ("Kaveri Mills", '"Kaveri Mills', 6, "cannot be read as CSV"),
    "empty cell": ("Kaveri Mills", "", 6, "supplier_name is empty"),
    "key with spaces": ("kaveri-mills", "Kaveri Mills", 6, "supplier 'Kaveri Mills' must be up to 40 small letters"),
    "key too long for a button": ("kaveri-mills", "k" * 41, 6, "must be up to 40"),
    "name too long": ("Kaveri Mills", "Kaveri " * 20, 6, "supplier_name has 139 characters"),
    "unknown spend band": ("Kaveri Mills,A", "Kaveri Mills,D", 6, "spend_band 'D' is not known; known: A, B, C"),
    "unknown tier": ("Kaveri Mills,A,high", "Kaveri Mills,A,top", 6, "tier 'top' is not known; known: high, low"),
    "unknown country": ("IN,Asia", "UK,Asia", 6, "country 'UK' is not a country code"),
    "unknown time zone": ("Asia/Kolkata", "Asia/Tiruppur", 6, "timezone 'Asia/Tiruppur' is not a time zone"),
    "unknown weekend": ("Kolkata,sun", "Kolkata,sunday", 6, "weekend 'sunday' must look like"),
    "unknown language": ("sun,en,lucia", "sun,en+english,lucia", 6, "languages 'english' is not a language code"),
    "no language": ("sun,en,lucia", "sun,,lucia", 6, "languages is empty"),
    "mentor who is none": ("sun,en,lucia", "sun,en,selvi", 6, "mentor 'selvi' is not a mentor"),
    "site on two lines": (",kaveri,", ",padma,", 6, "the site 'padma' is on line 5 already"),
    "two tiers for a supplier": ("padma-trims,Padma Trims,C,low", "meghna-denim,Meghna Denim,A,low", 5, "on line 4"),
}  # fmt: skip

PEOPLE = {
    "missing column": ("name,role", "name,rolle", 1, "the column role is missing"),
    "empty name": ("Selvi Raman", "", 7, "name is empty"),
    "unknown role": ("Selvi Raman,supplier", "Selvi Raman,boss", 7, "role 'boss' is not known; known: manager, mentor"),
    "unknown duty": ("kaveri,data_owner", "kaveri,owner", 7, "duty 'owner' is not known"),
    "no duty": ("kaveri,data_owner", "kaveri,", 7, "duty '' is not known"),
    "unknown site": ("kaveri,data_owner", "kavery,data_owner", 7, "site 'kavery' is not in suppliers.csv"),
    "unknown language": ("kaveri,data_owner,en", "kaveri,data_owner,xx", 7, "language 'xx' is not a language code"),
    "two languages": ("kaveri,data_owner,en", "kaveri,data_owner,en+es", 7, "name one"),
    "unknown time zone": ("es,Europe/Madrid", "es,Madrid", 15, "timezone 'Madrid' is not a time zone"),
    "account that is none": ("U0LUCIA", "@lucia", 15, "slack '@lucia' must look like"),
    "phone number for an account": (f"{SELVI},", f"{SELVI},+91 2", 7, "telegram '+91 2' must look like"),
    "mentor without a channel": ("slack:C0ASIA", "", 15, "a mentor needs a channel"),
    "channel by its name": ("slack:C0ASIA", "#asia", 15, "channel '#asia' must look like slack:C0123456789"),
    "manager with a site": ("manager,,,en", "manager,kaveri,,en", 17, "only supplier staff have a site"),
    "key of somebody else": ("dewi,", "elif,", 13, "name of 'elif' is another on line 12"),
    "line twice": (SELVI, f"{SELVI},,\n{SELVI}", 8, "'selvi' is on line 7 already"),
    "account of somebody else": ("U0MARTIN", "U0LUCIA", 16, "the slack account U0LUCIA belongs to 'lucia' already"),
}  # fmt: skip

TABLES = {"programme.toml": SETTINGS | SAFETY, "suppliers.csv": SUPPLIERS, "people.csv": PEOPLE}
CASES = [
    pytest.param(file, *case, id=f"{file}: {name}") for file, cases in TABLES.items() for name, case in cases.items()
]


@pytest.mark.parametrize(("file", "before", "after", "line", "said"), CASES)
def test_fault_is_named_with_file_and_line(
    tmp_path: Path, file: str, before: str, after: str, line: int, said: str
) -> None:
    found = faults(copy(tmp_path, file, before, after))
    assert [fault for fault in found if fault.startswith(f"{file}:{line}: ") and said in fault], found


@pytest.mark.parametrize("file", TABLES)
def test_missing_file_is_named_and_the_others_are_checked_still(tmp_path: Path, file: str) -> None:
    other = "suppliers.csv" if file != "suppliers.csv" else "people.csv"
    name = "Kaveri Mills" if other == "suppliers.csv" else "Selvi Raman"
    folder = copy(tmp_path, other, name, "")
    (folder / file).unlink()
    found = faults(folder)
    assert f"{file}: is missing" in found
    assert [fault for fault in found if fault.startswith(f"{other}:") and "name is empty" in fault]


@pytest.mark.parametrize("file", TABLES)
def test_file_in_another_encoding_is_named_with_the_line(tmp_path: Path, file: str) -> None:
    folder = copy(tmp_path)
    first, rest = (folder / file).read_bytes().split(b"\n", 1)
    (folder / file).write_bytes(first + b"\n\xe9" + rest)
    assert [fault for fault in faults(folder) if fault.startswith(f"{file}:2: is not UTF-8")]


def test_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert faults(tmp_path / "nowhere") == [f"{tmp_path / 'nowhere'}: is not a folder"]


def test_empty_table_lacks_every_column(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    (folder / "people.csv").write_bytes(b"")
    assert [fault for fault in faults(folder) if fault.startswith("people.csv:1: the column")] == [
        "people.csv:1: the column key is missing",
        "people.csv:1: the column name is missing",
        "people.csv:1: the column role is missing",
    ]


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = copy(tmp_path, "programme.toml", '"th"]', '"xx"]')
    for file, before, after in (
        ("suppliers.csv", "Asia/Kolkata", "Asia/Tiruppur"),
        ("suppliers.csv", "Ha Long Knit,B", "Ha Long Knit,D"),
        ("people.csv", "Selvi Raman,supplier", "Selvi Raman,boss"),
    ):
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(text.replace(before, after), encoding="utf-8")
    assert [fault.split(": ")[0] for fault in faults(folder)] == [
        "people.csv:7",
        "programme.toml:3",
        "suppliers.csv:3",
        "suppliers.csv:6",
    ]


def test_line_of_a_fault_below_a_cell_of_two_lines_is_counted_as_in_the_file(tmp_path: Path) -> None:
    folder = copy(tmp_path, "people.csv", "Linh Vu", '"Linh\nVu"')
    text = (folder / "people.csv").read_text(encoding="utf-8")
    (folder / "people.csv").write_text(text.replace("Selvi Raman", ""), encoding="utf-8")
    assert faults(folder) == ["people.csv:8: name is empty"]


FINDING = "A-7,song-cau,No guard at press 4,SA8000 3.1,major,2026-10-31,Good Audit Ltd\n"
FINDINGS = {
    "unknown site": ("song-cau", "nowhere", 2, "site 'nowhere' is not in suppliers.csv"),
    "unknown severity": ("major", "grave", 2, "severity 'grave' is not known; known: critical, major"),
    "day that is none": ("2026-10-31", "31.10.2026", 2, "found_on '31.10.2026' must look like 2026-10-31"),
    "day long ago": ("2026-10-31", "1026-10-31", 2, "is too long ago"),
    "nobody found it": ("Good Audit Ltd", "", 2, "auditor is empty"),
    "nothing found": ("No guard at press 4", "", 2, "finding is empty"),
    "finding too long": ("No guard", "No guard " * 70, 2, "over 500"),
    "finding twice": (FINDING, FINDING * 2, 3, "'A-7' of 'song-cau' is on line 2 already"),
}


@pytest.mark.parametrize(("before", "after", "line", "said"), FINDINGS.values(), ids=FINDINGS)
def test_fault_of_a_finding_is_named_with_its_line(
    tmp_path: Path, before: str, after: str, line: int, said: str
) -> None:
    folder = copy(tmp_path)
    written = "reference,site,finding,requirement,severity,found_on,auditor\n" + FINDING
    (folder / "findings.csv").write_text(written.replace(before, after), encoding="utf-8")
    found = faults(folder)
    assert [fault for fault in found if fault.startswith(f"findings.csv:{line}: ") and said in fault], found
