"""What the overview says, in English, translated when it is sent."""

from __future__ import annotations

from convviz.text.i18n import N_

WORDS = {
    "hint": N_("Point at a map to see what feeds it; click it to see how it came about."),
    "fold": N_("Fold norm and relu"),
    "unfold": N_("Show every layer"),
    "picture": N_("The picture the network is given"),
    "range": N_("{first}–{last} of {count}"),
    "between": N_("{minimum} to {maximum}"),
    "before": N_("Maps before these"),
    "after": N_("Maps after these"),
    "mapRange": N_("{what}: values from {minimum} to {maximum}."),
    "unitValue": N_("{what}: {value}."),
    "fedBySame": N_("Made of {from}."),
    "fedByAll": N_("Made of all {count} of {from}; most, on average over its cells, of {list}."),
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
    "conv": N_("Each channel under its own kernel; the results are added up cell by cell."),
    "relu": N_("What is negative becomes 0."),
    "pool": N_("The largest number of each window."),
    "norm": N_(
        "(x − mean) ÷ deviation × gamma + beta: mean and deviation are the running ones, gamma and beta trained."
    ),
    "dropout": N_("After training, everything passes."),
    "affine": N_("Every number before, times its own weight; all products are added up."),
}
