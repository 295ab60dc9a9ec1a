"""The catalogue of metrics and factors as Markdown tables."""

from collections.abc import Iterable, Iterator

from courses.load import Library
from courses.model import Metric


def metric_table(library: Library) -> Iterator[str]:
    """The lines of a table of all metrics by their codes, each followed by its parts."""
    yield from _head("code", "figure", "key", "unit", "every", "asked, or computed as", "VSME", "GRI", "ESRS")
    for metric in sorted(library.metrics.values(), key=_by_code):
        refs = metric.references
        name = f"**{metric.name}**" if not metric.part_of else metric.name
        yield _row(metric.code, name, f"`{metric.key}`", *_measure(metric), refs.vsme, refs.gri, refs.esrs)


def factor_table(library: Library) -> Iterator[str]:
    """The lines of a table of all factors, by name and country."""
    yield from _head("factor", "country", "value", "unit", "year", "source")
    for one in sorted(library.factors.all, key=lambda one: (one.key, one.country, one.year)):
        yield _row(f"`{one.key}`", one.country, f"{one.value:f}", one.unit, str(one.year), one.source)


def _by_code(metric: Metric) -> tuple[str, str]:
    return metric.code[:2], metric.code


def _measure(metric: Metric) -> tuple[str, str, str]:
    """Unit, period, and what is asked or computed."""
    if not metric.derived:
        return ", ".join(metric.units), metric.period, "asked"
    over = f", over {metric.window} months" if metric.window else ""
    unit = metric.basis if metric.base_unit == "1" else metric.base_unit
    return unit, metric.period, f"`{' '.join(metric.formula.split()).replace('|', 'or')}`{over}"


def _head(*names: str) -> Iterable[str]:
    return _row(*names), "|" + "---|" * len(names)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
