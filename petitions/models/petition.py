"""Petitions to count a course that is not in the catalogue (S9–S11), with their evidence."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable

from cases.models import CaseModel
from ceus.models import CeuRecord, Topic
from core.constraints import at_most, one_end, require_value
from core.policy_words import usual_category
from documents.models import Document
from payments.models import Charge
from rules.names import fold_title
from trainers.models import Credential, Trainer

OPEN_STATES = ("draft", "unpaid", "submitted", "question", "answered")
LONGEST_TEXT = 4000
# Characters that fit into an index; texts with an equal beginning of this length count as equal.
LONGEST_FOLDED = 200


def fold_for_index(text: str) -> str:
    """Return a title or the name of a provider as it is compared: `fold_title`, cut to the index."""
    return fold_title(text)[:LONGEST_FOLDED]


class PetitionQuerySet(models.QuerySet["Petition"]):
    def owned_by(self, trainer: Trainer) -> Self:
        return self.filter(trainer=trainer)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def hoped_for(self, credential: Credential) -> Self:
        """Return the credential's petitions that are paid and undecided: each may still add CEUs (Q15)."""
        return self.filter(credential=credential, state__in=Petition.HOPED_FOR)

    def agreed(self, credential: int | Combinable) -> Self:
        """Return the petitions that `agreed_to` returns of the credential with this primary key,
        with their questions. One query, and one more for the questions when there is a petition.
        """
        return self.agreed_to().filter(credential=credential).prefetch_related("questions")

    def of_credentials(self, pks: Iterable[int]) -> Self:
        """Return the petitions of these credentials that `agreed_to` returns, with their questions."""
        return self.agreed_to().filter(credential__in=pks).prefetch_related("questions")

    def agreed_to(self) -> Self:
        """Return the petitions whose trainer has agreed to the fee and which have not ended."""
        return self.filter(state__in=(Petition.State.UNPAID, *Petition.HOPED_FOR))

    def noting_asked_before(self) -> Self:
        """Annotate `was_asked_before`: whether the trainer sent another petition for this course
        and day and did not withdraw it.
        """
        same = Petition.objects.filter(
            credential=models.OuterRef("credential"),
            folded_title=models.OuterRef("folded_title"),
            completed_on=models.OuterRef("completed_on"),
        )
        others = same.exclude(pk=models.OuterRef("pk"))
        unsent = (Petition.State.DRAFT, Petition.State.WITHDRAWN)
        return self.annotate(was_asked_before=models.Exists(others.exclude(state__in=unsent)))

    def waiting(self) -> Self:
        """Return the petitions that wait for a reviewer: sent or answered, without a pending decision."""
        return self.filter(state__in=Petition.WITH_US).exclude(decisions__state="pending")

    def paid_not_sent(self) -> Self:
        """Return the paid petitions that were not submitted, because the signal of the payment was lost."""
        return self.filter(state=Petition.State.UNPAID, charge__state=Charge.State.PAID)

    def to_stop(self) -> Self:
        """Return the undecided petitions whose fee was refunded or disputed (Q31)."""
        moved = Q(refunds__state="returned") | Q(disputes__state__in=("to_answer", "answered", "lost"))
        of_these = models.Exists(Charge.objects.filter(moved, pk=models.OuterRef("charge")))
        return self.filter(of_these, state__in=Petition.HOPED_FOR)

    def to_go_on(self) -> Self:
        """Return the stopped petitions whose fee may be kept in full again."""
        back = Q(charge__disputes__state__in=("won", "closed")) | Q(charge__refunds__state="failed")
        return self.filter(back, state=Petition.State.STOPPED).distinct()


class Agreement:
    """The values that were fixed when the trainer agreed to the fee. The constraint
    `petitions_petition_whole` guarantees that they are there.
    """

    def __init__(self, row: "Petition") -> None:
        self._row = row

    @property
    def received_on(self) -> date:
        return require_value(self._row.received_on)

    @property
    def completed_on(self) -> date:
        return require_value(self._row.completed_on)

    @property
    def asked_hundredths(self) -> int:
        return require_value(self._row.asked_hundredths)

    @property
    def charge(self) -> Charge:
        return require_value(self._row.charge)


