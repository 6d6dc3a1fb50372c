"""The notices of a petition: each kind, when it is still worth sending, and its context."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.urls import reverse

from core import clock
from core.constraints import require_value
from core.deadlines import own_clock_words, zone_words
from outbox.notices import Batch, NoticeKind, due_when, event_parts, register_kind, subject_pks
from payments.models import FeeDecision
from payments.services.charges import payment_state
from petitions.models import Decision, Petition, Question
from petitions.notice_codes import (
    APPROVED,
    CLOSED,
    DENIED,
    FEE_DECIDED,
    GOES_ON,
    LONGER,
    QUESTION,
    QUESTION_ENDS,
    RECEIVED,
    STOPPED,
    UNDECIDED,
)
from petitions.pages.petition import fee_words
from rules.days import CyclePeriod
from rules.given_status import status_words
from rules.reminders import Mark, cycle_marks, last_day_marks, reminders_due
from rules.units import count_of

State = Petition.State
Test = Callable[[Petition, str], bool]


def _petitions(batch: Batch) -> dict[int, Petition]:
    """Return the petition of each notice, by the notice's primary key."""
    wanted = subject_pks(batch)
    rows = (
        Petition.objects.select_related("credential__trainer", "charge")
        .prefetch_related("questions", "decisions", "credential__cycles")
        .prefetch_related("charge__sessions", "charge__ledger", "charge__disputes")
        .in_bulk(set(wanted.values()))
    )
    return {pk: rows[row] for pk, row in wanted.items() if row in rows}


def _context(petition: Petition, payload: Mapping[str, object]) -> dict[str, object]:
    policy, trainer, charge = petition.credential.policy, petition.credential.trainer, petition.charge
    question = max(petition.questions.all(), key=lambda one: one.pk, default=None)
    decision = _decision(petition, payload.get("decision"))
    cycle = max(petition.credential.cycles.all(), key=lambda one: one.expires_on)
    path = cycle.status_path
    return {
        "petition": petition,
        "name": trainer.get_short_name(),
        "fee": policy.money(charge.paid_cents or charge.due_cents) if charge and charge.due_cents else "",
        "fee_words": _words_about_fee(petition),
        "zone": zone_words(policy.time_zone),
        "question": question,
        "expires_on": cycle.expires_on,
        "given": status_words(str(path.status)) if path else "",
        "elsewhere": own_clock_words(question.answer_through, policy.time_zone, trainer.time_zone)
        if question
        else "",
        **(_words_of(petition, decision) if decision else {}),
        "link": reverse("petitions:petition", args=[petition.reference]),
        "link_label": "Answer our question" if petition.state == State.QUESTION else "See your petition",
    }


def _words_about_fee(petition: Petition) -> str:
    """Return a sentence on what became of the fee once the petition has ended, by the ledger; ""
    when there is no fee.
    """
    charge = petition.charge
    if charge is None or not charge.amount_cents:
        return ""
    return "The fee is not returned." if payment_state(charge) == "paid" else fee_words(petition)


def _words_of(petition: Petition, decision: Decision) -> dict[str, object]:
    policy = petition.credential.policy
    unit = policy.unit
    return {
        "decision": decision,
        "decided_on": clock.date_of(decision.decided_at, policy.time_zone),
        "granted": unit.words(decision.hundredths or 0),
        "asked": unit.words(petition.asked_hundredths or 0),
        "fewer": (decision.hundredths or 0) < (petition.asked_hundredths or 0),
        "may_ask": petition.another_look_at is None,
        "look_days": _look_days(petition),
    }


def _look_days(petition: Petition) -> str:
    """Return in words the last day to ask for a second review (Q26)."""
    days = petition.credential.policy.version_on(petition.agreement.received_on).another_look_days
    return count_of(days, "day")


def decision_context(petition: Petition, decision: Decision) -> dict[str, object]:
    """Return the context of the mail about `decision`, which need not be saved: staff preview the
    mail first.
    """
    return {**_context(petition, {}), **_words_of(petition, decision)}


def question_context(petition: Petition) -> dict[str, object]:
    """Return the context of the mail about the newest question, which need not be saved: staff
    preview the mail first.
    """
    return _context(petition, {})


def _decision(petition: Petition, pk: object) -> Decision | None:
    return next((one for one in petition.decisions.all() if one.pk == pk), None)


def _question_is_open(petition: Petition, event: str) -> bool:
    """Return whether the question named by `event` still waits for an answer, and its last day is
    still the day that `event` names.
    """
    today = _today(petition)
    return any(_waits(one, event) and today <= one.answer_through for one in petition.questions.all())


