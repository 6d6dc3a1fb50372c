"""The certificate as a PDF: one page, equal bytes every time, its words as text."""

from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from core.organisation import OrganisationFacts
from core.paper import FONT, can_write, new_paper
from renewals.pages.certificate import Certificate

if TYPE_CHECKING:
    from fpdf import FPDF

__all__ = ["can_write", "render_certificate"]

PAGE_WIDTH, PAGE_HEIGHT = 279.4, 215.9  # Letter in landscape; what is printed fits on A4 too
MARGIN, INSIDE = 15, 220
QR_SIZE = 30
SIGNED_AT, SIGNED_WIDTH = 32, 70
LARGEST_NAME, SMALLEST_NAME = 36, 14


def render_certificate(certificate: Certificate, *, issuer: OrganisationFacts) -> bytes:
    """Return the bytes of the PDF. A name of the issuer or signer that the font cannot write is
    left out.
    """
    title = f"{certificate.title}, number {certificate.number}"
    made_at = datetime.combine(certificate.starts_on, time.min, tzinfo=UTC)
    pdf = new_paper(orientation="landscape", title=title, made_at=made_at)
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.add_page()
    _frame(pdf)
    named = bool(issuer.full_name) and can_write(issuer.full_name)
    if named:
        _line(pdf, issuer.full_name, y=29, size=18, bold=True)
    _line(pdf, "certifies that" if named else "This certifies that", y=42, size=14)
    _name(pdf, certificate.name)
    _line(pdf, "is a", y=86, size=14)
    _line(pdf, certificate.title, y=97, size=26, bold=True)
    _line(pdf, f"Number {certificate.number}", y=116, size=14)
    _line(pdf, certificate.period, y=127, size=14)
    _qr(pdf, certificate, y=141)
    _line(pdf, f"Verify at {certificate.verify_words}", y=175, size=11)
    if issuer.signer_name and can_write(issuer.signer_name + issuer.signer_title):
        _signer(pdf, issuer)
    return bytes(pdf.output())


def _frame(pdf: "FPDF") -> None:
    for inset, width in ((MARGIN, 1.0), (MARGIN + 2, 0.3)):
        pdf.set_line_width(width)
        pdf.rect(inset, inset, PAGE_WIDTH - 2 * inset, PAGE_HEIGHT - 2 * inset)


def _line(pdf: "FPDF", text: str, *, y: float, size: float, bold: bool = False) -> None:
    pdf.set_font(FONT, "B" if bold else "", size)
    pdf.set_xy(0, y)
    pdf.cell(PAGE_WIDTH, size * 0.5, text, align="C")


def _name(pdf: "FPDF", name: str) -> None:
    """Write the name as large as fits the width; one that is too long takes two lines."""
    size = LARGEST_NAME
    pdf.set_font(FONT, "B", size)
    while size > SMALLEST_NAME and pdf.get_string_width(name) > INSIDE:
        size -= 1
        pdf.set_font_size(size)
    pdf.set_xy((PAGE_WIDTH - INSIDE) / 2, 57)
    pdf.multi_cell(INSIDE, size * 0.5, name, align="C", max_line_height=size * 0.5)


def _signer(pdf: "FPDF", issuer: OrganisationFacts) -> None:
    """Write who signs below a line at the left, with their signature above it."""
    if issuer.signature:
        pdf.image(BytesIO(issuer.signature), SIGNED_AT, 147, SIGNED_WIDTH, 16, keep_aspect_ratio=True)
    pdf.set_line_width(0.3)
    pdf.line(SIGNED_AT, 165, SIGNED_AT + SIGNED_WIDTH, 165)
    for text, top, style in ((issuer.signer_name, 167, "B"), (issuer.signer_title, 172, "")):
        pdf.set_font(FONT, style, 11)
        while pdf.get_string_width(text) > SIGNED_WIDTH:
            pdf.set_font_size(pdf.font_size_pt - 1)
        pdf.set_xy(SIGNED_AT, top)
        pdf.cell(SIGNED_WIDTH, 5, text, align="C")


def _qr(pdf: "FPDF", certificate: Certificate, *, y: float) -> None:
    rows = [list(row) for row in certificate.code.matrix_iter(border=0)]
    module = QR_SIZE / len(rows)
    left = (PAGE_WIDTH - QR_SIZE) / 2
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                pdf.rect(left + across * module, y + down * module, module, module, style="F")
