"""The Chinese texts use the terms of a Chinese course, each for one thing; CONTRIBUTING.md lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polib
import pytest

from convviz.text.i18n import languages

CATALOGUE = languages()["zh"].catalogue
# What the English says, as a pattern, and the terms of which the Chinese must have one.
TERMS = {
    r"kernels?": "卷积核|窗口",
    r"filters?": "卷积核|滤波器",
    r"convolutions?|convolve": "卷积",
    r"strides?": "步幅",
    r"padding": "填充",
    r"dilation": "膨胀",
    r"pool|pools|pooling": "池化",
    r"windows?": "窗口",
    r"receptive fields?": "感受野",
    r"feature maps?": "特征图",
    r"cells?": "单元格",
    r"units?": "单元",
    r"gradients?": "梯度|渐变",  # the second is a picture from dark to bright
    r"taps?": "元素",
    r"bias|biases": "偏置",
    r"weights?": "权重",
    r"kinks?": "不可导点",
    r"sidebar": "侧栏",
}
# Words the Chinese must not have: another term stands for the same thing.
WRONG = {
    "侧边栏": "侧栏",
    "折点": "不可导点",
    "尖点": "不可导点",
    "堆叠": "网络",
    "步长": "步幅; 步长 is the step h of a gradient check",
    "您": "你",
    "滤镜": "卷积核",
    "补零": "填充",
    "汇聚": "池化",
    "感受域": "感受野",
}
MAY = {"步长": r"step"}
# Names of the code, and what is filled in.
QUOTED = r"\{[^}]*\}|`[^`]*`|\w+=|'[a-z]+'|\([a-z]+, [a-z, ]+\)|\w+_\w+|\bpool2\b"


def entries() -> Iterator[tuple[str, str, str]]:
    """(English, Chinese, the files it stands in) of every text."""
    for entry in polib.pofile(str(CATALOGUE)):
        files = " ".join(name for name, _line in entry.occurrences)
        yield entry.msgid, entry.msgstr or entry.msgstr_plural[0], files


def faults(english: str, chinese: str, files: str = "") -> list[str]:
    """What is wrong with the terms of one text."""
    plain = re.sub(QUOTED, " ", english)
    found = [
        f"{wanted} for {term}"
        for term, wanted in TERMS.items()
        if re.search(rf"\b(?:{term})\b", plain, flags=re.I) and not re.search(wanted, chinese)
    ]
    found += [
        f"not {wrong}: {right}"
        for wrong, right in WRONG.items()
        if wrong in chinese and not re.search(MAY.get(wrong, "^$"), english, flags=re.I)
    ]
    both = re.search("kernel", plain, flags=re.I) and re.search("filter", plain, flags=re.I)
    if "滤波器" in chinese and not both and not plain.startswith("Gabor"):
        found.append("滤波器 only beside 卷积核, where a filter has several kernels")
    if re.search("(?<!卷积)核(?!元素)", chinese):
        found.append("卷积核, not 核")
    convolution = re.search("conv|filter", plain, flags=re.I)
    if re.search("pool", plain + files, flags=re.I) and not convolution and "卷积核" in chinese:
        found.append("池化窗口, not 卷积核, of pooling")
    of_a_grid = re.search(r"\bcell", plain) and not re.search(r"\bunit", plain)
    if of_a_grid and re.search("单元(?!格)", chinese):
        found.append("单元格 for cell; 单元 is a unit of a layer")
    return found


@pytest.mark.parametrize(
    ("english", "chinese", "files"),
    [
        ("Kernel size", "滤波器大小", ""),
        ("Filters", "滤波器", ""),
        ("a smaller kernel", "更小的核", ""),
        ("Kernel size", "卷积核大小", "convviz/pages/pooling/controls.py"),
        ("the pooling kernel", "池化窗口的卷积核", ""),
        ("Stride", "步长", ""),
        ("Cells", "单元数", ""),
        ("a kink", "折点", ""),
        ("The sidebar", "侧边栏", ""),
    ],
)
def test_a_mixture_of_terms_is_found(english: str, chinese: str, files: str) -> None:
    assert faults(english, chinese, files)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("a kernel for each channel of a filter", "滤波器的每个通道有一个卷积核"),
        ("Step h", "步长 h"),
        ("use conv7-32 (kernel, filters), pool2", "请使用 conv7-32（卷积核大小、卷积核数）"),
        ("Max pooling", "最大池化"),
    ],
)
def test_the_right_terms_pass(english: str, chinese: str) -> None:
    assert faults(english, chinese) == []


def test_the_chinese_uses_one_term_for_each_thing() -> None:
    wrong = [(each[0], each[1], found) for each in entries() if (found := faults(*each))]
    assert wrong == []
