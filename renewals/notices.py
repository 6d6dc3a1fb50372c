"""The notices of a renewal: each kind, when it is still worth sending, and its context."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from django.urls import reverse

from audits.models import Audit
from core import clock
from core.constraints import require_value
from core.deadlines import own_clock_words, zone_words
from hardship.standing import extended_through
from outbox.notices import Batch, NoticeKind, due_when, event_parts, register_kind, subject_pks
from payments.models import Charge, FeeDecision
from payments.services.charges import payment_state
from renewals.models import Application
from renewals.notice_codes import (
    CORRECTION_ENDS,
    DENIED,
    FEE_DECIDED,
    LAPSED,
    RENEWED,
    REOPENED,
    RETURNED,
    UNPAID,
)
from renewals.refunds import NOTHING_CHARGED, fee_words
from renewals.services.joined import numbers_together
from rules.facts import APPLICATION
from rules.given_status import status_words
from rules.reminders import last_day_marks, reminders_due
from rules.units import money_in_words
from trainers.models import Cycle

State = Application.State
Words = Mapping[int, Mapping[str, object]]
Test = Callable[[Application, str], bool]


def _applications(batch: Batch) -> dict[int, Application]:
    """Return the application of each notice, by the notice's primary key."""
    wanted = subject_pks(batch)
    rows = (
        Application.objects.select_related("cycle__credential__trainer", "charge")
        .prefetch_related("charge__sessions", "charge__ledger", "charge__disputes")
        .annotate(extended_through=extended_through(APPLICATION, "cycle"))
        .in_bulk(set(wanted.values()))
    )
    return {pk: rows[row] for pk, row in wanted.items() if row in rows}


def _is_unpaid(application: Application, event: str) -> bool:
    """Return whether the last day to pay has not ended and no later reminder is due. False while
    the bank is still confirming a payment.
    """
    charge = application.charge
    if application.state != State.SUBMITTED or charge is None or charge.state != Charge.State.OPEN:
        return False
    if _today(application) > application.submission.pay_through:
        return False
    return event == _due_event(application) and payment_state(charge) != "confirming"


def _due_event(application: Application) -> str:
    """Return the event of the latest reminder to pay that has become due, such as "24h"; "h" when
    none has.
    """
    policy, waited = application.cycle.policy, clock.now() - application.submission.received_at
    hours = policy.version_on(application.submission.received_on).unpaid_reminder_hours
    return f"{max((one for one in hours if timedelta(hours=one) <= waited), default='')}h"


def _is_to_correct(application: Application, event: str) -> bool:
    """Return whether the application waits for its correction and the last day has not ended."""
    return application.state == State.RETURNED and _today(application) <= application.last_day_to_correct


def _correction_ends(application: Application, event: str) -> bool:
    """Return whether the reminder of `event` is still right: the renewal still waits for its
    correction, its last day has not moved since the reminder was planned, and no later reminder has
    become due.
    """
    through, code = event_parts(event)
    if through != str(application.correct_through) or not _is_to_correct(application, event):
        return False
    marks = last_day_marks(application.cycle.policy, "correction", application.last_day_to_correct)
    latest = reminders_due(marks, _today(application))
    return latest is not None and latest.reminder.code == code


def _today(application: Application) -> date:
    return clock.today(application.cycle.policy.time_zone)


def _is_in(state: str) -> Test:
    return lambda application, event: application.state == state


def common_words(application: Application) -> dict[str, object]:
    """Return the context of every mail about a renewal."""
    credential = application.cycle.credential
    return {
        "application": application,
        "cycle": application.cycle,
        "name": credential.trainer.get_short_name(),
        "number": credential.display_number,
        "together": numbers_together(application),
        "total": money_in_words(application.due_cents, credential.policy.currency_symbol),
        "zone": zone_words(credential.policy.time_zone),
        "link": reverse("renewals:application", args=[application.reference]),
        "link_label": "See your renewal",
    }


def words_of_end(application: Application) -> dict[str, object]:
    """Return what the mails about an ended application need besides `common_words`: when it ended,
    what becomes of the fee, and the last day on which the trainer can apply again, if any.
    """
    policy = application.cycle.policy
    extended: date | None = getattr(application, "extended_through", None)  # `_applications` annotates it
    last_day = max(application.cycle.last_day_to_apply, extended or date.min)
    ended_on = clock.date_of(require_value(application.ended_at), policy.time_zone)
    return {
        "decided_on": ended_on,
        "last_day_to_apply": last_day,
        "can_renew_through": last_day if ended_on <= last_day else None,
        "in_force": application.cycle.credential.in_force,
        "fee_words": fee_words(application),
    }


def _on_own_clock(application: Application, field: str) -> dict[str, object]:
    """Return the time and date at which the last day in `field` ends in the trainer's own zone,
    when these differ from the policy's (Q3); otherwise an empty value.
    """
    credential = application.cycle.credential
    there = own_clock_words(
        getattr(application, field), credential.policy.time_zone, credential.trainer.time_zone
    )
    return {"elsewhere": there}


def words_of_lapse(application: Application) -> dict[str, object]:
    """Return what the mail about a renewal that was not paid in time needs besides `common_words`."""
    said = fee_words(application) if application.charge else NOTHING_CHARGED
    return {**words_of_end(application), "fee_words": said}


def words_of_payment(application: Application) -> dict[str, object]:
    """Return what the mails about an unpaid application need besides `common_words`."""
    total = common_words(application)["total"]
    return {**_on_own_clock(application, "pay_through"), "link_label": f"Pay {total}"}


