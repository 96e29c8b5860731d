"""A view of a page, described once: the screen, the slide and the files take it from here.

1. A page makes parts: a photo, a map, cells, a chart, a table, code. A part draws itself on the page (`show`
   returns what was picked on it) and gives its tiles for a slide (`tiles`).
2. A `View` is parts in rows, with the names of page and view, what is said beside them, and the name of its files.
3. `View.show` draws each row in columns and offers the slide; a page that lays its parts out itself shows them one
   by one and calls `View.offer`.
4. The arrays and the code are those of the view too: they are made when somebody asks for the file.
5. What only moves or asks (a stepper, a lens, a control) is no part: it draws itself.
"""

from convviz.ui.view.figures import CellsPart, ChartPart, CodePart, LinesPart, ScalePart, TablePart
from convviz.ui.view.pictures import (
    InputPart,
    LayersPart,
    MapPart,
    NoPart,
    PhotoPart,
    PicturesPart,
    PooledPart,
    UnitsPart,
)
from convviz.ui.view.view import Part, View

__all__ = [
    "CellsPart",
    "ChartPart",
    "CodePart",
    "InputPart",
    "LayersPart",
    "LinesPart",
    "MapPart",
    "NoPart",
    "Part",
    "PhotoPart",
    "PicturesPart",
    "PooledPart",
    "ScalePart",
    "TablePart",
    "UnitsPart",
    "View",
]
