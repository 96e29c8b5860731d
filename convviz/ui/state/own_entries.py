"""What the session holds of photos, numbers and weights of a person's own."""

from __future__ import annotations

from convviz.text.i18n import Sentence
from convviz.ui.state.entry import FILTERED, MAPS, OWN_PHOTOS, Entry


def _weights_box(name: str, pages: tuple[str, ...]) -> tuple[Entry, ...]:
    """What a place for weights holds whose keys begin with a name."""
    return (
        Entry(f"{name}weights pasted", str, pages, "widget: the text of all weights"),
        Entry(f"{name}biases pasted", str, pages, "widget: the text of all biases"),
        Entry(f"{name}weights used", bool, pages, "button that uses both"),
        Entry(f"{name}weights refused", Sentence, pages, "why they were refused"),
        Entry(f"{name}weights file *", "UploadedFile", pages, "a file of weights dropped"),
        Entry(f"{name}weights files taken", int, pages, "how often one was dropped"),
    )


OWN_ENTRIES = (
    Entry("own photos", list, OWN_PHOTOS, "the photos that the person brought"),
    Entry("photos refused", "Refused", OWN_PHOTOS, "why photos were refused"),
    Entry("uploads *", list, OWN_PHOTOS, "the files dropped"),
    Entry("uploads taken", int, OWN_PHOTOS, "how often files were dropped"),
    Entry("uploads added", int, OWN_PHOTOS, "how often they brought a photo"),
    Entry("tray", dict, OWN_PHOTOS, "component: the photos, and the copy of them in the browser"),
    Entry("tray session", str, OWN_PHOTOS, "by which the browser knows this session"),
    Entry("photos sent to the browser", set, OWN_PHOTOS, "digests of the photos it has"),
    Entry("photos awaited", dict, OWN_PHOTOS, "names that the link asks for, by setting"),
    Entry("photos to ask for", list, OWN_PHOTOS, "settings whose photos are still to be asked for"),
    Entry("browser has answered", bool, OWN_PHOTOS, "whether it told which photos it has"),
    Entry("awaited photo came", bool, OWN_PHOTOS, "whether that photo has just been brought"),
    Entry("inputs to forget", set, OWN_PHOTOS, "marks of what the browser is to keep no longer"),
    Entry("camera on", bool, OWN_PHOTOS, "whether the camera is on"),
    Entry("camera", "UploadedFile", OWN_PHOTOS, "the picture taken"),
    Entry("numbers taken from the link", bool, OWN_PHOTOS, "whether they are in the session"),
    Entry("numbers example", str, OWN_PHOTOS, "widget: the example to open"),
    Entry("numbers example opened", str, OWN_PHOTOS, "the example opened last"),
    Entry("numbers open", bool, OWN_PHOTOS, "whether the place to bring numbers is unfolded"),
    Entry("numbers pasted", str, OWN_PHOTOS, "text of an array"),
    Entry("numbers refused", Sentence, OWN_PHOTOS, "why that text was refused"),
    Entry("numbers used", bool, OWN_PHOTOS, "button that takes that text"),
    Entry("numbers rows", int, OWN_PHOTOS, "rows of a new grid"),
    Entry("numbers columns", int, OWN_PHOTOS, "columns of a new grid"),
    Entry("numbers channels", int, OWN_PHOTOS, "channels of a new grid"),
    Entry("numbers begun", bool, OWN_PHOTOS, "button that makes a new grid"),
    Entry("numbers drawn", bool, OWN_PHOTOS, "whether a click turns a cell on and off"),
    Entry("numbers name *", str, OWN_PHOTOS, "what the numbers shown are called"),
    Entry("numbers grid", dict, OWN_PHOTOS, "component: the numbers shown"),
    Entry("numbers edit", tuple, OWN_PHOTOS, "their last change, and what they became"),
    Entry("weights open", bool, FILTERED, "whether the place to paste weights is unfolded"),
    *_weights_box("", FILTERED),
    *_weights_box("stage * ", MAPS),
    Entry("stage * weights taken", "Given", MAPS, "weights just brought, for the next run"),
    Entry("stage * filters", int, MAPS, "number of a stage's own filters"),
    Entry("stage * rows", int, MAPS, "rows of their kernels"),
    Entry("stage * columns", int, MAPS, "columns of their kernels"),
    Entry("stage * filter", int, MAPS, "which of them the grid shows"),
    Entry("stage * weights grid", dict, MAPS, "component: its numbers"),
    Entry("stage * weights edit", tuple, MAPS, "their last change, and what they became"),
)
