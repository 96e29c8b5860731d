"""The pages the app has, as its main script lists them."""

from __future__ import annotations

import ast

from scripts.serving import ROOT


def page_paths() -> list[str]:
    """The ``url_path`` of every ``st.Page`` that has a place in the bar, the default page first and as "".

    Examples
    --------
    >>> page_paths()[0], "receptive-field" in page_paths()
    ('', True)
    """
    tree = ast.parse((ROOT / "app.py").read_text("utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "Page":
            words = {word.arg: getattr(word.value, "value", None) for word in node.keywords}
            if words.get("visibility") != "hidden":
                found.append("" if words.get("default") else str(words["url_path"]))
    return sorted(found, key=bool)
