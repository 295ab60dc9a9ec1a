"""A second opinion on Slack: `local-slack`, a stand-in that others wrote, fetched from npm and driven from here.

It plays every step of the story, but it is a mild judge: it takes any token and any blocks, lets a trigger live for
half an hour, has one stack of modals for the whole workspace, and sends nothing again that was not acknowledged.
Scopes, limits, expired triggers and repeats are therefore the playground's alone to refuse. It listens on every
interface of the machine as long as a test runs.
"""

import base64
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect

PACKAGE, VERSION = "local-slack-linux-x64", "0.1.8"
SHA512 = "2BCTKxKajjZNWCSCj66Jq5VDScUDNpGZ1lA3281I8RvpDE4/ULCwC26TlcW6/4sPbSTs02Q3KjTiltJp3ZBEvg=="
FETCH_S, START_S, ANSWER_S = 180, 30, 10
BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-second-opinion", "xapp-second-opinion", "a-signing-secret"
TEAM, APP, BOT = "T0SECOND", "A0SECOND", "U0BOT"


class NotFetched(Exception):
    """The stand-in cannot be had here, and why."""


def fetched() -> Path:
    """The program, from a cache outside the repository, else from npm."""
    kept = _cache() / f"{PACKAGE}-{VERSION}"
    if not kept.exists():
        _fetch(kept)
    return kept


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "causeway-tests"


