"""The stand-in for Slack: a workspace in memory that the real client libraries talk to over HTTP and sockets."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime

from starlette.routing import BaseRoute, Route, WebSocketRoute

from bot.playground.calls import CallLog
from bot.playground.slack.api import Api
from bot.playground.slack.channel import Channel, ChannelKind
from bot.playground.slack.courier import Courier, Pace
from bot.playground.slack.delivery import Delivery
from bot.playground.slack.desk import Desk
from bot.playground.slack.doors import Doors
from bot.playground.slack.handshake import url_answers
from bot.playground.slack.member import Member, Role
from bot.playground.slack.people import Person
from bot.playground.slack.rates import Breach
from bot.playground.slack.sockets import Sockets
from bot.playground.slack.state import BOT_USER, State
from bot.playground.slack.trouble import Trouble


def real_time() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


class SlackStandIn:
    """`scopes` are the bot scopes that were granted, `events` the subscriptions of the app.

    `url` is the address the stand-in is served at, without a slash at its end; it is learned from the bot's first call
    and only has to be set if a person acts before that.
    """

    def __init__(
        self,
        bot_token: str,
        app_token: str,
        signing_secret: str,
        log: CallLog,
        scopes: Collection[str],
        events: Collection[str],
        clock: Callable[[], datetime] = real_time,
        pace: Pace | None = None,
    ) -> None:
        self.state = State(log, frozenset(scopes), frozenset(events), clock)
        self.sockets = Sockets(self.state)
        self._courier = Courier(self.state, signing_secret, self.sockets, pace or Pace())
        self.state.send = self._courier.send
        desk = Desk(self.state)
        self._api = Api(self.state, desk, bot_token, app_token)
        self._doors = Doors(self.state, desk, bot_token)

    @property
    def url(self) -> str:
        """Where the stand-in is served; empty as long as it does not know."""
        return self.state.url

    @url.setter
    def url(self, url: str) -> None:
        self.state.url = url.rstrip("/")

    def routes(self) -> list[BaseRoute]:
        """Everything the bot talks to."""
        return [
            Route("/api/{method}", self._api.call, methods=["GET", "POST"]),
            Route("/upload/v1/{ticket}", self._doors.upload, methods=["POST"]),
            Route("/files-pri/{file}/{name:path}", self._doors.download),
            Route("/signin", self._doors.sign_in),
            Route("/actions/{team}/{ticket}", self._doors.reply, methods=["POST"]),
            WebSocketRoute("/link", self.sockets.link),
        ]

    async def start(self) -> None:
        """Begin to deliver, in the loop that serves the routes."""
        await self._courier.start()

    async def stop(self) -> None:
        """Stop delivering; sockets are closed."""
        await self._courier.stop()
        await self.sockets.cut()

    def deliver_to(self, url: str | None) -> None:
        """Post events, interactions and commands to this request URL, as long as no socket is open."""
        self._courier.url = url

    def handshake(self) -> bool:
        """Whether the request URL answers the challenge that Slack sends before it accepts the address."""
        return url_answers(self.state)

    def refresh_sockets(self) -> None:
        """Ask the bot to connect anew, as Slack does every few hours."""
        self._courier.run(self.sockets.refresh())

    def cut_sockets(self) -> None:
        """Close all sockets without a word."""
        self._courier.run(self.sockets.cut())

    def plan(self, method: str, channel: str | None, kind: Trouble, times: int = 1) -> None:
        """Let the next `times` calls of `method` ("*" for any) to that channel id (None for any) meet `kind`."""
        with self.state.lock:
            self.state.plan.add(method, channel, kind, times)

    def person(
        self,
        name: str,
        role: Role = "member",
        locale: str = "en-US",
        tz: str = "Europe/London",
        email: str = "",
        user_id: str | None = None,
    ) -> Person:
        """Somebody new in the workspace, or the one who has this id already."""
        with self.state.lock:
            member = Member(user_id or self.state.new_id("U"), name, role, locale, tz, email)
            self.state.members.setdefault(member.id, member)
            return Person(self.state, member.id)

    def channel(
        self,
        name: str,
        members: Iterable[Person] = (),
        private: bool = False,
        with_bot: bool = True,
        channel_id: str | None = None,
    ) -> Channel:
        """A new channel with these people, and with the bot unless it is to be invited or to join."""
        with self.state.lock:
            ids = [person.id for person in members] + ([BOT_USER] if with_bot else [])
            kind: ChannelKind = "private" if private else "public"
            return self.state.add_channel(channel_id or self.state.new_id("C"), name, kind, ids)

    def reset(self) -> None:
        """Forget all people, conversations and files, and what is on its way to the bot. Its sockets stay open."""
        self._courier.give_up()
        with self.state.lock:
            self.state.clear()
            self.state.log.notify()

    @property
    def people(self) -> list[Person]:
        """All people of the workspace."""
        with self.state.lock:
            return [Person(self.state, member) for member in self.state.members if member != BOT_USER]

    @property
    def deliveries(self) -> Sequence[Delivery]:
        """Everything handed over to the bot so far, in order."""
        with self.state.lock:
            return [*self.state.handed_over]

    def repeat(self, delivery: Delivery, times: int) -> list[Delivery]:
        """The same delivery `times` more, all at once; what the bot answers to these has no effect."""
        copies = [delivery.copy() for _ in range(times)]
        with self.state.lock:
            for copy in copies:
                self.state.send(copy)
        return copies

    @property
    def rate_breaches(self) -> list[Breach]:
        """The calls that came sooner than Slack's rates allow; they were let through."""
        with self.state.lock:
            return [*self.state.rates.breaches]
