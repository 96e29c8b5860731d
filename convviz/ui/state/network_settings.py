"""The settings of the Network page; `settings.py` has those of all others."""

from __future__ import annotations

from convviz.ui.state.entry import NETWORK, Setting

NETWORK_SETTINGS = (
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
