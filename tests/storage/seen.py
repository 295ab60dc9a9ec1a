"""Looks through a whole store for words, as somebody would who has its tables or its files."""

import json
from pathlib import Path

from storage.all_tables import tables
from storage.engine import Store
from storage.rows import in_order, plain


def found_in_rows(store: Store, words: tuple[str, ...]) -> list[str]:
    """Where the words stand in any column of any table, as `table.column: word`."""
    found = []
    with store.read() as session:
        for table in tables():
            for row in session.execute(in_order(table, store.engine.dialect.name)).mappings():
                found += [
                    f"{table.name}.{name}: {word}"
                    for name, text in _texts(plain(row))
                    for word in words
                    if word in text
                ]
    return found


def found_in_files(folder: Path, words: tuple[str, ...]) -> list[str]:
    """Where the words stand in the bytes of any file of a folder, as `file: word`; in JSON's escapes too."""
    spellings = {word: {word.encode(), json.dumps(word)[1:-1].encode()} for word in words}
    return [
        f"{path.name}: {word}"
        for path in folder.rglob("*")
        if path.is_file()
        for word, spelt in spellings.items()
        if any(one in path.read_bytes() for one in spelt)
    ]


def _texts(row: dict[str, object]) -> list[tuple[str, str]]:
    return [
        (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for name, value in row.items()
    ]
