"""The town that the tests of the handlers talk in: the example programme on a fresh SQLite store."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.engine import Store
from tests.stores import fresh_url
from tests.talks import Town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """The example programme imported, nobody joined yet, on a Monday at nine."""
    with fresh_url("sqlite", tmp_path) as url, closing(Store(url)) as store:
        made = Town(store)
        made.import_example()
        yield made
