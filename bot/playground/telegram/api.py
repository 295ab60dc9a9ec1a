"""The Bot API over HTTP: each call is noted, checked, carried out and answered."""

import asyncio
import hmac
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from bot.playground.calls import Call
from bot.playground.telegram import editing, profile, receiving, sending
from bot.playground.telegram.check import check_params, decoded, shown
from bot.playground.telegram.intake import read_fields
from bot.playground.telegram.methods import BY_LOWER_NAME, METHODS
from bot.playground.telegram.polling import HungUp, Polling
from bot.playground.telegram.refusal import Refusal
from bot.playground.telegram.state import State
from bot.playground.telegram.trouble import Drop, Hang, Trouble, planned_refusal

PLATFORM = "telegram"
EFFECTS: dict[str, Callable[[State, dict[str, Any]], Any]] = {
    "getMe": profile.get_me,
    "close": profile.close,
    "logOut": profile.close,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendVoice": sending.send_voice,
    "sendMediaGroup": sending.send_media_group,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "setMessageReaction": editing.set_message_reaction,
    "answerCallbackQuery": editing.answer_callback_query,
    "getFile": profile.get_file,
    "setMyCommands": profile.set_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "getMyCommands": profile.get_my_commands,
    "setMyDescription": profile.set_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "setChatMenuButton": profile.set_chat_menu_button,
    "leaveChat": profile.leave_chat,
    "getChat": profile.get_chat,
}


class BrokenOff(Response):
    """An answer that announces a byte and ends before it: the server then breaks the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})


class Api:
    """The routes of one bot's API. Hooks of the log run in a thread of their own: a call held back holds no other."""

    def __init__(self, state: State) -> None:
        self._state, self._polling = state, Polling(state)

    def routes(self) -> list[BaseRoute]:
        """`/bot<token>/<method>` and `/file/bot<token>/<path>`."""
        return [
            Route("/bot{token}/{method}", self._answer, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._file, methods=["GET"]),
        ]

    async def _answer(self, request: Request) -> Response:
        asked = request.path_params["method"]
        method = BY_LOWER_NAME.get(asked.lower(), asked)
        try:
            params, unread = decoded(method, await read_fields(request)), None
        except Refusal as refusal:
            params, unread = {}, refusal
        call = await run_in_threadpool(self._state.log.open, PLATFORM, method, shown(params))
        try:
            if unread:
                raise unread
            return await self._carry_out(request, call, method, params)
        except Refusal as refusal:
            answer = refusal.as_json()
            await self._close(call, answer, refusal.description, refusal.planned)
            return JSONResponse(answer, refusal.code)
        except HungUp:
            await self._close(call, {"ok": False, "description": "the bot hung up"})
            return Response()

    async def _carry_out(self, request: Request, call: Call, method: str, params: dict[str, Any]) -> Response:
        self._check_token(request)
        if method not in METHODS:
            raise Refusal(404, "Not Found: method not found")
        trouble = self._meet(method, params)
        if isinstance(trouble, Hang):
            await asyncio.sleep(trouble.seconds)
            if await request.is_disconnected():
                raise HungUp
        if trouble == Drop(effect=False):
            await self._close(call, {}, "the connection broke before the effect", planned=True)
            return BrokenOff()
        check_params(method, params)
        answer = {"ok": True, "result": await self._effect(request, method, params)}
        await self._close(call, answer)
        return BrokenOff() if isinstance(trouble, Drop) else JSONResponse(answer)

    def _meet(self, method: str, params: dict[str, Any]) -> Trouble | None:
        with self._state.lock:
            trouble = self._state.plan.take(method, params.get("chat_id"))
        if trouble and (refusal := planned_refusal(trouble)):
            raise refusal
        return trouble

    async def _effect(self, request: Request, method: str, params: dict[str, Any]) -> Any:
        if method == "getUpdates":
            return await self._polling.get_updates(params, request)
        with self._state.lock:
            result = EFFECTS[method](self._state, params)
        self._state.ring()
        return result

    async def _close(
        self, call: Call, answer: dict[str, Any], refused: str | None = None, planned: bool = False
    ) -> None:
        await run_in_threadpool(self._state.log.close, call, answer, refused, planned)

    def _check_token(self, request: Request) -> None:
        if not hmac.compare_digest(request.path_params["token"].encode(), self._state.token.encode()):
            raise Refusal(401, "Unauthorized")

    async def _file(self, request: Request) -> Response:
        try:
            self._check_token(request)
            with self._state.lock:
                file = self._state.shelf.at(request.path_params["path"])
            if file is None:
                raise Refusal(404, "Not Found")
        except Refusal as refusal:
            return JSONResponse(refusal.as_json(), refusal.code)
        return Response(file.upload.content, media_type="application/octet-stream")
