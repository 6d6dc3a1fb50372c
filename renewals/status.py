"""Is somebody certified on a day? Dates decide (S4, Q1), an application in hand keeps (Q17), a
lead's act ends (Q24).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from renewals.models import Application
from trainers.models import Credential, Cycle

KEEPS_CERTIFIED = (Application.State.IN_REVIEW, Application.State.RETURNED)


@dataclass(frozen=True, slots=True)
class Certification:
    """`through` is the last certified day, None while a decision keeps it open; `not_since` the
    first day without.
    """

    certified: bool
    through: date | None = None
    not_since: date | None = None


def certification_on(
    day: date, credential: Credential, cycle: Cycle, application: Application | None
) -> Certification:
    """By the latest cycle of the credential and the latest application for it."""
    if day < credential.awarded_on:
        return Certification(False)
    expired_from = cycle.expires_on + timedelta(days=1)
    if not credential.in_force:
        held_from = credential.state_on or expired_from
        return Certification(False, not_since=min(held_from, expired_from))
    if day < expired_from:
        return Certification(True, through=cycle.expires_on)
    if is_kept(application, cycle):
        return Certification(True)
    return Certification(False, not_since=expired_from)


def is_kept(application: Application | None, cycle: Cycle) -> bool:
    """Received on or before E and not yet decided: the credential stays active until it is (Q17)."""
    if application is None or application.cycle_id != cycle.pk or application.state not in KEEPS_CERTIFIED:
        return False
    return application.received_on is not None and application.received_on <= cycle.expires_on
