"""Reads programme.toml and checks what it names."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from courses.faults import ContentError, Fault
from courses.model import Metric
from courses.toml import Place, checked, line_of, parsed
from courses.units import MONEY
from handlers.metrics.periods import MONTHS
from handlers.programme import known
from handlers.programme.aims import Aim
from handlers.programme.settings import ProgrammeSettings, Tier

FILE = "programme.toml"


@dataclass(frozen=True)
class Written:
    """The settings with the text that they were written in."""

    settings: ProgrammeSettings
    text: str

    def fault(self, place: Place, message: str) -> Fault:
        """A fault on the line of a key."""
        return Fault(FILE, line_of(self.text, place), message)


def read_settings(
    path: Path,
    metrics: Mapping[str, Metric],
    courses: Collection[str] | None,
    languages: Collection[str],
    faults: list[Fault],
) -> Written | None:
    """The settings, None if they cannot be right; every fault is noted. Without `courses` any may be named."""
    try:
        text = _text(path)
        written = Written(checked(ProgrammeSettings, parsed(FILE, text), FILE, text), text)
    except ContentError as error:
        faults += error.faults
        return None
    faults += _language_faults(written, languages)
    faults += _tier_faults(written, metrics)
    faults += _aim_faults(written, metrics)
    faults += _training_faults(written, metrics, courses)
    faults += _capa_faults(written)
    faults += _benchmark_faults(written, metrics)
    faults += _safety_faults(written)
    return written


def _text(path: Path) -> str:
    if not path.exists():
        raise ContentError([Fault(FILE, 0, "is missing")])
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ContentError([Fault(FILE, content[: error.start].count(b"\n") + 1, "is not UTF-8")]) from error


def _language_faults(written: Written, languages: Collection[str]) -> Iterator[Fault]:
    for language in written.settings.languages:
        if language not in languages:
            yield written.fault(
                ("languages",), f"languages: '{language}' is not ready; ready: {', '.join(sorted(languages))}"
            )


def _tier_faults(written: Written, metrics: Mapping[str, Metric]) -> Iterator[Fault]:
    for name, tier in written.settings.tiers.items():
        for metric in tier.metrics:
            if metric not in metrics:
                yield written.fault(("tiers", name, "metrics"), f"tier {name}: no metric is called '{metric}'")
            elif metrics[metric].derived:
                yield written.fault(("tiers", name, "metrics"), f"tier {name}: '{metric}' is computed, never asked")
        yield from _cadence_faults(written, metrics, name, tier)
        yield from _lighter_faults(written, name, tier)


def _cadence_faults(written: Written, metrics: Mapping[str, Metric], name: str, tier: Tier) -> Iterator[Fault]:
    """A tier may ask what it asks less often than is usual, never more often."""
    for metric, length in tier.cadence.items():
        place = ("tiers", name, "cadence", metric)
        if metric not in tier.metrics:
            yield written.fault(place, f"tier {name}: the cadence is for '{metric}', which the tier does not ask for")
        elif metric in metrics and MONTHS[length] < MONTHS[metrics[metric].period]:
            own = metrics[metric].period
            yield written.fault(place, f"tier {name}: '{metric}' is figured by the {own}, so not by the {length}")


def _lighter_faults(written: Written, name: str, tier: Tier) -> Iterator[Fault]:
    """The lighter tier is another one that is there, and no way leads from it back again."""
    tiers, place = written.settings.tiers, ("tiers", name, "lighter")
    if not tier.lighter:
        if "after" in tier.model_fields_set:
            yield written.fault(("tiers", name, "after"), f"tier {name}: after says nothing without lighter")
    elif tier.lighter not in tiers:
        yield written.fault(place, f"tier {name}: no tier is called '{tier.lighter}'")
    elif name in _lighter_still(tiers, tier.lighter):
        yield written.fault(place, f"tier {name}: '{tier.lighter}' leads back to '{name}'")


def _lighter_still(tiers: Mapping[str, Tier], name: str) -> list[str]:
    """A tier with those that are lighter, one after another."""
    found = [name]
    while (following := tiers[found[-1]].lighter) in tiers and following not in found:
        found.append(following)
    return found


def _training_faults(
    written: Written, metrics: Mapping[str, Metric], courses: Collection[str] | None
) -> Iterator[Fault]:
    """What is to be learned names what there is, and nothing is asked for twice."""
    seen: set[tuple[str, ...]] = set()
    for place, one in enumerate(written.settings.training):
        if courses is not None and one.course not in courses:
            yield _at(written, "training", place, "course", f"no course is called '{one.course}'")
        if one.tier and one.tier not in written.settings.tiers:
            yield _at(written, "training", place, "tier", f"no tier is called '{one.tier}'")
        if one.breach and one.breach not in metrics:
            yield _at(written, "training", place, "breach", f"no metric is called '{one.breach}'")
        scope = (one.course, one.tier, one.duty, one.breach)
        if scope in seen:
            yield _at(written, "training", place, "course", "another [[training]] says the same")
        seen.add(scope)


def _capa_faults(written: Written) -> Iterator[Fault]:
    """Terms of a tier's own are for tiers that there are."""
    for name in written.settings.capa.tiers:
        if name not in written.settings.tiers:
            yield written.fault(("capa", "tiers", name), f"capa: no tier is called '{name}'")