def _question_ends(petition: Petition, event: str) -> bool:
    """Return whether the question named by `event` is open and no later reminder about it has become due."""
    _, through, code = event_parts(event)
    marks = last_day_marks(petition.credential.policy, "question", date.fromisoformat(through))
    return _question_is_open(petition, event) and _is_latest(code, marks, _today(petition))


def _is_late(petition: Petition, event: str) -> bool:
    """Return whether the petition is undecided and its promised day is still the day that `event` names."""
    return petition.state in Petition.WITH_US and str(petition.answer_due_on) == event


def _is_undecided(petition: Petition, event: str) -> bool:
    """Return whether the petition may still count for the cycle that ends on the day that `event`
    names: that day has not passed, the credential is in force, and no later reminder is due.
    """
    cycle = max(petition.credential.cycles.all(), key=lambda one: one.starts_on)
    day, code = event_parts(event)
    today = _today(petition)
    if petition.state not in Petition.HOPED_FOR or not petition.credential.in_force:
        return False
    if day != str(cycle.expires_on) or today > cycle.expires_on:
        return False
    period = CyclePeriod(cycle.starts_on, cycle.expires_on)
    return _is_latest(code, cycle_marks(petition.credential.policy, period, "petition"), today)


def _is_latest(code: str, marks: Iterable[Mark], today: date) -> bool:
    mark = reminders_due(marks, today)
    return mark is not None and mark.code == code


def _today(petition: Petition) -> date:
    return clock.today(petition.credential.policy.time_zone)


def _waits(question: Question, event: str) -> bool:
    """Return whether `question` waits for an answer and is the one of `event`, which names it by
    its primary key, a reminder also by its last day.
    """
    if question.answered_at is not None or question.closed_at is not None:
        return False
    asked, reminded = ["question", str(question.pk)], [str(question.pk), str(question.answer_through)]
    return event_parts(event)[:2] in (asked, reminded)


def _always_due(petition: Petition, event: str) -> bool:
    return True


def _in(*states: str) -> Test:
    return lambda petition, event: petition.state in states


def stop_words(petition: Petition, fee_state: str) -> dict[str, object]:
    """Return the context of the mail that a petition has stopped because its fee is missing, and of
    the mail that its review goes on. `fee_state` is the `payment_state`.
    """
    return {**_context(petition, {}), "fee_state": fee_state}


def fee_decision_words(petition: Petition, decision: FeeDecision) -> dict[str, object]:
    """Return the context of the mail about a lead's decision on an approved petition whose fee is
    not kept in full.
    """
    return {**_context(petition, {}), "verdict": decision.verdict, "reason": decision.reason}


def _about_stop(petition: Petition) -> dict[str, object]:
    return stop_words(petition, payment_state(petition.agreement.charge))


def _about_fee(petition: Petition) -> dict[str, object]:
    newest = FeeDecision.objects.about_charge(petition.agreement.charge).first()
    return fee_decision_words(petition, require_value(newest))


def _kind(
    code: str, label: str, test: Test, more: Callable[[Petition], dict[str, object]] | None = None
) -> None:
    def contexts(batch: Batch) -> dict[int, dict[str, object]]:
        payloads = {notice.pk: notice.payload for notice in batch}
        found = _petitions(batch)
        return {pk: more(one) if more else _context(one, payloads[pk]) for pk, one in found.items()}

    template = code.replace("petitions.", "petition_")
    register_kind(NoticeKind(code, label, template, still_due=due_when(_petitions, test), contexts=contexts))


_kind(RECEIVED, "Petition received", _in(State.SUBMITTED))
_kind(QUESTION, "Question about a petition", _question_is_open)
_kind(QUESTION_ENDS, "Question about a petition, still open", _question_ends)
_kind(APPROVED, "Petition approved", _always_due)
_kind(DENIED, "Petition not approved", _always_due)
_kind(CLOSED, "Petition closed without an answer", _always_due)
_kind(LONGER, "Petition takes longer", _is_late)
_kind(UNDECIDED, "Petition undecided before the expiration date", _is_undecided)
_kind(STOPPED, "Petition stopped, its fee went back", _in(State.STOPPED), _about_stop)
_kind(GOES_ON, "Petition goes on, its fee is back", _in(State.SUBMITTED))
_kind(FEE_DECIDED, "Decision about a petition whose fee went back", _always_due, _about_fee)
