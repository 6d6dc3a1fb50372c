"""A petition that is filled in from another body's signed file."""

from datetime import datetime

from django.db import transaction

from core.history import record_history, subject_of
from core.models import HistoryEntry
from petitions.models import Petition
from petitions.services.drafting import CourseFacts, start_petition
from trainers.models import Credential, Trainer


def draft_from_file(
    credential: Credential, *, facts: CourseFacts, issuer: str, source: str, by: Trainer, at: datetime
) -> Petition:
    """Return a draft with what a verified credential says; its trainer reviews and sends it.
    `issuer` is who signed it, `source` the credential's id. Idempotent.

    Raises Refusal for impossible days.
    """
    with transaction.atomic():
        petition = start_petition(credential, facts=facts, files={}, by=by, at=at)
        rows = HistoryEntry.objects.filter(subject=subject_of(petition), verb="imported")
        if not rows.exists():
            told = {"issuer": issuer, "source": source}
            reason = f"Signed by {issuer}."
            record_history(
                petition, "imported", trainer=petition.trainer, by=by, at=at, reason=reason, detail=told
            )
        return petition
