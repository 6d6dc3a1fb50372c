"""The picture of a badge: the certifying body's rosette around the name of the certification, as
SVG and as PNG, both drawn from the same numbers.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from math import cos, pi, radians, sin
from textwrap import wrap
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.colours import TEAL, WHITE, mixed_colour
from core.lettering import is_simple
from core.organisation import OrganisationFacts
from core.rosette import MARK_ELLIPSES, MARK_SIDE, ROSETTES, mark_path

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

DISC, RIM, PANEL, RING = 156.0, 149.0, 104.0, 98.0  # radii, in a square of 320 around its middle
HALF = 160.0
ROSETTE = 146.0  # its radius
LINE = 0.35  # the share of white in the rosette's lines
MARK = 40.0  # the side of the mark
MARK_Y, ISSUER_Y, TITLE_Y = -62.0, -18.0, 12.0  # the middle of the mark, and the base lines of the words
LARGEST, SMALLEST, WIDEST = 21.0, 9.0, 172.0  # the size of letters, and the width of a line
LETTER = 0.6  # the usual width of a bold letter, by its size
MOST_LINES, LEADING = 4, 1.22
PIXELS, FINER = 640, 2  # the side of the PNG, and how much larger it is drawn to have smooth edges
COLOURS = 128  # one colour and its shades: a quarter of the bytes
SMOOTH = 120  # points of a drawn ellipse


@dataclass(frozen=True, slots=True)
class BadgePicture:
    """What is drawn: the colour, who grants the certification, and its name in lines."""

    colour: str
    issuer: str
    lines: tuple[str, ...]

    @property
    def title(self) -> str:
        return " ".join(self.lines)

    @property
    def size(self) -> float:
        """Return the size of the letters with which the longest line fits."""
        longest = max((len(line) for line in self.lines), default=1)
        return max(SMALLEST, min(LARGEST, WIDEST / (LETTER * longest)))

    @property
    def svg(self) -> bytes:
        return _svg(self).encode()

    @property
    def png(self) -> bytes:
        return _png(self)


def badge_picture_of(organisation: OrganisationFacts, title: str) -> BadgePicture:
    """Return the picture for a certification of this body."""
    lines = wrap(title, max(14, -(-len(title) // MOST_LINES) + 4))[:MOST_LINES]
    issuer = organisation.short_name or organisation.full_name
    return BadgePicture(organisation.accent or TEAL, issuer[:30], tuple(lines))


DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-160 -160 320 320" width="320" height="320" role="img">'
    '<title>{title}</title><circle r="{disc}" fill="{colour}"/>'
    '<g fill="none" stroke="{line}" stroke-width=".8">{rosette}</g>'
    '<circle r="{rim}" fill="none" stroke="#ffffff" stroke-width="2"/><circle r="{panel}" fill="#ffffff"/>'
    '<circle r="{ring}" fill="none" stroke="{colour}" stroke-width="1.6"/>'
    '<path fill="{colour}" fill-rule="evenodd" transform="translate({mark_x} {mark_y}) scale({mark})" d="{path}"/>'
    '<g text-anchor="middle" font-family="Open Sans, Arial, sans-serif" font-weight="700" fill="{colour}">{words}</g></svg>'
)


@lru_cache(maxsize=32)
def _svg(picture: BadgePicture) -> SafeString:
    turned = ROSETTES["paper"].ellipses
    scale = ROSETTE / 100
    return format_html(
        DRAWN,
        title=", ".join(filter(None, (picture.title, picture.issuer))),
        colour=picture.colour,
        line=mixed_colour(picture.colour, WHITE, LINE),
        rosette=format_html_join(
            "",
            '<ellipse rx="{}" ry="{}" transform="rotate({})"/>',
            ((f"{one.rx * scale:g}", f"{one.ry * scale:g}", f"{one.degrees:g}") for one in turned),
        ),
        **{"disc": f"{DISC:g}", "rim": f"{RIM:g}", "panel": f"{PANEL:g}", "ring": f"{RING:g}"},
        **{"mark": f"{MARK / MARK_SIDE:g}", "mark_x": f"{-MARK / 2:g}", "mark_y": f"{MARK_Y - MARK / 2:g}"},
        path=mark_path(),
        words=format_html_join("", '<text y="{}" font-size="{}">{}</text>', _words(picture)),
    )


def _words(picture: BadgePicture) -> list[tuple[str, str, str]]:
    """Return (base line, size, text) of every line of the picture."""
    size = picture.size
    lines = [(f"{ISSUER_Y:g}", "13", picture.issuer)] if picture.issuer else []
    for number, line in enumerate(picture.lines):
        lines.append((f"{TITLE_Y + number * size * LEADING:.1f}", f"{size:.1f}", line))
    return lines


@lru_cache(maxsize=32)
def _png(picture: BadgePicture) -> bytes:
    from PIL import Image, ImageDraw

    side = PIXELS * FINER
    image = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    colour = picture.colour
    _disc(draw, DISC, fill=colour)
    for one in ROSETTES["paper"].ellipses:
        points = _ellipse(one.rx * ROSETTE / 100, one.ry * ROSETTE / 100, one.degrees)
        draw.line(points, fill=mixed_colour(colour, WHITE, LINE), width=round(0.8 * _unit()))
    _disc(draw, RIM, outline=WHITE, width=2)
    _disc(draw, PANEL, fill=WHITE)
    _disc(draw, RING, outline=colour, width=1.6)
    for (rx, ry), fill in zip(MARK_ELLIPSES, (colour, WHITE, colour), strict=True):
        scale = MARK / MARK_SIDE
        draw.polygon(_ellipse(rx * scale, ry * scale, 0, MARK_Y), fill=fill)
    _write(draw, picture)
    out = BytesIO()
    smooth = image.resize((PIXELS, PIXELS), Image.Resampling.LANCZOS)
    smooth.quantize(COLOURS, Image.Quantize.FASTOCTREE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _unit() -> float:
    """Return how many drawn pixels one unit of the SVG is."""
    return PIXELS * FINER / (2 * HALF)


def _disc(draw: "ImageDraw", radius: float, *, fill: str = "", outline: str = "", width: float = 0) -> None:
    low, high = (HALF - radius) * _unit(), (HALF + radius) * _unit()
    box, line = (low, low, high, high), round(width * _unit())
    draw.ellipse(box, fill=fill or None, outline=outline or None, width=line)


def _ellipse(rx: float, ry: float, degrees: float, y: float = 0) -> list[tuple[float, float]]:
    """Return the points of an ellipse around (0, y), turned by `degrees`, in drawn pixels."""
    turn, points = radians(degrees), []
    for number in range(SMOOTH + 1):
        angle = 2 * pi * number / SMOOTH
        across, down = rx * cos(angle), ry * sin(angle)
        right = across * cos(turn) - down * sin(turn)
        below = across * sin(turn) + down * cos(turn) + y
        points.append(((right + HALF) * _unit(), (below + HALF) * _unit()))
    return points


def _write(draw: "ImageDraw", picture: BadgePicture) -> None:
    """Write the words that Open Sans can write; what it cannot is left to the page beside the picture."""
    from PIL import ImageFont
    from ttf_opensans import OPENSANS_BOLD

    for base, size, text in _words(picture):
        if not is_simple(text):
            continue
        font = ImageFont.truetype(str(OPENSANS_BOLD.path), round(float(size) * _unit()))
        where = (HALF * _unit(), (HALF + float(base)) * _unit())
        draw.text(where, text, font=font, fill=picture.colour, anchor="ms")
