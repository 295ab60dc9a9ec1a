"""The Web API's door: who calls, with which right, and which function answers."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.playground.calls import Call
from bot.playground.slack import chat, files, reading, views
from bot.playground.slack.arguments import read, received
from bot.playground.slack.desk import Desk
from bot.playground.slack.methods import METHODS, Arguments, Method
from bot.playground.slack.refusal import Refusal, missing_scope
from bot.playground.slack.state import APP, State

Do = Callable[[State, Arguments], dict[str, Any]]
CONNECT = "apps.connections.open"


def open_connection(state: State, given: Arguments) -> dict[str, Any]:
    """The address for one socket."""
    address = state.address(f"/link?ticket={state.tickets.socket()}&app_id={APP}")
    return {"url": address.replace("http", "ws", 1)}


DO: dict[str, Do] = {
    CONNECT: open_connection,
    "auth.test": reading.auth_test,
    "users.info": reading.user_info,
    "users.list": reading.user_list,
    "users.lookupByEmail": reading.user_by_email,
    "conversations.open": reading.open_conversation,
    "conversations.info": reading.conversation_info,
    "conversations.list": reading.conversation_list,
    "conversations.members": reading.conversation_members,
    "conversations.join": reading.join_conversation,
    "conversations.history": reading.history,
    "conversations.replies": reading.replies,
    "chat.postMessage": chat.post_message,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.update": chat.update,
    "chat.delete": chat.delete,
    "chat.getPermalink": chat.get_permalink,
    "reactions.add": chat.add_reaction,
    "reactions.remove": chat.remove_reaction,
    "views.open": views.open_view,
    "views.push": views.push_view,
    "views.update": views.update_view,
    "views.publish": views.publish_view,
    "files.getUploadURLExternal": files.get_upload_url,
    "files.completeUploadExternal": files.complete_upload,
    "files.info": files.info,
}


class Api:
    """Everything under `/api/`."""

    def __init__(self, state: State, desk: Desk, bot_token: str, app_token: str) -> None:
        self.state, self.desk, self.bot_token, self.app_token = state, desk, bot_token, app_token

    async def call(self, request: Request) -> Response:
        """The answer to one method call."""
        self.state.url = self.state.url or str(request.base_url).rstrip("/")
        refusal, given = None, {}
        try:
            given = await received(request)
        except Refusal as error:
            refusal = error
        token = bearer(request) or given.pop("token", "")

        def work(call: Call) -> dict[str, Any]:
            if refusal:
                raise refusal
            return self._do(call, token)

        return (await self.desk.take(request.path_params["method"], given, work)).response()

    def _do(self, call: Call, token: str) -> dict[str, Any]:
        method = METHODS.get(call.method)
        if method is None:
            raise Refusal("unknown_method")
        self.state.rates.count(call.method, method.per_minute, self.state.clock())
        self._check_right(call.method, method, token)
        call.params = read(method, call.params)
        return DO[call.method](self.state, call.params)

    def _check_right(self, name: str, method: Method, token: str) -> None:
        if not token:
            raise Refusal("not_authed")
        if token not in (self.bot_token, self.app_token):
            raise Refusal("invalid_auth")
        if token != (self.app_token if name == CONNECT else self.bot_token):
            raise Refusal("not_allowed_token_type")
        if method.scope and method.scope not in self.state.scopes:
            raise missing_scope(method.scope, self.state.scopes)


def bearer(request: Request) -> str:
    """The token of the Authorization header, or nothing."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""
