"""Files: uploads in three steps, downloads with the token, files of people."""

from collections.abc import Iterator

import pytest
from aiohttp import ClientSession

from tests.playground.slack_line import BOT_TOKEN, Line


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    with Line() as line:
        yield line


async def fetched(url: str, token: str) -> tuple[int, str, bytes]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with ClientSession() as session, session.get(url, headers=headers) as response:
        return response.status, response.content_type, await response.read()


def test_an_upload_ends_in_a_message_with_the_file(line: Line) -> None:
    mina = line.slack.person("Mina File")
    channel = line.slack.channel("files-upload", [mina])
    first = line.run(line.client.chat_postMessage(channel=channel.id, text="Week 46"))["ts"]
    upload = line.client.files_upload_v2(
        channel=channel.id, filename="week.pdf", content=b"%PDF-1.7", initial_comment="The week", thread_ts=first
    )
    line.run(upload)
    shown = mina.messages(channel, first)[-1]
    assert (shown.text, [(file.name, file.data, file.mimetype) for file in shown.files]) == (
        "The week",
        [("week.pdf", b"%PDF-1.7", "application/pdf")],
    )


def test_a_file_cannot_be_sent_to_a_user_id(line: Line) -> None:
    mina = line.slack.person("Mina User")
    upload = line.client.files_upload_v2(channel=mina.id, filename="a.txt", content=b"x")
    assert line.refused(upload)["error"] == "channel_not_found"
    direct = line.run(line.client.conversations_open(users=[mina.id]))["channel"]["id"]
    line.run(line.client.files_upload_v2(channel=direct, filename="a.txt", content=b"x"))
    assert [file.name for message in mina.messages() for file in message.files] == ["a.txt"]


def test_an_upload_that_never_came_cannot_be_completed(line: Line) -> None:
    promise = line.run(line.client.files_getUploadURLExternal(filename="a.txt", length=3))
    complete = line.client.files_completeUploadExternal(files=[{"id": promise["file_id"], "title": "a"}])
    assert line.refused(complete)["error"] == "file_not_found"


def test_a_persons_photo_is_fetched_with_the_token_only(line: Line) -> None:
    mina = line.slack.person("Mina Photo")
    said = mina.dm("the meter", files=[("meter.jpg", b"\xff\xd8\xff", "image/jpeg")])
    assert said.delivery is not None
    event = said.delivery.payload["event"]
    assert (event["subtype"], event["files"][0]["mimetype"]) == ("file_share", "image/jpeg")
    url = event["files"][0]["url_private_download"]
    assert line.run(fetched(url, BOT_TOKEN)) == (200, "image/jpeg", b"\xff\xd8\xff")
    status, kind, _ = line.run(fetched(url, "xoxb-other"))
    assert (status, kind) == (200, "text/html")
    assert line.log.faults()[-1].method == "download"
    info = line.run(line.client.files_info(file=event["files"][0]["id"]))
    assert info["file"]["size"] == 3


def test_a_file_from_elsewhere_is_not_found(line: Line) -> None:
    mina = line.slack.person("Mina Elsewhere")
    channel = line.slack.channel("files-elsewhere", [mina], with_bot=False)
    mina.say(channel, "x", files=[("a.txt", b"x", "text/plain")])
    file_id = mina.messages(channel)[0].files[0].id
    assert line.refused(line.client.files_info(file=file_id))["error"] == "file_not_found"
