"""Reads a document from its file: sections with paragraphs, and below them a list of requirements.

A requirement is `- The text. {#key}`. Deviations stand in the front matter, as `[[deviations]]`.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode

from courses.document import Document, Requirement, Section
from courses.faults import ContentError
from courses.markdown import MarkdownReader
from courses.toml import checked, line_of, parsed

_REQUIREMENT = re.compile(r"(?P<text>.+?)\s*\{#(?P<key>[a-z0-9][a-z0-9-]{0,39})\}", re.DOTALL)


class DocumentReader(MarkdownReader):
    """Reads one document."""

    def document(self) -> Document:
        """The document; raises `ContentError` with every fault."""
        head = self._head()
        sections = tuple(self._section(*one) for one in self.sections())
        if not sections:
            self.fault(self.above, "has no section: begin one with a line like '## Wages {#wages}'")
        keys = [one.key for section in sections for one in section.requirements]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            self.fault(self.above, f"two requirements have the key '{key}'")
        for place, one in enumerate(head.deviations if head else ()):
            line = 1 + line_of(self.front, ("deviations", place, "requirement"))
            self.lines.setdefault(one.text, line)
            if one.requirement not in keys:
                self.fault(line, f"no requirement has the key '{one.requirement}'")
        if self.faults or head is None:
            raise ContentError(self.faults)
        self.lines[head.title] = 1 + line_of(self.front, ("title",))
        return head.model_copy(update={"sections": sections})

    def _head(self) -> Document | None:
        try:
            table = parsed(self.file, self.front, 1)
            return checked(Document, {**table, "key": self.key, "sections": ()}, self.file, self.front, 1)
        except ContentError as error:
            self.faults += error.faults
            return None

    def _section(self, key: str, title: str, heading: SyntaxTreeNode, blocks: Sequence[SyntaxTreeNode]) -> Section:
        lists = [block for block in blocks if block.type == "bullet_list"]
        text = self.words([block for block in blocks if block not in lists])
        requirements = tuple(one for block in lists for one in self._requirements(block))
        if not text and not requirements:
            self.fault(self.line(heading), f"the section '{title}' says nothing")
        return Section(key=key, title=title, text=text, requirements=requirements)

    def _requirements(self, block: SyntaxTreeNode) -> Iterator[Requirement]:
        for item in block.children:
            written = self._written(item.children)
            match = _REQUIREMENT.fullmatch(written)
            if match is None:
                self.fault(self.line(item), "a requirement needs a key: '- At most 60 hours a week. {#weekly-hours}'")
                continue
            if set("{}*_<>") & set(match["text"]):
                self.fault(self.line(item), "a requirement is plain text: no markup, no braces")
            self.lines.setdefault(match["text"], self.line(item))
            yield Requirement(key=match["key"], text=match["text"])

    def _written(self, blocks: Sequence[SyntaxTreeNode]) -> str:
        """The words of an item as they stand, its key included; it has bold and nothing else, in one paragraph."""
        if len(blocks) != 1 or blocks[0].type != "paragraph":
            return ""
        return " ".join(blocks[0].children[0].content.split())
