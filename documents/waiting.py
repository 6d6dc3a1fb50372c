"""Uploaded files without a database row yet. When another field of the form fails, the page carries
a signed token, so that the file need not be uploaded again.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.core import signing

from documents.errors import BadFile
from trainers.models import Trainer

KEPT_FOR = timedelta(hours=24)
SALT = "documents.kept"


@dataclass(frozen=True)
class WaitingFile:
    """An uploaded file without a row: the copy at `stored_as`, and beside it the bytes as sent and
    the pictures.

    `pages` are the sha256 of the pictures. `documents.services.store_document` makes a Document of
    it; without that a sweep removes the files.
    """

    owner_id: int
    name: str
    media_type: str
    size: int
    sha256: str
    sent_sha256: str
    stored_as: str
    received_at: datetime
    sent_size: int = 0
    sent_type: str = ""
    pages: tuple[str, ...] = ()


def token_of(waiting: WaitingFile) -> str:
    """Return a token with which the file's owner, and nobody else, can bring it back within 24
    hours of the upload.
    """
    facts = {**asdict(waiting), "received_at": waiting.received_at.isoformat()}
    return signing.dumps(facts, salt=SALT, compress=True)


def from_token(token: str, *, owner: Trainer, at: datetime) -> WaitingFile:
    """Return the file of `token`. Raises BadFile when it is another person's, too old, or not
    signed by us.
    """
    try:
        facts = signing.loads(token, salt=SALT)
        facts["received_at"] = datetime.fromisoformat(facts["received_at"])
        facts["pages"] = tuple(facts.get("pages", ()))
        waiting = WaitingFile(**facts)
    except (signing.BadSignature, ValueError, TypeError, KeyError):
        raise BadFile("kept_gone") from None
    if waiting.owner_id != owner.pk or at > waiting.received_at + KEPT_FOR:
        raise BadFile("kept_gone")
    return waiting
