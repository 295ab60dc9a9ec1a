"""The Slack half of the story against a stand-in that was not written here, over HTTP and Socket Mode."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from locales.text import _
from storage.tables.capas import Capa
from tests.stores import fresh_url
from tests.whole.local_slack import APP_TOKEN, LocalSlack, buttons, local_slack
from tests.whole.story import ANSWER, OBSTACLE, THANKS, Story, in_lucias_words, picture
from tests.whole.world import Way, World, whole_world

pytestmark = pytest.mark.whole

PEOPLE = {"U0LUCIA": "Lucia Moreno", "U0MARTIN": "Martin Weber", "U0HELENA": "Helena Costa"}
CHANNELS = {"C0ASIA": "asia", "C0WEST": "west"}
LUCIA, HELENA, ASIA = "U0LUCIA", "U0HELENA", "C0ASIA"
OPEN_A_CAPA = _("Open a CAPA")
PATIENCE_S = 20.0


@dataclass
class Second:
    """The story with its phones in our playground and its mentors in the other stand-in."""

    world: World
    slack: LocalSlack

    @property
    def story(self) -> Story:
        return Story(self.world)

    def wait(self, ready: Callable[[], Any], what: str) -> Any:
        """What `ready` gives once it is true; the other stand-in rings no bell."""
        until = time.monotonic() + PATIENCE_S
        while not (found := ready()):
            assert time.monotonic() < until, f"in vain: {what}\n{self.slack.messages(ASIA)}\n{self.world.transcript()}"
            time.sleep(0.05)
        return found

    def message(self, text: str, channel: str = ASIA) -> dict[str, Any]:
        """The bot's message in a channel or (a person's id) a direct message that holds this text."""
        there = self.slack.direct if channel.startswith("U") else self.slack.messages
        return dict(
            self.wait(
                lambda: next((one for one in there(channel) if text in one["text"] and one.get("bot_id")), None), text
            )
        )


@pytest.fixture(params=["socket", "http"])
def second(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Second]:
    """Both stand-ins and a bot between them."""
    with fresh_url("sqlite", tmp_path) as url, whole_world(url, tmp_path, Way(webhook=False, socket=False)) as world:
        by_http = request.param == "http"
        events = f"http://127.0.0.1:{world.bot.port}/slack/events" if by_http else ""
        with local_slack(tmp_path, PEOPLE, CHANNELS, events) as slack:
            world.bot.settings |= {**slack.settings, "slack_app_token": "" if by_http else APP_TOKEN}
            world.bot.start()
            second = Second(world, slack)
            second.wait(lambda: by_http or slack.is_connected(), "a socket")
            yield second
            world.bot.stop()


def test_slack_half_of_the_story_runs_against_a_stand_in_of_others(second: Second) -> None:
    joins(second)
    sends_a_figure(second)
    opens_a_capa(second)
    talks_in_a_thread(second)
    gets_the_summary(second)
    assert not second.slack.refusals()
    second.world.check_nothing_went_wrong()


def joins(second: Second) -> None:
    """The slash command gives Lucia a link in her direct message."""
    second.slack.command(LUCIA, ASIA, "invite amina")
    link = next(word for word in second.message("start=", LUCIA)["text"].split() if "start=" in word)
    second.world.amina.start(link.strip("<>").partition("start=")[2])
    second.story.phone("Which language do you prefer?")
    second.story.tap("English", "keep your name")
    second.story.tap("Yes, I agree", "You are in")


def sends_a_figure(second: Second) -> None:
    """Amina sends a figure beyond its limit."""
    story, amina = second.story, second.world.amina
    amina.say("/figures")
    story.phone("Which figure do you want to send?")
    labels = [label for one in amina.messages() for label in one.labels()]
    story.tap(next(one for one in labels if one.startswith("Electricity,")), "How much electricity")
    amina.say("16,5 MWh")
    story.phone("16,500 kWh. Is that right?")
    story.tap("Yes, send it", "Stored:")


def opens_a_capa(second: Second) -> None:
    """The alert's button opens the modal, a past date is refused in it, then the CAPA opens and the button goes."""
    slack, alert = second.slack, second.message("10 %")
    slack.press(LUCIA, alert, in_lucias_words(OPEN_A_CAPA))
    view = second.wait(slack.view, "a modal")
    today = datetime.now(UTC).date()
    assert list(slack.submit(LUCIA, terms(view, "2020-01-01"))) == ["due"]
    assert slack.view() is not None
    assert not slack.submit(LUCIA, terms(view, (today + timedelta(days=21)).isoformat()))
    assert slack.view() is None
    with second.world.store.read() as session:
        assert len(session.exec(select(Capa)).all()) == 1
    second.wait(lambda: not buttons(second.message("10 %")), "the alert without its button")


def terms(view: dict[str, Any], due: str) -> dict[str, Any]:
    """What Lucia fills into the modal, as Slack would hand it in."""
    elements = {block["block_id"]: block["element"] for block in view["blocks"]}

    def chosen(block: str) -> dict[str, Any]:
        return {"type": "static_select", "selected_option": elements[block]["options"][0]}

    return {
        "finding": {"type": "plain_text_input", "value": "Electricity far above the limit"},
        "severity": chosen("severity"),
        "owner": chosen("owner"),
        "due": {"type": "datepicker", "selected_date": due},
    }


def talks_in_a_thread(second: Second) -> None:
    """The obstacle becomes a thread with its photo; words go from the thread to the phone and back."""
    story, slack, amina = second.story, second.slack, second.world.amina
    amina.say("/obstacle")
    story.phone("What kind of problem is it?")
    story.tap("Machines or equipment", "in your own words")
    story.says_what_is_wrong(OBSTACLE)
    amina.send_photo(picture())
    story.phone("Shall I send it?")
    story.tap("Yes, send it", "Your mentor answers you here")
    root = second.message("compressor")
    second.wait(lambda: [one for one in thread(slack, root) if one.get("files")], "the photo in the thread")
    slack.say(LUCIA, ASIA, ANSWER, thread=root["ts"])
    story.phone(ANSWER)
    amina.say(THANKS)
    second.wait(lambda: [one for one in thread(slack, root) if THANKS in one["text"]], "her reply in the thread")


def thread(slack: LocalSlack, root: dict[str, Any]) -> list[dict[str, Any]]:
    """What was said under a message."""
    return [one for one in slack.messages(ASIA) if one.get("thread_ts") == root["ts"]]


def gets_the_summary(second: Second) -> None:
    """Three lines with a picture first, the PDF on a tap."""
    slack, whole = second.slack, "The whole report (PDF)"
    slack.command(HELENA, ASIA, "summary")
    told = second.wait(lambda: [one for one in slack.direct(HELENA) if whole in str(one.get("blocks"))], "three lines")
    slack.press(HELENA, told[-1], whole)
    files = second.wait(
        lambda: [file for one in slack.direct(HELENA) for file in one.get("files", ()) if file["name"].endswith("f")],
        "the summary's PDF",
    )
    assert files[0]["name"].endswith(".pdf")