class Petition(CaseModel):
    """A request to count a course that is not in the catalogue. Only a draft can be changed."""

    class State(models.TextChoices):
        DRAFT = "draft", "Being prepared"
        UNPAID = "unpaid", "Not paid yet"
        SUBMITTED = "submitted", "In review"
        QUESTION = "question", "Question asked"
        ANSWERED = "answered", "Question answered"
        APPROVED = "approved", "Approved"
        DENIED = "denied", "Not approved"
        WITHDRAWN = "withdrawn", "Withdrawn"
        CLOSED = "closed", "Closed without an answer"
        STOPPED = "stopped", "Stopped, the fee went back"

    CASE_NAME, DECIDE, LEAD = "petition", "petitions.decide_petition", "petitions.reopen_petition"
    CREDENTIAL, READ_WITH = "credential", ("charge", "topic")
    OPEN, OUT_OF_ORDER = OPEN_STATES, "A petition that is {state} cannot be {verb}."
    WITH_US = ("submitted", "answered")
    HOPED_FOR = ("submitted", "question", "answered")
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.DRAFT: {State.UNPAID, State.WITHDRAWN},
        State.UNPAID: {State.SUBMITTED, State.WITHDRAWN},
        State.SUBMITTED: {State.QUESTION, State.APPROVED, State.DENIED, State.WITHDRAWN, State.STOPPED},
        State.QUESTION: {State.ANSWERED, State.CLOSED, State.WITHDRAWN, State.STOPPED},
        State.ANSWERED: {State.QUESTION, State.APPROVED, State.DENIED, State.WITHDRAWN, State.STOPPED},
        State.APPROVED: set(),
        State.DENIED: {State.SUBMITTED},  # a second review, once, at the trainer's request
        State.WITHDRAWN: set(),
        State.CLOSED: set(),
        # The fee is kept again, because a dispute was won or a refund failed.
        State.STOPPED: {State.SUBMITTED},
    }

    reference = models.CharField(max_length=12, unique=True)
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="petitions")
    credential = models.ForeignKey(Credential, models.PROTECT, related_name="petitions")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    started_at = models.DateTimeField()

    title = models.CharField(max_length=160)
    provider_name = models.CharField(max_length=120)
    provider_link = models.URLField(max_length=300, blank=True)
    folded_title = models.CharField(
        max_length=LONGEST_FOLDED, editable=False, default="", db_default="", help_text="As it is compared."
    )
    folded_provider = models.CharField(
        max_length=LONGEST_FOLDED, editable=False, default="", db_default="", help_text="As it is compared."
    )
    began_on = models.DateField(
        null=True, blank=True, help_text="Empty: it began on the day it was completed."
    )
    completed_on = models.DateField(null=True, blank=True)
    asked_hundredths = models.PositiveIntegerField(
        "amount asked for, in the unit's smallest part", null=True, blank=True
    )
    category = models.CharField(
        max_length=40, default=usual_category, help_text="A category code of the policy."
    )
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="petitions", null=True, blank=True)
    format = models.CharField(max_length=40, blank=True, default="", db_default="")
    learned = models.TextField("what was learned", blank=True)
    instructor = models.TextField("the instructor's credentials", blank=True)
    documents = models.ManyToManyField(Document, through="PetitionDocument", related_name="petitions")

    received_at = models.DateTimeField(
        null=True, help_text="When it was agreed to; nothing changes afterwards."
    )
    received_on = models.DateField(null=True, help_text="Its date in the policy's zone.")
    attestation_text = models.TextField(blank=True, help_text="What was agreed to, as it was shown.")
    attestation_version = models.CharField(max_length=20, blank=True)
    charge = models.OneToOneField(Charge, models.PROTECT, null=True, related_name="petition")
    submitted_at = models.DateTimeField(
        null=True, help_text="When its fee was settled, or another look asked for."
    )
    answer_due_on = models.DateField(null=True, help_text="Our promise; empty while we wait for the person.")
    answer_days_left = models.PositiveSmallIntegerField(
        null=True, help_text="Business days that were left when we asked."
    )
    record = models.OneToOneField(CeuRecord, models.PROTECT, null=True, related_name="petition")
    another_look_at = models.DateTimeField(null=True, help_text="When another look was asked for; once.")
    another_look_why = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        ordering = ("-started_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(
                    completed_on__isnull=False,
                    asked_hundredths__isnull=False,
                    received_at__isnull=False,
                    received_on__isnull=False,
                    charge__isnull=False,
                ),
                name="petitions_petition_whole",
            ),
            models.CheckConstraint(
                condition=Q(asked_hundredths__isnull=True)
                | Q(asked_hundredths__gt=0, asked_hundredths__lte=10_000),
                name="petitions_petition_hundredths",
            ),
            models.CheckConstraint(
                condition=Q(began_on__isnull=True)
                | Q(completed_on__isnull=True)
                | Q(began_on__lte=F("completed_on")),
                name="petitions_petition_order",
            ),
            models.CheckConstraint(
                condition=(Q(state="approved") & Q(record__isnull=False))
                | (~Q(state="approved") & Q(record__isnull=True)),
                name="petitions_petition_record",
            ),
            one_end(OPEN_STATES),
            models.CheckConstraint(
                condition=Q(state__in=("submitted", "answered"), answer_due_on__isnull=False)
                | (~Q(state__in=("submitted", "answered")) & Q(answer_due_on__isnull=True)),
                name="petitions_petition_promise",
            ),
            *(at_most(field, LONGEST_TEXT) for field in ("learned", "instructor", "another_look_why")),
            at_most("title", 160),
            at_most("provider_name", 120),
        )
        indexes = (
            models.Index(
                fields=["answer_due_on", "id"],
                condition=Q(state__in=("submitted", "answered")),
                name="petitions_petition_queue",
            ),
            models.Index(
                fields=["submitted_at"],
                condition=Q(state__in=("submitted", "answered")),
                name="petitions_petition_waits",
            ),
            models.Index(fields=["trainer", "-started_at"], name="petitions_petition_of"),
            models.Index(fields=["credential", "state"], name="petitions_petition_hoped"),
            models.Index(fields=["folded_title", "-id"], name="petitions_petition_titled"),
            models.Index(fields=["folded_provider", "-id"], name="petitions_petition_by"),
        )
        permissions = (
            ("decide_petition", "Can ask about, approve and decline petitions"),
            ("reopen_petition", "Can take a released decision back"),
        )

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: Any, **options: Any) -> None:
        """Save the petition. Title and provider are folded in Python, because the databases fold
        letters beyond ASCII differently.
        """
        self.folded_title, self.folded_provider = (
            fold_for_index(self.title),
            fold_for_index(self.provider_name),
        )
        super().save(*args, **options)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def agreement(self) -> Agreement:
        """Return the values that were fixed when the trainer agreed; raises ValueError for a draft."""
        return Agreement(self)

    @property
    def promised_on(self) -> date:
        """Return the day by which an answer is promised, of a petition that waits for a reviewer."""
        return require_value(self.answer_due_on)

    @property
    def question_through(self) -> date | None:
        """Return the last day to answer the open question. Reads `questions`, prefetched or not."""
        is_open = (one for one in self.questions.all() if one.answered_at is None and one.closed_at is None)
        return next((one.answer_through for one in is_open), None)
