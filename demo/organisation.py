"""The demo's certifying body, which does not exist: its name, colour and written signature. Its mark
is the portal's own.
"""

from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw

from core.organisation import save_organisation
from demo.staff import BEGAN
from demo.stage import Stage

INK, TEAL, PAPER = "#14202b", "#0b5d66", "#ffffff"
RENDERED_AT = 4  # times its size, then made smaller: Pillow draws no smooth lines


def name_organisation(stage: Stage) -> None:
    """Save the name, colour and pictures of the invented body, as one of its leads would."""
    values: dict[str, str | bytes] = {
        "name": "Meridian Institute of Training",
        "short_name": "Meridian",
        "accent": TEAL,
        "postal_address": "400 West Example Street\nPhoenix, AZ 85003",
        "signer_name": "Lena Whitfield",
        "signer_title": "Director of Certification",
        "conduct_url": "https://meridian.example/conduct",
        "privacy_url": "https://meridian.example/privacy",
        "signature": _render_signature(),
    }
    save_organisation(values, by=stage.staff["lead"], at=stage.moment(BEGAN))
    stage.say("Organisation: Meridian Institute of Training, which is invented")


def _render_signature() -> bytes:
    """Return a picture of loops from left to right, like a quick signature."""
    width, height = 360 * RENDERED_AT, 100 * RENDERED_AT
    picture = Image.new("RGB", (width, height), PAPER)
    points = [
        (
            width * (0.05 + 0.85 * t) + 0.05 * width * sin(9 * pi * t),
            height * (0.55 - 0.38 * cos(11 * pi * t) * (1 - 0.75 * t)),
        )
        for t in (step / 400 for step in range(401))
    ]
    ImageDraw.Draw(picture).line(points, fill=INK, width=3 * RENDERED_AT, joint="curve")
    return _as_png(picture)


def _as_png(picture: Image.Image) -> bytes:
    picture.thumbnail((picture.width // RENDERED_AT, picture.height // RENDERED_AT))
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
