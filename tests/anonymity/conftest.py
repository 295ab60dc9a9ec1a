"""The town that anonymity is tried in."""

from tests.handlers.conftest import blank, stage

__all__ = ["blank", "stage"]
