"""What the stepper sends to the browser, and that its modules join into one text."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from convviz.browser import stepper
from convviz.browser.bundle import PACKAGE, join_modules
from convviz.text.words import STEPPER

FILES = list(stepper.MODULES)


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


def test_every_module_is_joined_once_and_after_what_it_imports() -> None:
    """Leaving a file out, or joining it too early, would break the browser and nothing else."""
    folder = PACKAGE / "browser" / "stepper"
    own = [file for file in FILES if file.startswith("browser/stepper/")]
    assert sorted(own) == sorted(f"browser/stepper/{p.name}" for p in folder.glob("*.js"))
    for k, file in enumerate(FILES):
        text = (PACKAGE / file).read_text("utf-8")
        needed = re.findall(r'^import .* from "(\.\.?/.*)";$', text, flags=re.M)
        found = [(PACKAGE / file).parent / name for name in needed]
        paths = {path.resolve().relative_to(PACKAGE).as_posix() for path in found}
        assert paths <= set(FILES[:k]), file


def test_joined_text_has_one_entry_and_no_import() -> None:
    """Streamlit takes inline text, which cannot import a sibling."""
    joined = join_modules(*FILES)
    assert not re.search(r"^import ", joined, flags=re.M)
    assert re.findall(r"^export \w+", joined, flags=re.M) == ["export default"]


def test_top_level_names_are_unique_across_modules() -> None:
    """Joined modules share one scope, where a second `const` of a name is a syntax error."""
    declared = re.findall(
        r"^(?:export )?(?:const|let|class|function) (\w+)", join_modules(*FILES), flags=re.M
    )
    assert len(declared) == len(set(declared))


def test_every_word_the_browser_says_comes_from_python() -> None:
    """Each `words.name` in the modules has a text."""
    used = set(re.findall(r"\bwords\.(\w+)", join_modules(*FILES)))
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
    kind = proto.WhichOneof("data")
    assert kind == "mixed", "arrays travel as Arrow tables beside plain values"
    return str(json.loads(proto.mixed.json)["fingerprint"])
