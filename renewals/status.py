"""Whether a trainer is certified: by the dates of the cycle (S4, Q1), or by an undecided
application (Q17), also one of a higher certification that renews this one, unless a lead has ended the credential (Q24),
or the way of the renewal before gives another status in place of certified, such as inactive.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F

from audits.standing import audits_run_out, has_audit_run_out
from core import clock
from core.policy_words import opened_with_a_capital
from petitions.standing import last_day_of_questions, last_days_of_questions
from renewals.models import Application
from renewals.ranks import renewals_above
from rules.days import day_or_none, is_for_life, through_words
from rules.given_status import status_words
from rules.last_days import correction_through
from rules.policy.families import Path
from trainers.given_statuses import earlier_cycles, stretch_on
from trainers.models import Credential, Cycle

ONE_DAY = timedelta(days=1)
WHILE_DECIDED = "while a renewal is being decided"
KEEPS_CERTIFIED = (Application.State.IN_REVIEW, Application.State.RETURNED)
SENT = (*KEEPS_CERTIFIED, Application.State.SUBMITTED, Application.State.APPROVED)


@dataclass(frozen=True, slots=True)
class GivenStatus:
    """What somebody is in place of certified, by the way (`path`) of their renewal. `through` is the last day of
    it; None while an undecided application extends it.
    """

    path: Path
    through: date | None

    @property
    def words(self) -> str:
        """Return the status as people read it, such as "inactive"."""
        return status_words(str(self.path.status))

    @property
    def label(self) -> str:
        """Return the status as a heading, such as "Inactive"."""
        return opened_with_a_capital(self.words)

    @property
    def until(self) -> str:
        """Return until when it is so, such as "through June 30, 2028"."""
        return through_words(self.through) if self.through else WHILE_DECIDED

    @property
    def line(self) -> str:
        """Return the label with the last day, such as "Inactive through June 30, 2028"."""
        return f"{self.label} {self.until}"

    @property
    def sentence(self) -> str:
        """Return what it means to its holder, without the rule."""
        return f"Your certification is {self.words} {self.until}."


@dataclass(frozen=True, slots=True)
class Certification:
    """Whether a trainer is certified. `through` is the last certified day; None while an undecided
    application extends it. `not_since` is the first day without certification. Somebody who has another status,
    which is `given`, has none, nor has somebody who lacks it from the day `without_since` on: they were not
    certified until then.
    """

    certified: bool
    through: date | None = None
    not_since: date | None = None
    given: GivenStatus | None = None
    without_since: date | None = None

    @property
    def is_for_life(self) -> bool:
        return self.through is not None and is_for_life(self.through)

    @property
    def last_day(self) -> date | None:
        """Return the last certified day; None also for life."""
        return self.through and day_or_none(self.through)


def certification_on(
    day: date, credential: Credential, cycle: Cycle, application: Application | None
) -> Certification:
    """Return the certification on `day`; `cycle` is the credential's latest cycle, which holds it, and
    `application` its latest application.
    """
    found = _by_dates(day, credential, _cycles_on({cycle.pk: day}, {cycle.pk: cycle})[cycle.pk])
    if not _is_over(found, day, cycle, credential):
        return found
    kept = is_kept(application, cycle, day) or cycle.pk in _kept_by_higher({cycle.pk: cycle}, {cycle.pk: day})
    return _held(cycle.status_path, None) if kept else found


def _cycles_on(days: Mapping[int, date], latest: Mapping[int, Cycle]) -> dict[int, Sequence[Cycle]]:
    """Return the cycles that decide the status on the day of each latest one: itself, or all of its credential
    when it has not begun. One query; none where each has begun or no policy gives a status.
    """
    coming = [one for pk, one in latest.items() if days[pk] < one.starts_on]
    found: dict[int, Sequence[Cycle]] = {pk: (one,) for pk, one in latest.items()}
    found.update(earlier_cycles(coming))
    return found


def certification_by_dates(day: date, credential: Credential, cycle: Cycle) -> Certification:
    """Return what `certification_on` does for a credential whose renewal nobody is deciding and none of whose
    cycles has another status. No query.
    """
    return _by_dates(day, credential, (cycle,))


def _by_dates(day: date, credential: Credential, cycles: Sequence[Cycle]) -> Certification:
    """Return what `certification_on` does for a credential whose renewal nobody is deciding. No query."""
    if day < credential.awarded_on:
        return Certification(False)
    path, last = stretch_on(day, cycles)
    expired_from = last.expires_on + timedelta(days=1)
    if not credential.in_force:
        ended_on = credential.state_on or expired_from
        since = min(ended_on, expired_from)
    elif day < expired_from:
        return _held(path, last.expires_on)
    else:
        since = expired_from
    return Certification(False, without_since=since) if path else Certification(False, not_since=since)


def _held(path: Path | None, through: date | None) -> Certification:
    """Return the certification of somebody who has what `path` gives, or is certified without it."""
    if path:
        return Certification(False, given=GivenStatus(path, through))
    return Certification(True, through=through)


def _is_over(found: Certification, day: date, cycle: Cycle, credential: Credential) -> bool:
    return credential.in_force and not found.certified and cycle.expires_on < day


def certifications_of(cycles: Iterable[Cycle], at: datetime) -> dict[int, Certification]:
    """Return the certification at a moment by the primary key of the cycle; each is the latest one
    of its credential, which it holds. Applications are read only where the dates alone do not
    decide. At most six queries, however many cycles there are, one more where a policy gives a status, and
    seven more where a policy says that the highest certification renews the lower ones.
    """
    latest = {cycle.pk: cycle for cycle in cycles}
    days = {pk: clock.date_of(at, one.credential.policy.time_zone) for pk, one in latest.items()}
    cycles_of = _cycles_on(days, latest)
    found = {pk: _by_dates(days[pk], one.credential, cycles_of[pk]) for pk, one in latest.items()}
    over = {pk: one for pk, one in latest.items() if _is_over(found[pk], days[pk], one, one.credential)}
    kept = set(_kept_cycles(over, days))
    kept |= _kept_by_higher({pk: one for pk, one in over.items() if pk not in kept}, days)
    return found | {pk: _held(latest[pk].status_path, None) for pk in kept}


def _kept_cycles(cycles: Mapping[int, Cycle], days: Mapping[int, date]) -> set[int]:
    """Return the primary keys of the cycles for which `is_kept` is true on their day."""
    if not cycles:
        return set()
    rows = Application.objects.filter(cycle__in=cycles, state__in=KEEPS_CERTIFIED)
    in_time = list(rows.filter(received_on__lte=F("cycle__expires_on")))
    for one in in_time:
        one.cycle = cycles[one.cycle_id]
    return _still_decided(in_time, days)


def _kept_by_higher(cycles: Mapping[int, Cycle], days: Mapping[int, date]) -> set[int]:
    """Return the primary keys of those of these cycles, whose last day is over, that an undecided renewal
    of a higher certification keeps certified as it would one of their own (Q17): it was received by their
    expiration date, its approval renews them, too, and they have no renewal of their own that was sent.
    """
    above = renewals_above(cycles.values(), KEEPS_CERTIFIED)
    in_time = {
        pk: [one for one in found if one.submission.received_on <= cycles[pk].expires_on]
        for pk, found in above.items()
    }
    leaders = {one.pk: (one, days[pk]) for pk, found in in_time.items() for one in found}
    if not leaders:
        return set()
    decided = _still_decided(
        [one for one, _ in leaders.values()], {one.cycle_id: day for one, day in leaders.values()}
    )
    sent = Application.objects.filter(cycle__in=in_time, state__in=SENT).values_list("cycle", flat=True)
    alone = set(in_time).difference(sent)
    return {pk for pk in alone if any(one.cycle_id in decided for one in in_time[pk])}


def _still_decided(applications: Iterable[Application], days: Mapping[int, date]) -> set[int]:
    """Return the primary keys of the cycles of those of these undecided applications of which neither the
    days to correct, an audit nor a question has run out on the day of their cycle.
    """
    found, in_review = set(), {}
    for one in applications:
        day = days[one.cycle_id]
        if one.state != Application.State.RETURNED:
            in_review[one.cycle_id] = one
        elif one.correct_through is not None and day <= one.correct_through:
            found.add(one.cycle_id)
    if not in_review:
        return found
    received = {one.cycle.credential_id: one.submission.received_at for one in in_review.values()}
    run_out = audits_run_out({pk: days[pk] for pk in in_review})
    answered = last_days_of_questions(received)
    for pk, one in in_review.items():
        last = answered.get(one.cycle.credential_id)
        if pk not in run_out and not _has_question_run_out(one, days[pk], answered_by=last):
            found.add(pk)
    return found


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
