"""The settings of the stored results, shared by the script that makes them and the test."""

CONVS = [  # input, kernel, stride, padding, dilation, groups, padding_mode
    ((7, 9), (3, 2), (1, 1), (0, 0), (1, 1), 1, "zeros"),
    ((7, 9), (3, 3), (2, 3), (1, 2), (1, 1), 2, "zeros"),
    ((8, 8), (2, 4), (1, 2), (2, 1), (2, 1), 1, "reflect"),
    ((6, 5), (3, 3), (2, 2), (1, 1), (1, 2), 2, "replicate"),
    ((6, 7), (1, 5), (1, 1), (3, 2), (1, 1), 1, "circular"),
    ((9, 8), (2, 2), (3, 3), (0, 0), (2, 2), 1, "zeros"),
]
TRANSPOSED = [  # input, kernel, stride, padding, output_padding, dilation, groups
    ((4, 5), (3, 2), (1, 1), (0, 0), (0, 0), (1, 1), 1),
    ((3, 4), (3, 3), (2, 3), (1, 2), (1, 2), (1, 1), 2),
    ((4, 3), (2, 3), (1, 2), (1, 1), (1, 0), (2, 1), 2),
]
POOLS = [  # input, kernel, stride, padding, dilation, ceil_mode
    ((6, 6), (2, 2), (2, 2), (0, 0), (1, 1), False),
    ((7, 5), (3, 2), (2, 1), (1, 1), (1, 1), True),
    ((9, 8), (3, 3), (2, 2), (1, 1), (2, 2), False),
    ((6, 6), (3, 3), (2, 2), (0, 0), (1, 1), True),
    ((8, 7), (2, 3), (3, 3), (1, 0), (1, 1), True),
]
