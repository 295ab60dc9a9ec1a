"""Commands for authors: `courses check`, `courses preview` and `courses metrics`."""

from pathlib import Path

import typer

from bot.commands.common import end
from bot.commands.metric_table import factor_table, metric_table
from courses.faults import ContentError
from courses.load import BUILT_IN, load
from courses.model import Course
from handlers.reader import content
from locales.text import Catalogue

app = typer.Typer(help="Check and preview courses.", no_args_is_help=True)
FOLDER = typer.Option(
    None,
    exists=True,
    file_okay=False,
    help="a programme folder whose own courses and metrics are laid over the built-in ones",
)


@app.command()
def check(folder: Path = FOLDER) -> None:
    """Find every fault in metrics and courses, with file and line."""
    try:
        library = load((BUILT_IN, folder) if folder else (BUILT_IN,))
    except ContentError as error:
        end(*map(str, error.faults))
    typer.echo(f"{len(library.metrics)} metrics and {len(library.courses)} courses are right.")


@app.command()
def preview(name: str, lang: str = typer.Option("en"), folder: Path = FOLDER) -> None:
    """Print every screen and answer of a course as people read it."""
    course = load((BUILT_IN, folder) if folder else (BUILT_IN,)).courses.get(name)
    if course is None:
        end(f"no course is called {name}")
    for line in transcript(course, Catalogue(), lang):
        typer.echo(line)


@app.command()
def metrics(folder: Path = FOLDER) -> None:
    """Print all metrics, then all factors, as Markdown tables."""
    library = load((BUILT_IN, folder) if folder else (BUILT_IN,))
    for line in (*metric_table(library), "", *factor_table(library)):
        typer.echo(line)


def transcript(course: Course, texts: Catalogue, language: str) -> list[str]:
    """The lines of a course's transcript: screens, questions, answers with what is said to each."""
    lines = [texts.plain(content(f"course/{course.key}", course.title), language)]
    for lesson in course.lessons:
        context = f"course/{course.key}/{lesson.key}"

        def say(text: str, context: str = context) -> str:
            return texts.plain(content(context, text), language)

        lines += ["", f"== {say(lesson.title)}", *(f"\n{say(screen)}" for screen in lesson.screens)]
        for question in lesson.questions:
            lines.append(f"\n? {say(question.text)}")
            for option in question.options:
                lines.append(f"  ({'x' if option.right else ' '}) {say(option.text)}")
                if option.feedback:
                    lines.append(f"      {say(option.feedback)}")
    return lines
