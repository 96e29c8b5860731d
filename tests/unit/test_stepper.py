"""What the stepper sends to the browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from convviz.browser.bundle import bundle
from convviz.text.words import STEPPER
from tests.parts import plain_of


def _page(kernel: int = 3, seek: int | None = None, nonce: int = 0) -> None:
    import numpy as np
    import streamlit as st

    from convviz.browser.stepper import step_through
    from convviz.trace import conv_scene

    x = np.arange(2 * 6 * 5.0).reshape(1, 2, 6, 5)
    scene = conv_scene(x, np.ones((1, 2, kernel, kernel)))
    st.write("step", step_through(scene, key="stepper", seek=seek, nonce=nonce))


def _sent(**settings: Any) -> Any:
    app = AppTest.from_function(_page, default_timeout=60, kwargs=settings).run()
    assert not app.exception
    return app.get("bidi_component")[0].proto


def test_every_word_the_browser_says_comes_from_python() -> None:
    """Each `words.name` in the modules has a text."""
    used = set(re.findall(r"\bwords\.(\w+)", bundle("browser/stepper/stepper.js")))
    assert used <= set(STEPPER)


def test_the_page_learns_the_step_only_from_the_browser() -> None:
    """Before the first report the step is None."""
    app = AppTest.from_function(_page, default_timeout=60).run()
    assert "None" in app.markdown[0].value


@pytest.mark.parametrize("setting", [{"seek": 7}, {"nonce": 1}])
def test_seeking_sends_the_same_scene(setting: dict[str, int]) -> None:
    """Seek and nonce travel beside the scene; the fingerprint says that it has not changed."""
    assert _fingerprint(_sent(**setting)) == _fingerprint(_sent())


def test_another_kernel_is_another_scene() -> None:
    """The browser must not keep an old scene for a new one."""
    assert _fingerprint(_sent(kernel=2)) != _fingerprint(_sent())


def _fingerprint(proto: Any) -> str:
    assert proto.WhichOneof("data") == "bytes", "arrays travel as they are, beside plain values"
    return str(plain_of(proto)["fingerprint"])
