"""What is drawn on the certificate's PDF document besides its words, in units of a sheet of 1056 by 816."""

from io import BytesIO
from math import cos, degrees, pi, sin
from typing import TYPE_CHECKING

from core.colours import INK, WHITE, colour_parts, mixed_colour
from core.flowing import print_mark
from core.lettering import FONT, can_write
from core.organisation import OrganisationFacts
from core.paper import Paper
from core.rosette import (
    LARGEST_WORDS,
    ROSETTES,
    SEAL_DISC,
    SEAL_INNER,
    SEAL_MARK,
    SEAL_MIDDLE,
    SEAL_OUTER,
    SEAL_ROSETTE,
    SEAL_WORDS,
    SMALLEST_WORDS,
    seal_words,
)
from core.scan_code import scan_code

if TYPE_CHECKING:
    from fpdf import FPDF

SHEET = (1056, 816)
CENTRE = (833, 332)  # of the rosette and of the seal in it
ROSETTE_RADIUS = 330


class Artwork:
    """The certificate's sheet, placed in the middle of a paper of any size, with the colour of the
    certifying body.
    """

    def __init__(self, paper: Paper, accent: str) -> None:
        self.paper, self.accent = paper, accent
        self.scale = min(paper.width / SHEET[0], paper.height / SHEET[1])  # millimetres
        self.left = (paper.width - SHEET[0] * self.scale) / 2
        self.top = (paper.height - SHEET[1] * self.scale) / 2

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.left + x * self.scale, self.top + y * self.scale

    def points(self, size: float) -> float:
        """Return a length in units of the sheet as points, for fonts."""
        return size * self.scale * 72 / 25.4

    def frame_and_rosette(self) -> None:
        pdf = self.paper.begin_background()
        pale, paler = mixed_colour(self.accent, WHITE, 0.5), mixed_colour(self.accent, WHITE, 0.82)
        self._rectangle(pdf, 23.5, 23.5, 1009, 769, self.accent, 1)
        self._rectangle(pdf, 30, 30, 995.5, 755.5, pale, 1)
        x, y = self.at(30.5, 30.5)
        with pdf.rect_clip(x, y, 994.5 * self.scale, 754.5 * self.scale):
            self._rosette(pdf, "paper", ROSETTE_RADIUS, paler, 0.9)
        self._disc(pdf, SEAL_DISC, fill=WHITE)

    def seal(self, issuer: OrganisationFacts, title: str) -> None:
        """Print the seal: our mark in a small rosette, and around it the names of the certifying
        body and of what it certifies.
        """
        name = issuer.full_name
        pdf = self.paper.begin("Figure", alt=f"Seal of {name}" if name else "Seal")
        self._disc(pdf, SEAL_OUTER, line=self.accent, width=1.4)
        self._disc(pdf, SEAL_INNER, line=self.accent, width=0.8)
        self._rosette(pdf, "seal", SEAL_ROSETTE, self.accent, 0.7)
        self._disc(pdf, SEAL_MIDDLE, fill=WHITE)
        self.mark(pdf, issuer, CENTRE[0] - SEAL_MARK / 2, CENTRE[1] - SEAL_MARK / 2, SEAL_MARK)
        self._ring_text(pdf, seal_words(name if can_write(name) else "", title))

    def mark(self, pdf: "FPDF", issuer: OrganisationFacts, x: float, y: float, side: float) -> None:
        """Print the certifying body's logo, or without one our mark, in a square."""
        left, top = self.at(x, y)
        print_mark(pdf, issuer, self.accent, x=left, y=top, side=side * self.scale)

    def scan_code(self, address: str, x: float, y: float, side: float) -> None:
        pdf = self.paper.begin("Figure", alt=f"QR code that leads to {address}")
        pdf.set_fill_color(*colour_parts(INK))
        rows = [list(row) for row in scan_code(address).matrix_iter(border=0)]
        left, top = self.at(x, y)
        module = side * self.scale / len(rows)
        for down, row in enumerate(rows):
            for across, dark in enumerate(row):
                if dark:
                    pdf.rect(left + across * module, top + down * module, module, module, style="F")

    def signature(self, picture: bytes, alt: str) -> None:
        pdf = self.paper.begin("Figure", alt=alt)
        x, y = self.at(78, 636)
        pdf.image(BytesIO(picture), x, y, 220 * self.scale, 64 * self.scale, keep_aspect_ratio=True)

    def line_to_sign_on(self) -> None:
        pdf = self.paper.begin_background()
        pdf.set_draw_color(*colour_parts(INK))
        pdf.set_line_width(self.scale)
        pdf.line(*self.at(78, 703.5), *self.at(332, 703.5))

    def _rectangle(
        self, pdf: "FPDF", x: float, y: float, width: float, height: float, colour: str, line: float
    ) -> None:
        pdf.set_draw_color(*colour_parts(colour))
        pdf.set_line_width(line * self.scale)
        pdf.rect(*self.at(x, y), width * self.scale, height * self.scale)

    def _disc(self, pdf: "FPDF", radius: float, *, fill: str = "", line: str = "", width: float = 0) -> None:
        if fill:
            pdf.set_fill_color(*colour_parts(fill))
        if line:
            pdf.set_draw_color(*colour_parts(line))
            pdf.set_line_width(width * self.scale)
        side = 2 * radius * self.scale
        pdf.ellipse(*self.at(CENTRE[0] - radius, CENTRE[1] - radius), side, side, style="F" if fill else "D")

    def _rosette(self, pdf: "FPDF", place: str, radius: float, colour: str, width: float) -> None:
        pdf.set_draw_color(*colour_parts(colour))
        pdf.set_line_width(width * self.scale)
        middle = self.at(*CENTRE)
        for one in ROSETTES[place].ellipses:
            rx, ry = (half * radius / 100 * self.scale for half in (one.rx, one.ry))
            with pdf.rotation(-one.degrees, *middle):
                pdf.ellipse(middle[0] - rx, middle[1] - ry, 2 * rx, 2 * ry)

    def _ring_text(self, pdf: "FPDF", text: str) -> None:
        """Write `text` once around the ring of the seal, beginning at the lower left. A text that
        is too long for the ring is left out.
        """
        around, size = 2 * pi * SEAL_WORDS * self.scale, LARGEST_WORDS
        while size >= SMALLEST_WORDS:
            pdf.set_font(FONT, "B", self.points(size))
            widths = [pdf.get_string_width(letter) for letter in text]
            gap = (around - sum(widths)) / max(len(text), 1)
            if gap >= 0 and text:
                break
            size -= 0.5
        else:
            return
        pdf.set_text_color(*colour_parts(self.accent))
        middle, angle = self.at(*CENTRE), pi
        for letter, width in zip(text, widths, strict=True):
            half = (width + gap) / around * pi
            angle += half
            x = middle[0] + SEAL_WORDS * self.scale * cos(angle)
            y = middle[1] + SEAL_WORDS * self.scale * sin(angle)
            with pdf.rotation(-degrees(angle) - 90, x, y):
                pdf.text(x - width / 2, y, letter)
            angle += half
