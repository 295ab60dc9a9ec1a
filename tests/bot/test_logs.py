"""Logs tell what broke and where, and never what people wrote."""

from bot.commands.common import where_it_broke


def test_exception_is_logged_without_its_words() -> None:
    try:
        int("a secret that somebody typed")
    except ValueError:
        event = where_it_broke(None, "error", {"event": "turn failed", "exc_info": True})
    assert event["exception"] == "ValueError"
    assert any("test_exception_is_logged" in line for line in event["trace"])
    assert "secret" not in str(event)
