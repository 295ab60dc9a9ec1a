"""Says the planned notes whose hour has come: each once, none at night, none into an open dialog, few a day.

What happens to a note at its hour, in this order:

1. Its day has passed: it is dropped, or said in the next window if its kind may be late.
2. The reader is away without a deputy, or has no allowed hour now: it moves to the reader's next window, or is dropped
   if its kind may not be late and that window opens after its own has closed.
3. The reader is answering a question: all wait.
4. What it is about is settled, or was put off by the reader: it is dropped.
5. The reader has had as many messages today as the programme allows: it moves to the next day, or is dropped.
6. All that is left is said in one message. What belongs into a thread, and what is urgent, goes by itself.

Urgent notes know neither 2 nor 3 nor 5. A kind that is a deed is not said at all: it is done at its moment.
"""

from collections.abc import Sequence
from datetime import timedelta

from handlers.reminders.away import Reading, local_day, reading_for
from handlers.reminders.digest import Said, digest
from handlers.reminders.notice import Notice
from handlers.reminders.router import NoticeKind, Notices
from handlers.turn import Turn
from storage import calendar, dialogs, due, people
from storage.tables.people import Person, Role
from storage.tables.planning import CalendarDay, DueNote, DueState
from storage.tables.queues import Lane

IDLE = timedelta(minutes=30)
AT_ONCE = 300
DAY = timedelta(days=1)
PASSED, CLOSED, FULL = "its day has passed", "no allowed hour on its day", "enough for one day"
PUT_OFF, SETTLED, UNREACHABLE = "put off", "settled", "out of reach"


def say_due(turn: Turn, notices: Notices) -> int:
    """Say what may be said at the turn's moment; how many notes were settled."""
    done = 0
    waiting: dict[int, list[tuple[DueNote, Person, Reading]]] = {}
    readings: dict[int, tuple[Person, Reading]] = {}
    for note in due.sayable(turn.session, turn.now, AT_ONCE):
        if note.person_id not in readings:
            person = people.by_id(turn.session, note.person_id)
            readings[note.person_id] = person, reading_for(turn, person)
        person, reading = readings[note.person_id]
        if (deed := notices.kinds[note.kind].deed) is not None:
            acted = deed(turn, note, person)
            _end(turn, note, DueState.SAID if acted else DueState.DROPPED, "" if acted else SETTLED)
            done += 1
            continue
        waiting.setdefault(reading.reader.id if reading.reader else 0, []).append((note, person, reading))
    return done + sum(_Readers(turn, notices, group).settle() for group in waiting.values())


