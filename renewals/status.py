"""Whether a trainer is certified: by the dates of the cycle (S4, Q1), or by an undecided
application (Q17), unless a lead has ended the credential (Q24).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F

from audits.standing import audits_run_out, has_audit_run_out
from core import clock
from petitions.standing import last_day_of_questions, last_days_of_questions
from renewals.models import Application
from rules.last_days import correction_through
from trainers.models import Credential, Cycle

ONE_DAY = timedelta(days=1)
KEEPS_CERTIFIED = (Application.State.IN_REVIEW, Application.State.RETURNED)


@dataclass(frozen=True, slots=True)
class Certification:
    """Whether a trainer is certified. `through` is the last certified day; None while an undecided
    application extends it. `not_since` is the first day without certification.
    """

    certified: bool
    through: date | None = None
    not_since: date | None = None


def certification_on(
    day: date, credential: Credential, cycle: Cycle, application: Application | None
) -> Certification:
    """Return the certification on `day`; `cycle` is the credential's latest cycle, `application`
    its latest application.
    """
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


def certifications_of(cycles: Iterable[Cycle], at: datetime) -> dict[int, Certification]:
    """Return the certification at a moment by the primary key of the cycle; each is the latest one
    of its credential, which it holds. Applications are read only where the dates alone do not
    decide. At most six queries, however many cycles there are.
    """
    latest = {cycle.pk: cycle for cycle in cycles}
    days = {pk: clock.date_of(at, one.credential.policy.time_zone) for pk, one in latest.items()}
    found = {pk: certification_on(days[pk], one.credential, one, None) for pk, one in latest.items()}
    expired = {pk: one for pk, one in latest.items() if one.credential.in_force and one.expires_on < days[pk]}
    for pk in _kept_cycles(expired, days):
        found[pk] = Certification(True)
    return found


def _kept_cycles(cycles: Mapping[int, Cycle], days: Mapping[int, date]) -> Iterator[int]:
    """Yield the primary keys of the cycles for which `is_kept` is true on their day."""
    if not cycles:
        return
    rows = Application.objects.filter(cycle__in=cycles, state__in=KEEPS_CERTIFIED)
    in_time = {one.cycle_id: one for one in rows.filter(received_on__lte=F("cycle__expires_on"))}
    in_review = {}
    for pk, one in in_time.items():
        one.cycle = cycles[pk]
        if one.state != Application.State.RETURNED:
            in_review[pk] = one
        elif one.correct_through is not None and days[pk] <= one.correct_through:
            yield pk
    if in_review:
        received = {one.cycle.credential_id: one.submission.received_at for one in in_review.values()}
        run_out = audits_run_out({pk: days[pk] for pk in in_review})
        answered = last_days_of_questions(received)
        for pk, one in in_review.items():
            last = answered.get(one.cycle.credential_id)
            if pk not in run_out and not _has_question_run_out(one, days[pk], answered_by=last):
                yield pk


def is_kept(application: Application | None, cycle: Cycle, day: date) -> bool:
    """Return whether the application keeps the credential active on `day`: it was received by the
    cycle's expiration date, inclusive, and is undecided (Q17).

    A returned application keeps it active through its last day to correct; an application in an
    audit, through the last day for documents. One that waits for the answer to a petition's
    question keeps it active until the last day to answer and the days to correct after it are over.
    This is computed from dates, so it holds even when no sweep has run (Q25).
    """
    if application is None or application.cycle_id != cycle.pk or application.state not in KEEPS_CERTIFIED:
        return False
    if application.received_on is None or application.received_on > cycle.expires_on:
        return False
    if application.state == Application.State.RETURNED:
        return application.correct_through is not None and day <= application.correct_through
    if has_audit_run_out(cycle, day):
        return False
    last = last_day_of_questions(application.cycle.credential, application.submission.received_at)
    return not _has_question_run_out(application, day, answered_by=last)


def _has_question_run_out(application: Application, day: date, *, answered_by: date | None) -> bool:
    """Return whether on `day` the last day to answer every question, and the days to correct that
    follow it, are over.
    """
    if answered_by is None or day <= answered_by:
        return False
    figures = application.cycle.credential.policy.version_on(application.submission.received_on)
    spent, least = application.correction_days_spent, figures.correction_days_least
    return day > correction_through(answered_by + ONE_DAY, figures.correction_days, spent, least)
