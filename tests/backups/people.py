"""A portal full of people with files, and what it holds in the end."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from documents.models import Document
from tests.throwaway import Throwaway, connected_to
from trainers.models import Trainer

JOINED = datetime(2026, 3, 2, 19, tzinfo=UTC)
AFTER_THE_DUMP = {"outbox_heartbeat"}  # the backup writes down that it was made


def fill(count: int) -> None:
    """Make `count` trainers, each with an address and a document of its own."""
    people = Trainer.objects.bulk_create(
        Trainer(email=f"t{n}@example.org", name=f"Zoë Ł. {n}", password="!", joined_at=JOINED)
        for n in range(count)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people
    )
    Document.objects.bulk_create(_document(one, b"%PDF " + f"{one.pk}".encode() * 700) for one in people)


def _document(owner: Trainer, content: bytes) -> Document:
    name = default_storage.save(f"2026/03/02/1900-{owner.pk:032}.pdf", ContentFile(content))
    sha256 = hashlib.sha256(content).hexdigest()
    return Document(
        owner=owner,
        original_name="course.pdf",
        media_type="application/pdf",
        size=len(content),
        sha256=sha256,
        sent_sha256=sha256,
        stored_as=name,
        uploaded_by=owner,
        uploaded_at=JOINED,
    )


def rows_of(database: Throwaway) -> dict[str, list[str]]:
    """Return every row of every table, in words."""
    found = {}
    with connected_to(database), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our tables
            found[table] = sorted(map(repr, cursor.fetchall()))
    return {table: rows for table, rows in found.items() if table not in AFTER_THE_DUMP}


def files_of(database: Throwaway) -> dict[str, str]:
    """Return the sha256 of every stored file by its path."""
    folder = Path(database.env["PORTAL_VAR"]) / "files"
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
