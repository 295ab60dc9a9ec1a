"""`python -m benchmarks.detection` writes `docs/DETECTION.md`: how often the language of a short text is told."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.detection.corpus import LANGUAGES, Text, corpus
from tests.detection.measure import LENGTHS, PROGRAMMES, Detect, drawn, of, ours, score

PAGE = Path(__file__).parents[1] / "docs" / "DETECTION.md"
HEAD = """# Telling languages apart

Causeway never changes somebody's language by itself. It offers another one when two messages in a row, of at least 16
characters each, are with a probability of 0.9 or more in another language of the programme. This page is written by
`.venv/bin/python -m benchmarks.detection`; do not edit it by hand.

## How it decides

- By script, where only one of the programme's languages is written in it. A Latin letter counts a third: names, codes
  and units are written in Latin letters in the middle of every script.
- Else by letter sequences of one to three letters, with the profiles of langdetect for the programme's languages. All
  sequences count. langdetect itself draws some by lot, so that a short text can change its language from run to run.
- And by words that the product's own texts use, as often as they do: what suppliers write is about the same things.

## What was measured

{texts} texts of Django's admin pages and forms in twelve languages, without their placeholders; what two languages
share is left out. Words of a screen are harder than sentences of a chat. "By lot" is langdetect as it comes, with the
programme's profiles only and a fixed seed. In brackets: how many of the texts were told with 0.9 or more and wrong.
The three weights in `locales/detect.py` were chosen on these texts, from a few round values each.

| languages | {lengths} | microseconds a text |
|---|{rules}---|
"""


def main() -> None:
    """Write the page."""
    PAGE.write_text("\n".join(page()) + "\n", encoding="utf-8")


def page() -> Iterator[str]:
    """The lines of the page."""
    texts = corpus()
    lengths = " | ".join(f"{length} characters: by lot | here" for length in LENGTHS)
    yield HEAD.format(texts=f"{len(texts):,}", lengths=lengths, rules="---|---|" * len(LENGTHS)).rstrip()
    for languages in PROGRAMMES:
        yield row(texts, languages)


def row(texts: Sequence[Text], languages: Sequence[str]) -> str:
    """One programme: accuracy by length, by lot and here."""
    by_lot, here = drawn(languages), ours(languages)
    cells = []
    for length in LENGTHS:
        chosen = of(texts, languages, length)
        cells += [cell(by_lot, chosen), cell(here, chosen)]
    began, chosen = time.process_time(), [text for text, language in texts if language in languages]
    for text in chosen:
        here(text)
    pace = (time.process_time() - began) / len(chosen) * 1e6
    name = "all twelve" if languages == LANGUAGES else ", ".join(languages)
    return f"| {name} | {' | '.join(cells)} | {pace:.0f} |"


def cell(detect: Detect, texts: Sequence[Text]) -> str:
    """The accuracy, and in brackets how many were sure and wrong."""
    found = score(detect, texts)
    return f"{found.accuracy:.3f} ({found.sure_and_wrong} of {found.texts})"


if __name__ == "__main__":
    main()
