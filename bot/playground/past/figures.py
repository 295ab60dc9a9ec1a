"""Sending figures: each month a site's person sends what is asked of the site, with a slip now and then."""

import re
from datetime import date, timedelta
from functools import partial

from bot.playground.past.amounts import true_amount
from bot.playground.past.breaches import look_at_alerts
from bot.playground.past.history import History
from bot.playground.past.hours import at_work
from bot.playground.past.staff import Worker
from bot.playground.past.talker import Talker
from bot.playground.past.typed import SLIP, slipped, typed, way_of
from bot.playground.past.words import REASONS

FROM_DAY, TO_DAY, LATEST_DAY = 2, 13, 27
READING = re.compile(r":([0-9.]+) \S+ [.,]$")
LATE_SHARE, PARTLY_SHARE = 0.12, 0.06
FIRST, YES, NO = 0, 0, 1
# Of the answers to a doubt the last two are that the number is right, and to type it again.
DOUBTED = "/meant"
# Amina's site owes October's figures, so that there is something to send.
OWING = {("song-cau", 10)}


def plan_figures(history: History) -> None:
    """Have the figures of each closed month sent in the month after it."""
    month = history.span.first.replace(day=1)
    while month <= history.span.last:
        for worker in history.workers:
            _plan_month(history, worker, month)
        month = (month + timedelta(days=31)).replace(day=1)


def _plan_month(history: History, worker: Worker, month: date) -> None:
    """`month` is the first day of the month in which the figures of the one before it are sent."""
    closed = (month - timedelta(days=1)).month
    stream = history.chance("sending", worker.key, month)
    latest = LATEST_DAY if stream.random() < LATE_SHARE else TO_DAY
    day = month + timedelta(days=stream.randint(FROM_DAY, latest))
    if day >= history.span.first and (worker.place.key, closed) not in OWING:
        at = at_work(day, worker.zone, worker.weekend, stream)
        history.plan(at, partial(_send_all, history, worker, closed))


def _send_all(history: History, worker: Worker, month: int) -> None:
    """Send everything in one go. Whoever has joined first at a site does it for all there."""
    sender = next((one for one in history.workers if one.place == worker.place and one.id in history.joined), None)
    if sender != worker:
        return
    stream = history.chance("all", worker.key, month)
    left = stream.randint(1, 2) if stream.random() < PARTLY_SHARE else 0
    phone = history.phone(worker)
    phone.command("figures")
    for place, metric in enumerate(worker.metrics[: len(worker.metrics) - left]):
        if place:
            phone.press("r:go:figures")
        _send_one(history, worker, phone, metric, month)
    look_at_alerts(history, worker)


def _send_one(history: History, worker: Worker, phone: Talker, metric: str, month: int) -> None:
    amount = true_amount(worker.place, metric, month, history.chance)
    phone.choose(FIRST)
    if amount and history.chance("slip", worker.key, metric, month).random() < SLIP:
        phone.say(slipped(amount))
        _type_again(phone)
    phone.say(typed(metric, amount, way_of(history.chance("way", worker.key)), worker.language))
    if readings := [found for choice in phone.choices if (found := READING.search(choice))]:
        # It can be read in two ways: the larger is what was meant, for nobody types thousandths.
        phone.press(max(readings, key=lambda one: float(one[1])).string)
    if phone.asked.endswith(DOUBTED):
        phone.choose(len(phone.choices) - 2)
        phone.say(REASONS.get(worker.language, REASONS["en"]))
    phone.choose(YES)


def _type_again(phone: Talker) -> None:
    """Leave a slip behind: the bot has asked about it, or has read it back."""
    if phone.asked.endswith(DOUBTED):
        phone.choose(len(phone.choices) - 1)
    else:
        phone.choose(NO)
        phone.command("figures")
        phone.choose(FIRST)
