"""What an engine translated: messages of a talk, and tips."""

from collections.abc import Collection, Mapping

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.tables.tips import Translation


def of_message(session: Session, message_id: int, language: str) -> str:
    """A message's words in this language; "" if nobody has translated them."""
    query = select(Translation.words).where(Translation.message_id == message_id, Translation.language == language)
    return session.exec(query).first() or ""


def of_tip(session: Session, tip_id: int, language: str) -> str:
    """A tip's words in this language; "" if nobody has translated them."""
    query = select(Translation.words).where(Translation.tip_id == tip_id, Translation.language == language)
    return session.exec(query).first() or ""


def keep(session: Session, owner: dict[str, int], made: Mapping[str, str], original: str) -> None:
    """Keep what was made of the words that `owner` names (`message_id` or `tip_id`), by language, in place of earlier.

    One into the language `original`, which the words are in already, is left out.
    """
    for language, words in made.items():
        if language != original:
            _keep(session, owner, language, words)
    session.flush()


def _keep(session: Session, owner: dict[str, int], language: str, words: str) -> None:
    mine = [getattr(Translation, column) == number for column, number in owner.items()]
    found = session.exec(select(Translation).where(*mine, Translation.language == language)).first()
    row = found or Translation(language=language, words=words, **owner)
    row.words = words
    session.add(row)


def forget(session: Session, message_ids: Collection[int]) -> None:
    """Take the translations of these messages away."""
    session.execute(delete(Translation).where(col(Translation.message_id).in_(list(message_ids))))
