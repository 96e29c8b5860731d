"""Convolution and pooling as plain loops over numbers. Shares no code with convviz."""

from __future__ import annotations

import math

import numpy as np

MIRROR = {
    "zeros": lambda i, n: i if 0 <= i < n else None,
    "replicate": lambda i, n: min(max(i, 0), n - 1),
    "circular": lambda i, n: i % n,
    "reflect": lambda i, n: (n - 1) - abs((n - 1) - abs(i)),
}


def conv(x, w, b, stride, padding, dilation, groups, mode):
    """x (N, C, H, W), w (F, C/groups, KH, KW); pairs throughout; padding ((t, b), (l, r))."""
    (n_, _, h_, w_), (f_, cg, kh, kw) = x.shape, w.shape
    (t, bot), (le, ri) = padding
    oh = (h_ + t + bot - dilation[0] * (kh - 1) - 1) // stride[0] + 1
    ow = (w_ + le + ri - dilation[1] * (kw - 1) - 1) // stride[1] + 1
    out = np.zeros((n_, f_, oh, ow))
    at = MIRROR[mode]
    for n in range(n_):
        for f in range(f_):
            first = f // (f_ // groups) * cg
            for i in range(oh):
                for j in range(ow):
                    total = float(b[f])
                    for c in range(cg):
                        for u in range(kh):
                            for v in range(kw):
                                row = at(i * stride[0] + u * dilation[0] - t, h_)
                                column = at(j * stride[1] + v * dilation[1] - le, w_)
                                if row is not None and column is not None:
                                    total += float(x[n, first + c, row, column]) * float(
                                        w[f, c, u, v]
                                    )
                    out[n, f, i, j] = total
    return out


def conv_transpose(x, w, b, stride, padding, output_padding, dilation, groups):
    """x (N, C, H, W), w (C, F/groups, KH, KW): each input cell stamps its filters; cells outside drop."""
    (n_, c_, h_, w_), (_, fg, kh, kw) = x.shape, w.shape
    (t, bot), (le, ri) = padding
    oh = (h_ - 1) * stride[0] - t - bot + dilation[0] * (kh - 1) + output_padding[0] + 1
    ow = (w_ - 1) * stride[1] - le - ri + dilation[1] * (kw - 1) + output_padding[1] + 1
    out = np.zeros((n_, fg * groups, oh, ow)) + np.asarray(b, dtype=float)[:, None, None]
    for n, c, i, j in np.ndindex(x.shape):
        first = c // (c_ // groups) * fg
        for f, u, v in np.ndindex(fg, kh, kw):
            row, column = (
                i * stride[0] + u * dilation[0] - t,
                j * stride[1] + v * dilation[1] - le,
            )
            if 0 <= row < oh and 0 <= column < ow:
                out[n, first + f, row, column] += float(x[n, c, i, j]) * float(w[c, f, u, v])
    return out


def pooled_length(n, k, s, p, d, ceil):
    """PyTorch's rule."""
    room = (n + 2 * p - d * (k - 1) - 1) / s
    out = (math.ceil(room) if ceil else math.floor(room)) + 1
    return out - 1 if ceil and (out - 1) * s >= n + p else out


def pool(x, kernel, stride, padding, dilation, ceil, kind, include):
    """x (C, H, W); returns the pooled array and, for "max", the flat index of each winner."""
    channels, height, width = x.shape
    oh = pooled_length(height, kernel[0], stride[0], padding[0], dilation[0], ceil)
    ow = pooled_length(width, kernel[1], stride[1], padding[1], dilation[1], ceil)
    out, where = np.zeros((channels, oh, ow)), np.zeros((channels, oh, ow), dtype=int)
    for c in range(channels):
        for i in range(oh):
            for j in range(ow):
                best, index, total, real, padded = -math.inf, -1, 0.0, 0, 0
                for u in range(kernel[0]):
                    for v in range(kernel[1]):
                        row = i * stride[0] + u * dilation[0] - padding[0]
                        column = j * stride[1] + v * dilation[1] - padding[1]
                        if row < height + padding[0] and column < width + padding[1]:
                            padded += 1
                        if 0 <= row < height and 0 <= column < width:
                            value = float(x[c, row, column])
                            real += 1
                            total += value
                            if value > best:
                                best, index = value, row * width + column
                out[c, i, j] = best if kind == "max" else total / (padded if include else real)
                where[c, i, j] = index
    return out, where


def conv_backward(dout, x, w, stride, padding, dilation, groups, mode):
    """dx, dw, db by handing each output cell's gradient to both factors of each of its products."""
    (n_, f_, oh, ow), (_, cg, kh, kw) = dout.shape, w.shape
    h_, w_ = x.shape[2:]
    (t, _), (le, _) = padding
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(f_)
    at = MIRROR[mode]
    for n in range(n_):
        for f in range(f_):
            first = f // (f_ // groups) * cg
            for i in range(oh):
                for j in range(ow):
                    gradient = float(dout[n, f, i, j])
                    db[f] += gradient
                    for c in range(cg):
                        for u in range(kh):
                            for v in range(kw):
                                row = at(i * stride[0] + u * dilation[0] - t, h_)
                                column = at(j * stride[1] + v * dilation[1] - le, w_)
                                if row is not None and column is not None:
                                    place = n, first + c, row, column
                                    dx[place] += gradient * float(w[f, c, u, v])
                                    dw[f, c, u, v] += gradient * float(x[place])
    return dx, dw, db


def pool_backward(dout, x, kernel, stride, padding, dilation, kind, include):
    """dx of pooling x (C, H, W); kind is "split", "first" or "mean"."""
    _, height, width = x.shape
    dx = np.zeros(x.shape)
    for c, i, j in np.ndindex(dout.shape):
        cells, padded = [], 0
        for u in range(kernel[0]):
            for v in range(kernel[1]):
                row = i * stride[0] + u * dilation[0] - padding[0]
                column = j * stride[1] + v * dilation[1] - padding[1]
                padded += row < height + padding[0] and column < width + padding[1]
                if 0 <= row < height and 0 <= column < width:
                    cells.append((c, row, column))
        if kind != "mean":
            best = max((float(x[cell]) for cell in cells), default=None)
            cells = [cell for cell in cells if float(x[cell]) == best]
            cells = cells[:1] if kind == "first" else cells
        for cell in cells:
            shares = padded if kind == "mean" and include else len(cells)
            dx[cell] += float(dout[c, i, j]) / shares
    return dx
