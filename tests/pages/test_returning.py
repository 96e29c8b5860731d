"""What the browser says of the page as a whole: files that did not arrive, and a tab that was loaded again."""

from __future__ import annotations

import pytest

from convviz.ui.saying import plain
from convviz.ui.state import visit
from tests.pages.test_session import checked, opened, use

NAME = "[press](https://evil.example).png"


def test_each_file_that_did_not_arrive_is_said_by_name() -> None:
    at = opened(image="Digit")
    refused = [
        {"name": NAME, "why": "413"},
        {"name": "large.png", "why": "large"},
        {"name": "framed.png", "why": "403"},
        {"name": "lost.png", "why": ""},
    ]
    use(at, "frame", "refused", refused)
    (said,) = at.warning
    assert said.value.split("  \n") == [
        plain(f"{NAME} is larger than this server accepts: scale it down, or save it as a JPEG."),
        plain("large.png is larger than this server accepts: scale it down, or save it as a JPEG."),
        plain(
            "This server does not accept framed.png from here: "
            "open the page in a tab of its own, or load it again."
        ),
        plain("lost.png did not arrive: choose it again, or a smaller file."),
    ]
    checked(at.run())
    assert not at.warning


@pytest.mark.parametrize("is_open", [False, True])
def test_a_reload_takes_the_training_over_unless_its_page_is_open(
    is_open: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visit, "session_watch", lambda: lambda: is_open)
    small = {"view": "Train", "images": "100", "network_filters": "2", "size": "3", "hidden": "8"}
    before = opened("network", **small)
    next(each for each in before.button if each.label == "Start").click()
    checked(before.run())
    training = before.session_state["training"]
    try:
        after = opened("network", **small)
        use(after, "frame", "before", before.session_state["visit"].key)
        assert ("training" in after.session_state) == (not is_open)
        if not is_open:
            assert after.session_state["training"] is training
            assert not next(each for each in after.button if each.label == "Cancel").disabled
    finally:
        next(each for each in before.button if each.label == "Cancel").click()
        before.run()
