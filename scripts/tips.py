"""Write docs/TEACHING.md: the tips for teaching that the app shows, in English.

.venv/bin/python -m scripts.tips
"""

from __future__ import annotations

from convviz.lectures.tips import tips
from convviz.pages.table import PAGES
from scripts.serving import ROOT

FILE = ROOT / "docs" / "TEACHING.md"
OPENING = """# Teaching with convviz

For each page: what it shows, three settings with the sentence to say, a question for the class, and what students
get wrong. The app has the same on its page *Lessons*, where a button opens each setting. `scripts/tips.py` writes
this file.
"""


def text() -> str:
    """The file's text."""
    titles = {entry.address: entry.title for entry in PAGES}
    parts = [OPENING]
    for page in tips():
        settings = "\n".join(f"- `/{each.view}`: “{each.say['en']}”" for each in page.settings)
        parts.append(
            f"## {titles[page.page]}\n\n{page.shows['en']}\n\n{settings}\n\n"
            f"Ask: {page.ask['en']}\n\nA mistake: {page.wrong['en']}\n"
        )
    return "\n".join(parts)


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
