"""The house style that can be counted: sizes of functions and files, imports at the top, empty packages, no knots."""

import ast
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

from tests.paths import ROOT

FLOORS = ("bot", "handlers", "courses", "storage", "locales")
FILES = [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py")) if "versions" not in path.parts]
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_function_is_over_fifty_lines() -> None:
    long = [
        f"{_name(path)}:{node.lineno} {node.name}"
        for path in (*FILES, *TESTS)
        for node in _functions(path)
        if (node.end_lineno or 0) - node.lineno + 1 > 50
    ]
    assert not long


def test_no_file_is_over_three_hundred_lines() -> None:
    assert not [_name(path) for path in FILES if len(path.read_text(encoding="utf-8").splitlines()) > 300]


def test_no_test_file_is_over_five_hundred_lines() -> None:
    assert not [_name(path) for path in TESTS if len(path.read_text(encoding="utf-8").splitlines()) > 500]


def test_nothing_is_imported_inside_a_function() -> None:
    inside = [
        f"{_name(path)}:{inner.lineno}"
        for path in (*FILES, *TESTS)
        for node in _functions(path)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not inside


def test_package_files_are_empty() -> None:
    assert not [
        _name(path) for path in FILES if path.name == "__init__.py" and path.read_text(encoding="utf-8").strip()
    ]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """All imports of the five floors."""
    return grimp.build_graph(*FLOORS, cache_dir=None)


def test_imports_point_down(graph: grimp.ImportGraph) -> None:
    allowed = {"bot": set(FLOORS), "handlers": set(FLOORS) - {"bot"}}
    upward = [
        f"{importer} -> {imported}"
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if imported.split(".")[0] not in allowed.get(importer.split(".")[0], {importer.split(".")[0]})
    ]
    assert not upward


def test_there_is_no_import_knot(graph: grimp.ImportGraph) -> None:
    knotted = []
    for module in graph.modules:
        if module in graph.find_upstream_modules(module):
            knotted.append(module)
        for imported in graph.find_modules_directly_imported_by(module):
            if graph.chain_exists(importer=imported, imported=module):
                knotted.append(f"{module} <-> {imported}")
    assert not knotted
