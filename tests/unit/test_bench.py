"""The benchmarks' own arithmetic: which rounds count, and which section of the results is replaced."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks import results, timing
from benchmarks.timing import Timed, compare


def test_a_section_replaces_its_own_and_leaves_the_others(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    for title, text in (("Ops", "old"), ("Page", "kept"), ("Ops", "new | \\1")):
        results.write(title, text, file)
    written = file.read_text("utf-8")
    assert written.count("## Ops\n\nnew | \\1\n") == written.count("## Page\n\nkept\n") == 1
    assert "old" not in written
    assert written.startswith("# ")


def test_a_ratio_is_the_median_of_the_rounds_and_not_the_quotient_of_medians() -> None:
    timed = Timed({"ours": np.array([1.0, 4.0, 9.0]), "theirs": np.array([1.0, 8.0, 3.0])}, 3)
    assert timed.ratio("ours", "theirs")[0] == 1
    assert timed.middle("ours") == 4000


def test_rounds_in_which_a_call_had_to_wait_do_not_count(monkeypatch) -> None:
    """Ten rounds, one of which took twice its processor's time; the rounds are never fewer than the least."""
    spent = iter([(1.0, 1.0)] * 4 + [(2.0, 1.0)] + [(1.0, 1.0)] * 5)
    monkeypatch.setattr(timing, "_time", lambda _call: next(spent))
    monkeypatch.setattr(timing, "ROUNDS", 10)
    monkeypatch.setattr(timing, "SECONDS", 1e9)
    timed = compare({"call": lambda: None})
    assert (len(timed.seconds["call"]), timed.rounds) == (9, 10)
