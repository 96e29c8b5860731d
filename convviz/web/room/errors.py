"""Why a request of a room is refused."""

from __future__ import annotations

from convviz.text.i18n import Sentence


class RoomError(Exception):
    """The sentence that says why, and the HTTP status."""

    def __init__(self, status: int, said: str, **words: object) -> None:
        self.status = status
        self.sentence = Sentence(said, words)
        super().__init__(str(self.sentence))
