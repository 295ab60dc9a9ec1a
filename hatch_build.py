"""The build hook: fonts and compiled translations are made, not committed, and go into the wheel."""

import runpy
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface  # type: ignore[import-not-found]


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc]
    """Makes the fonts and the .mo files before the wheel is packed. An editable install makes the fonts when needed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the made files to the wheel; raises `FontsMissing`, with what to install, when fonts cannot be had."""
        if version == "editable":
            return
        root = Path(self.root)
        for path in (*fonts(root), *catalogues(root)):
            build_data["force_include"][str(path)] = path.relative_to(root).as_posix()


def fonts(root: Path) -> list[Path]:
    """The font files, made where they are missing. The module is run by path: the package is not installed yet."""
    made: list[Path] = runpy.run_path(str(root / "bot/render/typefaces.py"))["build"](root / "bot/render/fonts")
    return made


def catalogues(root: Path) -> list[Path]:
    """The compiled form of every translation."""
    made = []
    for source in sorted((root / "locales").glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
            write_mo(mo, read_po(po, abort_invalid=True))
        made.append(source.with_suffix(".mo"))
    return made
