"""Several processes that do the same at the same moment."""

import sys
from subprocess import PIPE, Popen

START = "\nprint(flush=True)\nsys.stdin.readline()\n"


def at_once(count: int, setup: str, deed: str, argument: str) -> list[str]:
    """What each process wrote to standard error: nothing, if all went well.

    Each runs `setup`, waits for the others, and then runs `deed`; both find `argument` in `sys.argv[1]`.
    """
    command = [sys.executable, "-c", f"import sys\n{setup}{START}{deed}", argument]
    started = [Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True) for _ in range(count)]
    for process in started:
        assert process.stdout and process.stdout.readline() == "\n"
    for process in started:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    return [process.communicate(timeout=60)[1] for process in started]
