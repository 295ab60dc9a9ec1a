"""Commands that run Causeway: `run`, `demo`, `check`, `talk`, `job`."""

import asyncio

import typer

from bot.app import Role
from bot.commands.common import causeway, end
from bot.config import ConfigError
from bot.console.run import CONSOLE, ConsoleTalk
from bot.playground.demo import run_demo
from locales.catalogs import Row
from locales.check import faults, unread
from locales.tags import SOURCE
from locales.text import Catalogue
from storage import people, programme
from storage.tables.people import Contact

app = typer.Typer()


@app.command()
def run(role: str = typer.Option("all", help="all, web or worker")) -> None:
    """Run Causeway until it is stopped."""
    roles: dict[str, Role] = {"all": "all", "web": "web", "worker": "worker"}
    if role not in roles:
        end("--role: must be all, web or worker")
    with causeway() as built:
        if not built.channels:
            end(
                "TELEGRAM_BOT_TOKEN: is missing; without a token try: causeway demo",
                "SLACK_BOT_TOKEN: is missing; one of the two is needed",
            )
        try:
            asyncio.run(built.run(roles[role]))
        except ConfigError as error:
            end(*error.faults)


@app.command()
def demo(
    port: int = typer.Option(8080, help="where the page is served, on this machine only"),
    fresh: bool = typer.Option(False, help="begin with an empty store"),
) -> None:
    """Run the example programme with stand-ins for Telegram and Slack, and print the address of the page."""
    run_demo(port, fresh)


@app.command()
def check() -> None:
    """Look at settings, store, programme and languages, and say what is not right."""
    with causeway() as built:
        typer.echo(f"store: {built.store.engine.dialect.name}, schema up to date")
        with built.store.read() as session:
            row = programme.programme(session)
        typer.echo(f"programme: {row.name}" if row else "programme: none yet; run: causeway import FOLDER")
        typer.echo(f"channels: {', '.join(one.name for one in built.channels) or 'none; set a token'}")
        rows = [Row(context, text, file, 0) for context, text, file in built.house.library.texts()]
        found = faults(built.house.texts, {"courses": rows})
        if found:
            end(*(f"{fault.file}:{fault.line}: {fault.message}" for fault in found))
        typer.echo(f"languages: {', '.join(built.house.texts.languages())}, complete")
        for line in _unread_lines(built.house.texts):
            typer.echo(line)


def _unread_lines(texts: Catalogue) -> list[str]:
    """For each translated language, how many texts that can do harm no native reader has seen."""
    counts = {code: unread(texts, code) for code in texts.languages() if code != SOURCE}
    return [
        f"not yet read by a native reader of {texts.name(code)}: {count.total()} texts on {', '.join(sorted(count))}"
        for code, count in counts.items()
        if count
    ]


@app.command()
def talk(key: str = typer.Argument(help="the key of a person in people.csv")) -> None:
    """Talk with Causeway in the terminal as one of the programme's people; an empty line ends it."""
    with causeway() as built:
        with built.store.write() as session:
            person = people.by_key(session, key)
            if person is None:
                end(f"nobody has the key {key}")
            if people.contact(session, CONSOLE, key) is None:
                session.add(Contact(person_id=person.id, channel=CONSOLE, account=key, conversation=key))
        terminal = ConsoleTalk(built.intake, built.store, key, typer.echo)
        terminal.say("/start")
        while typed := typer.prompt("", prompt_suffix="> ", default="", show_default=False):
            terminal.say(typed)


@app.command()
def job(name: str) -> None:
    """Run one scheduled job now: calendar, plan, say or sweep."""
    with causeway() as built:
        known = {one.name: one for one in built.ticker.jobs}
        if name not in known:
            end(f"no job is called {name}; known: {', '.join(known)}")
        built.ticker.run_job(known[name], built.clock.now())
