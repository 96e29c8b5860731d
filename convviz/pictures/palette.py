"""The colours of every figure, in a light and a dark page."""

from __future__ import annotations

from dataclasses import dataclass

RGB = tuple[int, int, int]
FONT = "Source Sans, system-ui, sans-serif"  # the page's own
STOPS = 16  # colours on each side of zero in a scale
LIFT = 0.8  # exponent that lifts small values off the neutral


@dataclass(frozen=True)
class Palette:
    """Colours that colour-blind people can tell apart too."""

    # low, zero, high: ends and middle of the scale for signed numbers, as in the stepper
    low: RGB
    zero: RGB
    high: RGB
    # Lines and bars in the order they are drawn, each at least 3 to 1 against the page.
    series: tuple[str, ...]
    # text, grid: of axes
    text: str
    grid: str

    def named(self, colour: int | str) -> str:
        """One of the series by its number, or "text", "low" or "high".

        Examples
        --------
        >>> LIGHT.named(0), DARK.named("text"), LIGHT.named("low")
        ('#1a5fb4', '#f2f4f8', 'rgb(24, 90, 188)')
        """
        if isinstance(colour, int):
            return self.series[colour % len(self.series)]
        found = getattr(self, colour)
        return found if isinstance(found, str) else f"rgb{found}"

    @property
    def signed(self) -> list[tuple[float, str]]:
        """A Plotly colour scale with zero in the middle: use it with ``zmin=-limit, zmax=limit``.

        Examples
        --------
        >>> LIGHT.signed[0], LIGHT.signed[STOPS]
        ((0.0, 'rgb(24, 90, 188)'), (0.5, 'rgb(243, 243, 240)'))
        """
        places = [k / STOPS for k in range(-STOPS, STOPS + 1)]
        return [((place + 1) / 2, self._colour(place)) for place in places]

    def _colour(self, place: float) -> str:
        end = self.low if place < 0 else self.high
        share = abs(place) ** LIFT
        mixed = (round(z + (e - z) * share) for z, e in zip(self.zero, end, strict=True))
        return f"rgb({', '.join(map(str, mixed))})"


LIGHT = Palette(
    low=(24, 90, 188),
    zero=(243, 243, 240),
    high=(200, 80, 8),
    series=("#1a5fb4", "#c85008", "#00857a", "#9c3587", "#6b6200"),
    text="#1b1f27",
    grid="#d4d8e0",
)
DARK = Palette(
    low=(88, 156, 255),
    zero=(44, 48, 56),
    high=(255, 146, 64),
    series=("#589cff", "#ff9240", "#19d3c5", "#e38bd0", "#e5d84a"),
    text="#f2f4f8",
    grid="#3a404c",
)


def palette(dark: bool) -> Palette:
    """The colours for a dark or a light page."""
    return DARK if dark else LIGHT
