"""A text with Telegram's HTML tags taken out and listed as entities, or the refusal that bad markup earns."""

import re
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.playground.telegram.refusal import Refusal, bad

KINDS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("span", "tg-spoiler"), "spoiler"),
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"\s*([^\s=>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([\w.-]+)))?\s*")
_REFERENCE = re.compile(r"&(?:#(\d{1,8})|#[xX]([0-9a-fA-F]{1,7})|(lt|gt|amp|quot));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


@dataclass(frozen=True)
class Formatted:
    """Plain text, its entities (offsets in UTF-16 units, as Telegram counts) and HTML that a page may show."""

    text: str
    entities: tuple[dict[str, Any], ...]
    html: str


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    begun: int
    language: str = ""


def formatted(text: str, parse_mode: str | None, entities: list[dict[str, Any]] | None = None) -> Formatted:
    """The text as a phone shows it. The two Markdown modes are not spoken here: the product writes HTML."""
    mode = (parse_mode or "").lower()
    if mode not in ("", "none", "html"):
        raise bad("unsupported parse_mode")
    if mode == "html":
        return _trimmed(_Reader(text).read())
    return _trimmed(Formatted(text, tuple(entities or ()), escape(text)))


def units(text: str) -> int:
    """The length in UTF-16 units, which is how Telegram counts offsets."""
    return len(text.encode("utf-16-le")) // 2


def _trimmed(whole: Formatted) -> Formatted:
    """Telegram cuts white space off both ends, and entities move and shrink with it."""
    text = whole.text.strip()
    lead, length = units(whole.text) - units(whole.text.lstrip()), units(text)
    kept = []
    for entity in whole.entities:
        start = max(0, entity["offset"] - lead)
        end = min(length, entity["offset"] - lead + entity["length"])
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return Formatted(text, tuple(kept), whole.html.strip())


class _Reader:
    """One pass over the markup. Byte offsets in refusals count UTF-8 bytes, as the platform's do."""

    def __init__(self, source: str) -> None:
        self.source, self.at = source, 0
        self.plain: list[str] = []
        self.html: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[dict[str, Any]] = []

    def read(self) -> Formatted:
        while self.at < len(self.source):
            if self.source.startswith("</", self.at):
                self._end()
            elif self.source[self.at] == "<":
                self._start()
            else:
                self._characters()
        if self.open:
            raise _fault(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return Formatted("".join(self.plain), tuple(self.entities), "".join(self.html))

    def _characters(self) -> None:
        # A reference that Telegram does not know stays as it was typed; it is no fault.
        if found := _REFERENCE.match(self.source, self.at):
            taken, self.at = _referred(found), found.end()
        else:
            taken = self.source[self.at]
            self.at += 1
        self.plain.append(taken)
        self.html.append(escape(taken))
        self.length += units(taken)

    def _start(self) -> None:
        begun = self.at
        name = _name(self.source, begun + 1)
        self.at += 1 + len(name)
        if self.at >= len(self.source):
            raise _fault(f"Unclosed start tag at byte offset {self._bytes(begun)}")
        if name.lower() not in KINDS:
            raise _fault(f'Unsupported start tag "{name.lower()}" at byte offset {self._bytes(begun)}')
        tag = _Open(name.lower(), self._attributes(begun), self.length, len(self.plain))
        if tag.tag == "span" and tag.attributes.get("class") != "tg-spoiler":
            raise _fault(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begun)}')
        self.open.append(tag)
        self.html.append(_start_html(tag))

    def _attributes(self, begun: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            if self.source.startswith(">", self.at):
                self.at += 1
                return found
            match = _ATTRIBUTE.match(self.source, self.at)
            if not match or match.end() >= len(self.source):
                raise _fault(f"Unclosed start tag at byte offset {self._bytes(begun)}")
            found[match[1].lower()] = _unescaped(match[2] or match[3] or match[4] or "")
            self.at = match.end()

    def _end(self) -> None:
        begun = self.at
        if not self.open:
            raise _fault(f"Unexpected end tag at byte offset {self._bytes(begun)}")
        name = _name(self.source, begun + 2)
        closing = self.source.find(">", begun)
        if closing < 0 or self.source[begun + 2 + len(name) : closing].strip():
            raise _fault(f"Unclosed end tag at byte offset {self._bytes(begun)}")
        tag = self.open[-1]
        if name and name.lower() != tag.tag:
            raise _fault(
                f"Unmatched end tag at byte offset {self._bytes(begun)}, "
                f'expected "</{tag.tag}>", found "</{name.lower()}>"'
            )
        self.at = closing + 1
        self.html.append(f"</{_shown(tag.tag)}>")
        self._close(self.open.pop())

    def _close(self, tag: _Open) -> None:
        language = tag.attributes.get("class", "").removeprefix("language-")
        if tag.tag == "code" and language and self.open and self.open[-1].tag == "pre":
            self.open[-1].language = language
            return
        entity = _entity(tag, "".join(self.plain[tag.begun :]))
        if entity and self.length > tag.offset:
            self.entities.append({**entity, "offset": tag.offset, "length": self.length - tag.offset})

    def _bytes(self, index: int) -> int:
        return len(self.source[:index].encode())


def _fault(reason: str) -> Refusal:
    return bad(f"can't parse entities: {reason}")


def _name(source: str, at: int) -> str:
    found = _NAME.match(source, at)
    return found.group() if found else ""


def _referred(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED[name]
    point = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(point) if 0 < point < 0x10FFFF and not 0xD800 <= point < 0xE000 else found.group()


def _unescaped(value: str) -> str:
    return _REFERENCE.sub(_referred, value)


def _entity(tag: _Open, inner: str) -> dict[str, Any] | None:
    match tag.tag:
        case "a":
            return _link(tag.attributes.get("href") or inner)
        case "tg-emoji":
            return {"type": "custom_emoji", "custom_emoji_id": tag.attributes.get("emoji-id", "")}
        case "blockquote" if "expandable" in tag.attributes:
            return {"type": "expandable_blockquote"}
        case "pre" if tag.language:
            return {"type": "pre", "language": tag.language}
    return {"type": KINDS[tag.tag]}


def _link(url: str) -> dict[str, Any] | None:
    """A link that Telegram cannot use is shown as plain text, without a word about it."""
    parts = urlsplit(url)
    if parts.scheme == "tg" and parts.netloc == "user":
        return {"type": "text_mention", "user": {"id": int(parse_qs(parts.query).get("id", ["0"])[0])}}
    usable = parts.scheme in ("http", "https", "tg", "mailto", "tel") or (not parts.scheme and "." in url)
    return {"type": "text_link", "url": url} if usable else None


def _start_html(tag: _Open) -> str:
    link = _link(tag.attributes.get("href", "")) if tag.tag == "a" else None
    if link and "url" in link:
        return f'<a href="{escape(link["url"])}">'
    return f"<{_shown(tag.tag)}>"


def _shown(tag: str) -> str:
    return "tg-spoiler" if tag == "span" else tag