def _fetch(kept: Path) -> None:
    npm = shutil.which("npm")
    if npm is None or (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise NotFetched("it needs npm, and Linux on x86-64")
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        words = [npm, "pack", "--silent", "--fetch-retries=1", f"{PACKAGE}@{VERSION}"]
        try:
            subprocess.run(words, cwd=folder, check=True, capture_output=True, timeout=FETCH_S)
        except (subprocess.SubprocessError, OSError) as error:
            raise NotFetched(f"npm could not fetch it ({type(error).__name__})") from error
        (packed,) = Path(folder).glob("*.tgz")
        if base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode() != SHA512:
            raise NotFetched("what npm fetched is not what was tried here")
        with tarfile.open(packed) as archive:
            archive.extract("package/bin/local-slack", folder, filter="data")
        program = Path(folder) / "package/bin/local-slack"
        program.chmod(0o755)
        program.rename(kept)


@dataclass(frozen=True)
class LocalSlack:
    """The running stand-in: what people do in it and what they see. People and channels are given by their ids."""

    url: str

    @property
    def settings(self) -> dict[str, str]:
        """The settings by which Causeway talks to it, over HTTP as they stand."""
        return {
            "slack_api_url": self.url,
            "slack_bot_token": BOT_TOKEN,
            "slack_signing_secret": SIGNING_SECRET,
            "slack_app_token": "",
        }

    def command(self, person: str, channel: str, text: str) -> None:
        """Type `/causeway` and this."""
        self._do("command", channel=channel, user=person, command="/causeway", text=text)

    def say(self, person: str, channel: str, text: str, thread: str = "") -> None:
        """Write into a channel, or into a thread of it."""
        self._do("message", channel=channel, user=person, text=text, **({"thread_ts": thread} if thread else {}))

    def press(self, person: str, message: Mapping[str, Any], label: str) -> None:
        """Press the button of this label."""
        button = next(one for one in buttons(message) if one["text"]["text"] == label)
        self._do("interact", channel=message["channel"], user=person, messageTs=message["ts"], action=button)

    def messages(self, channel: str) -> list[dict[str, Any]]:
        """Everything said in a channel, threads included."""
        found: list[dict[str, Any]] = self._look(f"messages/{channel}")["messages"]
        return found

    def direct(self, person: str) -> list[dict[str, Any]]:
        """Everything said between the bot and this person."""
        channels = self._look("state")["channels"]
        return [
            message
            for channel in channels
            if channel["is_im"] and person in channel["members"]
            for message in self.messages(channel["id"])
        ]

    def is_connected(self) -> bool:
        """Whether the bot holds a socket open."""
        with self._screen() as (_line, state):
            return bool(state["apps"][0]["connected"])

    def view(self) -> dict[str, Any] | None:
        """The modal on top, if one is open."""
        with self._screen() as (_line, state):
            return state["modalStack"][-1] if state["modalStack"] else None

    def submit(self, person: str, values: Mapping[str, Any]) -> dict[str, str]:
        """Hand in the modal on top, its elements' values by block id; what is wrong with it, by block id."""
        with self._screen() as (line, state):
            view = state["modalStack"][-1]
            elements = {
                block["block_id"]: block["element"]["action_id"] for block in view["blocks"] if "element" in block
            }
            typed = {block: {elements[block]: value} for block, value in values.items()}
            line.send(json.dumps({"t": "view_submit", "user": person, "values": typed}))
            while (news := json.loads(line.recv(ANSWER_S)))["t"] not in ("view", "view_errors"):
                pass
            return dict(news.get("errors") or {})

    def refusals(self) -> list[str]:
        """The calls of the bot that were refused."""
        entries = self._look("log")["log"]
        return [
            entry["summary"]
            for entry in entries
            if entry.get("kind") == "web_api" and "->" in str(entry.get("summary"))
        ]

    def _do(self, what: str, **body: Any) -> None:
        httpx.post(f"{self.url}/_control/{what}", json=body, timeout=ANSWER_S).raise_for_status()

    def _look(self, what: str) -> Any:
        return httpx.get(f"{self.url}/_control/{what}", timeout=ANSWER_S).raise_for_status().json()

    @contextmanager
    def _screen(self) -> Iterator[tuple[ClientConnection, dict[str, Any]]]:
        """The line of its page, and the workspace as that shows it."""
        address = self.url.replace("http:", "ws:") + "/ui"
        with connect(address, max_size=None, proxy=None) as line:
            yield line, json.loads(line.recv(ANSWER_S))["state"]


def buttons(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The buttons under a message."""
    rows = [block for block in message.get("blocks", ()) if block["type"] == "actions"]
    return [{**element, "block_id": row.get("block_id")} for row in rows for element in row["elements"]]


@contextmanager
def local_slack(
    folder: Path, people: Mapping[str, str], channels: Mapping[str, str], request_url: str
) -> Iterator[LocalSlack]:
    """The stand-in with these people and channels by id; it posts to `request_url`, or without one serves a socket."""
    config = folder / "workspace.json"
    config.write_text(json.dumps(_workspace(people, channels, request_url)), encoding="utf-8")
    words = [
        str(fetched()),
        "--config",
        str(config),
        "--port",
        "0",
        "--base-host",
        "127.0.0.1",
        "--files-dir",
        str(folder),
    ]
    with (folder / "local-slack.log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, text=True, cwd=folder)
        try:
            yield LocalSlack(_address(process))
        finally:
            process.terminate()
            process.communicate(timeout=START_S)


def _workspace(people: Mapping[str, str], channels: Mapping[str, str], request_url: str) -> dict[str, Any]:
    app = {
        "appId": APP,
        "botUserId": BOT,
        "botName": "causeway",
        "botToken": BOT_TOKEN,
        "appToken": APP_TOKEN,
        "signingSecret": SIGNING_SECRET,
        **({"mode": "events", "requestUrl": request_url} if request_url else {"mode": "socket"}),
    }
    members = [*people, BOT]
    return {
        "workspace": {"name": "Second opinion", "domain": "second-opinion", "teamId": TEAM},
        "app": app,
        "users": [{"id": one, "name": one.lower(), "real_name": name} for one, name in people.items()],
        "channels": [{"id": one, "name": name, "members": members} for one, name in channels.items()],
    }


def _address(process: "subprocess.Popen[str]") -> str:
    """Where it can be reached, as it says on its first lines."""
    for line in process.stdout or ():
        if "Web UI:" in line:
            return line.split()[-1]
    raise AssertionError(f"the second stand-in ended with {process.wait()} before it was ready")
