"""A view saved as a file: the page, its settings, and the photos a link cannot hold.

The file is JSON. What is read is not trusted: nothing in it is run, and every part is checked for its kind
and its size before it is used.
"""

from __future__ import annotations

import base64
import json
import re
import struct
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from convviz.export.saved_filters import filters_content, read_filters
from convviz.numbers.given import Numbers, inputs_of
from convviz.photos.images import Photo, read_photo, to_png
from convviz.photos.refusals import FileError
from convviz.pipeline import Stored
from convviz.text.limits import LARGEST_SCENE, WORKING_SIZE
from convviz.text.rows import read_rows, write_rows

FORMAT, VERSION = "convviz scene", 1
MOST_PHOTOS, MOST_SETTINGS = 8, 100
LONGEST_SETTING, LONGEST_LINK, LONGEST_NAME = 8000, 20_000, 80  # characters
LinkValues = dict[str, list[str]]


@dataclass(frozen=True)
class SavedView:
    """Everything needed to see a view again."""

    page: str  # the page's path, such as ``"convolve"``
    settings: LinkValues  # what its link holds: for each name, the values given
    photos: tuple[Photo, ...] = ()  # photos the person brought, in order
    filters: tuple[Stored, ...] = ()  # of the person's own network or array, that the view shows
    numbers: tuple[Numbers, ...] = ()  # inputs of numbers that are too long for the settings


def write_view(view: SavedView) -> bytes:
    """The file's bytes; the pixels are kept exactly."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "page": view.page,
        "settings": view.settings,
        "photos": [
            {"name": photo.name, "png": base64.b64encode(to_png(photo)).decode()}
            for photo in view.photos
        ],
    }
    if view.filters:
        content["filters"] = [filters_content(each) for each in view.filters]
    if view.numbers:
        content["numbers"] = [
            {"name": each.name, "rows": write_rows(each.values)} for each in view.numbers
        ]
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def read_view(data: bytes, name: str, pages: Collection[str]) -> SavedView:
    """Read a file that `write_view` wrote, or refuse it.

    Parameters
    ----------
    data
        The file's bytes.
    name
        The file's name, used in messages.
    pages
        Paths of the pages there are.

    Raises
    ------
    FileError
        If it is too large, not a scene file, of another version, or damaged.

    Examples
    --------
    >>> view = SavedView("convolve", {"stride": ["2"]})
    >>> read_view(write_view(view), "scene.json", ["convolve"]) == view
    True
    """
    content = _content(data, name)
    _check_version(content.get("version"), name)
    if set(content) - {"filters", "numbers"} != {"format", "version", "page", "settings", "photos"}:
        raise _damaged(name)
    page, settings, photos = content["page"], content["settings"], content["photos"]
    if not isinstance(page, str) or page not in pages:
        raise FileError(
            "{name} belongs to a page that this convviz does not have: update convviz.", name=name
        )
    read = _photos(photos, name)
    given = content.get("numbers", [])
    numbers = _numbers(given, name)
    brought = zip([*photos, *given], [*read, *numbers], strict=True)
    names = {each["name"]: kept.name for each, kept in brought}
    kept_settings = {
        key: [names.get(value, value) for value in values]
        for key, values in _settings(settings, name).items()
    }
    try:
        filters = read_filters(content.get("filters", []))
    except ValueError:
        raise _damaged(name) from None
    return SavedView(page, kept_settings, read, filters, numbers)


def _content(data: bytes, name: str) -> Mapping[str, Any]:
    """The file's JSON, if convviz wrote it."""
    if len(data) > LARGEST_SCENE:
        raise FileError(
            "{name} is too large for a scene file: use one of at most {most} MB.",
            name=name,
            most=LARGEST_SCENE // 1_000_000,
        )
    try:
        content = json.loads(data.decode("utf-8-sig"))  # Notepad begins a file with a mark
    except (ValueError, RecursionError):  # also bytes that are no text, and endless numbers
        content = None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise FileError("{name} is not a scene file: choose one that convviz saved.", name=name)
    return content


def _check_version(version: object, name: str) -> None:
    if type(version) is int and version > VERSION:
        raise FileError(
            "{name} was saved by a newer convviz (version {version} of the format): update convviz.",
            name=name,
            version=version,
        )
    if version != VERSION or type(version) is not int:
        raise FileError(
            "{name} names a version of the format that does not exist: save the scene again.",
            name=name,
        )


def _settings(settings: object, name: str) -> LinkValues:
    if not isinstance(settings, dict) or len(settings) > MOST_SETTINGS:
        raise _damaged(name)
    for key, values in settings.items():
        if not re.fullmatch(r"[a-z0-9_]{1,40}", key) or not isinstance(values, list):
            raise _damaged(name)
        if not all(isinstance(value, str) and _is_text(value) for value in values):
            raise _damaged(name)
    lengths = [sum(map(len, values)) for values in settings.values()]
    if any(length > LONGEST_SETTING for length in lengths) or sum(lengths) > LONGEST_LINK:
        raise _damaged(name)
    return settings


def _is_text(value: str) -> bool:
    """Whether a link can hold it: JSON also has halves of characters."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _photos(photos: object, name: str) -> tuple[Photo, ...]:
    if not isinstance(photos, list) or len(photos) > MOST_PHOTOS:
        raise _damaged(name)
    return tuple(_photo(photo, name) for photo in photos)


def _photo(photo: object, name: str) -> Photo:
    if not isinstance(photo, dict) or set(photo) != {"name", "png"}:
        raise _damaged(name)
    if not all(isinstance(part, str) for part in photo.values()):
        raise _damaged(name)
    try:
        data = base64.b64decode(photo["png"], validate=True)
        if not data.startswith(b"\x89PNG"):
            raise ValueError("another format")
        if max(struct.unpack(">II", data[16:24])) > WORKING_SIZE:
            raise ValueError("no photo that convviz has shown is larger")
        return read_photo(data, _plain(photo["name"]))
    except (ValueError, struct.error):  # also an ImageError, and text that is no base64
        raise FileError(
            "The photo in {name} cannot be read: save the scene again.", name=name
        ) from None


def _numbers(given: object, name: str) -> tuple[Numbers, ...]:
    """Inputs of numbers, every digit as it was."""
    if not isinstance(given, list) or len(given) > MOST_PHOTOS:
        raise _damaged(name)
    try:
        return tuple(_one_input(each["name"], each["rows"]) for each in given)
    except (ValueError, TypeError, KeyError, AttributeError):  # also an ArrayError
        raise FileError(
            "The numbers in {name} cannot be read: save the scene again.", name=name
        ) from None


def _one_input(name: str, rows: str) -> Numbers:
    [numbers] = inputs_of(read_rows(rows), _plain(name))
    return numbers


def _plain(name: str) -> str:
    """A name of letters, digits and a few signs, and not long: it is shown on the page."""
    return re.sub(r"[^\w .()-]", "_", name)[:LONGEST_NAME] or "photo"


def _damaged(name: str) -> FileError:
    return FileError(
        "{name} is damaged or somebody changed it by hand: save the scene again.", name=name
    )
