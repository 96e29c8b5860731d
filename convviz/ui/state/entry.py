"""What a line of the register says, and the pages it can name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# Streamlit keeps a widget of these types in the link itself, under its key.
BOUND = (int, float, bool)


@dataclass(frozen=True)
class Entry:
    """Something the session holds."""

    key: str  # its name in the session. ``*`` stands for any text, such as the number of a stage.
    # Type of its value, or the name of a type that this module cannot import. A widget may also
    # hold None.
    kind: type | str
    pages: tuple[str, ...]  # folders of the pages that have it
    what: str  # what it is for

    def holds(self, value: Any) -> bool:
        """Whether a value is one that it may have."""
        if isinstance(self.kind, str):
            return value is None or type(value).__name__ == self.kind
        return value is None or isinstance(value, self.kind)


@dataclass(frozen=True)
class Setting(Entry):
    """Something a person sets, which the link says too."""

    # What its pages call it where that is not its key: another page's setting has the name as its
    # key.
    called: str = ""

    @property
    def name(self) -> str:
        """What its pages call it."""
        return self.called or self.key

    @property
    def link(self) -> str:
        """Its name in the link."""
        return self.key if self.kind in BOUND else self.name


LESSONS = ("lessons",)
CONVOLVE = ("convolve",)
BACKWARD = ("backward",)
MATRIX = ("as_matrix",)
TRANSPOSED = ("transposed",)
GROUPS = ("groups",)
SLIDING = (*CONVOLVE, *BACKWARD, *MATRIX)  # pages that share filters, window and place
POOLING = ("pooling",)
CHECK = ("gradient_check",)
BUGS = ("bugs",)
MAPS = ("feature_maps",)
FIELD = ("receptive_field",)
EFFECTIVE = ("effective_field",)
SHARING = ("sharing",)
EQUIVARIANCE = ("equivariance",)
NETWORK = ("network",)
FILTERED = (*SLIDING, *TRANSPOSED)  # pages that share filters and place
STEPPED = (*FILTERED, *POOLING)  # pages with a region to step through
PICKED = (*STEPPED, *GROUPS)  # pages with a place on the photo
ONE_IMAGE = (*LESSONS, *STEPPED, *GROUPS, *FIELD, *EFFECTIVE, *SHARING, *EQUIVARIANCE, *NETWORK)
OWN_PHOTOS = (*ONE_IMAGE, *MAPS)
TRAINED = (*EFFECTIVE, *MAPS, *NETWORK)  # pages that look at the network trained in this session
EVERY = (*OWN_PHOTOS, *CHECK, *BUGS)
