"""The snapshot of one trainer on one day: rows, facts and the answer of the rules. Home and other pages
show it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import prefetch_related_objects
from django.urls import reverse

from audits.models import WITH_TRAINER, Audit, AuditItem
from audits.services.timing import items_of
from ceus.standing import facts_for, with_hoped
from core.links import path_of
from core.policy_words import card_name, card_of
from payments.services.charges import payment_state
from petitions.models import Petition
from petitions.standing import agreed_petitions, facts_if_approved, hoped_petitions
from renewals.lookups import foremost_of
from renewals.models import Application
from renewals.pages.lacking import lacking_words, step_to_add
from renewals.status import Certification, certification_on
from rules.answers import RecordAnswer, Requirement, Standing
from rules.counting import CATEGORY_CAP, NOT_CURRENT
from rules.facts import Facts, RecordFact
from rules.fees import Window
from rules.policy.model import Category, Policy
from rules.standing import assess_once
from trainers.models import Credential, Cycle

State = Application.State
# With these reasons, or none, a record is a card of this cycle.
CARD_REASONS = (None, CATEGORY_CAP, NOT_CURRENT)
UNDECIDED = (State.SUBMITTED, State.IN_REVIEW, State.RETURNED)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One trainer on one day: rows, facts and standing. `latest` is the credential's newest
    application of any cycle, `payment` the state of its charge (`payment_state`).

    `petitions` are those whose trainer has agreed to the fee and which have not ended; `hoped` is
    the standing as if the paid ones were approved (Q15). `audit` is the open audit that the trainer
    knows of, and `audited` are its items. `standing` is the rules' answer about `facts`.
    """

    today: date
    own_zone: str
    credential: Credential
    cycle: Cycle
    facts: Facts
    standing: Standing
    latest: Application | None = None
    payment: str = ""
    petitions: tuple[Petition, ...] = ()
    hoped: Standing | None = None
    audit: Audit | None = None
    audited: tuple[AuditItem, ...] = ()

    @property
    def policy(self) -> Policy:
        return self.cycle.policy

    @property
    def zone(self) -> str:
        return self.policy.time_zone

    @property
    def application(self) -> Application | None:
        """Return the newest application for the cycle that is to be renewed."""
        return self.latest if self.latest and self.latest.cycle_id == self.cycle.pk else None

    @property
    def in_hand(self) -> Application | None:
        """Return the application that is submitted and not yet decided."""
        return self.application if self.application and self.application.state in UNDECIDED else None

    @property
    def certification(self) -> Certification:
        return certification_on(self.today, self.credential, self.cycle, self.application)

    @property
    def can_still_renew(self) -> bool:
        """Return whether the credential is in force, not for life, and the last day to apply is not over."""
        is_open = self.today <= self.standing.dates.last_day_to_apply and not self.cycle.is_for_life
        return self.credential.in_force and is_open

    @property
    def window(self) -> Window | None:
        """Return the window that is open today."""
        return next((one for one in self.standing.windows if one.first_on <= self.today <= one.last_on), None)

    @property
    def next_window(self) -> Window | None:
        """Return the first window that opens after today; None when there is none."""
        return next((one for one in self.standing.windows if one.first_on > self.today), None)

    @property
    def documents_through(self) -> date | None:
        """Return the last day for the audit's documents, while the trainer can send them (Q18); else None."""
        audit = self.audit
        return audit.due_on if audit and audit.state in WITH_TRAINER else None

    @property
    def card_category(self) -> Category | None:
        """Return the category whose card must be current on the day of receipt, None without one."""
        return card_of(self.policy.version_on(self.cycle.starts_on))

    @property
    def card_name(self) -> str:
        """Return what the policy calls the card, such as "CPR and AED card"."""
        return card_name(self.card_category)

    @property
    def card(self) -> Requirement | None:
        category = self.card_category
        return self.standing.requirement_or_none(category.code) if category else None

    @property
    def own_answers(self) -> Iterator[tuple[RecordFact, RecordAnswer]]:
        """Return each record of the cycle with its answer; not what is carried over, which comes after."""
        return zip(self.facts.records, self.standing.records, strict=False)

    @property
    def newest_card(self) -> RecordFact | None:
        """Return this cycle's card with the latest last valid day, valid today or not; of several,
        the one logged last.
        """
        category = self.card_category
        cards = [
            (record.valid_through, int(record.id), record)
            for record, answer in self.own_answers
            if category
            and record.category == category.code
            and answer.reason in CARD_REASONS
            and record.valid_through
        ]
        return max(cards)[-1] if cards else None

    @property
    def card_through(self) -> date | None:
        """Return the last valid day of the newest card."""
        return self.newest_card.valid_through if self.newest_card else None

    @property
    def courses_counted(self) -> int:
        """Return how many records count, without those for cards."""
        card = self.card_category.code if self.card_category else None
        return sum(answer.counted > 0 and record.category != card for record, answer in self.own_answers)

    @property
    def is_complete(self) -> bool:
        return all(one.met for one in self.standing.requirements)

    @property
    def hoped_petitions(self) -> tuple[Petition, ...]:
        """Return the undecided petitions that may complete the application, or one submitted today
        (Q15, Q25).
        """
        return hoped_petitions(self.petitions, self.in_hand.received_at if self.in_hand else None)

    @property
    def rests_on_petitions(self) -> bool:
        """Return whether the renewal is complete only if every undecided petition is approved (Q15)."""
        return (
            not self.is_complete
            and self.hoped is not None
            and all(one.met for one in self.hoped.requirements)
        )

    @property
    def can_submit(self) -> bool:
        """Return whether a window is open and nothing is missing, or undecided petitions give what is."""
        return self.standing.accepts_application and (self.is_complete or self.rests_on_petitions)

    @property
    def only_card_missing(self) -> bool:
        """Return whether a current card is all that the renewal still needs."""
        card, total = self.card, self.standing.total
        others = (one for one in self.standing.requirements if one not in (card, total))
        return bool(
            card and not card.met and total.missing <= card.missing and all(one.met for one in others)
        )

    @property
    def missing(self) -> str:
        """Return what is missing, such as "You need 0.4 more" with the unit."""
        if self.is_complete:
            return ""
        if self.only_card_missing and self.card:
            return f"You need a current {self.card_name}"
        return lacking_words(self.standing)

    def money(self, cents: int) -> str:
        """Return an amount for a sentence, such as "$99"."""
        return self.policy.money(cents)

    @property
    def price(self) -> str:
        """Return what renewing costs today, such as "$99"; empty when it costs nothing."""
        fees = self.standing.fees
        return self.money(fees.total_cents) if fees and fees.total_cents else ""

    @property
    def for_price(self) -> str:
        """Return " for $99", to follow a verb such as "Renew"; "" when renewing costs nothing."""
        return f" for {self.price}" if self.price else ""


