"""Reads a course from its file.

`---` between empty lines separates screens. A screen may have one paragraph that is a picture,
`![what it shows](name.png)`, from the folder `pictures/` beside the course. A screen that ends in a task list is a
question: `- [x]` is right, `- [ ]` is not, and a quote below an answer, indented by two, is what is said when it is
chosen. `courses/markdown.py` has what courses share with documents.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode

from courses.course import Course, Lesson, Option, Picture, QuizQuestion, Screen
from courses.faults import ContentError
from courses.markdown import MarkdownReader, split_at_rules
from courses.model import LABEL_LIMIT
from courses.toml import checked, line_of, parsed

_TASK = re.compile(r"\[(?P<mark>[ xX])\]\s+")
WrongWith = Callable[[str], str]
"""What is wrong with a picture of this name; "" if nothing is."""


class CourseReader(MarkdownReader):
    """Reads one course; `picture_fault` tells what is wrong with a picture."""

    def __init__(self, file: str, key: str, text: str, picture_fault: WrongWith = lambda _name: "") -> None:
        super().__init__(file, key, text)
        self.picture_fault = picture_fault

    def course(self, metrics: set[str]) -> Course:
        """The course, which may name these metrics; raises `ContentError` with every fault."""
        head = self._head(metrics)
        lessons = tuple(self._lesson(*section) for section in self.sections())
        if not lessons:
            self.fault(self.above, "has no lesson: begin one with a line like '## First steps {#first-steps}'")
        if self.faults or head is None:
            raise ContentError(self.faults)
        self.lines |= {head.title: 1 + line_of(self.front, ("title",)), head.topic: 1 + line_of(self.front, ("topic",))}
        return head.model_copy(update={"lessons": lessons})

    def _head(self, metrics: set[str]) -> Course | None:
        """The course without its lessons, None if the front matter cannot be right."""
        try:
            table = parsed(self.file, self.front, 1)
            for name in sorted({"key", "lessons"} & table.keys()):
                self.fault(1 + line_of(self.front, (name,)), f"{name}: does not belong here")
            head = checked(Course, {**table, "key": self.key, "lessons": ()}, self.file, self.front, 1)
        except ContentError as error:
            self.faults += error.faults
            return None
        for metric in head.metrics:
            if metric not in metrics:
                self.fault(1 + line_of(self.front, ("metrics",)), f"metrics: no metric is called '{metric}'")
        return head

    def _lesson(self, key: str, title: str, heading: SyntaxTreeNode, blocks: Sequence[SyntaxTreeNode]) -> Lesson:
        screens, questions = self._screens(blocks)
        if not screens:
            self.fault(self.line(heading), f"the lesson '{title}' has no screen")
        if not questions:
            self.fault(self.line(heading), f"the lesson '{title}' has no question: nobody would know what was learned")
        return Lesson(key=key, title=title, screens=tuple(screens), questions=tuple(questions))

    def _screens(self, blocks: Sequence[SyntaxTreeNode]) -> tuple[list[Screen], list[QuizQuestion]]:
        screens: list[Screen] = []
        questions: list[QuizQuestion] = []
        for part in split_at_rules(blocks):
            kinds = [block.type for block in part]
            if "bullet_list" in kinds:
                place = kinds.index("bullet_list")
                question = self._question(part[:place], part[place], part[place + 1 :])
                if question.text in [one.text for one in questions]:
                    self.fault(self.line(part[0]), "the same question stands above already")
                questions.append(question)
            elif questions:
                self.fault(self.line(part[0]), "a screen after a question: put the questions last")
            else:
                screens.append(self._screen(part))
        return screens, questions

    def _screen(self, blocks: Sequence[SyntaxTreeNode]) -> Screen:
        pictures = [block for block in blocks if _image(block)]
        text = self.words([block for block in blocks if block not in pictures])
        for more in pictures[1:]:
            self.fault(self.line(more), "a screen has one picture at most")
        if not text:
            self.fault(self.line(blocks[0]), "a picture needs a text: not everybody sees it")
        return Screen(text=text, picture=self._picture(pictures[0]) if pictures else None)

    def _picture(self, block: SyntaxTreeNode) -> Picture | None:
        image, line = block.children[0].children[0], self.line(block)
        name, shows = str(image.attrs.get("src", "")), image.content.strip()
        if not shows:
            self.fault(line, "say what the picture shows: ![what it shows](name.png)")
        if wrong := self.picture_fault(name):
            self.fault(line, wrong)
        self.lines.setdefault(shows, line)
        return Picture(name=name, shows=shows) if name and shows else None

    def _question(
        self, above: Sequence[SyntaxTreeNode], answers: SyntaxTreeNode, below: Sequence[SyntaxTreeNode]
    ) -> QuizQuestion:
        line = self.line(answers)
        options = tuple(self._option(item) for item in answers.children)
        if not any(option.right for option in options):
            self.fault(line, "no answer is marked as right: tick one with - [x]")
        elif len(options) > 1 and all(option.right for option in options):
            self.fault(line, "every answer is marked as right: nobody can be wrong")
        if len(options) < 2:
            self.fault(line, "a question needs at least two answers")
        self._twice(answers, options)
        if not above:
            self.fault(line, "the answers stand without a question above them")
        if below:
            self.fault(self.line(below[0]), "nothing may follow the answers; indent what is said about an answer")
        return QuizQuestion(text=self.words(above), options=options)

    def _twice(self, answers: SyntaxTreeNode, options: Sequence[Option]) -> None:
        texts = [option.text.casefold() for option in options]
        for place, item in enumerate(answers.children):
            if texts[place] and texts[place] in texts[:place]:
                self.fault(self.line(item), f"the answer '{options[place].text}' stands there twice")

    def _option(self, item: SyntaxTreeNode) -> Option:
        first, *rest = item.children or [item]
        text = self.inline(first.children[0]) if first.type == "paragraph" else ""
        match = _TASK.match(text)
        label = text[match.end() :] if match else text
        if match is None:
            self.fault(self.line(item), "an answer must begin with [x] (right) or [ ] (wrong)")
        elif not label or len(label) > LABEL_LIMIT:
            self.fault(self.line(item), f"the answer has {len(label)} characters; from 1 to {LABEL_LIMIT} are allowed")
        said = [block for quote in rest for block in (quote.children if quote.type == "blockquote" else [quote])]
        right = match is not None and match["mark"] != " "
        self.lines.setdefault(label, self.line(item))
        return Option(text=label, right=right, feedback=self.words(said))


def labels(course: Course) -> Iterator[str]:
    """What stands on a button, and has no room to grow."""
    yield course.title
    for lesson in course.lessons:
        yield lesson.title
        yield from (option.text for question in lesson.questions for option in question.options)


def _image(block: SyntaxTreeNode) -> bool:
    """Whether a block is a paragraph of nothing but a picture."""
    inline = block.children[0].children if block.type == "paragraph" else []
    return len(inline) == 1 and inline[0].type == "image"
