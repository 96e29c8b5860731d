"""Draw the sample animals: ``python assets/draw.py`` writes cat.png and dog.png beside this file.

Each animal is painted from back to front: a backdrop and the shadow on it, fur over body, ears and
head, then eyes, nose and whiskers. Every hair takes its colour, its direction and its light from
functions of its place on the animal. Nothing is random twice: the same run gives the same pictures.
``python assets/draw.py cat`` draws only the cat.
"""

from __future__ import annotations

import sys
from pathlib import Path

from drawing import cat, dog
from drawing.brush import SIZE
from PIL import Image, ImageFilter

PICTURES = {"cat": cat.draw, "dog": dog.draw}


def finished(painting: Image.Image) -> Image.Image:
    """The painting at its final size, a little sharpened."""
    small = painting.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
    return small.filter(ImageFilter.UnsharpMask(radius=1.0, percent=45, threshold=0))


def main() -> None:
    """Draw the animals named on the command line, or all."""
    folder = Path(__file__).parent
    for name in sys.argv[1:] or PICTURES:
        finished(PICTURES[name]()).save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
