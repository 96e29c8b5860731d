"""The pages in Chinese: what code puts together has Chinese marks, too."""

from __future__ import annotations

import re

import pytest

from convviz.pages.table import PAGES
from tests.pages.test_follow import opened

HAN = r"[\u4e00-\u9fff]"
# A list or the end of a sentence in English marks beside Chinese words, and a gap after a Chinese full stop.
WRONG = re.compile(rf"{HAN}[^(\[。；\n]{{0,12}}, |{HAN} ?\d*\. |。 (?=[\u4e00-\u9fff*])|{HAN}; ")
VIEWS = {
    "": ["stride=2&pad=2", "view=Libraries&stride=2&pad=2"],
    "equivariance": ["", "what=Blob"],
    "receptive-field": ["pixel=40,40", "view=Table+and+growth"],
    "classic-bugs": ["", "view=Step+through+the+right+loop"],
    "gradient-check": ["", "layer=Max+pooling"],
}
ADDRESSES = [
    f"{entry.address}?lang=zh&{query}"
    for entry in PAGES
    for query in VIEWS.get(entry.address, [""])
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_put_together_has_chinese_marks(address: str) -> None:
    at = opened(address)
    said = [each.value for each in (*at.markdown, *at.caption)]
    found = [text for text in said if re.search(HAN, text) and WRONG.search(text)]
    assert not found
