"""Correct a returned renewal together with the record because of which it was returned."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from cases.locking import day_of
from cases.reviewers import require_owner
from ceus.models import CeuRecord
from ceus.services.changes import mend_record
from documents.waiting import WaitingFile
from renewals.models import Application
from renewals.services.advancing import check_correctable, correct_application
from renewals.services.moving import joined_with, lock_renewal
from trainers.models import Trainer


def mend_application(
    application: Application,
    *,
    record: CeuRecord,
    completed_on: date,
    valid_through: date | None = None,
    files: Mapping[str, WaitingFile],
    by: Trainer,
    at: datetime,
) -> Application:
    """Change one record that a returned renewal claims, and submit the renewal again: both or
    neither. Idempotent.

    Raises Refusal after the last day to correct it, for a record that the renewal does not claim,
    and while something is missing.
    """
    with transaction.atomic():
        application = lock_renewal(application)
        require_owner(application, by)
        if application.state == Application.State.IN_REVIEW:
            return application
        check_correctable(application, at)
        group = (application, *joined_with(application))
        mend_record(
            record,
            cycle=next(
                (one.cycle for one in group if one.cycle_id == record.claimed_for_id), application.cycle
            ),
            completed_on=completed_on,
            valid_through=valid_through,
            files=files,
            by=by,
            at=at,
            today=day_of(at, application),
        )
        return correct_application(application, by=by, at=at)
