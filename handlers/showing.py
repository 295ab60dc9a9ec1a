"""Puts what is to be said into the reader's language, as plain values that can wait in the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import escape

from handlers.message import (
    Button,
    Delete,
    Edit,
    Field,
    FormErrors,
    Home,
    Menu,
    Message,
    Modal,
    Outgoing,
    React,
    Retire,
    Speech,
)
from locales.text import Catalogue, Phrase

Payload = dict[str, Any]


@dataclass(frozen=True)
class Shower:
    """Shows in one language, `languages` being the chain of fallbacks. Texts come out as HTML with <b> and <i> only."""

    texts: Catalogue
    languages: Sequence[str]

    def text(self, speech: Speech) -> str:
        """The sentence with <b>, <i> and entities; people's words are escaped."""
        return str(self.texts.render(speech, self.languages) if isinstance(speech, Phrase) else escape(speech))

    def plain(self, speech: Speech) -> str:
        """The sentence without tags and entities, for labels, menus and modals."""
        return self.texts.plain(speech, self.languages) if isinstance(speech, Phrase) else speech

    def kind(self, outgoing: Outgoing) -> str:
        """The outbox's word for what this is."""
        return type(outgoing).__name__.lower()

    def payload(self, outgoing: Outgoing) -> Payload:
        """The outbox's content for what is to be done."""
        match outgoing:
            case Message():
                return self.message(outgoing)
            case Edit(of=key, message=message):
                return {"of": key, **self.message(message)}
            case Retire(of=key) | Delete(of=key):
                return {"of": key}
            case React(message=message_id, name=name):
                return {"message": message_id, "name": name}
            case Home(message=message):
                return self.message(message)
            case Menu(commands=commands):
                return {"commands": [[name, self.plain(line)] for name, line in commands]}

    def message(self, message: Message) -> Payload:
        """A message as `text`, `buttons` (rows of label, action, style), `attachments`, `silent` and `quote`."""
        return {
            "text": "\n\n".join(self.text(part) for part in message.parts),
            "buttons": [[self._button(button) for button in row] for row in message.buttons],
            "attachments": [
                {"name": file.name, "sha256": file.sha256, "draw": file.draw, "values": file.values}
                for file in message.attachments
            ],
            "silent": message.silent,
            "quote": message.quote,
        }

    def modal(self, modal: Modal) -> Payload:
        """A modal as `title`, `fields`, `submit` and `action`."""
        return {
            "title": self.plain(modal.title),
            "fields": [self._field(field) for field in modal.fields],
            "submit": self.plain(modal.submit),
            "action": modal.action,
        }

    def errors(self, errors: FormErrors) -> dict[str, str]:
        """What is wrong, per field key."""
        return {key: self.plain(text) for key, text in errors.errors.items()}

    def _button(self, button: Button) -> Payload:
        return {"label": self.plain(button.label), "action": button.action, "style": button.style}

    def _field(self, field: Field) -> Payload:
        return {
            "key": field.key,
            "label": self.plain(field.label),
            "kind": field.kind,
            "options": [[key, self.plain(label)] for key, label in field.options],
            "hint": self.plain(field.hint),
            "initial": field.initial,
            "optional": field.optional,
        }
