"""PDF documents that are read from top to bottom: a letterhead, paragraphs and tables, on as many
pages as are needed. Lengths are millimetres; font sizes are points.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings

from core.colours import INK, INK_2, TEAL, WHITE, colour_parts
from core.organisation import OrganisationFacts
from core.paper import SIZES, Paper, can_write
from core.rosette import MARK_ELLIPSES, MARK_SIDE

if TYPE_CHECKING:
    from fpdf import FPDF

MARGIN, FOOT = 20.0, 18.0
LINE_HEIGHT = 1.45  # of a letter's size
POINT = 25.4 / 72


def print_mark(
    pdf: "FPDF", issuer: OrganisationFacts, accent: str, *, x: float, y: float, side: float
) -> None:
    """Print the certifying body's logo, or without one our mark in the body's colour, in a square of
    `side` millimetres whose upper left corner is at `x`, `y`.
    """
    if issuer.logo:
        pdf.image(BytesIO(issuer.logo), x, y, side, side, keep_aspect_ratio=True)
        return
    for number, halves in enumerate(MARK_ELLIPSES):
        pdf.set_fill_color(*colour_parts(WHITE if number % 2 else accent))
        rx, ry = (half * side / MARK_SIDE for half in halves)
        pdf.ellipse(x + side / 2 - rx, y + side / 2 - ry, 2 * rx, 2 * ry, style="F")


class Flow:
    """A PDF document that is filled from top to bottom. `y` is where the next line begins, in
    millimetres from the top of the page.
    """

    def __init__(
        self, issuer: OrganisationFacts, *, title: str, made_at: datetime, words: str, heading: str
    ) -> None:
        """`words` are all texts of the document that people have typed, and `heading` those of them
        in bold: fonts are added for their letters.
        """
        own = "".join((issuer.title, issuer.second_line, *issuer.address_lines))
        named = bool(issuer.full_name) and can_write(own)
        bold = heading + (issuer.title if named else "")
        self.paper = Paper(
            size=SIZES[settings.PAPER_SIZE],
            title=title,
            made_at=made_at,
            regular=words + (own if named else ""),
            bold=bold,
        )
        self.accent, self.y = issuer.accent or TEAL, MARGIN
        self.width = self.paper.width - 2 * MARGIN
        self._rows = 0
        self._letterhead(issuer, named=named)

    def _letterhead(self, issuer: OrganisationFacts, *, named: bool) -> None:
        """Print the certifying body's mark, name and address, unless `named` is false; below them a
        line in its colour.
        """
        if named:
            pdf = self.paper.begin("Figure", alt=f"{'Logo' if issuer.logo else 'Mark'} of {issuer.full_name}")
            print_mark(pdf, issuer, self.accent, x=MARGIN, y=self.y, side=12)
            left = MARGIN + 16
            self.write(issuer.title, size=13, bold=True, x=left, width=75)
            if issuer.second_line:
                self.write(issuer.second_line, size=9, colour=INK_2, x=left, width=75)
            low, self.y = self.y, MARGIN
            for line in issuer.address_lines:
                self.write(line, size=9, colour=INK_2, x=MARGIN + 95, width=self.width - 95)
            self.y = max(low, self.y, MARGIN + 12) + 4
        pdf = self.paper.begin_background()
        pdf.set_fill_color(*colour_parts(self.accent))
        pdf.rect(MARGIN, self.y, self.width, 0.7, style="F")
        self.y += 9

    def write(
        self,
        text: str,
        *,
        tag: str = "P",
        size: float = 11,
        bold: bool = False,
        colour: str = INK,
        x: float = MARGIN,
        width: float = 0,
        inside: tuple[str, ...] = (),
    ) -> None:
        """Write a text from `x` on, wrapped to `width`, and move the writing position below it.
        `inside` names the tags of the PDF's structure around it, such as a table row.
        """
        width = width or self.width
        height = self._height(text, size, width, bold=bold)
        self._keep_room(height)
        pdf = self.paper.begin(tag, inside=inside)
        written = self.paper.use_font(text, size, bold=bold)
        pdf.set_text_color(*colour_parts(colour))
        pdf.set_xy(x, self.y)
        pdf.multi_cell(width, size * POINT * LINE_HEIGHT, written, align="L")
        self.y += height

    def add_fact(self, label: str, text: str, *, bold: bool = False, wide: float = 50) -> None:
        """Write a label, and its text to the right of it, with a fine line below."""
        right = self.width - wide
        tall = max(self._height(label, 11, wide - 3), self._height(text, 11, right, bold=bold))
        self._keep_room(tall + 3)
        top, self._rows = self.y, self._rows + 1
        around = (f"P {self._rows}",)
        self.write(label, tag="Span", colour=INK_2, width=wide - 3, inside=around)
        self.y = top
        self.write(text, tag="Span", bold=bold, x=MARGIN + wide, width=right, inside=around)
        self.y = top + tall + 1.5
        self._rule()
        self.y += 1.5

    def row(
        self, cells: Sequence[str], widths: Sequence[float], *, head: bool = False, bold: bool = False
    ) -> None:
        """Write one row of a table; rows that follow each other are in one table."""
        size = 9.0
        inner = [width - 3 for width in widths]
        strong = head or bold
        tall = max(
            self._height(text, size, width, bold=strong) for text, width in zip(cells, inner, strict=True)
        )
        self._keep_room(tall + 2)
        top, x, self._rows = self.y, MARGIN, self._rows + 1
        for text, width, wide in zip(cells, inner, widths, strict=True):
            self.y = top
            self.write(
                text,
                tag="TH" if head else "TD",
                size=size,
                bold=strong,
                colour=INK_2 if head else INK,
                x=x,
                width=width,
                inside=("Table", f"TR {self._rows}"),
            )
            x += wide
        self.y = top + tall + 1
        self._rule()
        self.y += 1

    def content(self) -> bytes:
        return self.paper.content()

    def _rule(self) -> None:
        pdf = self.paper.begin_background()
        pdf.set_draw_color(*colour_parts("#c4ced5"))
        pdf.set_line_width(0.2)
        pdf.line(MARGIN, self.y, MARGIN + self.width, self.y)

    def _keep_room(self, height: float) -> None:
        if self.y + height > self.paper.height - FOOT:
            self.paper.turn_page()
            self.y = MARGIN

    def _height(self, text: str, size: float, width: float, *, bold: bool = False) -> float:
        written = self.paper.use_font(text, size, bold=bold)
        tall: Any = self.paper.pdf.multi_cell(
            width, size * POINT * LINE_HEIGHT, written, align="L", dry_run=True, output="HEIGHT"
        )
        return float(tall)
