"""The functions that racing processes call on a CEU record (see `tests/race.py`)."""

from datetime import date

from ceus import services
from ceus.models import CeuRecord, Course
from documents.models import Document
from documents.waiting import WaitingFile
from tests.ceus.scenes import AT, TODAY
from trainers.models import Credential, Cycle


def file_of(document: Document) -> WaitingFile:
    """The file of a row, as the form that is sent again carries it."""
    return WaitingFile(
        document.owner_id,
        document.original_name,
        document.media_type,
        document.size,
        document.sha256,
        document.sent_sha256,
        document.stored_as,
        AT,
    )


def log_course() -> str:
    """Send the form of the only course with the only file."""
    credential = Credential.objects.get()
    record = services.log_course(
        credential,
        course=Course.objects.get(),
        completed_on=date(2026, 5, 3),
        certificate=file_of(Document.objects.get()),
        by=credential.trainer,
        at=AT,
        today=TODAY,
    )
    return f"{record.pk} {record.state}"


def remove() -> str:
    credential = Credential.objects.get()
    record = services.remove_record(CeuRecord.objects.get(), by=credential.trainer, at=AT)
    return str(record.state)


def claim_or_remove(number: str) -> str:
    """Claim the only record for its cycle in half of the processes; remove it in the others."""
    from threading import get_native_id

    from django.db import transaction

    if get_native_id() % 2:
        return remove()
    with transaction.atomic():
        cycle = Cycle.objects.select_related("credential__trainer").get()
        Credential.objects.select_for_update(of=("self",)).get(pk=cycle.credential_id)
        services.claim_records(cycle, ids=[number], by=None, at=AT)
    return "claimed"
