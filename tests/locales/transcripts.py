"""Writes the stored transcripts anew: `python -m tests.locales.transcripts`. Read each before it is committed."""

import sys
import tempfile
from pathlib import Path

from locales.text import Catalogue
from tests.handlers.deeds import imported
from tests.handlers.stage import opened
from tests.locales.story import told

FOLDER = Path(__file__).parent / "transcripts"


def stored(language: str) -> Path:
    """Where the transcript that was read is kept."""
    return FOLDER / f"{language}.txt"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, opened("sqlite", Path(folder)) as stage:
        for code in sys.argv[1:] or Catalogue().languages():
            stored(code).write_text(told(stage.put_back(imported), code), encoding="utf-8")
