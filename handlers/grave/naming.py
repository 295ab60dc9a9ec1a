"""Whether words clearly name something grave. What is meant is asked, never assumed."""

from locales.clues import GRAVE, names


def category_of(words: str) -> str:
    """The grave matter that these words clearly name; "" for none."""
    return next((matter for matter in GRAVE if names(words, matter)), "")
