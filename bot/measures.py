"""What an operator can read at /metrics: counts and times, with channels and states, never with people or words."""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class Measures:
    """The measures of one process, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.turns = Histogram(
            "causeway_turn_seconds", "Time of a turn to its commit", ["channel"], registry=self.registry
        )
        self.failed_turns = Counter("causeway_failed_turns", "Turns that a bug ended", registry=self.registry)
        self.late_answers = Counter(
            "causeway_late_answers", "Volatile answers that came too late", registry=self.registry
        )
        self.unknown = Counter(
            "causeway_unknown_deliveries", "Deliveries of a kind we do not read", ["kind"], registry=self.registry
        )
        self.sent = Counter("causeway_sent", "Outbox rows that were sent", ["channel"], registry=self.registry)
        self.send_faults = Counter(
            "causeway_send_faults",
            "Sends that the platform did not take",
            ["channel", "permanent"],
            registry=self.registry,
        )
        self.oldest_unsent = Gauge(
            "causeway_outbox_oldest_seconds", "Age of the oldest row that should have been sent", registry=self.registry
        )
        self.outbox = Gauge("causeway_outbox_rows", "Outbox rows by state", ["state"], registry=self.registry)
        self.last_tick = Gauge("causeway_last_tick_timestamp", "Real time of the last tick", registry=self.registry)

    @contextmanager
    def turn(self, channel: str) -> Iterator[None]:
        """Times one turn."""
        with self.turns.labels(channel).time():
            yield

    def count_unknown(self, kind: str) -> None:
        """Count a delivery of a kind that is not read."""
        self.unknown.labels(kind[:40]).inc()
