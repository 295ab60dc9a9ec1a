"""The addresses of the page. They only hand over: what is done is done by the stand-in people and the clock."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground.page import phone_deeds, workspace_deeds
from bot.playground.page.clock import target, zone
from bot.playground.page.deeds import Unfit, done
from bot.playground.page.desk import page_picture
from bot.playground.page.files import handed_out, member_file, phone_file
from bot.playground.page.guard import OnlyThisMachine
from bot.playground.page.invitation import open_invitation
from bot.playground.page.live import events
from bot.playground.page.page import Look, Page
from bot.playground.page.stage import Stage
from bot.playground.page.workspace import Place
from bot.playground.slack.refusal import Refusal as SlackRefusal
from bot.playground.telegram.files import UPLOAD_LIMIT, Upload
from bot.playground.telegram.refusal import Refusal as TelegramRefusal

STATIC = Path(__file__).parent / "static"
FILES_AT_ONCE = 10
REFUSED = (ValueError, LookupError, TypeError, TimeoutError, SlackRefusal, TelegramRefusal)
Work = Callable[[Request, Page], Awaitable[dict[str, Any] | None]]


def page_routes(demo: Stage) -> list[BaseRoute]:
    """The page, its live updates, and a route for each thing that a visitor may do."""
    page = Page(demo)

    def post(path: str, work: Work) -> Route:
        return Route(path, _answering(page, work), methods=["POST"])

    def get(path: str, found: Callable[[Request, Page], Response]) -> Route:
        return Route(path, _finding(page, found), methods=["GET"])

    routes = [
        Route("/", index),
        Route("/playground/live", _live(page)),
        post("/playground/phones/{key}/files", send_from_phone),
        post("/playground/phones/{key}/invitation", invitation),
        post("/playground/phones/{key}/{deed}", act_on_phone),
        post("/playground/members/{key}/files", send_in_workspace),
        post("/playground/members/{key}/{deed}", act_in_workspace),
        post("/playground/clock", move_clock),
        post("/playground/clock/halt", halt_clock),
        post("/playground/tour/{deed}", guide),
        post("/playground/start-over", start_over),
        get("/playground/phones/{key}/messages/{message:int}/{kind}", file_on_phone),
        get("/playground/members/{key}/files/{file}", file_in_workspace),
        get("/playground/members/{key}/files/{file}/pages/{page:int}", report_page),
        Mount("/playground/static", StaticFiles(directory=STATIC)),
    ]
    return [Mount("", routes=routes, middleware=[Middleware(OnlyThisMachine)])]


async def index(request: Request) -> Response:
    """The page itself."""
    return FileResponse(STATIC / "index.html")


async def act_on_phone(request: Request, page: Page) -> dict[str, Any]:
    """Something done on a phone."""
    phone, given = page.stage.phones[request.path_params["key"]], await _given(request)
    return await run_in_threadpool(done, phone_deeds.DEEDS, request.path_params["deed"], phone, given)


async def invitation(request: Request, page: Page) -> None:
    """The invitation made by the mentor and opened on the phone."""
    await run_in_threadpool(open_invitation, page.stage, request.path_params["key"])


async def send_from_phone(request: Request, page: Page) -> None:
    """Files sent from a phone, `as` photos or documents."""
    phone = page.stage.phones[request.path_params["key"]]
    files, fields = await _uploaded(request)
    as_photo = fields.get("as") == "photo"
    await run_in_threadpool(phone_deeds.send, phone, files, fields.get("caption", ""), as_photo)


async def act_in_workspace(request: Request, page: Page) -> dict[str, Any]:
    """Something done in the workspace."""
    member, given = page.stage.members[request.path_params["key"]], await _given(request)
    return await run_in_threadpool(done, workspace_deeds.DEEDS, request.path_params["deed"], member, given)


async def send_in_workspace(request: Request, page: Page) -> None:
    """Files shared in a conversation or a thread."""
    member = page.stage.members[request.path_params["key"]]
    files, fields = await _uploaded(request)
    attached = [(file.name, file.content, file.mime) for file in files]
    place = fields.get("channel", ""), fields.get("thread", "")
    await run_in_threadpool(workspace_deeds.send, member, attached, fields.get("caption", ""), *place)


async def move_clock(request: Request, page: Page) -> None:
    """The programme's clock on its way to another moment."""
    given = await _given(request)

    def begin() -> None:
        page.walk.begin(target(given, page.stage.now(), zone(page.stage)))

    await run_in_threadpool(begin)


async def halt_clock(request: Request, page: Page) -> None:
    """The clock stopped on its way."""
    await run_in_threadpool(page.walk.halt)


async def guide(request: Request, page: Page) -> None:
    """The tour begun, taken a step further, or left."""
    await run_in_threadpool(done, page.tour.deeds, request.path_params["deed"], page.tour, await _given(request))


async def start_over(request: Request, page: Page) -> None:
    """Everything forgotten."""
    await run_in_threadpool(page.start_over)


def file_on_phone(request: Request, page: Page) -> Response:
    """A photo, document or voice of a chat."""
    key, message, kind = (request.path_params[name] for name in ("key", "message", "kind"))
    file = phone_file(page.stage, key, message, kind)
    return handed_out(file.name, file.content)


def file_in_workspace(request: Request, page: Page) -> Response:
    """A file of the workspace."""
    file = member_file(page.stage, request.path_params["key"], request.path_params["file"])
    return handed_out(file.name, file.data or b"")


def report_page(request: Request, page: Page) -> Response:
    """A page of a PDF of the workspace as a picture, counted from 1."""
    file = member_file(page.stage, request.path_params["key"], request.path_params["file"])
    picture = page_picture(file.data or b"", request.path_params["page"] - 1)
    return Response(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


def _live(page: Page) -> Callable[[Request], Awaitable[Response]]:
    async def live(request: Request) -> Response:
        asked = request.query_params
        place = Place(asked.get("channel", ""), asked.get("thread", ""))
        look = Look(asked.get("phone", ""), asked.get("member", ""), place)
        sent = events(page.stage.playground.log, lambda: page.panes(look))
        return StreamingResponse(sent, media_type="text/event-stream")

    return live


def _answering(page: Page, work: Work) -> Callable[[Request], Awaitable[Response]]:
    async def answering(request: Request) -> Response:
        try:
            return JSONResponse(await work(request, page) or {})
        except REFUSED as error:
            return JSONResponse({"error": _why(error)}, 409)

    return answering


def _finding(page: Page, found: Callable[[Request, Page], Response]) -> Callable[[Request], Response]:
    def finding(request: Request) -> Response:
        try:
            return found(request, page)
        except LookupError as error:
            return JSONResponse({"error": _why(error)}, 404)

    return finding


def _why(error: Exception) -> str:
    # A KeyError's own text is its key in quotes.
    return f"Nobody here is called {error.args[0]}." if isinstance(error, KeyError) else str(error)


async def _given(request: Request) -> dict[str, Any]:
    body = await request.body()
    given = json.loads(body) if body else {}
    if not isinstance(given, dict):
        raise Unfit("The fields of a deed come as a JSON object.")
    return given


async def _uploaded(request: Request) -> tuple[list[Upload], dict[str, str]]:
    """The files of a form and its other fields."""
    files, fields = [], {}
    async with request.form(max_files=FILES_AT_ONCE) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                files.append(await _upload(value))
            else:
                fields[name] = value
    return files, fields


async def _upload(part: UploadFile) -> Upload:
    if (part.size or 0) > UPLOAD_LIMIT:
        raise Unfit("A file may have up to 50 MB.")
    return Upload(part.filename or "file", part.content_type or "application/octet-stream", await part.read())
