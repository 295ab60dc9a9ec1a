"""Reads a course from Markdown.

Front matter is TOML between two lines of `+++`. `## Title {#key}` begins a lesson; the key stays when the title
changes. `---` between empty lines separates screens. A screen that ends in a task list is a question: `- [x]` is right,
`- [ ]` is not, and a quote below an answer, indented by two, is what is said when it is chosen. Bold is the only other
markup.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from courses.faults import ContentError, Fault
from courses.model import LABEL_LIMIT, Course, Lesson, Option, QuizQuestion
from courses.toml import checked, line_of, parsed

SCREEN_LIMIT = 900
"""Characters of a screen: with its translation and a title it still is one message on every channel."""

_HEADING = re.compile(r"(?P<title>.*?)\s*\{#(?P<key>[a-z0-9][a-z0-9-]{0,39})\}")
_TASK = re.compile(r"\[(?P<mark>[ xX])\]\s+")
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


class CourseReader:
    """Reads one file; faults are gathered, so that an author sees all of them at once."""

    def __init__(self, file: str, key: str, text: str) -> None:
        self.file, self.key = file, key
        self.faults: list[Fault] = []
        lines = text.split("\n")
        ends = [place for place, line in enumerate(lines) if line.strip() == "+++"][:2]
        if len(ends) < 2 or ends[0] != 0:
            raise ContentError([Fault(file, 1, "must begin with front matter: TOML between two lines of +++")])
        self.front = "\n".join(lines[1 : ends[1]])
        self.above = ends[1] + 1
        body = "\n".join(lines[self.above :])
        self.blocks = SyntaxTreeNode(MarkdownIt("commonmark").parse(body)).children

    def course(self, metrics: set[str]) -> Course:
        """The course, which may name these metrics; raises `ContentError` with every fault."""
        head = self._head(metrics)
        lessons = tuple(self._lessons())
        if not lessons:
            self._fault(self.above, "has no lesson: begin one with a line like '## First steps {#first-steps}'")
        if self.faults or head is None:
            raise ContentError(self.faults)
        return head.model_copy(update={"lessons": lessons})

    def _head(self, metrics: set[str]) -> Course | None:
        """The course without its lessons, None if the front matter cannot be right."""
        try:
            table = parsed(self.file, self.front, 1)
            for name in sorted({"key", "lessons"} & table.keys()):
                self._fault(1 + line_of(self.front, (name,)), f"{name}: does not belong here")
            head = checked(Course, {**table, "key": self.key, "lessons": ()}, self.file, self.front, 1)
        except ContentError as error:
            self.faults += error.faults
            return None
        for metric in head.metrics:
            if metric not in metrics:
                self._fault(1 + line_of(self.front, ("metrics",)), f"metrics: no metric is called '{metric}'")
        return head

    def _fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(self.file, line, message))

    def _line(self, node: SyntaxTreeNode) -> int:
        while node.map is None and node.parent is not None:
            node = node.parent
        return self.above + (node.map[0] if node.map else 0) + 1

    def _lessons(self) -> Iterator[Lesson]:
        keys: set[str] = set()
        for heading, blocks in _by_heading(self.blocks):
            if heading is None:
                if blocks:
                    self._fault(self._line(blocks[0]), "stands before the first lesson ('## Title {#key}')")
                continue
            lesson = self._lesson(heading, blocks)
            if lesson.key in keys:
                self._fault(self._line(heading), f"another lesson has the key '{lesson.key}'")
            keys.add(lesson.key)
            yield lesson

    def _lesson(self, heading: SyntaxTreeNode, blocks: Sequence[SyntaxTreeNode]) -> Lesson:
        line, written = self._line(heading), heading.children[0].content if heading.children else ""
        match = _HEADING.fullmatch(written)
        if match is None:
            self._fault(line, "a lesson needs a key that stays when its title changes: '## Title {#key}'")
        title = match["title"] if match else written
        if not title or len(title) > LABEL_LIMIT:
            self._fault(line, f"the title has {len(title)} characters; from 1 to {LABEL_LIMIT} are allowed")
        screens, questions = self._screens(blocks)
        if not screens:
            self._fault(line, f"the lesson '{title}' has no screen")
        return Lesson(
            key=match["key"] if match else f"line-{line}",
            title=title,
            screens=tuple(screens),
            questions=tuple(questions),
        )

    def _screens(self, blocks: Sequence[SyntaxTreeNode]) -> tuple[list[str], list[QuizQuestion]]:
        screens: list[str] = []
        questions: list[QuizQuestion] = []
        for part in _split_at_rules(blocks):
            kinds = [block.type for block in part]
            if "bullet_list" in kinds:
                place = kinds.index("bullet_list")
                questions.append(self._question(part[:place], part[place], part[place + 1 :]))
            elif questions:
                self._fault(self._line(part[0]), "a screen after a question: put the questions last")
            else:
                screens.append(self._words(part))
        return screens, questions

    def _words(self, blocks: Sequence[SyntaxTreeNode]) -> str:
        """The paragraphs as one text; any other block is a fault."""
        for block in blocks:
            if block.type == "heading" and block.markup in "-=":
                self._fault(self._line(block), f"leave an empty line above the line of {block.markup}")
            elif block.type != "paragraph":
                self._fault(self._line(block), f"{_CALLED.get(block.type, block.type)} is not allowed here")
        text = "\n\n".join(self._inline(block.children[0]) for block in blocks if block.type == "paragraph")
        if len(text) > SCREEN_LIMIT:
            self._fault(
                self._line(blocks[0]), f"{len(text)} characters are too many for a screen; keep to {SCREEN_LIMIT}"
            )
        return text

    def _question(
        self, above: Sequence[SyntaxTreeNode], answers: SyntaxTreeNode, below: Sequence[SyntaxTreeNode]
    ) -> QuizQuestion:
        line = self._line(answers)
        options = tuple(self._option(item) for item in answers.children)
        if not any(option.right for option in options):
            self._fault(line, "no answer is marked as right: tick one with - [x]")
        if len(options) < 2:
            self._fault(line, "a question needs at least two answers")
        if not above:
            self._fault(line, "the answers stand without a question above them")
        if below:
            self._fault(self._line(below[0]), "nothing may follow the answers; indent what is said about an answer")
        return QuizQuestion(text=self._words(above), options=options)

    def _option(self, item: SyntaxTreeNode) -> Option:
        first, *rest = item.children or [item]
        text = self._inline(first.children[0]) if first.type == "paragraph" else ""
        match = _TASK.match(text)
        label = text[match.end() :] if match else text
        if match is None:
            self._fault(self._line(item), "an answer must begin with [x] (right) or [ ] (wrong)")
        elif not label or len(label) > LABEL_LIMIT:
            self._fault(
                self._line(item), f"the answer has {len(label)} characters; from 1 to {LABEL_LIMIT} are allowed"
            )
        said = [block for quote in rest for block in (quote.children if quote.type == "blockquote" else [quote])]
        right = match is not None and match["mark"] != " "
        return Option(text=label, right=right, feedback=self._words(said))

    def _inline(self, inline: SyntaxTreeNode) -> str:
        """The text with <b> for bold; a line break is a space, and any other markup is a fault."""
        parts = []
        for node in inline.children:
            match node.type:
                case "text":
                    parts.append(node.content)
                case "softbreak" | "hardbreak":
                    parts.append(" ")
                case "strong":
                    parts.append(f"<b>{self._inline(node)}</b>")
                case other:
                    self._fault(self._line(inline), f"{_CALLED.get(other, other)} is not allowed here, only **bold**")
        if any(node.type == "text" and _TAG.search(node.content) for node in inline.children):
            self._fault(self._line(inline), "HTML is not allowed here, only **bold**")
        return "".join(parts)


def _by_heading(blocks: Sequence[SyntaxTreeNode]) -> Iterator[tuple[SyntaxTreeNode | None, list[SyntaxTreeNode]]]:
    """Each lesson's heading with the blocks below it; the heading is None for what stands before the first."""
    heading: SyntaxTreeNode | None = None
    below: list[SyntaxTreeNode] = []
    for block in blocks:
        if block.type == "heading" and block.markup == "##":
            yield heading, below
            heading, below = block, []
        else:
            below.append(block)
    yield heading, below


def _split_at_rules(blocks: Sequence[SyntaxTreeNode]) -> Iterator[list[SyntaxTreeNode]]:
    part: list[SyntaxTreeNode] = []
    for block in blocks:
        if block.type != "hr":
            part.append(block)
        elif part:
            yield part
            part = []
    if part:
        yield part
