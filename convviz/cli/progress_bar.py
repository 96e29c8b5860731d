"""The progress bar of ``convviz train``."""

from __future__ import annotations

import sys

from convviz.nets.progress import Progress

BAR = 24  # characters


class ProgressBar:
    """One line written over and over, or, into a file, one for each measured accuracy."""

    def __init__(self) -> None:
        self.live = sys.stderr.isatty()
        self.measured = ""

    def show(self, progress: Progress) -> None:
        """Write where the training stands."""
        if progress.accuracies:
            training, validation = progress.accuracies
            self.measured = f"  train {training:.3f} val {validation:.3f}"
        done = progress.iteration / progress.iterations
        filled = round(BAR * done)
        minutes, seconds = divmod(round(progress.seconds_left), 60)
        text = (
            f"[{'=' * filled}{' ' * (BAR - filled)}] {progress.iteration}/{progress.iterations}"
            f"  loss {progress.loss:.4f}{self.measured}"
            f"  {progress.samples_per_second:.0f} samples/s  {minutes}:{seconds:02d} left"
        )
        if self.live:
            print(f"\r{text}\033[K", end="", file=sys.stderr, flush=True)
        elif progress.accuracies:
            print(text, file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the last line standing."""
        if self.live:
            print(file=sys.stderr)
