"""Certification: by dates (S4, Q1), kept by an undecided application (Q17), ended by a lead (Q24)."""

from dataclasses import dataclass
from datetime import date, timedelta

from audits.standing import has_audit_run_out
from renewals.models import Application
from trainers.models import Credential, Cycle

KEEPS_CERTIFIED = (Application.State.IN_REVIEW, Application.State.RETURNED)


@dataclass(frozen=True, slots=True)
class Certification:
    """Whether a trainer is certified.

    `through` is the last certified day, None while an undecided application keeps it open;
    `not_since` is the first day without certification.
    """

    certified: bool
    through: date | None = None
    not_since: date | None = None


def certification_on(
    day: date, credential: Credential, cycle: Cycle, application: Application | None
) -> Certification:
    """Return the certification on `day`, by the credential's latest cycle and its latest application."""
    if day < credential.awarded_on:
        return Certification(False)
    expired_from = cycle.expires_on + timedelta(days=1)
    if not credential.in_force:
        ended_on = credential.state_on or expired_from
        return Certification(False, not_since=min(ended_on, expired_from))
    if day < expired_from:
        return Certification(True, through=cycle.expires_on)
    if is_kept(application, cycle, day):
        return Certification(True)
    return Certification(False, not_since=expired_from)


def is_kept(application: Application | None, cycle: Cycle, day: date) -> bool:
    """Return whether the application keeps the credential active on `day`: received in time and
    undecided (Q17).

    In time means on or before the cycle's expiration date. A returned one keeps it through its last day to
    correct, an audited one through the last day for documents, also when no sweep has run since (Q25).
    """
    if application is None or application.cycle_id != cycle.pk or application.state not in KEEPS_CERTIFIED:
        return False
    if application.received_on is None or application.received_on > cycle.expires_on:
        return False
    if application.state == Application.State.RETURNED:
        return application.correct_through is not None and day <= application.correct_through
    return not has_audit_run_out(cycle, day)
