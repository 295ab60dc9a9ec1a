"""Small catalogues for tests, written as a translator's editor writes them."""

from pathlib import Path

from locales.plurals import rule
from locales.translations import po_path


def entry(id, string, *, context="", plural="", fuzzy=False):
    """One message as the lines of a catalogue file."""
    lines = ["#, fuzzy"] if fuzzy else []
    lines += [f"msgctxt {quoted(context)}"] if context else []
    lines += [f"msgid {quoted(id)}"]
    if not plural:
        return "\n".join([*lines, f"msgstr {quoted(string)}", ""])
    forms = [f"msgstr[{form}] {quoted(text)}" for form, text in enumerate(string)]
    return "\n".join([*lines, f"msgid_plural {quoted(plural)}", *forms, ""])


def quoted(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def write_po(folder: Path, code, *entries, domain="messages", plurals=""):
    """A catalogue file of these entries."""
    po = po_path(folder, code, domain)
    po.parent.mkdir(parents=True, exist_ok=True)
    header = ["Content-Type: text/plain; charset=utf-8", f"Plural-Forms: {plurals or rule(code)}"]
    head = 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in header)
    po.write_text("\n".join([head, *entries]), encoding="utf-8")
    return po


def write_languages(folder: Path, *codes, ready=True):
    """A list of these languages."""
    tables = [f'[{code}]\nname = "{code}"\nready = {str(ready).lower()}\n' for code in codes]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "languages.toml").write_text("\n".join(tables), encoding="utf-8")
