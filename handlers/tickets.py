"""Numbers that name something, as CAPA 1234: written as they are, never grouped like amounts."""

from locales.text import Raw


def ticket(number: int) -> Raw:
    """The number as every language writes it."""
    return Raw(str(number))