def snapshot_of(cycle: Cycle, *, today: date) -> Snapshot:
    """Return the snapshot of the credential whose current cycle is `cycle`.

    One query each for records, application and petitions; one for the payment while it is awaited;
    three more for an open audit.
    """
    facts = facts_for(cycle)
    latest = foremost_of(cycle.credential)
    if latest and latest.cycle_id == cycle.pk:
        latest.cycle = cycle
    audit = _audit(latest)
    snapshot = snapshot_from_rows(cycle, facts, latest, agreed_petitions(cycle.credential), today=today)
    return snapshot_with_audit(snapshot, audit, items_of(audit) if audit else ())


def snapshot_with_audit(snapshot: Snapshot, audit: Audit | None, audited: Iterable[AuditItem]) -> Snapshot:
    """Return the snapshot with its open audit, if any, and with the state of its payment."""
    return replace(snapshot, payment=_payment(snapshot.latest), audit=audit, audited=tuple(audited))


def snapshot_from_rows(
    cycle: Cycle,
    facts: Facts,
    latest: Application | None,
    petitions: tuple[Petition, ...],
    *,
    today: date,
) -> Snapshot:
    """Return the snapshot made of these rows, without payment and audit. Makes no query. Of a
    submitted, undecided application the day of receipt decides price, card and petitions; the status
    is that of `today` (Q17, Q25).
    """
    credential = cycle.credential
    in_hand = latest if latest and latest.cycle_id == cycle.pk and latest.state in UNDECIDED else None
    facts = replace(facts, received_on=in_hand.received_on if in_hand else None)
    hoped = facts_if_approved(hoped_petitions(petitions, in_hand.received_at if in_hand else None))
    return Snapshot(
        today=today,
        own_zone=credential.trainer.time_zone,
        credential=credential,
        cycle=cycle,
        facts=facts,
        standing=assess_once(facts, today, credential.policy),
        latest=latest,
        petitions=petitions,
        hoped=assess_once(with_hoped(facts, hoped), today, credential.policy) if hoped else None,
    )


def _payment(application: Application | None) -> str:
    """Return the state of the payment until the charge is paid, and when its fee is no longer kept
    in full (Q31); else "".
    """
    if application is None or application.charge is None or application.state not in UNDECIDED:
        return ""
    if application.state != State.SUBMITTED and not application.fee_moved:  # type: ignore[attr-defined]  # as below
        return ""
    # The cards of such a charge read its state again.
    prefetch_related_objects([application.charge], "sessions")
    return payment_state(application.charge)


def _audit(application: Application | None) -> Audit | None:
    """Return the open audit of a renewal in review, when the trainer knows of it; else None."""
    if application is None or not shows_audit(application):
        return None
    audit = Audit.objects.announced().get(cycle=application.cycle_id)
    audit.cycle = application.cycle
    return audit


def shows_audit(application: Application) -> bool:
    """Return whether an application from `for_home` is in review, with an audit that the trainer knows of."""
    return application.state == State.IN_REVIEW and application.is_audited  # type: ignore[attr-defined]  # annotated


def next_step(snapshot: Snapshot) -> tuple[str, str]:
    """Return (button, path) of the trainer's next step: to renew when nothing is missing, otherwise
    to add what is missing.
    """
    if snapshot.is_complete or snapshot.rests_on_petitions:
        return f"Renew{snapshot.for_price}", path_of("renewals:check")
    if snapshot.only_card_missing:
        return "Update your card", path_of("ceus:card")
    return step_to_add(snapshot.standing, snapshot.cycle)


def application_path(name: str, reference: str) -> str:
    """Return the path of the page `name` about the application with this reference."""
    return reverse(f"renewals:{name}", args=[reference])
