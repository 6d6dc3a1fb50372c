"""The effects of a decision on a locked renewal, made by a person or by the rules."""

from datetime import datetime

from cases.locking import day_of
from ceus.services import claim_records, release_records
from core.history import subject_of
from outbox.notices import queue_notice
from renewals.models import Application
from renewals.notice_codes import RENEWED, RETURNED
from renewals.services.moving import figures_for, move_application
from renewals.standing import claims_of
from rules.answers import Standing, standing_as_dict
from rules.last_days import correction_through
from trainers.models import Trainer
from trainers.services import open_next_cycle

State = Application.State


def approve_locked(
    application: Application, standing: Standing, *, by: Trainer | None, at: datetime
) -> Application:
    """Approve on `standing`, open the next cycle and queue the mail (invariant 14)."""
    application.assessment = standing_as_dict(standing)
    application.decided_by = by
    move_application(application, State.APPROVED, "approved", by=by, at=at)
    open_next_cycle(application.cycle, by=by, at=at)
    queue_notice(
        RENEWED,
        subject=subject_of(application),
        event="approved",
        trainer=application.trainer,
        send_at=at,
    )
    return application


def return_locked(application: Application, *, by: Trainer | None, at: datetime, reason: str) -> Application:
    """Return the renewal to its trainer, with the days to correct it that are left (Q16, Q25).

    After a return by a person, only a person decides.
    """
    application.returned_reason = reason
    figures, spent = figures_for(application), application.correction_days_spent
    application.returned_on = day_of(at, application)
    application.correct_through = correction_through(
        application.returned_on, figures.correction_days, spent, figures.correction_days_least
    )
    application.decided_by = by
    move_application(application, State.RETURNED, "returned", by=by, at=at, reason=reason)
    queue_notice(
        RETURNED,
        subject=subject_of(application),
        event=at.isoformat(),
        trainer=application.trainer,
        send_at=at,
    )
    return application


def claim_again(application: Application, standing: Standing, *, by: Trainer | None, at: datetime) -> None:
    """Release the claimed records and claim those that `standing` counts."""
    release_records(application.cycle, by=by, at=at)
    claim_records(application.cycle, claims_of(standing), by=by, at=at)
