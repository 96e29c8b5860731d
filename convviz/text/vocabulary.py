"""Words that come from the library, which marks nothing for translation, and that pages show.

Nothing imports this: it is read by ``make messages``.
"""

from convviz.text.i18n import N_

SETTINGS = (
    N_("height"),
    N_("width"),
    N_("kernel"),
    N_("stride"),
    N_("padding"),
    N_("dilation"),
    N_("groups"),
)
PADDINGS = (  # modes, and what the cells around the image hold
    N_("zeros"),
    N_("the number 0"),
    N_("reflect"),
    N_("the image mirrored at its edge"),
    N_("replicate"),
    N_("the edge repeated"),
    N_("circular"),
    N_("the opposite side"),
)
PATHS = (  # of branches that do not meet
    N_("strides"),
    N_("output sizes"),
    N_("centres"),
)
FILTERS = (
    N_("Sobel x"),
    N_("Sobel y"),
    N_("Identity"),
    N_("Box blur"),
    N_("Gaussian blur"),
    N_("Sharpen"),
    N_("Unsharp mask"),
    N_("High-pass"),
    N_("Prewitt x"),
    N_("Prewitt y"),
    N_("Scharr x"),
    N_("Scharr y"),
    N_("Laplacian (4)"),
    N_("Laplacian (8)"),
    N_("Laplacian of Gaussian"),
    N_("Emboss"),
    N_("Motion blur"),
    N_("Gabor 0°"),
    N_("Gabor 45°"),
    N_("Gabor 90°"),
    N_("Gabor 135°"),
    N_("Random"),
    N_("Course: grayscale"),
    N_("Course: blue edge"),
)
