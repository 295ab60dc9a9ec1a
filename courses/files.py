"""Text files of definitions."""

from pathlib import Path

from courses.faults import ContentError, Fault


def text_of(path: Path, file: str) -> str:
    """The text of a file with plain line ends; `file` names it in a fault. Raises `ContentError`."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ContentError([Fault(file, line, "is not UTF-8")]) from error
