"""What cannot be right about tiers and baselines: every fault is named with its line, and what is right passes."""

from pathlib import Path

import pytest

from tests.programme.copies import EXAMPLE, copy, faults, read

FILE = "programme.toml"
TEXT = (EXAMPLE / FILE).read_text(encoding="utf-8")

TIERS = {
    "finer than the metric": (
        ["corruption"],
        'cadence = { corruption = "quarter" }',
        "'corruption' is figured by the year, so not by the quarter",
    ),
    "cadence of what is not asked": (
        ["water"],
        'cadence = { electricity = "year" }',
        "which the tier does not ask for",
    ),
    "cadence that is none": (["water"], 'cadence = { water = "week" }', "cadence.water"),
    "unknown lighter tier": (["water"], 'lighter = "feather"', "no tier is called 'feather'"),
    "lighter than itself": (["water"], 'lighter = "light"', "'light' leads back to 'light'"),
    "after without lighter": (["water"], "after = 3", "after says nothing without lighter"),
    "no months at all": (["water"], 'lighter = "low"\nafter = 0', "after: "),
}

BASELINES = {
    "month that is none": ('first = "2025-13"\nlast = "2025-12"', 1, "baselines.1.first: "),
    "last before first": ('first = "2025-06"\nlast = "2025-05"', 2, "baselines.1.last: is before first"),
    "no last": ('first = "2025-06"', 0, "baselines.1.last: is missing"),
    "unknown metric": (
        'first = "2025-01"\nlast = "2025-12"\nmetric = "gas"',
        3,
        "baseline 1: no metric is called 'gas'",
    ),
    "unknown site": ('first = "2025-01"\nlast = "2025-12"\nsite = "nowhere"', 3, "'nowhere' is not in suppliers.csv"),
    "unknown tier": ('first = "2025-01"\nlast = "2025-12"\ntier = "top"', 3, "no tier is called 'top'"),
    "unknown country": ('first = "2025-01"\nlast = "2025-12"\ncountry = "UK"', 3, "'UK' is not a country"),
}


def with_more(into: Path, more: str) -> tuple[Path, int]:
    """The example with more at the end of its settings, and the line on which that begins."""
    folder = copy(into)
    (folder / FILE).write_text(f"{TEXT.rstrip()}\n{more}\n", encoding="utf-8")
    return folder, TEXT.rstrip().count("\n") + 2


@pytest.mark.parametrize(("metrics", "line", "said"), TIERS.values(), ids=TIERS)
def test_tier_that_cannot_be_right_is_named_with_its_line(
    tmp_path: Path, metrics: list[str], line: str, said: str
) -> None:
    asked = ", ".join(f'"{one}"' for one in metrics)
    folder, first = with_more(tmp_path, f"[tiers.light]\nmetrics = [{asked}]\n{line}")
    last = first + 1 + len(line.splitlines())
    assert [one for one in faults(folder) if one.startswith(f"{FILE}:{last}: ") and said in one], faults(folder)


@pytest.mark.parametrize(("more", "line", "said"), BASELINES.values(), ids=BASELINES)
def test_baseline_that_cannot_be_right_is_named_with_its_line(tmp_path: Path, more: str, line: int, said: str) -> None:
    folder, first = with_more(tmp_path, f"[[baselines]]\n{more}")
    assert [one for one in faults(folder) if one.startswith(f"{FILE}:{first + line}: ") and said in one], faults(folder)


def test_two_baselines_for_the_same_are_a_fault(tmp_path: Path) -> None:
    one = '[[baselines]]\nfirst = "2025-01"\nlast = "2025-12"\n'
    folder, first = with_more(tmp_path, one + one)
    assert f"{FILE}:{first + 4}: baseline 2: another baseline holds for the same from the same day" in faults(folder)


def test_way_from_tier_to_tier_that_leads_back_is_a_fault(tmp_path: Path) -> None:
    asked = 'metrics = ["water"]\nlighter = '
    folder, first = with_more(tmp_path, f'[tiers.a]\n{asked}"b"\n[tiers.b]\n{asked}"a"')
    assert f"{FILE}:{first + 2}: tier a: 'b' leads back to 'a'" in faults(folder)


def test_tiers_and_baselines_that_are_right_are_taken(tmp_path: Path) -> None:
    folder, _first = with_more(
        tmp_path,
        '[tiers.light]\nmetrics = ["water", "corruption"]\ncadence = { water = "quarter" }\n'
        'lighter = "low"\nafter = 9\n'
        '[[baselines]]\nfirst = "2025-01"\nlast = "2025-12"\n'
        '[[baselines]]\nmetric = "trir"\nsite = "song-cau"\nfirst = "2024-01"\nlast = "2025-12"\n',
    )
    settings = read(folder).settings
    light = settings.tiers["light"]
    assert (light.cadence, light.lighter, light.after) == ({"water": "quarter"}, "low", 9)
    assert [one.metric for one in settings.baselines] == ["", "trir"]


@pytest.mark.parametrize(
    ("key", "said"),
    [("gas", "no metric is called 'gas'"), ("headcount", "nothing by which"), ("deaths", "nothing by which")],
)
def test_sites_are_compared_by_what_has_a_better_and_a_worse(tmp_path: Path, key: str, said: str) -> None:
    folder, first = with_more(tmp_path, f'[benchmarks]\nafter_days = 5\nmetrics = ["trir", "{key}"]')
    assert [one for one in faults(folder) if one.startswith(f"{FILE}:{first + 2}: ") and said in one], faults(folder)