class _Readers:
    """The notes that one reader is to be told of now."""

    def __init__(self, turn: Turn, notices: Notices, group: Sequence[tuple[DueNote, Person, Reading]]) -> None:
        self.turn, self.notices, self.group = turn, notices, group
        self.reader = group[0][2].reader
        self.settled = 0
        self.window = calendar.window_at(turn.session, self.reader.calendar, turn.now) if self.reader else None

    def settle(self) -> int:
        """Say, move or drop each note; how many were settled or moved."""
        ready = [one for one in self.group if self._is_its_hour(*one)]
        if self.reader is not None and ready:
            talking = _is_talking(self.turn, self.reader)
            self._say(self.reader, [one for one in ready if one[0].urgent or not talking])
        return self.settled

    def _is_its_hour(self, note: DueNote, person: Person, reading: Reading) -> bool:
        """Whether a note may be said now; if not, it is moved or dropped."""
        if note.urgent:
            return self.reader is not None
        if note.closes_at <= self.turn.now and not self._kind(note).late:
            self._drop(note, PASSED)
        elif self.window is None:
            self._wait(note, person, reading)
        else:
            return True
        return False

    def _wait(self, note: DueNote, person: Person, reading: Reading) -> None:
        """Move a note into the reader's next window; after the leave of somebody who named nobody."""
        if self.reader is not None:
            following = calendar.next_window(self.turn.session, self.reader.calendar, self.turn.now)
        else:
            assert reading.leave is not None  # noqa: S101  (only a leave leaves nobody to read)
            following = calendar.working_day_from(self.turn.session, person.calendar, reading.leave.last + DAY)
        self._move(note, following)

    def _move(self, note: DueNote, window: CalendarDay | None, reason: str = CLOSED) -> None:
        if window is None or (window.opens_at >= note.closes_at and not self._kind(note).late):
            self._drop(note, reason)
            return
        note.opens_at, note.closes_at = window.opens_at, window.closes_at
        self.turn.session.add(note)
        self.settled += 1

    def _say(self, reader: Person, ready: Sequence[tuple[DueNote, Person, Reading]]) -> None:
        said = [
            Said(note, notice, person, reading)
            for note, person, reading in ready
            if (notice := self._notice(note, person))
        ]
        for one in [one for one in said if one.notice.alone or one.note.urgent]:
            self._send(reader, [one])
        rest = [one for one in said if not one.notice.alone and not one.note.urgent]
        if rest and self.window and self._has_had_enough(reader, self.window):
            tomorrow = calendar.next_window(self.turn.session, reader.calendar, self.window.closes_at)
            for one in rest:
                self._move(one.note, tomorrow, FULL)
        elif rest:
            self._send(reader, rest)

    def _notice(self, note: DueNote, person: Person) -> Notice | None:
        """What a note says; None, and the note is dropped, if there is nothing left to say or it was put off."""
        put_off = due.put_off(self.turn.session, person.id, local_day(self.turn, person))
        if note.thing in put_off:
            self._drop(note, PUT_OFF)
            return None
        notice = self._kind(note).say(self.turn, note, person)
        if notice is None:
            self._drop(note, SETTLED)
        return notice

    def _has_had_enough(self, reader: Person, window: CalendarDay) -> bool:
        cap = self.turn.settings.reminders.daily_cap
        return due.messages_since(self.turn.session, reader.id, window.opens_at) >= cap

    def _send(self, reader: Person, said: Sequence[Said]) -> None:
        first = said[0]
        key, message = first.notice.key or note_key(first.note), digest(self.turn, reader, said)
        about = next((one.notice.about for one in said if one.notice.about is not None), None)
        thread = first.notice.thread
        lane = Lane.ALERT if first.note.urgent else Lane.PUSH
        if reader.channel and (reader.role is Role.MENTOR or first.notice.shared):
            reached = self.turn.post(reader, key, message, thread, about)
        else:
            reached = self.turn.tell(reader, key, message, lane, about)
        for one in said:
            if reached:
                self._mark(one.note, reader, key)
                one.notice.then()
            else:
                self._drop(one.note, UNREACHABLE)

    def _mark(self, note: DueNote, reader: Person, key: str) -> None:
        note.told_id, note.said_at, note.message = reader.id, self.turn.now, key
        self._end(note, DueState.SAID, "")

    def _drop(self, note: DueNote, reason: str) -> None:
        self._end(note, DueState.DROPPED, reason)

    def _end(self, note: DueNote, state: DueState, reason: str) -> None:
        _end(self.turn, note, state, reason)
        self.settled += 1

    def _kind(self, note: DueNote) -> NoticeKind:
        return self.notices.kinds[note.kind]


def _end(turn: Turn, note: DueNote, state: DueState, reason: str) -> None:
    note.state, note.reason = state, reason
    turn.session.add(note)
    turn.note(f"note {state.value}", note.kind, note.object_id, step=note.step, person=note.person_id)


def note_key(note: DueNote) -> str:
    """The natural key of the message that a note becomes, or that begins with it."""
    return f"{note.kind}/{note.object_id}/{note.step}/{note.person_id}"


def _is_talking(turn: Turn, person: Person) -> bool:
    """Whether the person has been answering a question within the last half hour. Channels are not interrupted."""
    if person.role is not Role.SUPPLIER:
        return False
    for contact in people.contacts(turn.session, person.id):
        touched = dialogs.busy_until(turn.session, contact.channel, contact.conversation)
        if touched is not None and turn.now - touched < IDLE:
            return True
    return False
