"""The people who play the tour: a supplier's person, their mentor, a manager. They act as any visitor could."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.playground.page.deeds import Unfit
from bot.playground.page.people import Somebody, everybody
from bot.playground.page.stage import Stage
from bot.playground.slack.people import Person as Member
from bot.playground.slack.seen import SeenButton, SeenField, SeenMessage
from bot.playground.telegram.people import Person as Phone
from bot.playground.telegram.screen import Button, Shown
from storage.tables.people import Role

PREFERRED = "amina"
PATIENCE_S = 15.0
TRIES = 3


@dataclass(frozen=True)
class Troupe:
    """Who plays, where they are, and how they wait for each other."""

    stage: Stage
    supplier: Somebody
    mentor: Somebody
    manager: Somebody

    @property
    def phone(self) -> Phone:
        """The supplier's phone."""
        return self.stage.phones[self.supplier.key]

    @property
    def lead(self) -> Member:
        """The mentor in the workspace."""
        return self.stage.members[self.mentor.key]

    @property
    def head(self) -> Member:
        """The manager in the workspace."""
        return self.stage.members[self.manager.key]

    def newest(self) -> Shown:
        """The bot's newest message on the phone; raises Unfit if there is none."""
        message = self.phone.last()
        if message is None:
            raise Unfit(f"The bot has not written to {self.supplier.name} yet.")
        return message

    def choices(self) -> list[Button]:
        """The buttons under the newest message that answer its question, without those that go back or cancel."""
        return [button for row in self.newest().buttons for button in row if (button.data or "").startswith("a:")]

    def choice(self, place: int) -> Button:
        """One of these buttons, counted from 0; raises Unfit if the bot asks for something else."""
        choices = self.choices()
        if place >= len(choices):
            raise Unfit("The bot asks for something that the tour did not expect. Start over to play it anew.")
        return choices[place]

    def answered(self, deed: Callable[[], object]) -> Shown:
        """The bot's answer to something done on the phone."""
        before = self._heard()
        deed()
        self.wait(lambda: self._heard() > before, f"an answer on {self.supplier.name}’s phone")
        return self.newest()

    def say(self, text: str) -> Shown:
        """The answer to a message."""
        return self.answered(lambda: self.phone.say(text))

    def tap(self, button: Button) -> Shown:
        """The answer to a tap on a button of the newest message."""
        message = self.newest()
        return self.answered(lambda: self.phone.tap(button.data or button.label, message.id))

    def in_slack(self, deed: Callable[[], object], ready: Callable[[], Any], what: str) -> Any:
        """What `ready` gives after something done in the workspace; Slack sends nothing again, so people do."""
        for _try in range(TRIES):
            deed()
            if found := self.stage.playground.log.wait_for(ready, PATIENCE_S / TRIES):
                return found
        return self.wait(ready, what)

    def wait(self, ready: Callable[[], Any], what: str) -> Any:
        """What `ready` gives once it is true; raises Unfit in vain."""
        found = self.stage.playground.log.wait_for(ready, PATIENCE_S)
        if not found:
            raise Unfit(f"The tour waited in vain for {what}.")
        return found

    def alert(self) -> tuple[SeenMessage, SeenButton] | None:
        """The newest message in the mentor's channels that offers a corrective action, and its button."""
        with self.lead.state.lock:
            places = [one.id for one in self.lead.state.channels.values() if self.lead.id in one.members]
            said = sorted((one for place in places for one in self.lead.messages(place)), key=lambda one: one.ts)
        offered = [(one, button) for one in reversed(said) for button in one.buttons if _opens(button)]
        return offered[0] if offered else None

    def terms(self, due: date) -> dict[str, Any]:
        """What the mentor fills into the open modal: what is proposed, a choice where there is none, `due`."""
        view = self.lead.view()
        return {field.block_id: self._filled(field, due) for field in view.fields} if view else {}

    def _filled(self, field: SeenField, due: date) -> Any:
        if field.kind == "datepicker":
            return due.isoformat()
        if field.choices:
            return self.supplier.name if self.supplier.name in field.choices else field.choices[len(field.choices) // 2]
        return field.value or "Found on the tour"

    def _heard(self) -> int:
        return max((message.id for message in self.phone.messages() if message.from_bot), default=0)


def troupe(stage: Stage) -> Troupe:
    """The people of the tour; raises Unfit if the programme lacks one of them."""
    people = everybody(stage)
    suppliers = [one for one in people if one.key in stage.phones and one.mentor in stage.members]
    suppliers.sort(key=lambda one: one.key != PREFERRED)
    managers = [one for one in people if one.role is Role.MANAGER and one.key in stage.members]
    if not suppliers or not managers:
        raise Unfit("The tour needs a supplier’s person with a mentor, and a manager.")
    mentor = next(one for one in people if one.key == suppliers[0].mentor)
    return Troupe(stage, suppliers[0], mentor, managers[0])


def worked(day: date) -> date:
    """This day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _opens(button: SeenButton) -> bool:
    return (button.value or "").startswith("r:capa.open:")