def words_of_correction(application: Application) -> dict[str, object]:
    """Return what the mail about a returned application needs besides `common_words`."""
    return {**_on_own_clock(application, "correct_through"), "link_label": "Correct your renewal"}


def words_of_approval(next_cycle: Cycle, also: Iterable[Cycle] = ()) -> dict[str, object]:
    """Return what the mail about an approval needs besides `common_words`: the next cycle, those of
    the certifications that were renewed with it, and the link to the certificate.
    """
    given = next_cycle.status_path
    certificate = {"link": reverse("renewals:certificate"), "link_label": "Get your certificate"}
    return {
        "next_cycle": next_cycle,
        "given": status_words(str(given.status)) if given else "",
        "why": given.rule.text if given else "",
        "also": list(also),
        **({} if given else certificate),
    }


def words_of_denial(application: Application, *, look_days: int = 0) -> dict[str, object]:
    """Return what the mail about a denial needs besides `common_words`. `look_days` is the number
    of days in which the trainer can ask for a second review; 0 when they cannot (Q26).
    """
    return {**words_of_end(application), "look_days": look_days}


def _denied(applications: Iterable[Application]) -> Words:
    chosen = list(applications)
    failed = Audit.objects.filter(state=Audit.State.FAILED, another_look_at=None)
    asked = set(
        failed.filter(renewal__in=[one.reference for one in chosen]).values_list("renewal", flat=True)
    )
    return {
        one.pk: words_of_denial(one, look_days=_look_days(one) if one.reference in asked else 0)
        for one in chosen
    }


def _look_days(application: Application) -> int:
    policy = application.cycle.policy
    return policy.version_on(application.submission.received_on).another_look_days


def words_of_fee_decision(application: Application, decision: FeeDecision) -> dict[str, object]:
    """Return the context of the mail about a lead's decision on a missing fee: the decision, and
    the first day of a suspension, if there is one.
    """
    zone = application.cycle.policy.time_zone
    decided_on = clock.date_of(decision.decided_at, zone)
    words = {"verdict": decision.verdict, "reason": decision.reason, "decided_on": decided_on}
    return {**words, "fee_words": fee_words(application)}


def _fee_decided(application: Application) -> dict[str, object]:
    newest = FeeDecision.objects.about_charge(application.submission.charge).first()
    return words_of_fee_decision(application, require_value(newest))


def _approved(applications: Iterable[Application]) -> Words:
    chosen = list(applications)
    joined = Application.objects.filter(renewed_with__in=chosen, state=State.APPROVED)
    every = [*chosen, *joined.select_related("cycle").order_by("cycle__credential")]
    later: dict[int, list[Cycle]] = {}
    rows = Cycle.objects.filter(credential__in={one.cycle.credential_id for one in every})
    for cycle in rows.select_related("credential"):
        later.setdefault(cycle.credential_id, []).append(cycle)
    opened = {one.pk: _after(one.cycle, later[one.cycle.credential_id]) for one in every}
    return {
        one.pk: words_of_approval(
            opened[one.pk], [opened[other.pk] for other in every if other.renewed_with_id == one.pk]
        )
        for one in chosen
    }


def _after(cycle: Cycle, cycles: Iterable[Cycle]) -> Cycle:
    return min((one for one in cycles if one.starts_on > cycle.starts_on), key=lambda one: one.starts_on)


def _for_each_application(
    more: Callable[[Application], Mapping[str, object]],
) -> Callable[[Iterable[Application]], Words]:
    return lambda applications: {one.pk: more(one) for one in applications}


def _kind(
    code: str,
    label: str,
    test: Test,
    more: Callable[[Iterable[Application]], Words],
) -> None:
    def contexts(batch: Batch) -> dict[int, dict[str, object]]:
        found = _applications(batch)
        added = more(found.values())
        return {pk: {**common_words(one), **added.get(one.pk, {})} for pk, one in found.items()}

    register_kind(
        NoticeKind(
            code, label, code.partition(".")[2], still_due=due_when(_applications, test), contexts=contexts
        )
    )


_kind(RENEWED, "Renewed", _is_in(State.APPROVED), _approved)
_kind(UNPAID, "Renewal not paid yet", _is_unpaid, _for_each_application(words_of_payment))
_kind(LAPSED, "Renewal ended unpaid", _is_in(State.LAPSED), _for_each_application(words_of_lapse))
_kind(RETURNED, "Renewal needs a correction", _is_to_correct, _for_each_application(words_of_correction))
_kind(
    CORRECTION_ENDS,
    "Renewal still to be corrected",
    _correction_ends,
    _for_each_application(words_of_correction),
)
_kind(DENIED, "Renewal not possible", _is_in(State.DENIED), _denied)
_kind(
    FEE_DECIDED,
    "Decision about a renewal whose fee went back",
    _is_in(State.APPROVED),
    _for_each_application(_fee_decided),
)


def words_of_reopening(application: Application, reason: str) -> dict[str, object]:
    """Return the context of the mail about a reopened renewal."""
    return {**common_words(application), "reason": reason}


def _reopened_contexts(batch: Batch) -> dict[int, dict[str, object]]:
    reasons = {notice.pk: notice.payload["reason"] for notice in batch}
    return {pk: words_of_reopening(one, reasons[pk]) for pk, one in _applications(batch).items()}


register_kind(
    NoticeKind(
        REOPENED,
        "Renewal opened again",
        "reopened",
        still_due=due_when(_applications, lambda one, event: one.state in (State.IN_REVIEW, State.RETURNED)),
        contexts=_reopened_contexts,
    )
)
