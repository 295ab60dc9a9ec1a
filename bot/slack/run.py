"""Slack as a channel: the library and the network."""

from collections.abc import Callable

from slack_bolt.async_app import AsyncApp

from bot.channel import Budget, Now, Sending
from bot.incoming import Intake
from bot.slack import files, show, socket_mode
from bot.slack.api import Api
from bot.slack.modal import modal
from bot.slack.place import NAME, ref
from bot.slack.reception import Reception
from handlers.message import Capabilities

# One message a second in each channel with short bursts, and a few hundred a minute in the workspace.
BUDGET = Budget(per_second=5.0, chat_interval_s=1.0, chat_burst=3, group_interval_s=1.0, group_burst=3)


class SlackChannel:
    """One workspace. `attach` comes before anything arrives, `close` when nothing more is to come.

    `signed`: whether deliveries over HTTP can be told from forged ones.
    """

    name = NAME
    capabilities = Capabilities(
        modals=True, threads=True, home=True, signs=True, command_prefix="/causeway ", label_limit=75, text_limit=3000
    )
    budget = BUDGET

    def __init__(
        self,
        bot_token: str,
        signing_secret: str,
        app_token: str | None,
        api_url: str | None,
        count_unknown: Callable[[str], None],
    ) -> None:
        self._api = Api(bot_token, api_url)
        self._app_token = app_token
        self.signed = bool(signing_secret)
        self._reception = Reception(self, signing_secret, count_unknown)

    def attach(self, intake: Intake) -> None:
        """Hand what arrives to this intake."""
        self._reception.intake = intake

    @property
    def app(self) -> AsyncApp:
        """What the transports hand deliveries to; it checks those that come over HTTP."""
        return self._reception.app

    def is_group(self, conversation: str) -> bool:
        """Whether this is a channel rather than a person."""
        return not conversation.startswith(("U", "W"))

    async def send(self, sending: Sending) -> str:
        """Do what a row asks for; the id of the message, which is that of the last one if it took several."""
        uploaded = await files.upload(self._api, sending.files)
        shown = ""
        for call in show.calls(sending):
            if call.method == "files.completeUploadExternal":
                place = await self._place_of_files(sending, call.params, shown)
                await self._api.call(call.method, {**call.params, **place, "files": uploaded})
                continue
            answer = await self._api.call(call.method, call.params)
            if "ts" in answer and call.method != "chat.delete":
                shown = ref(answer["channel"], answer["ts"])
        return shown

    async def perform(self, now: Now) -> None:
        """Open a modal, or show a note that passes: in a channel to one person only. Raises `SendError`."""
        if now.modal:
            await self._api.call("views.open", {"trigger_id": now.trigger, "view": modal(now.modal)})
        if now.toast and (text := show.note(now.toast[0])):
            if self.is_group(now.conversation):
                place = {"channel": now.conversation, "user": now.account, **_begun_thread(now)}
                await self._api.call("chat.postEphemeral", {**place, "text": text})
            else:
                await self._api.call("chat.postMessage", {"channel": now.account, "text": text})

    async def fetch(self, file_id: str, limit: int) -> bytes:
        """The bytes of a file. Raises `SendError`, permanent if over `limit` bytes."""
        return await files.fetch(self._api, file_id, limit)

    async def run(self) -> None:
        """Take in deliveries over Socket Mode until cancelled; without an app token Slack calls us, and this ends."""
        if self._app_token:
            await socket_mode.listen(self.app, self._api, self._app_token)

    async def close(self) -> None:
        """Let what is being given come to its end, then hang up."""
        await self._reception.settle()
        await self._api.close()

    async def _place_of_files(self, sending: Sending, params: dict[str, str], shown: str) -> dict[str, str]:
        """Where files go: to the person's direct message, or under the message they belong to."""
        channel, slash, _ts = shown.partition("/")
        if slash:
            return {"channel_id": channel}
        if not self.is_group(sending.conversation):
            opened = await self._api.call("conversations.open", {"users": sending.conversation})
            return {"channel_id": opened["channel"]["id"]}
        return {} if "thread_ts" in params or not shown else {"thread_ts": shown}


def _begun_thread(now: Now) -> dict[str, str]:
    """The thread of a note for one person. Slack shows none in a thread that nobody has begun, so it goes beside it."""
    return {"thread_ts": now.thread} if now.thread and now.thread != now.message else {}
