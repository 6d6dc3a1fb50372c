"""What every PDF shares: its font and the letters that it has, and equal bytes for equal
content.
"""

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Literal

from ttf_opensans import OPENSANS_BOLD, OPENSANS_REGULAR

if TYPE_CHECKING:
    from fpdf import FPDF

FONT = "OpenSans"


def can_write(text: str) -> bool:
    """Return whether the font of our papers has every letter of `text`. The font has Latin, Greek
    and Cyrillic letters.
    """
    return all(ord(letter) in _letters() for letter in text)


def new_paper(*, orientation: Literal["portrait", "landscape"], title: str, made_at: datetime) -> "FPDF":
    """Return an empty document on Letter paper.

    `made_at` comes from the content, not from a clock, so that equal content makes equal bytes.
    """
    from fpdf import FPDF  # here: it takes a third of a process's start, and few make a PDF

    pdf = FPDF(orientation=orientation, unit="mm", format="letter")
    pdf.add_font(FONT, "", OPENSANS_REGULAR.path)
    pdf.add_font(FONT, "B", OPENSANS_BOLD.path)
    pdf.set_title(title)
    pdf.set_lang("en")
    pdf.set_creation_date(made_at)
    return pdf


@cache
def _letters() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # a dependency of fpdf2

    with TTFont(OPENSANS_BOLD.path) as font:
        return frozenset(font.getBestCmap())
