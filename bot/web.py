"""The web side: the platforms' deliveries, health for a supervisor, and measures for an operator."""

from collections.abc import Sequence

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.clock import real_now
from bot.measures import Measures
from storage import migrate, outbox
from storage.engine import Store

OUTBOX_IS_LATE_S = 300.0


def web_app(routes: Sequence[BaseRoute], store: Store, measures: Measures) -> Starlette:
    """The ASGI application with the channels' routes and /healthz, /readyz and /metrics."""

    async def healthz(_request: Request) -> Response:
        """The process is alive."""
        return JSONResponse({"status": "ok"})

    async def readyz(_request: Request) -> Response:
        """200 if turns can be taken: the store answers and has this version's schema; else 503 with the cause."""
        fault = await run_in_threadpool(_fault, store)
        return JSONResponse({"status": fault or "ok"}, status_code=503 if fault else 200)

    async def metrics(_request: Request) -> Response:
        """Prometheus' text format."""
        return Response(generate_latest(measures.registry), media_type=CONTENT_TYPE_LATEST)

    own = [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]
    return Starlette(routes=[*routes, *own])


def _fault(store: Store) -> str:
    """What keeps this process from its work, "" if nothing does."""
    try:
        if migrate.current(store) != migrate.head():
            return "the store has another schema; run: causeway check"
        with store.read() as session:
            session.execute(text("SELECT 1"))
            late = outbox.oldest_unsent(session, real_now())
    except DBAPIError as error:
        return f"the store cannot be reached ({type(error).__name__}); look at DATABASE_URL"
    return f"messages wait for {late:.0f} s; look at the log of the worker" if late > OUTBOX_IS_LATE_S else ""
