"""`make bench`: one JSON line for each figure, as a ratio against a baseline measured in the same run."""

import json
from collections.abc import Iterator

from benchmarks import planning, summaries, turns
from benchmarks.figure import Figure


def figures() -> Iterator[Figure]:
    """Every figure, one after another: planning takes minutes."""
    yield turns.turn_against_bare_transaction()
    yield turns.replay_against_plain_calls()
    yield from summaries.summary_of_a_thousand_suppliers()
    yield from planning.planning_against_bare_insert()
    yield planning.memory_as_sites_grow()


def main() -> None:
    """Print every figure."""
    for figure in figures():
        print(json.dumps(figure.as_json()), flush=True)


if __name__ == "__main__":
    main()
