"""Rooms in memory, and their limits."""

from __future__ import annotations

import asyncio
import json
import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from convviz.text.i18n import N_
from convviz.web.room.errors import RoomError
from convviz.web.room.question import Question, Result, as_json, table

# Letters and digits that nobody mistakes for one another when a code is read from a screen.
LETTERS, CODE_LENGTH = "ABCDEFGHJKMNPQRSTUVWXYZ23456789", 5
MOST_ROOMS, MOST_PEOPLE = 200, 1000
# Seconds; silence is a lecturer who does nothing.
LONGEST_LIFE, LONGEST_SILENCE = 6 * 3600, 2 * 3600
LARGEST_SCENE, LARGEST_STATE, LARGEST_ANSWER = 4_000_000, 20_000, 500  # bytes
MOST_CHANGES = 60  # a second, of what is shown
MOST_RESULTS = 100  # questions whose results a room keeps


@dataclass(frozen=True)
class Asked:
    """A question, and what each phone has answered."""

    question: Question
    answers: dict[str, float] = field(default_factory=dict)


@dataclass
class Room:
    """What a room shows, and what its people have answered.

    Parameters
    ----------
    code, secret
        To come in by, and to steer it with.
    now
        The clock, in seconds.
    """

    code: str
    secret: str
    now: Callable[[], float]
    opened: float = 0
    heard: float = 0
    version: int = 0
    shown: dict[str, Any] = field(default_factory=dict)
    scene: bytes = b""
    people: int = 0
    question: Question | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    _changes: list[float] = field(default_factory=list)
    _asked: dict[str, Asked] = field(default_factory=dict)  # by the questions' ids
    _said: tuple[int, str] = (-1, "")

    @property
    def over(self) -> bool:
        """Whether it has lived, or heard nothing, for too long."""
        now = self.now()
        return now - self.opened > LONGEST_LIFE or now - self.heard > LONGEST_SILENCE

    def check(self, secret: str) -> None:
        """Refuse a request without the right secret."""
        if not secrets.compare_digest(secret.encode(), self.secret.encode()):
            raise RoomError(403, N_("Only the person who opened the room can do this."))

    def show(self, shown: dict[str, Any]) -> None:
        """Change what the phones show. A question that is asked again has the answers that it had."""
        question = Question.read(shown.get("question"))
        self.heard = self.now()
        self._changes = [each for each in self._changes if self.heard - each < 1]
        if len(self._changes) >= MOST_CHANGES:
            raise RoomError(429, N_("Too many changes at once: wait a second."))
        self._changes.append(self.heard)
        if question:
            self._ask(question)
        self.shown, self.question = shown, question
        self.tell()

    def _ask(self, question: Question) -> None:
        """Keep a question beside its answers; those that nobody has answered are kept no longer."""
        kept = {
            key: each for key, each in self._asked.items() if each.answers or key == question.id
        }
        kept[question.id] = replace(kept.get(question.id, Asked(question)), question=question)
        self._asked = dict([*kept.items()][-MOST_RESULTS:])

    @property
    def answers(self) -> dict[str, float]:
        """The answers to the question that is asked, by phone."""
        return self._asked[self.question.id].answers if self.question else {}

    def bring(self, scene: bytes) -> None:
        """Keep the page of the loop that the phones step through."""
        self.heard = self.now()
        self.scene = scene

    def answer(self, phone: str, question: str, value: Any) -> None:
        """Keep a phone's answer to the question that is asked; its last one counts."""
        if self.question is None or self.question.id != question:
            raise RoomError(409, N_("This question is over."))
        number = self.question.value(value)
        if phone not in self.answers and len(self.answers) >= MOST_PEOPLE:
            raise RoomError(429, N_("The room is full: it takes {most} answers."), most=MOST_PEOPLE)
        self.answers[phone] = number

    def tell(self) -> None:
        """Wake everybody who listens."""
        self.version += 1
        before, self.changed = self.changed, asyncio.Event()
        before.set()

    def for_phones(self) -> str:
        """What the phones hear, as JSON: never an answer of anybody."""
        if self._said[0] != self.version:  # once for all who listen
            self._said = self.version, json.dumps({**self.shown, "version": self.version})
        return self._said[1]

    def for_lecturer(self) -> dict[str, Any]:
        """How many people are here, what they answered, as a histogram, and to how many questions so far."""
        bars = self.question.bars(self.answers.values()) if self.question else []
        return {
            "people": self.people,
            "question": self.question and self.question.id,
            "answered": len(self.answers),
            "bars": as_json(bars),
            "asked": len(self._results()),
        }

    def results(self) -> str:
        """What was answered to each question so far, as CSV."""
        return table(self._results())

    def _results(self) -> list[Result]:
        return [
            Result(each.question, tuple(each.question.bars(each.answers.values())))
            for each in self._asked.values()
            if each.answers
        ]


class Rooms:
    """Every room of this process.

    Examples
    --------
    >>> rooms = Rooms()
    >>> room = rooms.open()
    >>> rooms.find(room.code.lower()) is room
    True
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._rooms: dict[str, Room] = {}

    def open(self) -> Room:
        """Open a room.

        Raises
        ------
        RoomError
            If there are too many.
        """
        self._close_those_over()
        if len(self._rooms) >= MOST_ROOMS:
            raise RoomError(
                503, N_("There are {most} rooms already: try again later."), most=MOST_ROOMS
            )
        code = next(code for code in iter(_code, "") if code not in self._rooms)
        now = self._now()
        room = Room(code, secrets.token_urlsafe(24), self._now, opened=now, heard=now)
        self._rooms[code] = room
        return room

    def find(self, code: str) -> Room:
        """The room with a code, in capital or small letters.

        Raises
        ------
        RoomError
            If there is none, or it is over.
        """
        self._close_those_over()
        room = self._rooms.get(code.upper())
        if room is None:
            raise RoomError(404, N_("There is no room {code}. Ask for its code."), code=code[:20])
        return room

    def close(self, room: Room) -> None:
        """Close a room; its people hear of it."""
        self._rooms.pop(room.code, None)
        room.opened = -math.inf
        room.tell()

    def _close_those_over(self) -> None:
        for room in [each for each in self._rooms.values() if each.over]:
            self.close(room)


def _code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
