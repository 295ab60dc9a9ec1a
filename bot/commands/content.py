"""Commands for authors: `courses check`, `courses preview`, `courses play` and `courses metrics`."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from bot.app import App, build
from bot.commands.common import end, set_up_logs
from bot.commands.course_faults import translation_faults
from bot.commands.metric_table import factor_table, metric_table
from bot.commands.transcript import course_lines, document_lines
from bot.config import read_settings
from bot.console.run import CONSOLE, ConsoleTalk
from courses.faults import ContentError
from courses.load import BUILT_IN, Library, load
from handlers.programme.settings import NO_PROGRAMME
from handlers.router import action
from locales.tags import codes
from locales.text import Catalogue
from locales.translations import BUILT_IN as LOCALES
from storage.migrate import upgrade
from storage.tables.people import Contact, Person, Role

app = typer.Typer(help="Check, preview and play courses.", no_args_is_help=True)
AUTHOR = "author"
FOLDER = typer.Option(
    None,
    exists=True,
    file_okay=False,
    help="a programme folder whose own courses, documents and metrics are laid over the built-in ones",
)


@app.command()
def check(folder: Path = FOLDER) -> None:
    """Find every fault in metrics, courses and documents, and in their translations, with file and line."""
    library = _library(folder)
    faults = translation_faults(library, _texts(folder))
    if faults:
        end(*map(str, faults))
    metrics, courses, documents = (
        _counted(len(found), noun)
        for found, noun in ((library.metrics, "metric"), (library.courses, "course"), (library.documents, "document"))
    )
    typer.echo(f"No faults in {metrics}, {courses} and {documents}.")


@app.command()
def preview(name: str, lang: str = typer.Option("en"), folder: Path = FOLDER) -> None:
    """Print every screen and answer of a course, or a document, as people read it."""
    library, texts = _library(folder), _texts(folder)
    course, document = library.courses.get(name), library.documents.get(name)
    if course is None and document is None:
        end(f"no course and no document is called {name}")
    _end_if_unlisted(texts, lang)
    for line in course_lines(course, texts, lang) if course else ():
        typer.echo(line)
    for line in document_lines(document, texts, lang) if document else ():
        typer.echo(line)


@app.command()
def play(name: str, lang: str = typer.Option("en"), folder: Path = FOLDER) -> None:
    """Take a course in the terminal, without a programme; nothing is kept, and an empty line ends it."""
    if name not in _library(folder).courses:
        end(f"no course is called {name}")
    _end_if_unlisted(_texts(folder), lang)
    set_up_logs()
    with TemporaryDirectory() as place:
        settings = read_settings(_env_file=None, database_url=f"sqlite:///{place}/play.db", programme=folder)
        built = build(settings)
        with closing(built.store):
            _admit_author(built, lang)
            terminal = ConsoleTalk(built.intake, built.store, AUTHOR, typer.echo)
            terminal.press(action("course", name))
            while typed := typer.prompt("", prompt_suffix="> ", default="", show_default=False):
                terminal.say(typed)


@app.command()
def metrics(folder: Path = FOLDER) -> None:
    """Print all metrics, then all factors, as Markdown tables."""
    library = _library(folder)
    for line in (*metric_table(library), "", *factor_table(library)):
        typer.echo(line)


def _counted(count: int, noun: str) -> str:
    """So many of something, "1 document" or "2 documents"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _library(folder: Path | None) -> Library:
    try:
        return load((BUILT_IN, folder) if folder else (BUILT_IN,))
    except ContentError as error:
        end(*map(str, error.faults))


def _texts(folder: Path | None) -> Catalogue:
    return Catalogue((LOCALES, folder / "locales") if folder else (LOCALES,))


def _end_if_unlisted(texts: Catalogue, lang: str) -> None:
    """Return if the language is one of ours, ready or not; else end the command, which would speak English."""
    if not set(codes(lang)) & set(texts.listed):
        end(f"--lang: '{lang}' is not known; known: {', '.join(texts.listed)}")


def _admit_author(built: App, language: str) -> None:
    """Somebody who may take lessons, in a store that lasts as long as the command."""
    upgrade(built.store)
    with built.store.write() as session:
        author = Person(
            key=AUTHOR,
            name=AUTHOR,
            role=Role.SUPPLIER,
            language=language,
            privacy_version=NO_PROGRAMME.privacy_version,
            privacy_at=built.clock.now(),
        )
        session.add(author)
        session.flush()
        session.add(Contact(person_id=author.id, channel=CONSOLE, account=AUTHOR, conversation=AUTHOR))
