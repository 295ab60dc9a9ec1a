"""What was entered, told back before it is stored, and the receipt after it."""

from collections.abc import Sequence

from handlers.dialog import Talk
from handlers.metrics.entry import GRADES, Entry
from handlers.metrics.periods import said
from locales.text import Amount, Phrase, Value, Words, _, n_, p_
from storage.tables.figures import AbsenceKind


def read_back(talk: Talk, entries: Sequence[Entry]) -> Phrase:
    """Everything in the person's format and, where it differs, in the base unit."""
    if len(entries) == 1:
        return _asked(talk, entries[0])
    figures = _lines([_line(talk, one) for one in entries])
    return _("This is what I will send:\n{figures}\nIs that right?", figures=figures)


def _asked(talk: Talk, one: Entry) -> Phrase:
    if one.amount is None or one.estimate is not None:
        return _("{figure} Is that right?", figure=_line(talk, one))
    about = _about(talk, one) | {"amount": Amount(one.amount.value, one.amount.unit)}
    if one.amount.unit == one.amount.base_unit:
        return _("{metric} of {site} in {month}: <b>{amount}</b>. Is that right?", **about)
    base = Amount(one.amount.base_value, one.amount.base_unit)
    return _("{metric} of {site} in {month}: <b>{amount}</b>, that is {base}. Is that right?", base=base, **about)


def _lines(lines: Sequence[Phrase]) -> Phrase:
    first, *rest = lines
    return p_("one line and those below it", "{line}\n{rest}", line=first, rest=_lines(rest)) if rest else first


def _line(talk: Talk, one: Entry) -> Phrase:
    about = _about(talk, one)
    if one.until is not None:
        return _("{metric} of {site} in {month}: not available until {day}.", day=one.until, **about)
    if one.absence is AbsenceKind.NOT_APPLICABLE:
        why = Words(one.reason)
        return _("{metric} of {site}: does not apply, because: <i>{why}</i>.", why=why, **about)
    assert one.amount is not None  # noqa: S101  (an entry without an absence has an amount)
    about["amount"] = Amount(one.amount.value, one.amount.unit)
    about["base"] = Amount(one.amount.base_value, one.amount.base_unit)
    if one.estimate is not None:
        how = GRADES[one.estimate.grade]
        return _("{metric} of {site} in {month}, estimated: <b>{amount}</b>, that is {base}. {how}.", how=how, **about)
    if one.amount.unit == one.amount.base_unit:
        return _("{metric} of {site} in {month}: <b>{amount}</b>.", **about)
    return _("{metric} of {site} in {month}: <b>{amount}</b>, that is {base}.", **about)


def receipt(talk: Talk, entries: Sequence[Entry], left: int) -> Phrase:
    """What was stored, and how many figures are still owed."""
    if len(entries) > 1:
        return n_(
            "Stored: {count} figure. Thank you. Still open: {left}.",
            "Stored: {count} figures. Thank you. Still open: {left}.",
            len(entries),
            left=left,
        )
    one = entries[0]
    about = _about(talk, one)
    if one.until is not None:
        return _(
            "Noted: {metric} of {site} in {month} comes by {day}. Still open: {left}.",
            day=one.until,
            left=left,
            **about,
        )
    if one.absence is AbsenceKind.NOT_APPLICABLE:
        return _("Noted, and sent to your mentor: {metric} does not apply. Still open: {left}.", left=left, **about)
    assert one.amount is not None  # noqa: S101  (an entry without an absence has an amount)
    amount = Amount(one.amount.base_value, one.amount.base_unit)
    return _(
        "Stored: {metric} of {site} in {month}, {amount}. Thank you. Still open: {left}.",
        amount=amount,
        left=left,
        **about,
    )


def _about(talk: Talk, one: Entry) -> dict[str, Value]:
    return {
        "metric": talk.read.metric_text(one.figure.metric, "name"),
        "site": talk.read.site(one.figure.site_id).name,
        "month": said(one.figure.period),
    }
