"""What every PDF document shares: its fonts, the structure that screen readers need, and equal
bytes for equal content.
"""

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from core.lettering import FONT, add_fonts, can_write, is_simple, plain_text
from core.paper_structure import BACKGROUND, Part, lay_together

if TYPE_CHECKING:
    from fpdf import FPDF

__all__ = ["Paper", "can_write"]

SIZES = {"letter": (215.9, 279.4), "a4": (210.0, 297.0)}  # millimetres, upright


class Paper:
    """A PDF document that is made part by part, in the order in which a screen reader reads them;
    each part has the tag of its element.

    fpdf2 writes no structure, so every part is drawn on a layer of its own; `content` lays the
    layers of a page upon each other, each as marked content of its element.
    """

    def __init__(
        self, *, size: tuple[float, float], title: str, made_at: datetime, regular: str, bold: str
    ) -> None:
        """`size` is (width, height) in millimetres. `made_at` comes from the content, not from a
        clock, so that equal content makes equal bytes.

        `regular` and `bold` are the texts typed by people that this document shows in each style:
        fonts are added for their letters.
        """
        from fpdf import FPDF  # here: it takes a third of a process's start, and few make a PDF

        self.width, self.height = size
        self.pdf: FPDF = FPDF(unit="mm", format=size)
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margin(0)
        self.pdf.c_margin = 0  # inside of a cell
        self.pdf.set_title(title)
        self.pdf.set_creation_date(made_at)
        add_fonts(self.pdf, regular=regular, bold=bold)
        self._parts: list[Part] = []
        self._page = 0

    def begin(self, tag: str, *, alt: str = "", inside: tuple[str, ...] = ()) -> "FPDF":
        """Begin the next part, such as "H1", "P" or "Figure", and return the fpdf2 object to draw
        it with.

        `alt` is the text alternative of a figure. Consecutive parts with the same `inside`, such as
        ("Table", "TR 1"), are put into one element of that kind.
        """
        self.pdf.add_page()
        self._parts.append(Part(tag, alt, inside, self._page))
        return self.pdf

    def begin_background(self) -> "FPDF":
        """Begin a part that screen readers skip, such as a frame, and return the fpdf2 object to
        draw it with.
        """
        return self.begin(BACKGROUND)

    def turn_page(self) -> None:
        self._page += 1

    def use_font(self, text: str, size: float, *, bold: bool = False) -> str:
        """Set the font for `text` in `size` points. Return `text` with each letter and its accents
        as one character, which is what the caller writes.
        """
        self.pdf.set_text_shaping(not is_simple(text))
        self.pdf.set_font(FONT, "B" if bold else "", size)
        return plain_text(text)

    def width_of(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return the width of `text` on one line, in millimetres."""
        return float(self.pdf.get_string_width(self.use_font(text, size, bold=bold)))

    def content(self) -> bytes:
        """Return the bytes of the finished PDF."""
        import pikepdf

        with pikepdf.open(BytesIO(bytes(self.pdf.output()))) as drawn:
            lay_together(drawn, self._parts)
            out = BytesIO()
            drawn.save(out, deterministic_id=True)
        return out.getvalue()