def _benchmark_faults(written: Written, metrics: Mapping[str, Metric]) -> Iterator[Fault]:
    """Sites can only be compared where there is a better and a worse, and the unit is the same for all."""
    place = ("benchmarks", "metrics")
    for key in written.settings.benchmarks.metrics:
        metric = metrics.get(key)
        if metric is None:
            yield written.fault(place, f"benchmarks: no metric is called '{key}'")
        elif metric.direction == "neutral" or metric.grave or metric.base_unit == MONEY:
            yield written.fault(place, f"benchmarks: '{key}' is nothing by which sites can be compared")


def _aim_faults(written: Written, metrics: Mapping[str, Metric]) -> Iterator[Fault]:
    """Thresholds, targets and baselines name what there is, and no two of them hold for the same."""
    seen: set[tuple[object, ...]] = set()
    for table, place, one in _aims(written):
        if one.metric not in metrics and not (table == "baselines" and not one.metric):
            yield _at(written, table, place, "metric", f"no metric is called '{one.metric}'")
        elif one.metric and metrics[one.metric].base_unit == MONEY:
            yield _at(written, table, place, "metric", f"'{one.metric}' is money, in many currencies: it has no limit")
        if one.tier and one.tier not in written.settings.tiers:
            yield _at(written, table, place, "tier", f"no tier is called '{one.tier}'")
        if one.country and one.country not in known.countries():
            yield _at(written, table, place, "country", f"'{one.country}' is not a country code of two letters")
        scope = (table, *_scope(one))
        if scope in seen:
            yield _at(
                written,
                table,
                place,
                "metric" if one.metric else "first",
                f"another {table[:-1]} holds for the same from the same day",
            )
        seen.add(scope)


def check_sites_named(written: Written, sites: Collection[str], faults: list[Fault]) -> None:
    """Note the thresholds, targets and baselines for sites that suppliers.csv does not have."""
    for table, place, one in _aims(written):
        if one.site and one.site not in sites:
            faults.append(_at(written, table, place, "site", f"site '{one.site}' is not in suppliers.csv"))


def _safety_faults(written: Written) -> Iterator[Fault]:
    """Somebody is named for everything grave, and nobody twice for the same; countries are countries."""
    seen: set[tuple[str, str]] = set()
    guardians = written.settings.safety.guardians
    for place, one in enumerate(guardians):
        scopes = {(what, where) for what in one.categories or ("",) for where in one.countries or ("",)}
        if scopes & seen:
            yield _of_guardian(written, place, "person", "another one is named for the same")
        seen |= scopes
        for country in one.countries:
            if country not in known.countries():
                yield _of_guardian(written, place, "countries", f"'{country}' is not a country code of two letters")
    if guardians and ("", "") not in seen:
        first = ("safety", "guardians", 0)
        yield written.fault(first, "guardians: one must be named without categories and countries, for the rest")
    for country in written.settings.safety.emergency:
        if country not in known.countries():
            key = ("safety", "emergency", country)
            yield written.fault(key, f"emergency: '{country}' is not a country code of two letters")


def check_guardians_named(
    written: Written, buyers: Collection[str], countries: Collection[str], faults: list[Fault]
) -> None:
    """Note the guardians that people.csv does not have as mentors or managers, and countries without a number."""
    safety = written.settings.safety
    for place, one in enumerate(safety.guardians):
        for key in ("person", "deputy"):
            if getattr(one, key) not in buyers:
                message = f"'{getattr(one, key)}' is not a mentor or manager in people.csv"
                faults.append(_of_guardian(written, place, key, f"{key}: {message}"))
    for country in sorted(countries) if safety.guardians else ():
        if country not in safety.emergency:
            faults.append(written.fault(("safety", "emergency"), f"emergency: '{country}' has sites, but no number"))


def _of_guardian(written: Written, place: int, key: str, message: str) -> Fault:
    return written.fault(("safety", "guardians", place, key), f"guardian {place + 1}: {message}")


def _aims(written: Written) -> Iterator[tuple[str, int, Aim]]:
    """Every threshold, target and baseline with its table and place."""
    for place, one in enumerate(written.settings.thresholds):
        yield "thresholds", place, one
    for place, target in enumerate(written.settings.targets):
        yield "targets", place, target
    for place, baseline in enumerate(written.settings.baselines):
        yield "baselines", place, baseline


def _scope(one: Aim) -> tuple[object, ...]:
    return one.metric, getattr(one, "rule", ""), one.site, one.country, one.tier, one.valid_from


def _at(written: Written, table: str, place: int, key: str, message: str) -> Fault:
    return written.fault((table, place, key), f"{table.removesuffix('s')} {place + 1}: {message}")
