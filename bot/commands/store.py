"""Commands about the store: `backup`, `restore`, `requeue`."""

from pathlib import Path

import typer

from bot.commands.common import causeway, end
from storage import backup as copies
from storage import outbox
from storage.archive import BackupFault

app = typer.Typer()


@app.command()
def backup(path: Path) -> None:
    """Write the whole store into one file, while Causeway goes on."""
    with causeway() as built:
        try:
            counts = copies.backup(built.store, path)
        except (BackupFault, OSError) as fault:
            end(f"not written: {fault}")
        typer.echo(f"Written: {path}, {sum(counts.values())} rows.")


@app.command()
def restore(path: Path, replace: bool = typer.Option(False, help="wipe the store first")) -> None:
    """Bring a backup back into an empty store, on SQLite or PostgreSQL, whichever it came from."""
    with causeway() as built:
        try:
            counts = copies.restore(built.store, path, replace=replace)
        except (BackupFault, OSError) as fault:
            end(f"not restored, nothing was changed: {fault}")
        typer.echo(f"Restored: {sum(counts.values())} rows.")


@app.command()
def requeue() -> None:
    """Play the failed deliveries again and send what could not be sent, after a fault has been mended."""
    with causeway() as built:
        through, failed = built.intake.requeue()
        with built.store.write() as session:
            messages = outbox.revive(session)
        typer.echo(f"Played again: {through} went through, {failed} failed again. To be sent again: {messages}.")
