"""Reads a course from Markdown.

Front matter is TOML between two lines of `+++`. `## Title` begins a lesson (`## Title {#key}` gives its key, else it
is made from the title). `---` separates screens. A screen that ends in a task list is a question: `- [x]` is right,
`- [ ]` is not, and a quote below an answer is what is said when it is chosen. Bold is the only other markup.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from courses.faults import ContentError, Fault
from courses.model import Course, Lesson, Option, QuizQuestion

HEADING = re.compile(r"^(?P<title>.*?)(?:\s*\{#(?P<key>[a-z0-9-]+)\})?$")
TASK = re.compile(r"^\[(?P<mark>[ xX])\]\s+")


class CourseReader:
    """Reads one file; faults are gathered, so that an author sees all of them at once."""

    def __init__(self, file: str, key: str, text: str) -> None:
        self.file, self.key = file, key
        self.faults: list[Fault] = []
        self.front, body, self.offset = self._split(text)
        self.tokens = MarkdownIt("commonmark").parse(body)

    def course(self) -> Course:
        """The course; raises `ContentError` with every fault."""
        lessons = tuple(self._lessons())
        if not lessons and not self.faults:
            self._fault(0, "has no lesson: begin one with a line like '## First steps'")
        if self.faults:
            raise ContentError(self.faults)
        return Course(key=self.key, lessons=lessons, **self.front)

    def _split(self, text: str) -> tuple[dict[str, Any], str, int]:
        lines = text.lstrip("\ufeff").split("\n")
        ends = [place for place, line in enumerate(lines) if line.strip() == "+++"][:2]
        if len(ends) < 2 or ends[0] != 0:
            self._fault(1, "must begin with front matter: TOML between two lines of +++")
            return {}, "", 0
        try:
            front = tomllib.loads("\n".join(lines[1 : ends[1]]))
        except tomllib.TOMLDecodeError as error:
            self._fault(1, f"the front matter is not TOML: {error}")
            front = {}
        return front, "\n".join(lines[ends[1] + 1 :]), ends[1] + 1

    def _fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(self.file, line, message))

    def _line(self, token: Token) -> int:
        return (token.map[0] if token.map else 0) + self.offset + 1

    def _lessons(self) -> Iterator[Lesson]:
        for title, line, block in _split_lessons(self.tokens):
            if title is None:
                if block:
                    self._fault(self._line(block[0]), "stands before the first lesson ('## Title')")
                continue
            match = HEADING.match(title)
            name = match["title"] if match else title
            key = (match["key"] if match else None) or _slug(name)
            screens, questions = self._screens(block)
            if not screens:
                self._fault(line + self.offset + 1, f"the lesson '{name}' has no screen")
            yield Lesson(key=key, title=name, screens=tuple(screens), questions=tuple(questions))

    def _screens(self, block: Sequence[Token]) -> tuple[list[str], list[QuizQuestion]]:
        screens, questions = [], []
        for part in _split_at_rules(block):
            paragraphs = [self._inline(part[place + 1]) for place, one in enumerate(part) if _is_top_paragraph(one)]
            lists = [place for place, one in enumerate(part) if one.type == "bullet_list_open" and one.level == 0]
            text = "\n\n".join(paragraphs)
            if lists:
                questions.append(self._question(text, part[lists[0] :]))
            elif questions:
                self._fault(self._line(part[0]), "a screen after a question: put the questions last")
            else:
                screens.append(text)
        return screens, questions

    def _question(self, text: str, tokens: Sequence[Token]) -> QuizQuestion:
        line = self._line(tokens[0])
        options = [self._option(item) for item in _split_items(tokens)]
        if not any(option.right for option in options):
            self._fault(line, "no answer is marked as right: tick one with - [x]")
        if len(options) < 2:
            self._fault(line, "a question needs at least two answers")
        if not text:
            self._fault(line, "the answers stand without a question above them")
        return QuizQuestion(text=text, options=tuple(options))

    def _option(self, item: Sequence[Token]) -> Option:
        inlines = [(token, self._inline(token)) for token in item if token.type == "inline"]
        text = inlines[0][1] if inlines else ""
        match = TASK.match(text)
        if match is None:
            self._fault(self._line(item[0]), "an answer must begin with [x] (right) or [ ] (wrong)")
        right = bool(match) and match is not None and match["mark"] in "xX"
        feedback = " ".join(one for _token, one in inlines[1:])
        return Option(text=TASK.sub("", text), right=right, feedback=feedback)

    def _inline(self, token: Token) -> str:
        """The text with <b> for bold; any other markup is a fault."""
        parts = []
        for child in token.children or []:
            match child.type:
                case "text":
                    parts.append(child.content.replace("&", "&amp;").replace("<", "&lt;"))
                case "softbreak" | "hardbreak":
                    parts.append(" ")
                case "strong_open":
                    parts.append("<b>")
                case "strong_close":
                    parts.append("</b>")
                case _:
                    self._fault(self._line(token), f"only bold is allowed here, not {child.type.removesuffix('_open')}")
        return "".join(parts)


def _split_lessons(tokens: Sequence[Token]) -> Iterator[tuple[str | None, int, list[Token]]]:
    """(title, line, tokens) of each lesson; the title is None for what stands before the first."""
    title: str | None = None
    line, block = 0, list[Token]()
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            yield title, line, block
            title, line, block = tokens[place + 1].content, (token.map or [0])[0], []
        elif not (place and tokens[place - 1].type == "heading_open") and token.type != "heading_close":
            block.append(token)
    yield title, line, block


def _split_at_rules(block: Sequence[Token]) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in block:
        if token.type == "hr":
            if part:
                yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part


def _is_top_paragraph(token: Token) -> bool:
    return token.type == "paragraph_open" and token.level == 0


def _split_items(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    item: list[Token] = []
    for token in tokens:
        if token.type == "list_item_open" and token.level == 1:
            item = []
        if token.type == "list_item_close" and token.level == 1:
            yield item
        item.append(token)


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
