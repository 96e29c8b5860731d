"""Photos decoded away from the server's process: a decoder that hangs or dies harms nobody else."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any

import numpy as np

from convviz.photos.decoder import receive, send
from convviz.photos.images import Photo, check_length, digest_of_pixels, read_photo
from convviz.photos.refusals import ImageError, too_costly
from convviz.text.i18n import Sentence
from convviz.text.limits import DECODED_AT_ONCE, DECODING_SECONDS

PATIENCE = 60.0  # seconds that a photo waits for its turn
PHOTOS = 200  # a process decodes before another takes its place
COMMAND = (sys.executable, "-m", "convviz.photos.decoder")
ROOT = Path(__file__).resolve().parents[2]


class Decoder:
    """A process that decodes one photo after the other."""

    def __init__(self, command: tuple[str, ...] = COMMAND):
        paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        alone = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | alone | {"PYTHONPATH": os.pathsep.join(paths)},
        )
        self.decoded, self.is_done = 0, False
        atexit.register(self.end)

    def read(self, data: bytes, name: str, seconds: float) -> Photo:
        """The photo.

        Raises
        ------
        ImageError
            If it is refused.
        EOFError
            If the process died, or was ended after so many seconds.
        """
        timer = threading.Timer(seconds, self._kill)
        timer.start()
        try:
            assert self._process.stdin
            assert self._process.stdout
            send(self._process.stdin, name.encode(errors="replace"), data)
            answered = receive(self._process.stdout)
        except OSError:
            answered = None
        finally:
            timer.cancel()
        if answered is None:
            raise EOFError
        self.decoded += 1
        self.is_done = self.is_done or self.decoded >= PHOTOS
        return _photo(json.loads(answered[0]), answered[1], name)

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def _kill(self) -> None:
        self.is_done = True
        self._process.kill()

    def finish(self) -> None:
        """Let the process end when it has nothing left to do."""
        assert self._process.stdin
        self._process.stdin.close()

    def end(self) -> None:
        """End the process."""
        atexit.unregister(self.end)
        self._process.kill()
        with self._process:  # closes its pipes and waits
            pass


class Decoders:
    """A few processes, each of which is begun when it is first needed.

    Parameters
    ----------
    count
        How many photos are decoded at a time.
    seconds
        How long one may take.
    command
        Starts a process.
    """

    def __init__(
        self,
        count: int = DECODED_AT_ONCE,
        seconds: float = DECODING_SECONDS,
        command: tuple[str, ...] = COMMAND,
    ):
        self.seconds, self.command = seconds, command
        self._idle: LifoQueue[Decoder | None] = LifoQueue()
        for _ in range(count):
            self._idle.put(None)

    def get_ready(self) -> None:
        """Begin a process before somebody waits for it."""
        decoder = self._idle.get()
        self._idle.put(decoder or Decoder(self.command))

    def idle(self) -> list[Decoder]:
        """The processes that wait for a photo."""
        return [decoder for decoder in [*self._idle.queue] if decoder]

    def end(self) -> None:
        """End the processes that wait for a photo."""
        for decoder in self.idle():
            decoder.end()

    def read(self, data: bytes, name: str) -> Photo:
        """As `convviz.photos.images.read_photo`, whatever the file does to its decoder.

        Where the system lets nobody start a process, the photo is decoded here, when its turn comes.
        """
        check_length(data, name)
        try:
            decoder = self._idle.get(timeout=PATIENCE)
        except Empty:
            raise ImageError(
                "{name} has to wait for other photos: try again in a minute.", name=name
            ) from None
        try:
            if decoder is None or not decoder.is_running:
                decoder = Decoder(self.command)
            return decoder.read(data, name, self.seconds)
        except OSError:
            return read_photo(data, name)
        except EOFError:
            assert decoder
            decoder.end()
            decoder = None
            raise too_costly(name) from None
        finally:
            if decoder and decoder.is_done:
                decoder.end()
                decoder = None
            self._idle.put(decoder)


@cache
def _decoders() -> Decoders:
    """Those of this server."""
    return Decoders()


def get_ready() -> None:
    """Begin a process for the first photo, where the system lets anybody start one."""
    with suppress(OSError):
        _decoders().get_ready()


def read_apart(data: bytes, name: str) -> Photo:
    """Decode an uploaded file in a process of its own; parameters and errors as those of `read_photo`."""
    return _decoders().read(data, name)


def _photo(said: dict[str, Any], content: bytes, name: str) -> Photo:
    if "refused" in said:
        template, words = said["refused"]
        raise ImageError(template, **words)
    pixels = np.frombuffer(content, np.uint8).reshape(said["shape"])  # (H, W, 3)
    notes = tuple(Sentence(template, words) for template, words in said["notes"])
    return Photo(pixels, name, digest_of_pixels(pixels), notes)
