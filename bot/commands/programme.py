"""Commands about the programme: `moves`, `import`, `summary`, `export`, `detect`."""

import json
import sys
from pathlib import Path

import typer

from bot.commands.common import causeway, end
from bot.commands.move_table import diagram, moves
from bot.csv_file import csv_bytes
from bot.export import EXPORTS, write_csv
from bot.render.pdf import summary_pdf
from courses.faults import ContentError
from handlers.programme.folder import read_folder
from handlers.programme.importing import import_folder
from handlers.summaries.sheet import fingerprint, header, plain_rows
from handlers.summaries.week import parse_week
from handlers.summaries.weekly import Weekly, weekly
from locales.detect import Detector
from storage import people
from storage.tables.people import Role

app = typer.Typer()


@app.command("moves")
def show_moves() -> None:
    """Print the moves in the life of a CAPA: the diagram, then the table, as docs/CAPA.md shows them."""
    for line in (*diagram(), "", *moves()):
        typer.echo(line)


@app.command("import")
def import_(folder: Path) -> None:
    """Import a programme folder: all of it, or nothing if there is a fault."""
    with causeway() as built:
        try:
            library, languages = built.house.library, tuple(built.house.texts.languages())
            read = read_folder(folder, library.metrics, languages, library.courses)
        except ContentError as error:
            end(*map(str, error.faults), f"Nothing was changed. Faults: {len(error.faults)}.")
        with built.store.write() as session:
            import_folder(session, read, built.clock.now(), built.house.pseudonym)
        typer.echo(f"Imported {read.settings.name}: {len(read.sites)} sites, {len(read.people)} people.")


@app.command()
def summary(
    week: str = typer.Option(help="for example 2026-W47"),
    out: Path = typer.Option(None, help="the PDF to write"),
    csv: Path = typer.Option(None, help="the folder for the tables behind it, one CSV file each"),
    reader: str = typer.Option("", help="the key of the manager or mentor who reads it; the first manager if left out"),
) -> None:
    """Write the summary of a week as a PDF, as its reader gets it in chat, or the tables behind it, or both."""
    if out is None and csv is None:
        end("say where to write it: --out week.pdf, --csv FOLDER, or both")
    wanted = parse_week(week)
    if wanted is None:
        end(f"--week: {week} is not a week; write it like 2026-W47")
    with causeway() as built, built.store.read() as session:
        managers = people.with_role(session, Role.MANAGER)
        person = people.by_key(session, reader) if reader else next(iter(managers), None)
        if person is None:
            end(f"--reader: nobody has the key {reader}" if reader else "no manager: run causeway import FOLDER first")
        turn = built.turn(session)
        made = weekly(turn, person, wanted)
        if out is not None:
            out.write_bytes(summary_pdf(made.report()))
            typer.echo(f"Written: {out}")
        if csv is not None:
            _write_tables(made, csv)


def _write_tables(made: Weekly, folder: Path) -> None:
    """Each table as a file, those without rows too, so that a program finds what it looks for."""
    folder.mkdir(exist_ok=True)
    for sheet in made.sheets:
        path = folder / f"{sheet.key}.csv"
        path.write_bytes(csv_bytes(header(sheet), plain_rows(sheet)))
    typer.echo(f"Written: {len(made.sheets)} tables in {folder}, data fingerprint {fingerprint(made.sheets)}")


@app.command()
def export(what: str, out: Path = typer.Option(None, help="the file to write; standard output if left out")) -> None:
    """Export a table as CSV: submissions, capas, obstacles, training, people or audit."""
    if what not in EXPORTS:
        end(f"nothing is called {what}; known: {', '.join(EXPORTS)}")
    with causeway() as built, built.store.read() as session:
        if out is None:
            write_csv(session, what, sys.stdout)
        else:
            with out.open("w", encoding="utf-8", newline="") as file:
                write_csv(session, what, file)


@app.command()
def detect(languages: str = typer.Option(help="for example en,es,vi")) -> None:
    """Detect the language of each line of standard input among these; one JSON line for each."""
    detector = Detector([code.strip() for code in languages.split(",")])
    for line in sys.stdin:
        text = line.rstrip("\n")
        language, probability = detector.detect(text)
        answer = {"text": text, "language": language, "probability": round(probability, 4)}
        typer.echo(json.dumps(answer, ensure_ascii=False))
