"""Reads what authors write: TOML between two lines of `+++`, then Markdown of the plainest kind.

`## Title {#key}` begins a section; the key stays when the title changes. Bold is the only markup within a text.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from courses.faults import ContentError, Fault
from courses.model import LABEL_LIMIT

SCREEN_LIMIT = 900
"""Characters of a screen: with its translation and a title it still is one message on every channel."""

_HEADING = re.compile(r"(?P<title>.*?)\s*\{#(?P<key>[a-z0-9][a-z0-9-]{0,39})\}")
_TAG = re.compile(r"</?[bi]>")
_CALLED = {
    "heading": "a heading other than '## Lesson'",
    "ordered_list": "a numbered list",
    "bullet_list": "a list",
    "blockquote": "a quote",
    "fence": "a block of code",
    "code_block": "an indented block",
    "html_block": "HTML",
    "html_inline": "HTML",
    "em": "italics",
    "code_inline": "code",
    "link": "a link",
    "image": "a picture",
}


class MarkdownReader:
    """Reads one file; faults are gathered, so that an author sees all of them at once.

    `lines` has the line of every text that was read.
    """

    def __init__(self, file: str, key: str, text: str) -> None:
        self.file, self.key = file, key
        self.faults: list[Fault] = []
        self.lines: dict[str, int] = {}
        lines = text.split("\n")
        ends = [place for place, line in enumerate(lines) if line.strip() == "+++"][:2]
        if len(ends) < 2 or ends[0] != 0:
            raise ContentError([Fault(file, 1, "must begin with front matter: TOML between two lines of +++")])
        self.front = "\n".join(lines[1 : ends[1]])
        self.above = ends[1] + 1
        body = "\n".join(lines[self.above :])
        self.blocks = SyntaxTreeNode(MarkdownIt("commonmark").parse(body)).children

    def fault(self, line: int, message: str) -> None:
        """Note what is wrong."""
        self.faults.append(Fault(self.file, line, message))

    def line(self, node: SyntaxTreeNode) -> int:
        """The line on which something stands."""
        while node.map is None and node.parent is not None:
            node = node.parent
        return self.above + (node.map[0] if node.map else 0) + 1

    def sections(self) -> Iterator[tuple[str, str, SyntaxTreeNode, list[SyntaxTreeNode]]]:
        """Key, title, heading and blocks of each section."""
        keys: set[str] = set()
        for heading, blocks in _by_heading(self.blocks):
            if heading is None:
                if blocks:
                    self.fault(self.line(blocks[0]), "stands before the first lesson ('## Title {#key}')")
                continue
            key, title = self._named(heading)
            if key in keys:
                self.fault(self.line(heading), f"another lesson has the key '{key}'")
            keys.add(key)
            yield key, title, heading, blocks

    def _named(self, heading: SyntaxTreeNode) -> tuple[str, str]:
        line, written = self.line(heading), heading.children[0].content if heading.children else ""
        match = _HEADING.fullmatch(written)
        if match is None:
            self.fault(line, "a lesson needs a key that stays when its title changes: '## Title {#key}'")
        title = match["title"] if match else written
        if not title or len(title) > LABEL_LIMIT:
            self.fault(line, f"the title has {len(title)} characters; from 1 to {LABEL_LIMIT} are allowed")
        self.lines.setdefault(title, line)
        return match["key"] if match else f"line-{line}", title

    def words(self, blocks: Sequence[SyntaxTreeNode]) -> str:
        """The paragraphs as one text; any other block is a fault."""
        for block in blocks:
            if block.type == "heading" and block.markup in "-=":
                self.fault(self.line(block), f"leave an empty line above the line of {block.markup}")
            elif block.type != "paragraph":
                self.fault(self.line(block), f"{_CALLED.get(block.type, block.type)} is not allowed here")
        text = "\n\n".join(self.inline(block.children[0]) for block in blocks if block.type == "paragraph")
        if len(text) > SCREEN_LIMIT:
            self.fault(
                self.line(blocks[0]), f"{len(text)} characters are too many for a screen; keep to {SCREEN_LIMIT}"
            )
        if blocks:
            self.lines.setdefault(text, self.line(blocks[0]))
        return text

    def inline(self, inline: SyntaxTreeNode) -> str:
        """The text with <b> for bold; a line break is a space, and any other markup is a fault."""
        parts = []
        for node in inline.children:
            match node.type:
                case "text":
                    parts.append(node.content)
                case "softbreak" | "hardbreak":
                    parts.append(" ")
                case "strong":
                    parts.append(f"<b>{self.inline(node)}</b>")
                case other:
                    self.fault(self.line(inline), f"{_CALLED.get(other, other)} is not allowed here, only **bold**")
        plain = [node.content for node in inline.children if node.type == "text"]
        if any(_TAG.search(text) for text in plain):
            self.fault(self.line(inline), "HTML is not allowed here, only **bold**")
        if any("{" in text or "}" in text for text in plain):
            self.fault(self.line(inline), "braces are not allowed here: nothing is filled in")
        return "".join(parts)


def _by_heading(blocks: Sequence[SyntaxTreeNode]) -> Iterator[tuple[SyntaxTreeNode | None, list[SyntaxTreeNode]]]:
    """Each section's heading with the blocks below it; the heading is None for what stands before the first."""
    heading: SyntaxTreeNode | None = None
    below: list[SyntaxTreeNode] = []
    for block in blocks:
        if block.type == "heading" and block.markup == "##":
            yield heading, below
            heading, below = block, []
        else:
            below.append(block)
    yield heading, below


def split_at_rules(blocks: Sequence[SyntaxTreeNode]) -> Iterator[list[SyntaxTreeNode]]:
    """The blocks between lines of `---`."""
    part: list[SyntaxTreeNode] = []
    for block in blocks:
        if block.type != "hr":
            part.append(block)
        elif part:
            yield part
            part = []
    if part:
        yield part
