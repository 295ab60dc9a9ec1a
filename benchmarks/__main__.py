"""`make bench`: one JSON line for each figure, as a ratio against a baseline measured in the same run."""

import json

from benchmarks import summaries, turns
from benchmarks.figure import Figure

BENCHES = (
    turns.turn_against_bare_transaction,
    turns.replay_against_plain_calls,
    summaries.summary_of_a_thousand_suppliers,
)


def main() -> None:
    """Print every figure."""
    for bench in BENCHES:
        made: Figure | list[Figure] = bench()
        for figure in made if isinstance(made, list) else [made]:
            print(json.dumps(figure.as_json()))


if __name__ == "__main__":
    main()
