"""Examples of the mails about a renewal. Examples of the reminders are in `reminders/examples.py`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial

from django.conf import settings

from badges.models import SigningKey
from core.policy_words import fill_policy_words
from core.templatetags.words import dollars
from outbox.examples import show_example
from payments.models import FeeDecision
from renewals import notice_codes, notices
from renewals.badge_notices import badge_key_context
from renewals.due_notices import due_fee_context
from renewals.models import Application
from renewals.reminders import examples as calendar  # noqa: F401  (it shows its own)
from rules.answers import Standing
from rules.dues import OPEN, OVERDUE
from rules.facts import Facts
from rules.more import DueAnswer
from rules.policy.building_blocks import Rule
from rules.standing import assess
from trainers.examples import AWAY, PHOENIX, example_cycle, phoenix_noon
from trainers.models import Credential, Cycle


@dataclass(frozen=True)
class _Receipt:
    """The day on which an example application is received, counted from the example's expiration
    date. When no application is accepted on that day, it is the last day to apply.
    """

    days: int

    @cached_property
    def on(self) -> date:
        cycle = example_cycle()
        wished = cycle.expires_on + timedelta(days=self.days)
        return wished if self._standing(cycle, wished).accepts_application else cycle.last_day_to_apply

    @property
    def pay_through(self) -> date:
        version = example_cycle().credential.policy.version_on(self.on)
        return self.on + timedelta(days=version.pay_within_days)

    @property
    def cents(self) -> int:
        fees = self._standing(example_cycle(), self.on).fees
        return fees.total_cents if fees else 0

    @staticmethod
    def _standing(cycle: Cycle, day: date) -> Standing:
        return assess(Facts(expires_on=cycle.expires_on), day, cycle.policy)


ON_TIME, LATE, ADDITIONAL, AFTER_ALL = map(_Receipt, (-7, 85, 176, 364))  # an end on the last day is final


def example_application(receipt: _Receipt, time_zone: str = PHOENIX, **fields: object) -> Application:
    """Return an application of the example trainer, received on the day that `receipt` gives."""
    cycle = example_cycle(time_zone)
    return Application(
        pk=1,
        reference="R7K2-9QXF",
        cycle=cycle,
        trainer=cycle.credential.trainer,
        received_on=receipt.on,
        pay_through=receipt.pay_through,
        fee_total_cents=receipt.cents,
        **fields,
    )


def _renewed() -> dict[str, object]:
    application = example_application(ON_TIME)
    follows = Cycle(
        pk=2,
        credential=application.cycle.credential,
        starts_on=date(2026, 7, 1),
        expires_on=date(2028, 6, 30),
    )
    return {**notices.common_words(application), **notices.words_of_approval(follows)}


def _renewed_with_a_lower_one() -> dict[str, object]:
    lower = Credential(pk=2, number="55120007", policy_code=settings.PORTAL_POLICY)
    also = Cycle(pk=4, credential=lower, starts_on=date(2027, 1, 1), expires_on=date(2028, 12, 31))
    return {**_renewed(), "also": [also]}


def _unpaid(receipt: _Receipt, time_zone: str = PHOENIX) -> Mapping[str, object]:
    application = example_application(receipt, time_zone)
    return {**notices.common_words(application), **notices.words_of_payment(application)}


def _returned(time_zone: str = PHOENIX) -> Mapping[str, object]:
    reason = fill_policy_words(
        "Your {card} ended before we received your renewal. Show us one that is current."
    )
    application = example_application(
        LATE, time_zone, returned_reason=reason, correct_through=date(2026, 10, 30)
    )
    return {**notices.common_words(application), **notices.words_of_correction(application)}


def _ended(receipt: _Receipt, ended_on: date, reason: str = "") -> Mapping[str, object]:
    ended_at = phoenix_noon(ended_on.year, ended_on.month, ended_on.day)
    application = example_application(receipt, ended_at=ended_at, end_reason=reason)
    return {**notices.common_words(application), **notices.words_of_end(application)}


def _lapsed(receipt: _Receipt, ended_on: date) -> Mapping[str, object]:
    ended_at = phoenix_noon(ended_on.year, ended_on.month, ended_on.day)
    application = example_application(receipt, ended_at=ended_at)
    return {**notices.common_words(application), **notices.words_of_lapse(application)}


def _not_passed() -> dict[str, object]:
    reason = "The certificate is of another person."
    ended_at = phoenix_noon(2026, 10, 24)
    application = example_application(LATE, ended_at=ended_at, end_reason=reason)
    return {**notices.common_words(application), **notices.words_of_denial(application, look_days=30)}


def _fee_decided(verdict: str) -> Mapping[str, object]:
    reason = "You paid again by bank transfer." if verdict == "keep" else "Your bank took the fee back."
    decision = FeeDecision(verdict=verdict, reason=reason, decided_at=phoenix_noon(2026, 10, 24))
    application = example_application(LATE)
    words = notices.words_of_fee_decision(application, decision)
    gone = f"Your bank took the {dollars(LATE.cents)} that you paid back."
    return {**notices.common_words(application), **words, "fee_words": gone}


NO_DOCUMENTS = "We did not receive all documents by the end of {}."
UNPAID = {"trigger": "A renewal is not paid yet", "sent": "1, 24 and 72 hours after it was sent"}
LAPSED = {"trigger": "The last day to pay is over"}
RETURNED = {"trigger": "A reviewer asks for a correction"}
TO_CORRECT = {"trigger": "A correction is still due", "sent": "7 and 2 days before its last day"}
DENIED = {"trigger": "A renewal is denied"}
show_example(notice_codes.RENEWED, "approved", _renewed, trigger="A renewal is approved")
show_example(
    notice_codes.RENEWED,
    "with-a-lower-one",
    _renewed_with_a_lower_one,
    trigger="A renewal is approved and renews a lower certification, too",
)
show_example(notice_codes.UNPAID, "on-time", lambda: _unpaid(ON_TIME), **UNPAID)
show_example(notice_codes.UNPAID, "late", lambda: _unpaid(LATE), **UNPAID)
show_example(notice_codes.UNPAID, "late-and-additional", lambda: _unpaid(ADDITIONAL), **UNPAID)
show_example(notice_codes.UNPAID, "other-zone", lambda: _unpaid(LATE, AWAY), **UNPAID)
show_example(notice_codes.LAPSED, "can-start-again", lambda: _lapsed(LATE, date(2026, 10, 1)), **LAPSED)
show_example(notice_codes.LAPSED, "too-late", lambda: _lapsed(AFTER_ALL, date(2027, 7, 7)), **LAPSED)
show_example(notice_codes.RETURNED, "card", _returned, **RETURNED)
show_example(notice_codes.RETURNED, "other-zone", lambda: _returned(AWAY), **RETURNED)
show_example(notice_codes.CORRECTION_ENDS, "card", _returned, **TO_CORRECT)
show_example(notice_codes.CORRECTION_ENDS, "other-zone", lambda: _returned(AWAY), **TO_CORRECT)
show_example(
    notice_codes.DENIED,
    "can-apply-again",
    lambda: _ended(LATE, date(2026, 10, 24), NO_DOCUMENTS.format("October 23, 2026")),
    **DENIED,
)
show_example(notice_codes.DENIED, "not-passed", _not_passed, **DENIED)
show_example(
    notice_codes.DENIED,
    "too-late",
    lambda: _ended(AFTER_ALL, date(2027, 7, 30), NO_DOCUMENTS.format("July 29, 2027")),
    **DENIED,
)
show_example(
    notice_codes.REOPENED,
    "reopened",
    lambda: notices.words_of_reopening(example_application(LATE), "The name was right. We misread it."),
    trigger="Two leads open a denied renewal again",
)
for verdict in ("keep", "end"):
    show_example(
        notice_codes.FEE_DECIDED,
        verdict,
        partial(_fee_decided, verdict),
        trigger="A lead decides about an approved renewal whose fee went back",
    )


def _due_fee(state: str) -> Mapping[str, object]:
    cycle = example_cycle()
    rule = Rule("page", "The yearly fee is due on the anniversary of your certification.")
    due_on, last_on = date(2026, 10, 1), date(2026, 10, 31)
    due = DueAnswer("yearly", "Yearly fee", rule, due_on, last_on, 5000, state, True, False)
    return due_fee_context(due, cycle.policy, cycle.credential.display_number)


_DUE = {"trigger": "A yearly fee is due within 14 days, or was not paid in time"}
show_example(notice_codes.DUE_FEE, "coming", partial(_due_fee, OPEN), **_DUE)
show_example(notice_codes.DUE_FEE, "overdue", partial(_due_fee, OVERDUE), **_DUE)
show_example(
    notice_codes.BADGE_KEY,
    "again",
    lambda: badge_key_context(SigningKey(retired_at=phoenix_noon(2026, 7, 1))),
    trigger="A lead distrusts a key that may have signed files of badges",
    sent="At once, while there is a badge to download",
)
