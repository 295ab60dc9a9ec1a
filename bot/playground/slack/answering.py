"""Answers to an interaction at its response URL, and the ones that come with an acknowledgement."""

from typing import Any

from bot.playground.slack import events
from bot.playground.slack.channel import Channel
from bot.playground.slack.posting import by_bot, content, place, remove, thread_of
from bot.playground.slack.refusal import bad_arguments
from bot.playground.slack.state import TEAM, State
from bot.playground.slack.tickets import ReplyAddress

KNOWN = {"text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts"}
KNOWN |= {"unfurl_links", "unfurl_media", "metadata", "mrkdwn"}
KINDS = ("ephemeral", "in_channel")


def answer(state: State, address: ReplyAddress, given: dict[str, Any]) -> None:
    """Put the answer where it was asked: a new message, or in place of the one that was acted on. Raises Refusal."""
    faults = [f"unknown argument: {name}" for name in given if name not in KNOWN]
    if given.get("response_type", "ephemeral") not in KINDS:
        faults.append("must be a valid enum value [json-pointer:/response_type]")
    if faults:
        raise bad_arguments(faults)
    channel = state.channels[address.channel]
    if given.get("delete_original") or given.get("replace_original"):
        _rework(state, channel, address, given)
    else:
        _add(state, channel, address.person, given)
    state.log.notify()


def _add(state: State, channel: Channel, person: str, given: dict[str, Any]) -> None:
    text, blocks = content(state, given)
    only_for = None if given.get("response_type") == "in_channel" else person
    message = by_bot(state, text, blocks, only_for=only_for)
    place(state, channel, message, thread_of(channel, given.get("thread_ts")))


def _rework(state: State, channel: Channel, address: ReplyAddress, given: dict[str, Any]) -> None:
    message = address.message
    if message is None or message.ts not in channel.messages:
        raise bad_arguments(["there is no original message"])
    if given.get("delete_original"):
        remove(state, channel, message)
        return
    before = message.as_json(TEAM)
    message.text, message.blocks = content(state, given)
    if not message.only_for:
        events.changed(state, channel, message, before)
