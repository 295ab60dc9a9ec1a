"""Texts on safety, rights, pay and zero tolerance: which they are, and which of them a native reader has seen.

In a catalogue each carries its topic as a comment to translators. Whoever has read one as a native reader writes
`# reviewed` above it, and whoever changes the translation afterwards takes that away.
"""

from babel.messages.catalog import Message as Entry

REVIEWED = "reviewed"
TOPICS = {
    "handlers/grave/": "zero tolerance",
    "handlers/urgent/": "zero tolerance",
    "handlers/veil.py": "zero tolerance",
    "courses/training/code-of-conduct.md": "rights",
    "courses/documents/code-of-conduct.md": "rights",
    "courses/metrics/corruption.toml": "rights",
    "courses/training/working-hours-and-pay.md": "pay",
    "courses/metrics/hours.toml": "pay",
    "courses/metrics/long-hours.toml": "pay",
    "courses/training/health-and-safety.md": "safety",
    "courses/training/waste-and-chemicals.md": "safety",
    "courses/metrics/deaths.toml": "safety",
    "courses/metrics/injuries.toml": "safety",
}
"""The topic of every sentence of a file, or of a folder."""


def topic_of(file: str) -> str:
    """The topic of the sentences of a file, by its path in the project; "" for an ordinary one."""
    return next((topic for start, topic in TOPICS.items() if file.startswith(start)), "")


def unread_topic(entry: Entry) -> str:
    """The topic of a message that no native reader has seen yet; "" for one that was seen, and for ordinary ones."""
    if REVIEWED in entry.user_comments:
        return ""
    return next((topic for file, _line in entry.locations if (topic := topic_of(str(file)))), "")
