"""What a browser tells before it has heard of a view that a lesson opened, or of a photo that was pressed."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.load.visitor import Visitor
from scripts.serving import Server
from tests.apart import run_apart


def part_of(visitor: Visitor, key: str) -> str:
    """The id of a part of the page."""
    (found,) = (
        each.bidi_component.id
        for each in visitor.shown.values()
        if each.WhichOneof("type") == "bidi_component" and each.bidi_component.id.endswith(key)
    )
    return found


def told(visitor: Visitor, *news: WidgetState) -> BackMsg:
    """What the browser tells now, with these news."""
    asked = visitor._rerun()
    asked.rerun_script.widget_states.widgets.extend(news)
    return asked


def pressed(visitor: Visitor, part: str, event: str, value: object) -> WidgetState:
    """What is told of a press in a part of the page."""
    key = _make_trigger_id(part_of(visitor, part), "events")
    press = json.dumps([{"event": event, "value": value}])
    return WidgetState(id=key, json_trigger_value=press)


def moved(visitor: Visitor, label: str, value: float) -> WidgetState:
    """What is told of a slider that was moved."""
    state = WidgetState(id=visitor.element(label)[1].id)
    state.double_array_value.data.append(value)
    return state


def go(visitor: Visitor, step: int) -> BackMsg:
    """What the browser tells of a press that leads to a step of the lesson."""
    return told(visitor, pressed(visitor, "lesson strip", "go", step - 1))


def step_of(visitor: Visitor) -> int:
    (strip,) = visitor.parts("lesson")
    return int(strip["at"]) + 1


def test_a_number_typed_as_a_lesson_opens_a_view_changes_that_view(server: Server) -> None:
    """The link that comes with it is still that of the view before, with one filter and its numbers."""

    async def walk() -> None:
        visitor = Visitor(server.url)
        typed = "filter=Custom&weights=1+0+1%3B3+0+2%3B-1+0+1&view=Step+through+the+loop"
        await visitor.open(f"/?lesson=window&lesson_step=2&{typed}")
        edit = json.dumps({"typed": {"edit": 1, "text": "7 0 1;3 0 2;-1 0 1"}})
        late = told(visitor, WidgetState(id=part_of(visitor, "weights grid"), json_value=edit))
        await visitor._run(go(visitor, 3))
        assert parse_qs(visitor.link)["more"] == ["Sobel y"]
        await visitor._run(late)
        said = parse_qs(visitor.link)
        assert (step_of(visitor), said["more"]) == (3, ["Sobel y"])
        assert said["weights"] == ["7 0 1;3 0 2;-1 0 1"]
        assert visitor.element("Number of filters F")[1].value == 2
        await visitor.close()

    run_apart(walk())


@pytest.mark.parametrize("at_once", [False, True])
def test_a_setting_changed_as_a_lesson_turns_the_page_does_not_turn_it_back(
    server: Server, at_once: bool
) -> None:
    """Neither at once, while the server still draws the page, nor with the next change there."""

    async def walk() -> None:
        visitor = Visitor(server.url)
        await visitor.open("/backward?lesson=why&lesson_step=7")
        late, turning = told(visitor, moved(visitor, "Stride", 2)), go(visitor, 8)
        if at_once:
            await visitor._socket.send(turning.SerializeToString())
        else:
            await visitor._run(turning)
        await visitor._run(late)
        visitor.page = "sparse-shared"  # by now the browser has heard of it
        await visitor.set("Filters F", 5)
        assert (step_of(visitor), visitor.element("Filters F")[0]) == (8, "number_input")
        await visitor.close()

    run_apart(walk())


def test_a_number_that_the_browser_has_written_into_its_link_meanwhile_is_one_of_the_new_view(
    server: Server,
) -> None:
    """A slider of Streamlit's writes its number into the browser's link before the server hears of it."""

    async def walk() -> None:
        visitor = Visitor(server.url)
        await visitor.open("/?lesson=filter&lesson_step=7&channels=Gray&operation=Convolution")
        late = told(visitor, moved(visitor, "Padding on each side", 2))
        late.rerun_script.query_string = f"{visitor.link}&pad=2"
        await visitor._run(go(visitor, 6))
        await visitor._run(late)
        said = parse_qs(visitor.link)
        assert (step_of(visitor), said["lesson_step"], said["pad"]) == (6, ["6"], ["2"])
        assert (said["filter"], "operation" in said) == (["Sharpen"], False)
        await visitor.close()

    run_apart(walk())


@pytest.mark.parametrize("is_tick", [False, True])
def test_a_photo_pressed_in_the_tray_stays_although_a_request_tells_of_the_one_before(
    server: Server, is_tick: bool
) -> None:
    """The browser may not have heard of the press when a slider is moved, or the page follows one by itself."""

    async def press() -> None:
        visitor = Visitor(server.url)
        await visitor.open("/?image=Cat")
        await visitor.set("Stride", 2.0)
        box = WidgetState(id=visitor.element("Image")[1].id, string_value="Cat")
        late = told(visitor, box)
        if is_tick:
            late.rerun_script.fragment_id, late.rerun_script.is_auto_rerun = visitor._tick, True
        else:
            late = told(visitor, box, moved(visitor, "Padding on each side", 3))
        await visitor._run(told(visitor, box, pressed(visitor, "tray", "chosen", "Step edge")))
        await visitor._run(late)
        padding = {} if is_tick else {"pad": ["3"]}
        assert parse_qs(visitor.link) == {"stride": ["2"], "image": ["Step edge"], **padding}
        await visitor.close()

    run_apart(press())
