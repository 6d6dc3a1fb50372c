"""The files that prove the demo's courses: small certificates and cards, each with its own words."""

from datetime import UTC, date, datetime
from functools import lru_cache, partial
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from documents.parser import make_safe
from documents.services import receive_upload
from documents.waiting import WaitingFile
from trainers.models import Trainer

PAPER, INK, ACCENT = "#ffffff", "#14202b", "#0b5d66"
CARD_SIZE = (640, 404)
PICTURE_SIDE = 700  # pixels


def certificate_pdf(
    owner: Trainer, title: str, provider: str, worth: str, day: date, *, at: datetime
) -> WaitingFile:
    """Store a one-page PDF that names the course and its day, and return it as an upload without a
    row.
    """
    lines = ("Certificate of completion", owner.name, title, provider, worth, f"Completed {day}")
    return _waiting(owner, f"certificate-{day}.pdf", "application/pdf", _page(lines), at)


def card_side(owner: Trainer, label: str, side: str, valid_through: date, *, at: datetime) -> WaitingFile:
    """Store a picture of one side of a card, and return it as an upload without a row."""
    lines = (
        label,
        owner.name,
        f"Valid through {valid_through}",
        f"This is the {side} of a card made for a demo",
    )
    return _waiting(owner, f"card-{side}.jpg", "image/jpeg", _picture(lines), at)


def render_certificate(owner: Trainer, title: str, provider: str, day: date, *, at: datetime) -> WaitingFile:
    """Render a certificate as a JPEG that looks like a photograph, store the file, and return it as an
    upload that is not saved yet.
    """
    lines = ("Certificate of completion", owner.name, title, f"{provider}, completed {day}")
    return _waiting(owner, f"certificate-{day}.jpg", "image/jpeg", _picture(lines), at)


def _waiting(owner: Trainer, name: str, media_type: str, content: bytes, at: datetime) -> WaitingFile:
    upload = SimpleUploadedFile(name, content, media_type)
    # Our own file: it needs no child process, and small pictures show all of it.
    return receive_upload(upload, owner=owner, at=at, make_safe=partial(make_safe, side=PICTURE_SIDE))


def _page(lines: tuple[str, ...]) -> bytes:
    from fpdf import FPDF  # here, as in core/paper.py

    pdf = FPDF(orientation="landscape", format="A4")
    pdf.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))
    pdf.add_page()
    for number, line in enumerate(lines):
        pdf.set_font("Helvetica", "B" if number in (0, 2) else "", 22 if number == 0 else 14)
        pdf.multi_cell(
            0,
            12,
            line.encode("latin-1", "replace").decode("latin-1"),
            align="C",
            new_x="LMARGIN",
            new_y="NEXT",
        )
    return bytes(pdf.output())


def _picture(lines: tuple[str, ...]) -> bytes:
    picture = Image.new("RGB", CARD_SIZE, PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, CARD_SIZE[0], 70), fill=ACCENT)
    for number, line in enumerate(lines):
        fill = PAPER if number == 0 else INK
        draw.text((28, 18 + number * 84), line, fill=fill, font=_font(32 if number < 2 else 24))
    saved = BytesIO()
    picture.save(saved, "JPEG", quality=70)
    return saved.getvalue()


@lru_cache
def _font(size: int) -> "ImageFont.FreeTypeFont | ImageFont.ImageFont":
    return ImageFont.load_default(size)
