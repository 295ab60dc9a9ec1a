"""The command line."""

import typer

from bot.commands import content, people, programme, reading, running, store

app = typer.Typer(
    name="causeway",
    help="A supplier assistant for sustainability programmes that lives in Telegram and Slack.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for commands in (running.app, programme.app, reading.app, people.app, store.app):
    app.registered_commands.extend(commands.registered_commands)
app.add_typer(content.app, name="courses")

if __name__ == "__main__":
    app()
