"""A logo or signature: the upload goes through the parser of documents, and becomes a small PNG
that we made.
"""

from base64 import b64decode, b64encode
from io import BytesIO
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, Signer

from core import clock
from core.organisation import LARGEST_PICTURE
from documents.errors import BadFile
from documents.quota import count_upload
from documents.sandbox import parse_in_sandbox
from documents.uploads import MAX_BYTES
from trainers.models import Trainer

if TYPE_CHECKING:
    from PIL import Image

LARGEST_SIDES = {"logo": (480, 160), "signature": (600, 200)}  # pixels, twice what pages show
SMALLER = 0.7  # of each side, until it is no larger than `LARGEST_PICTURE`
ACCEPTED = "image/png,image/jpeg,image/webp"
_signer = Signer(salt="staff.organisation.pictures")


def receive_picture(upload: "UploadedFile[bytes]", *, kind: str, by: Trainer) -> bytes:
    """Return the PNG that we make from an upload. Raises BadFile for anything but a picture."""
    from PIL import Image  # here: a web process needs it for nothing else

    size = upload.size or 0
    if size > MAX_BYTES:
        raise BadFile("too_big")
    count_upload(by, size, at=clock.now())
    safe = parse_in_sandbox(upload.read())
    if not safe.media_type.startswith("image/"):
        raise BadFile("type")
    picture = Image.open(BytesIO(safe.content), formats=("PNG", "JPEG"))
    picture.thumbnail(LARGEST_SIDES[kind])
    made = _as_png(picture)
    while len(made) > LARGEST_PICTURE:
        picture.thumbnail((int(picture.width * SMALLER), int(picture.height * SMALLER)))
        made = _as_png(picture)
    return made


def token_for_picture(picture: bytes) -> str:
    """Return a PNG of `receive_picture` as signed text, for a page that shows it before it is
    saved.
    """
    return _signer.sign(b64encode(picture).decode())


def picture_from_token(token: str) -> bytes:
    """Return the picture in a token; empty when we did not sign it."""
    try:
        return b64decode(_signer.unsign(token))
    except BadSignature:
        return b""


def _as_png(picture: "Image.Image") -> bytes:
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
