"""What the overview says, in English, translated when it is sent."""

from __future__ import annotations

from convviz.text.i18n import N_

WORDS = {
    "hint": N_("Point at a map to see its inputs. Click it to see how the network computes it."),
    "fold": N_("Fold norm and relu"),
    "unfold": N_("Show every layer"),
    "picture": N_("The picture that goes into the network"),
    "range": N_("{first}–{last} of {count}"),
    "between": N_("{minimum} to {maximum}"),
    "before": N_("Maps before these"),
    "after": N_("Maps after these"),
    "mapRange": N_("{what}: values from {minimum} to {maximum}."),
    "unitValue": N_("{what}: {value}."),
    "fedBySame": N_("Made from {from}."),
    "fedByAll": N_(
        "Made from all {count} of {from}. Largest contributions, averaged over the cells: {list}."
    ),
    "back": N_("Back (Esc)"),
    "step": N_("Step through it"),
    "sum": N_("sum"),
    "bias": N_("bias"),
    "cell": N_("Cell [{row}, {column}]:"),
    "sums": N_("Each map's products add up to"),
    "largest": N_("the largest of {list}"),
    "numbers": N_("{count} numbers"),
    "maps": N_("maps"),
    "kernels": N_("kernels"),
    "goesIn": N_("input"),
    "terms": N_("sum of {count} terms"),
}
HOW = {
    "conv": N_(
        "The layer convolves each channel with its own kernel and adds the results cell by cell."
    ),
    "relu": N_("Negative numbers become 0."),
    "pool": N_("The largest number of each window."),
    "norm": N_(
        "(x − mean) ÷ deviation × gamma + beta, with the running mean and deviation and the "
        "trained gamma and beta."
    ),
    "dropout": N_("Dropout drops units only in training. Here every number passes unchanged."),
    "affine": N_("The layer multiplies each input by its own weight and adds all products."),
}
