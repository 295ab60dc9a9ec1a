import pytest

from bot.slack.words import words


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12 500 kWh", "12 500 kWh"),
        ("a &lt; b &amp; c &gt; d", "a < b & c > d"),
        ("&amp;lt;", "&lt;"),
        ("ask <@U012AB3CD>", "ask @…"),
        ("ask <@U012AB3CD|Mai>", "ask @Mai"),
        ("see <#C012AB3CD|alerts>", "see #alerts"),
        ("see <#C012AB3CD|>", "see #…"),
        ("<!channel> and <!here|here>", "@channel and here"),
        ("<!subteam^S012AB3CD|@quality>", "@quality"),
        ("<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2"),
        ("<http://example.org|example.org>", "example.org"),
        ("<https://example.org/form|the form>", "the form (https://example.org/form)"),
        ("<mailto:mai@example.org|mai@example.org>", "mai@example.org"),
        ("<tel:+84123|+84123>", "+84123"),
        ("3 &lt; 5", "3 < 5"),
        ("", ""),
    ],
)
def test_words_are_read_as_they_were_typed(typed: str, read: str) -> None:
    assert words(typed) == read


def test_ids_of_people_and_channels_do_not_leak() -> None:
    assert "012AB3CD" not in words("<@U012AB3CD> <#C012AB3CD> <!subteam^S012AB3CD|@team>")
