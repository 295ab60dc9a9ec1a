"""Joining: the mentor asks for an invitation in Slack, and the person opens its link on the phone."""

import re

from bot.playground.page.deeds import Unfit
from bot.playground.page.people import Somebody, everybody
from bot.playground.page.stage import Stage
from bot.playground.page.workspace_deeds import COMMAND
from bot.playground.slack.people import Person as Member

LINK = re.compile(r"https://t\.me/\w+\?start=([A-Za-z0-9_-]{1,64})")
ANSWER_S, TRIES = 5.0, 3


def open_invitation(stage: Stage, key: str) -> None:
    """Have the person's mentor invite them, and follow the link."""
    stage.phones[key].start(invite(stage, key))


def invite(stage: Stage, key: str) -> str:
    """The payload of a fresh link, which the mentor got in Slack. Raises Unfit if there is no mentor or no answer."""
    person = next((one for one in everybody(stage) if one.key == key), None)
    mentor = _mentor(stage, person)
    before = len(links(mentor))
    for _try in range(TRIES):
        # Slack does not send a command again that got no answer; a person does.
        mentor.command(COMMAND, f"invite {key}")
        if stage.playground.log.wait_for(lambda: len(links(mentor)) > before, ANSWER_S):
            return links(mentor)[-1]
    raise Unfit(f"{mentor.name} got no link for {key}: see the workspace for the answer.")


def links(member: Member) -> list[str]:
    """The payloads of all links that this member has been given, oldest first."""
    return [found for message in member.messages() for found in LINK.findall(message.text)]


def _mentor(stage: Stage, person: Somebody | None) -> Member:
    if person is None or person.mentor not in stage.members:
        raise Unfit("Nobody in the workspace mentors this person.")
    return stage.members[person.mentor]
