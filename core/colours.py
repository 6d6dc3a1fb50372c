"""Calculations with colours: the contrast of one colour on another, and the shade of a colour that
is readable.
"""

import re
from colorsys import hls_to_rgb, rgb_to_hls

WHITE, BLACK = "#ffffff", "#000000"
INK, INK_2, TEAL = "#14202b", "#46545f", "#0b5d66"  # of static/css/tokens.css, for papers and the icon
LIGHT_PAGE, DARK_PAGE = (
    "#e8eef0",
    "#1f2d37",
)  # the surfaces of static/css/tokens.css that leave the least contrast
READABLE = 4.5  # to 1: what WCAG 2.2 asks of text
STEPS = 20
CALMER = 0.7  # of the saturation: a light colour that is as strong as a dark one glares on a dark page
COLOUR = re.compile(r"#[0-9a-f]{6}")


def is_a_colour(text: str) -> bool:
    """Return whether `text` is six hexadecimal digits after "#", in small letters."""
    return COLOUR.fullmatch(text) is not None


def contrast_ratio(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG defines it, from 1 (equal) to 21 (black and white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def is_readable(colour: str, *, on: str) -> bool:
    """Return whether text in `colour` has enough contrast (4.5 to 1) on a page of the colour `on`."""
    return contrast_ratio(colour, on) >= READABLE


def mixed_colour(colour: str, other: str, share: float) -> str:
    """Return a mixture of `colour` and `other`; `share` is the part of `other`, from 0 to 1."""
    parts = (
        round(mine + (theirs - mine) * share)
        for mine, theirs in zip(colour_parts(colour), colour_parts(other), strict=True)
    )
    return "#" + "".join(f"{part:02x}" for part in parts)


def lightened_for(page: str, colour: str) -> str:
    """Return the darkest shade of the hue of `colour` that is readable on a dark `page`."""
    hue, lightness, saturation = rgb_to_hls(*(part / 255 for part in colour_parts(colour)))
    lighter = (lightness + (1 - lightness) * step / STEPS for step in range(STEPS + 1))
    shades = (hls_to_rgb(hue, one, saturation * CALMER) for one in lighter)
    written = ("#" + "".join(f"{round(part * 255):02x}" for part in shade) for shade in shades)
    return next(shade for shade in written if is_readable(shade, on=page))


def darkened_under(ink: str, colour: str) -> str:
    """Return the lightest shade of `colour` on which text in the light colour `ink` is readable."""
    shades = (mixed_colour(colour, BLACK, step / STEPS) for step in range(STEPS + 1))
    return next(shade for shade in shades if is_readable(ink, on=shade))


def colour_parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in colour_parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
