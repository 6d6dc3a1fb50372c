"""The drawing that marks what proves something: our mark's ellipse, drawn many times around one
centre, each turned further, and the mark itself. Pages and PDF documents draw both from the numbers
in this module.
"""

from dataclasses import dataclass

MARK_SIDE = 32.0  # of the square around the mark
# Half the width and half the height of the mark's ellipses, each around the middle of that square:
# the first is filled, the second left out of it, the third filled again.
MARK_ELLIPSES = ((16.0, 16.0), (9.6, 13.6), (4.6, 13.6))


@dataclass(frozen=True, slots=True)
class Ellipse:
    """An ellipse around the rosette's centre: its two half axes, and the angle that it is turned
    by, in degrees clockwise.
    """

    rx: float
    ry: float
    degrees: float


@dataclass(frozen=True, slots=True)
class Rosette:
    """`turns` ellipses with the half axes `rx` and `ry`, spread evenly over 180 degrees: turned by
    180 degrees an ellipse looks the same.
    """

    turns: int
    rx: float
    ry: float

    @property
    def ellipses(self) -> tuple[Ellipse, ...]:
        step = 180 / self.turns
        return tuple(Ellipse(self.rx, self.ry, round(number * step, 2)) for number in range(self.turns))


# By where it is drawn, each in a circle with the radius 100.
ROSETTES = {
    "card": Rosette(turns=24, rx=100, ry=46),
    "done": Rosette(turns=18, rx=100, ry=58),
    "seal": Rosette(turns=24, rx=100, ry=46),
    "paper": Rosette(turns=36, rx=100, ry=41),
}

# The seal, around one centre: its rings and discs by their radii, and the words between the two rings.
SEAL_DISC, SEAL_OUTER, SEAL_INNER, SEAL_ROSETTE, SEAL_MIDDLE = 135.0, 92.0, 71.0, 66.0, 31.0
SEAL_MARK = 42.0  # the side of the mark in its middle
SEAL_WORDS = 77.5  # the radius of the circle on which the words stand
LARGEST_WORDS, SMALLEST_WORDS = 10.5, 6.5


def seal_words(issuer: str, title: str) -> str:
    """Return the words that are written once around the seal; "" when the certifying body has no name."""
    return "".join(f"{text} · " for text in (issuer, title)).upper() if issuer else ""


def mark_path() -> str:
    """Return the mark as SVG path data in a square of `MARK_SIDE`, to be filled by the even-odd
    rule.
    """
    middle = MARK_SIDE / 2
    return "".join(_ellipse_path(middle, middle, rx, ry) for rx, ry in MARK_ELLIPSES)


def _ellipse_path(x: float, y: float, rx: float, ry: float) -> str:
    half = f"a{rx:g} {ry:g} 0 1 0 "
    return f"M{x - rx:g} {y:g}{half}{2 * rx:g} 0{half}{-2 * rx:g} 0z"
