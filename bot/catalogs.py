"""`make catalogs`: brings every sentence of code, metrics and courses into the translators' catalogues."""

from collections.abc import Iterator
from pathlib import Path

import typer

from courses.load import Library, load
from locales.catalogs import Row, python_rows, update
from locales.translations import BUILT_IN

ROOT = Path(__file__).parents[1]
SPEAKING = ("bot", "handlers", "locales")


def main() -> None:
    """Update the catalogues and name those that changed."""
    for path in update(BUILT_IN, catalogue_rows(load())):
        typer.echo(path.relative_to(ROOT))


def catalogue_rows(library: Library) -> dict[str, list[Row]]:
    """Every sentence that a person may read, by the domain of its catalogue."""
    folders = [ROOT / name for name in SPEAKING]
    return {"messages": list(python_rows(folders, ROOT)), "courses": list(_course_rows(library))}


def _course_rows(library: Library) -> Iterator[Row]:
    for context, text, file in library.texts():
        yield Row(context, text, f"courses/{file}", 0)


if __name__ == "__main__":
    main()
