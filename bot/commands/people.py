"""Commands about single people: `invite`, `erase`, `personal-data`."""

import json
from pathlib import Path

import typer

from bot.commands.common import causeway, end, know_the_bot
from handlers.bridge.reporter import forget_anonymous
from handlers.joining.invitations import make_invite
from storage import people
from storage.erasure import after_erasure, erase_person
from storage.personal import export_person

app = typer.Typer()


@app.command()
def invite(key: str = typer.Argument(help="the key of a person in people.csv")) -> None:
    """Print a deep link that lets one person join; older links of theirs stop working."""
    with causeway() as built:
        know_the_bot(built)
        with built.store.write() as session:
            person = people.by_key(session, key)
            if person is None:
                end(f"nobody has the key {key}")
            typer.echo(make_invite(built.turn(session), person))


@app.command()
def erase(key: str, yes: bool = typer.Option(False, "--yes", help="do not ask")) -> None:
    """Erase a person: name, contacts and words go, their figures and decisions stay without a name."""
    if not yes:
        typer.confirm(f"Erase everything that is held about {key}? This cannot be undone.", abort=True)
    with causeway() as built:
        with built.store.write() as session:
            # Who was erased before is known by the pseudonym: a second run frees what could not be freed then.
            pseudonym = built.house.pseudonym(key)
            person = people.by_key(session, key) or people.by_key(session, pseudonym)
            if person is None:
                end(f"nobody has the key {key}")
            forget_anonymous(built.turn(session), person)
            hide = built.house.pseudonym
            report = erase_person(session, person.id, pseudonym, built.clock.now(), hide)
        clean = after_erasure(built.store)
        typer.echo(f"Erased: {json.dumps(report.counts, sort_keys=True)}")
        if not clean:
            typer.echo("Another process still reads old pages; run this again when it has ended.", err=True)


@app.command("personal-data")
def personal_data(key: str, out: Path = typer.Option(help="the JSON file to write")) -> None:
    """Write all that is held about a person as JSON, for the person to have."""
    with causeway() as built, built.store.read() as session:
        person = people.by_key(session, key)
        if person is None:
            end(f"nobody has the key {key}")
        out.write_text(json.dumps(export_person(session, person.id), ensure_ascii=False, indent=2), encoding="utf-8")
        typer.echo(f"Written: {out}")
