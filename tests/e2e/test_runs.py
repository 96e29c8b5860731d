"""What runs for a change: the view alone, once; the whole page where that looks different."""

from __future__ import annotations

from benchmarks.load.person import Person
from benchmarks.load.visitor import Refused, Visitor
from scripts.serving import Server
from tests.apart import run_apart

MESSAGES, SIZE = 7, 100_000  # of a change that sends a small map


def test_a_change_runs_the_view_once_and_says_numpys_numbers(server: Server) -> None:
    async def change() -> None:
        person = Person(Visitor(server.url), 1)
        visitor = person.visitor
        await visitor.open("/")
        for label, value in (("Stride", 4.0), ("Padding on each side", 3.0), ("Bias b[0]", 2.0)):
            run = await visitor.set(label, value)
            assert (run.scripts, run.messages <= MESSAGES) == (1, True), label
            assert run.received <= SIZE, label
        person.stride, person.padding = 4, 3
        await person.look()
        assert person.wrong == []
        assert "bias=2" in visitor.link
        await visitor.close()

    run_apart(change())


def test_a_change_that_brings_a_control_draws_the_page(server: Server) -> None:
    async def change() -> None:
        visitor = Visitor(server.url)
        await visitor.open("/")
        await visitor.look()
        await visitor.set("Filter f = 0", "Box blur")
        assert (await visitor.set("Kernel size", 5.0)).scripts == 1
        (picture,) = (p for p in visitor.parts("picture") if p["key"] == "map picture")
        assert (picture["rows"], picture["lattice"]["extent"]) == (510, [5, 5])
        await visitor.set("Filter f = 0", "Sobel y")
        await visitor.look()
        try:
            visitor.element("Kernel size")
        except Refused:
            return
        raise AssertionError("a control without a use stays")

    run_apart(change())


def test_what_is_offered_of_the_view_is_drawn_with_it(server: Server) -> None:
    """While the page is told to phones or files are offered, a change draws all of it."""

    async def change() -> None:
        visitor = Visitor(server.url)
        await visitor.open("/?only=stride")
        await visitor.look()
        await visitor.set("Stride", 3.0)
        await visitor.look()
        (picture,) = (p for p in visitor.parts("picture") if p["key"] == "map picture")
        assert picture["lattice"]["step"] == [3, 3]
        assert visitor.element("Stride")
        await visitor.close()

    run_apart(change())
