"""The register: every name in the session, once, with its type, its pages, and what it is for.

A session outlives its pages: two pages that keep different things under one name overwrite each other. What is one
thing on several pages is one setting: the image and its channels wherever a page has them, and on Convolve and
Backward the filters, the window and the place on the photo. Equivariance shares the padding mode. Everything else
belongs to its page: a pool's window is not a convolution's, and Backward's region is smaller than Convolve's.

To add a setting, write a line in `SETTINGS` and call `link.select` or another control with the name its page uses.
To keep anything else in the session, write a line in `ENTRIES`. ``tests/unit/test_register.py`` finds a name in
the code that is not here, ``tests/pages/test_session.py`` a value that has another type.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import parse_qsl, urlencode

from convviz.ops.errors import SpecError
from convviz.text.i18n import Sentence

# Streamlit keeps a widget of these types in the link itself, under its key.
BOUND = (int, float, bool)


@dataclass(frozen=True)
class Entry:
    """Something the session holds.

    Parameters
    ----------
    key
        Its name in the session. ``*`` stands for any text, such as the number of a stage.
    kind
        Type of its value, or the name of a type that this module cannot import. A widget may also hold None.
    pages
        Folders of the pages that have it.
    what
        What it is for.
    """

    key: str
    kind: type | str
    pages: tuple[str, ...]
    what: str

    def holds(self, value: Any) -> bool:
        """Whether a value is one that it may have."""
        if isinstance(self.kind, str):
            return value is None or type(value).__name__ == self.kind
        return value is None or isinstance(value, self.kind)


@dataclass(frozen=True)
class Setting(Entry):
    """Something a person sets, which the link says too.

    Parameters
    ----------
    called
        What its pages call it where that is not its key: another page's setting has the name as its key.
    """

    called: str = ""

    @property
    def name(self) -> str:
        """What its pages call it."""
        return self.called or self.key

    @property
    def link(self) -> str:
        """Its name in the link."""
        return self.key if self.kind in BOUND else self.name


CONVOLVE = ("convolve",)
BACKWARD = ("backward",)
BOTH = ("convolve", "backward")
POOLING = ("pooling",)
CHECK = ("gradient_check",)
BUGS = ("bugs",)
MAPS = ("feature_maps",)
FIELD = ("receptive_field",)
EFFECTIVE = ("effective_field",)
SHARING = ("sharing",)
EQUIVARIANCE = ("equivariance",)
NETWORK = ("network",)
STEPPED = (*BOTH, *POOLING)  # pages with a region to step through
ONE_IMAGE = (*STEPPED, *FIELD, *EFFECTIVE, *SHARING, *EQUIVARIANCE, *NETWORK)
OWN_PHOTOS = (*ONE_IMAGE, *MAPS)
TRAINED = (*EFFECTIVE, *MAPS, *NETWORK)  # pages that look at the network trained in this session
EVERY = (*OWN_PHOTOS, *CHECK, *BUGS)

SETTINGS = (
    # Several pages
    Setting("language chosen", str, EVERY, "the language that the person chose", "lang"),
    Setting("image", str, ONE_IMAGE, "the image shown"),
    Setting("together", list, STEPPED, "the images that follow it in the batch"),
    Setting("channels", str, (*STEPPED, *MAPS), "RGB or gray"),
    Setting("pad_mode", str, (*BOTH, *EQUIVARIANCE), "what the padding holds"),
    Setting(
        "whose", str, (*EFFECTIVE, *NETWORK), "the pretrained network, or the one trained here"
    ),
    # Convolve and Backward
    Setting("filter", str, BOTH, "the first filter"),
    Setting("operation", str, BOTH, "correlation or convolution"),
    Setting("padding", str, BOTH, "valid, same, one number or one for each side"),
    Setting("weights", str, BOTH, "the numbers of a typed kernel"),
    Setting("begun", str, BOTH, "the preset that a typed kernel was made from"),
    Setting("more", list, BOTH, "further filters"),
    Setting("axes", bool, BOTH, "whether height and width are set separately"),
    Setting("kernel", int, BOTH, "kernel size, or its height"),
    Setting("kernel_w", int, BOTH, "kernel width"),
    Setting("stride", int, BOTH, "stride, or that of the rows"),
    Setting("stride_w", int, BOTH, "stride of the columns"),
    Setting("dilation", int, BOTH, "dilation, or that of the rows"),
    Setting("dilation_w", int, BOTH, "dilation of the columns"),
    Setting("pad", int, BOTH, "padding on each side, or above"),
    Setting("pad_bottom", int, BOTH, "padding below"),
    Setting("pad_left", int, BOTH, "padding on the left"),
    Setting("pad_right", int, BOTH, "padding on the right"),
    Setting("row", int, BOTH, "top row of the region"),
    Setting("col", int, BOTH, "left column of the region"),
    # Convolve
    Setting("view", str, CONVOLVE, "the view shown"),
    Setting("shown_image", str, CONVOLVE, "which image of a batch"),
    Setting("shown_filter", str, CONVOLVE, "which filter's map"),
    Setting("rows", int, CONVOLVE, "rows of the region"),
    Setting("columns", int, CONVOLVE, "columns of the region"),
    Setting("bias", float, CONVOLVE, "the bias of every filter"),
    # Backward
    Setting("backward view", str, BACKWARD, "the view shown", "view"),
    Setting("dout", str, BACKWARD, "the kind of gradient that arrives"),
    Setting("gradient", str, BACKWARD, "the numbers of a typed gradient"),
    Setting("backward_rows", int, BACKWARD, "rows of the region", "rows"),
    Setting("backward_columns", int, BACKWARD, "columns of the region", "columns"),
    Setting("dout_row", int, BACKWARD, "row of the only cell of the gradient"),
    Setting("dout_col", int, BACKWARD, "column of the only cell of the gradient"),
    Setting("seed", int, BACKWARD, "of the random gradient"),
    # Pooling
    Setting("pooling view", str, POOLING, "the view shown", "view"),
    Setting("pool", str, POOLING, "max or average"),
    Setting("ties", str, POOLING, "who gets the gradient of equal maxima"),
    Setting("pooling dout", str, POOLING, "the kind of gradient that arrives", "dout"),
    Setting("pooling gradient", str, POOLING, "the numbers of a typed gradient", "gradient"),
    Setting("pooling_axes", bool, POOLING, "whether height and width are set separately", "axes"),
    Setting("ceil", bool, POOLING, "whether the size is rounded up"),
    Setting("counted", bool, POOLING, "whether padding cells count in the mean"),
    Setting("pooling_kernel", int, POOLING, "window size, or its height", "kernel"),
    Setting("pooling_kernel_w", int, POOLING, "window width", "kernel_w"),
    Setting("pooling_stride", int, POOLING, "stride, or that of the rows", "stride"),
    Setting("pooling_stride_w", int, POOLING, "stride of the columns", "stride_w"),
    Setting("pooling_pad", int, POOLING, "padding on each side", "pad"),
    Setting("pooling_rows", int, POOLING, "rows of the region", "rows"),
    Setting("pooling_columns", int, POOLING, "columns of the region", "columns"),
    Setting("pooling_row", int, POOLING, "top row of the region", "row"),
    Setting("pooling_col", int, POOLING, "left column of the region", "col"),
    Setting("pooling_dout_row", int, POOLING, "row of the only cell of the gradient", "dout_row"),
    Setting(
        "pooling_dout_col", int, POOLING, "column of the only cell of the gradient", "dout_col"
    ),
    Setting("pooling_seed", int, POOLING, "of the random gradient", "seed"),
    # Gradient check
    Setting("gradient_check view", str, CHECK, "the view shown", "view"),
    Setting("layer", str, CHECK, "the layer that is checked"),
    Setting("code", str, CHECK, "the backward pass, right or with a bug"),
    Setting("dtype", str, CHECK, "float64 or float32"),
    Setting("inputs", str, CHECK, "random or whole numbers"),
    Setting("h", str, CHECK, "the step of the difference"),
    Setting("gradient_check_rows", int, CHECK, "rows of the input", "rows"),
    Setting("gradient_check_columns", int, CHECK, "columns of the input", "columns"),
    Setting("gradient_check_kernel", int, CHECK, "kernel or window size", "kernel"),
    Setting("gradient_check_stride", int, CHECK, "stride", "stride"),
    Setting("gradient_check_pad", int, CHECK, "padding on each side", "pad"),
    Setting("gradient_check_dilation", int, CHECK, "dilation", "dilation"),
    Setting("gradient_check_seed", int, CHECK, "of the random numbers", "seed"),
    # Bugs
    Setting("bug", str, BUGS, "the bug shown"),
    # Feature maps
    Setting("show", str, MAPS, "the view shown"),
    Setting("after", str, MAPS, "number of the stage whose maps are shown"),
    Setting("colours", str, MAPS, "colour scale of the maps"),
    Setting("map_image", str, MAPS, "image of the map shown"),
    Setting("map_filter", str, MAPS, "number of the map shown"),
    Setting("map_image_b", str, MAPS, "image of the map compared with"),
    Setting("map_filter_b", str, MAPS, "number of the map compared with"),
    Setting("images", list, MAPS, "names of the images"),
    Setting("extremes", bool, MAPS, "whether the scale covers every cell"),
    Setting("square", bool, MAPS, "whether images are cut square"),
    Setting("side", int, MAPS, "pixels of a square image"),
    Setting("map_row", int, MAPS, "row of the cell shown"),
    Setting("map_col", int, MAPS, "column of the cell shown"),
    # Receptive field
    Setting("receptive_field view", str, FIELD, "the view shown", "view"),
    Setting("preset", str, FIELD, "the network begun with"),
    Setting("input", str, FIELD, "whether the photo is whole or cut to the network's size"),
    Setting("neighbour", str, FIELD, "the neighbour drawn with the unit"),
    Setting("axis", str, FIELD, "the axis stepped through"),
    Setting(
        "receptive_field_axes", bool, FIELD, "whether height and width are set separately", "axes"
    ),
    # Effective field
    Setting("effective_field view", str, EFFECTIVE, "the view shown", "view"),
    Setting("effective_field weights", str, EFFECTIVE, "random, equal or trained", "weights"),
    Setting("kernel_size", str, EFFECTIVE, "kernel size"),
    Setting("relu", bool, EFFECTIVE, "whether a ReLU follows each layer"),
    Setting("depth", int, EFFECTIVE, "number of layers"),
    Setting("effective_field_dilation", int, EFFECTIVE, "dilation", "dilation"),
    Setting("halving", int, EFFECTIVE, "layer after which the map is halved"),
    Setting("samples", int, EFFECTIVE, "networks averaged"),
    # Sharing
    Setting("sharing view", str, SHARING, "the view shown", "view"),
    Setting("matrix", str, SHARING, "the kind of layer whose matrix is drawn"),
    Setting("example", str, SHARING, "the layer begun with"),
    Setting("sharing_channels", int, SHARING, "channels of the input", "channels"),
    Setting("height", int, SHARING, "height of the input"),
    Setting("width", int, SHARING, "width of the input"),
    Setting("filters", int, SHARING, "number of filters"),
    Setting("sharing_pad", int, SHARING, "padding on each side", "pad"),
    Setting("kh", int, SHARING, "kernel height"),
    Setting("kw", int, SHARING, "kernel width"),
    Setting("sharing_stride", int, SHARING, "stride", "stride"),
    # Equivariance
    Setting("what", str, EQUIVARIANCE, "whether the photo or a blob is shifted"),
    Setting("equivariance filter", str, EQUIVARIANCE, "filter of every convolution", "filter"),
    Setting("equivariance stride", str, EQUIVARIANCE, "stride of the first convolution", "stride"),
    Setting("equivariance pool", str, EQUIVARIANCE, "pooling behind the convolutions", "pool"),
    Setting("blur", bool, EQUIVARIANCE, "whether a blur comes before subsampling"),
    Setting("down", int, EQUIVARIANCE, "rows of the shift"),
    Setting("across", int, EQUIVARIANCE, "columns of the shift"),
    Setting("layers", int, EQUIVARIANCE, "number of convolutions"),
    # Network
    Setting("network view", str, NETWORK, "the view shown", "view"),
    Setting("source", str, NETWORK, "a picture of the data set, or a photo"),
    Setting("class", str, NETWORK, "class of the saliency map"),
    Setting("pass", str, NETWORK, "forward or backward in the stepper"),
    Setting("data", str, NETWORK, "the data set"),
    Setting("network images", str, NETWORK, "number of training images", "images"),
    Setting("network", str, NETWORK, "the stack trained"),
    Setting("init", str, NETWORK, "scale of the first weights"),
    Setting("reg", str, NETWORK, "weight decay"),
    Setting("rule", str, NETWORK, "update rule"),
    Setting("rate", str, NETWORK, "learning rate"),
    Setting("standardised", bool, NETWORK, "whether inputs are divided by their deviation"),
    Setting("norm", bool, NETWORK, "batch norm in the course's network"),
    Setting("sample", int, NETWORK, "number of the validation picture"),
    Setting("network_seed", int, NETWORK, "of everything random", "seed"),
    Setting("network_filters", int, NETWORK, "filters of the course's network", "filters"),
    Setting("hidden", int, NETWORK, "hidden units of the course's network"),
    Setting("size", int, NETWORK, "filter size of the course's network"),
    Setting("dropout", int, NETWORK, "dropout of the course's network in %"),
    Setting("batch", int, NETWORK, "batch size"),
    Setting("epochs", int, NETWORK, "epochs"),
    Setting("stack", str, NETWORK, "the layers typed under Own stack"),
)

# What the link cannot say, what repeats the link, and what components and widgets have to tell.
ENTRIES = (
    # Every page
    Entry("page shown", str, EVERY, "folder of the page of the last run"),
    Entry("page turned to", bool, EVERY, "whether this run shows another page than the last"),
    Entry("link values not yet checked", dict, EVERY, "what the link asked for"),
    Entry("link notes", list, EVERY, "sentences about a link, to be said once"),
    Entry("mirrors of the link", dict, EVERY, "entries to forget at Back, by page"),
    Entry("links brought back", int, EVERY, "how often Back or Forward was used"),
    Entry("links of the pages", dict, EVERY, "what the link of each page said, and whose step"),
    Entry("what links say of settings", dict, EVERY, "values in the link, by setting"),
    Entry("stepper last shown", str, EVERY, "whose step the link holds"),
    Entry("language *", bool, EVERY, "button of a language"),
    Entry("frame", dict, EVERY, "component: the page around what Streamlit shows"),
    Entry("share", bool, EVERY, "whether Share and export is open"),
    Entry("scene opened", "UploadedFile", EVERY, "the scene file dropped"),
    Entry("scene error", Sentence, EVERY, "why a scene file was refused"),
    Entry("address", str, EVERY, "where to go for the scene file just opened"),
    Entry("* stepper", dict, EVERY, "component: where a stepper rests"),
    Entry("* cells", dict, EVERY, "component: the numbers of a picture"),
    Entry("* pixels", dict, EVERY, "component: the colours of a picture"),
    # Every page that takes photos
    Entry("own photos", list, OWN_PHOTOS, "the photos that the person brought"),
    Entry("photos refused", list, OWN_PHOTOS, "why photos were refused"),
    Entry("uploads *", list, OWN_PHOTOS, "the files dropped"),
    Entry("uploads taken", int, OWN_PHOTOS, "how often files were dropped"),
    Entry("tray", dict, OWN_PHOTOS, "component: the photos, and the copy of them in the browser"),
    Entry("tray session", str, OWN_PHOTOS, "by which the browser knows this session"),
    Entry("photos sent to the browser", set, OWN_PHOTOS, "digests of the photos it has"),
    Entry("photos awaited", dict, OWN_PHOTOS, "names that the link asks for, by setting"),
    Entry(
        "photos to ask for", str, OWN_PHOTOS, "the setting whose photos are still to be asked for"
    ),
    Entry("browser has answered", bool, OWN_PHOTOS, "whether it told which photos it has"),
    Entry("awaited photo came", bool, OWN_PHOTOS, "whether that photo has just been brought"),
    Entry("camera on", bool, OWN_PHOTOS, "whether the camera is on"),
    Entry("camera", "UploadedFile", OWN_PHOTOS, "the picture taken"),
    # Convolve, Backward and Pooling
    Entry("region picked", tuple, STEPPED, "pixel to which the region is moved in this run"),
    Entry("place picked", tuple, STEPPED, "image, map, row and column where stepping begins"),
    Entry("region of photo", str, STEPPED, "digest of the photo in which the region lies"),
    Entry("* grid", dict, STEPPED, "component: numbers that a person changes"),
    Entry("* edit", tuple, STEPPED, "the last change of such numbers, and what they became"),
    Entry("photo picture", dict, CONVOLVE, "component: the photo"),
    Entry("map picture", dict, CONVOLVE, "component: the map"),
    Entry("lens", dict, CONVOLVE, "component: the numbers below the pointer"),
    Entry("pool photo", dict, POOLING, "component: the photo"),
    Entry("pool map", dict, POOLING, "component: the map"),
    Entry("pool lens", dict, POOLING, "component: the numbers below the pointer"),
    Entry("pooling kernel of the last run", tuple, POOLING, "the window that the stride follows"),
    # Feature maps
    Entry("stage list", "StageList", MAPS, "the stages, and a name for each"),
    Entry("stages named", int, MAPS, "how many names were given"),
    Entry("pipeline example", str, MAPS, "the example just chosen"),
    Entry("cell picked", dict, MAPS, "row and column to which the next run goes"),
    Entry("map grid", dict, MAPS, "component: every map"),
    Entry("one photo", dict, MAPS, "component: the photo"),
    Entry("one map", dict, MAPS, "component: the map"),
    Entry("difference *", dict, MAPS, "component: one of two maps, or their difference"),
    Entry("add *", bool, MAPS, "button that adds a stage"),
    Entry("stage * settings", bool, MAPS, "whether a stage is unfolded"),
    Entry("stage * up", bool, MAPS, "button that moves a stage up"),
    Entry("stage * remove", bool, MAPS, "button that removes a stage"),
    Entry("stage * take", bool, MAPS, "button that takes the trained weights"),
    Entry("stage * kind", str, MAPS, "where the filters of a stage come from"),
    Entry("stage * presets", list, MAPS, "names of the filters of a stage"),
    Entry("stage * typed", str, MAPS, "typed filters of a stage"),
    Entry("stage * bias", str, MAPS, "typed biases of a stage"),
    Entry("stage * wavelength", float, MAPS, "wavelength of a stage's Gabor filters"),
    Entry("stage * orientations", int, MAPS, "number of a stage's Gabor filters"),
    Entry("stage * count", int, MAPS, "number of a stage's random filters"),
    Entry("stage * seed", int, MAPS, "seed of a stage's random filters"),
    Entry("stage * size", int, MAPS, "kernel size of a stage"),
    Entry("stage * window", int, MAPS, "window size of a pool"),
    Entry("stage * stride", int, MAPS, "stride of a stage"),
    Entry("stage * padding", int, MAPS, "padding of a stage"),
    Entry("stage * dilation", int, MAPS, "dilation of a stage"),
    # Receptive field
    Entry("layer stack", str, FIELD, "the layers as text"),
    Entry("layer edited", str, FIELD, "number of the layer that is edited and shown"),
    Entry("picked unit", str, FIELD, "the unit picked"),
    Entry("picked pixel", str, FIELD, "the pixel picked, instead of a unit"),
    Entry("edit layer", int, FIELD, "slider of the layer that is edited"),
    Entry("edit add", bool, FIELD, "button that adds a layer"),
    Entry("edit up", bool, FIELD, "button that moves the layer towards the input"),
    Entry("edit down", bool, FIELD, "button that moves the layer towards the output"),
    Entry("edit delete", bool, FIELD, "button that deletes the layer"),
    Entry("edit kind", str, FIELD, "convolution or pool"),
    Entry("edit padding kind", str, FIELD, "an amount, or TensorFlow's SAME"),
    Entry("edit *", int, FIELD, "slider of a number of the layer"),
    Entry("field photo", dict, FIELD, "component: the photo"),
    Entry("field units", dict, FIELD, "component: the map of the layer"),
    Entry("field layers", dict, FIELD, "component: the maps of all layers"),
    Entry("recurrence *", dict, FIELD, "component: the table of the recurrence"),
    # Effective field, Sharing and Equivariance
    Entry("effective photo", dict, EFFECTIVE, "component: the photo"),
    Entry("effective map", dict, EFFECTIVE, "component: the gradient"),
    Entry("connections", dict, SHARING, "component: the matrix"),
    Entry("edge photo", dict, SHARING, "component: the photo"),
    Entry("edge map", dict, SHARING, "component: its edges"),
    Entry("shift picked", tuple, EQUIVARIANCE, "the shift of the next run"),
    Entry("shifted image", dict, EQUIVARIANCE, "component: what is shifted"),
    Entry("map *", dict, EQUIVARIANCE, "component: a map of one order, or the difference"),
    # Network
    Entry("training", "Training", TRAINED, "the training of this session"),
    Entry("trainings measured", dict, NETWORK, "what trainings measured, by their settings"),
    Entry("training refused", SpecError, NETWORK, "why a training could not start"),
    Entry("own filters", list, TRAINED, "filters taken from the network trained here"),
    Entry("network map open", tuple, NETWORK, "layer and number of the map that is open"),
    Entry("network map stepped", tuple, NETWORK, "layer, map, row and column stepped to"),
    Entry("network overview", dict, NETWORK, "component: every layer"),
    Entry("random picture", bool, NETWORK, "button that chooses a picture"),
    Entry("next pictures", dict, NETWORK, "component: the next picture of each class"),
    Entry("scored picture", dict, NETWORK, "component: the picture"),
    Entry("saliency map", dict, NETWORK, "component: its saliency"),
    Entry("confusion", dict, NETWORK, "component: the confusion matrix"),
    Entry("mistakes", dict, NETWORK, "component: pictures classified wrongly"),
    Entry("diagram", dict, NETWORK, "component: the layers as boxes"),
    Entry("filters shown", dict, NETWORK, "component: the first layer's filters"),
    Entry("checkpoint opened", "UploadedFile", NETWORK, "the checkpoint dropped"),
    Entry("checkpoint refused", SpecError, NETWORK, "why a checkpoint was refused"),
    Entry("experiment results", dict, NETWORK, "what the experiments computed"),
    Entry("sanity", bool, NETWORK, "button of the first loss"),
    Entry("check", bool, NETWORK, "button of the gradient check"),
    Entry("overfit *", bool, NETWORK, "button that trains a network of the experiment"),
    Entry("comparison job", "Job", NETWORK, "the comparison with PyTorch"),
    Entry("comparison refused", SpecError, NETWORK, "why it could not start"),
)


_OF_PAGE = {(page, each.name): each for each in SETTINGS for page in each.pages}


def setting_of(page: str, name: str) -> Setting:
    """The setting that a page calls so.

    Examples
    --------
    >>> setting_of("convolve", "stride") is setting_of("backward", "stride")
    True
    >>> setting_of("pooling", "stride").key, setting_of("pooling", "view").link
    ('pooling_stride', 'view')
    """
    return _OF_PAGE[page, name]


def declared(key: str) -> Entry | None:
    """The line of a name in the session; None if there is none.

    Examples
    --------
    >>> declared("stage 3 stride").what
    'stride of a stage'
    """
    every = (*SETTINGS, *ENTRIES)
    exact = next((each for each in every if each.key == key), None)
    return exact or next((each for each in every if fnmatchcase(key, each.key)), None)


def renamed(page: str, query: str) -> str:
    """A link's query with the names that its settings have now: links of before this register still work.

    Examples
    --------
    >>> renamed("pooling", "stride=2&view=Forward")
    'pooling_stride=2&view=Forward'
    """
    now: Mapping[str, str] = {each.name: each.link for each in SETTINGS if page in each.pages}
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([(now.get(name, name), value) for name, value in pairs])
