"""What a figure has become since the baseline, how a year stands so far, and what was computed: in short sentences."""

from collections.abc import Sequence

from handlers.metrics.baseline import Against
from handlers.metrics.periods import said
from handlers.metrics.rules import beyond
from handlers.reader import Reader
from handlers.status.past import Past
from handlers.status.rules import change
from locales.text import Amount, Phrase, _, p_


def against_baseline(past: Past) -> Phrase | None:
    """The last figure of a metric against its baseline, for the card; None where the programme sets none."""
    held, last = past.baseline, past.last
    if held is None or last is None:
        return None
    if held.value is None:
        return _("Baseline: only {known} of {count} months are known", known=held.known, count=held.months)
    went, amount = change(last.value, [held.value]), past.amount(held.value)
    if went is None or went.direction == "level":
        return _("As in the baseline, {amount}", amount=amount)
    if went.percent is None:
        return _("Zero in the baseline")
    if went.direction == "up":
        return _("{percent} % above the baseline, {amount}", percent=went.percent, amount=amount)
    return _("{percent} % below the baseline, {amount}", percent=went.percent, amount=amount)


def baseline_lines(read: Reader, pasts: Sequence[Past]) -> list[Phrase]:
    """For each baseline of a site, how the last figures lie against it; then which are not complete."""
    held: dict[tuple[str, str], list[Past]] = {}
    for past in pasts:
        if past.baseline is not None and past.last is not None:
            held.setdefault((past.baseline.first, past.baseline.last), []).append(past)
    lines: list[Phrase] = []
    for (first, last), some in held.items():
        changes = tuple(line for past in some if (line := _change(read, past)))
        if changes:
            lines.append(
                _("Against {first} to {last}: {changes}.", first=said(first), last=said(last), changes=changes)
            )
        lacking = tuple(
            _lacking(read, past, past.baseline) for past in some if past.baseline and past.baseline.value is None
        )
        if lacking:
            lines.append(
                _(
                    "Not enough is known of {first} to {last} to compare: {names}.",
                    first=said(first),
                    last=said(last),
                    names=lacking,
                )
            )
    return lines


def _change(read: Reader, past: Past) -> Phrase | None:
    """A metric and how its last figure lies against its baseline; None where that is not complete."""
    if past.baseline is None or past.baseline.value is None or past.last is None:
        return None
    name, went = read.metric_text(past.metric.key, "name"), change(past.last.value, [past.baseline.value])
    if went is None or went.direction == "level":
        return p_("change since the baseline", "{metric} about the same", metric=name)
    if went.percent is None:
        return p_("change since the baseline", "{metric} was zero", metric=name)
    if went.direction == "up":
        return p_("change since the baseline", "{metric} {percent} % more", metric=name, percent=went.percent)
    return p_("change since the baseline", "{metric} {percent} % less", metric=name, percent=went.percent)


def _lacking(read: Reader, past: Past, held: Against) -> Phrase:
    name = read.metric_text(past.metric.key, "name")
    return p_(
        "a baseline that lacks months",
        "{metric} ({known} of {count} months)",
        metric=name,
        known=held.known,
        count=held.months,
    )


def so_far(past: Past) -> list[tuple[Phrase, bool]]:
    """The year up to the last figure against what is meant for the whole year; a remark is loud if that is passed."""
    if (year := past.so_far) is None:
        return []
    found, value = [], past.amount(year.value)
    for mark, broken in ((year.limit, True), (year.target, False)):
        if mark is None:
            continue
        whole = Amount(mark.threshold, mark.unit)
        if broken:
            line = _("{value} this year so far; the limit for the year is {limit}", value=value, limit=whole)
        else:
            line = _("{value} this year so far; the target for the year is {target}", value=value, target=whole)
        found.append((line, broken and beyond(year.value, mark) and not mark.higher_is_better))
    return found


def computed(past: Past) -> Phrase | None:
    """That a figure was computed, and whether all that went into it was measured; None for one that was sent."""
    if not past.metric.derived or past.last is None:
        return None
    return _("Computed, partly from estimates") if past.last.estimated else _("Computed")
