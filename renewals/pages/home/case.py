"""What Home is made from: one trainer's case on one day, with the questions that several of its parts ask."""

from dataclasses import dataclass
from datetime import date

from audits.models import WITH_TRAINER, Audit, AuditItem
from petitions.models import Petition
from renewals.models import Application
from renewals.status import Certification, certification_on
from rules.answers import Requirement, Standing
from rules.counting import CATEGORY_CAP, NOT_CURRENT
from rules.facts import Facts, RecordFact
from rules.policy.model import Category, Policy
from rules.timeline import Window
from trainers.models import Credential, Cycle

State = Application.State
CARDS = (None, CATEGORY_CAP, NOT_CURRENT)
IN_HAND = (State.SUBMITTED, State.IN_REVIEW, State.RETURNED)


@dataclass(frozen=True, slots=True)
class Case:
    """`latest` is the credential's newest application of any cycle, `payment` how its charge stands (`payment_state`).

    `petitions` are those in hand, and `hoped` is the standing as if those that are paid were approved (Q15).
    `audit` is the one that the trainer must answer or we look at, and `audited` are its rows.
    `facts` are what `standing` answers about; `own_zone` is the trainer's.
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
        return self.credential.policy

    @property
    def zone(self) -> str:
        return self.policy.time_zone

    @property
    def application(self) -> Application | None:
        """The newest application for the cycle that is to be renewed."""
        return self.latest if self.latest and self.latest.cycle_id == self.cycle.pk else None

    @property
    def in_hand(self) -> Application | None:
        """The application that is agreed to and not yet decided."""
        return self.application if self.application and self.application.state in IN_HAND else None

    @property
    def certification(self) -> Certification:
        return certification_on(self.today, self.credential, self.cycle, self.application)

    @property
    def can_still_renew(self) -> bool:
        """In force, and the last day to apply has not ended."""
        return self.credential.in_force and self.today <= self.standing.dates.last_day_to_apply

    @property
    def window(self) -> Window | None:
        """The window that is open today."""
        return next((one for one in self.standing.windows if one.first_on <= self.today <= one.last_on), None)

    @property
    def next_window(self) -> Window | None:
        """The one that opens after today's, at another price."""
        return next((one for one in self.standing.windows if one.first_on > self.today), None)

    @property
    def documents_through(self) -> date | None:
        """The last day for the audit's documents, while they are the trainer's to send and their time has begun (Q18)."""
        audit = self.audit
        return audit.due_on if audit and audit.state in WITH_TRAINER else None

    @property
    def card_category(self) -> Category | None:
        """What must be current on the day of receipt: the CPR and AED card."""
        version = self.policy.version_on(self.cycle.starts_on)
        return next((one for one in version.categories if one.must_be_current and one.least), None)

    @property
    def card(self) -> Requirement | None:
        category = self.card_category
        return self.standing.requirement(category.code) if category else None

    @property
    def newest_card(self) -> RecordFact | None:
        """The card on file for this cycle that ends last, current or not; of several the one that was logged last."""
        category = self.card_category
        cards = [
            (record.valid_through, int(record.id), record)
            for record, answer in zip(self.facts.records, self.standing.records, strict=True)
            if category
            and record.category == category.code
            and answer.reason in CARDS
            and record.valid_through
        ]
        return max(cards)[-1] if cards else None

    @property
    def card_through(self) -> date | None:
        """The last valid day of the newest card."""
        return self.newest_card.valid_through if self.newest_card else None

    @property
    def courses_counted(self) -> int:
        """How many records count that are no card."""
        category = self.card_category
        card = category.code if category else None
        pairs = zip(self.facts.records, self.standing.records, strict=True)
        return sum(answer.counted > 0 and record.category != card for record, answer in pairs)

    @property
    def is_complete(self) -> bool:
        return all(one.met for one in self.standing.requirements)

    @property
    def hoped_petitions(self) -> tuple[Petition, ...]:
        """Those that are paid and not decided."""
        return tuple(one for one in self.petitions if one.state in Petition.HOPED_FOR)

    @property
    def rests_on_petitions(self) -> bool:
        """Not complete, and complete once every petition is approved (Q15)."""
        return (
            not self.is_complete
            and self.hoped is not None
            and all(one.met for one in self.hoped.requirements)
        )

    @property
    def can_submit(self) -> bool:
        """Complete, or as good as complete, inside a window."""
        return self.standing.accepts_application and (self.is_complete or self.rests_on_petitions)

    @property
    def only_card_missing(self) -> bool:
        """A current card would complete it."""
        card, total = self.card, self.standing.total
        others = (one for one in self.standing.requirements if one not in (card, total))
        return bool(
            card and not card.met and total.missing <= card.missing and all(one.met for one in others)
        )

    @property
    def missing(self) -> str:
        """You need 0.4 more CEUs."""
        if self.is_complete:
            return ""
        if self.only_card_missing and self.card:
            return f"You need a current {self.card.label} card"
        unit = self.policy.unit
        short = max(one.missing for one in self.standing.requirements)
        return f"You need {unit.format(short)} more {unit.plural}"

    def money(self, cents: int) -> str:
        """$99, for sentences."""
        return self.policy.money(cents)

    @property
    def price(self) -> str:
        """What renewing costs today."""
        fees = self.standing.fees
        return self.money(fees.total_cents) if fees else ""
