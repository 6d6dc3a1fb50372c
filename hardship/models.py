"""Reliefs in hardship, asked for and granted: a later last day (Q34), or a waived fee (Q35)."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models import CaseModel
from core.constraints import at_most, require_value
from documents.models import Document
from payments.models import Charge
from trainers.models import Cycle, Trainer

LONGEST_WORDS = 2000


class ReliefQuerySet(models.QuerySet["Relief"]):
    def open(self) -> Self:
        """Return the reliefs that wait for a decision."""
        return self.filter(state__in=Relief.OPEN)

    def granted(self) -> Self:
        return self.filter(state=Relief.State.GRANTED)

    def of_price(self) -> Self:
        """Return the reliefs that change the price of trainers who have not applied yet; waivers of
        a charge are left out.
        """
        return self.filter(charge__isnull=True)

    def owned_by(self, trainer: Trainer) -> Self:
        """Return the reliefs that the trainer may see: all of theirs except those that staff
        proposed without a request and have not granted.
        """
        mine = self.filter(cycle__credential__trainer=trainer)
        return mine.exclude(state=Relief.State.PROPOSED, asked_at__isnull=True).exclude(
            state=Relief.State.DECLINED, asked_at__isnull=True
        )


class Relief(CaseModel):
    """A relief in hardship: a later last day, or a waived fee. Nothing changes until it is granted.

    A granted row never changes, except that a waiver which was not used can be withdrawn.
    """

    class What(models.TextChoices):
        COMPLETION = "completion", "To complete courses"
        APPLICATION = "application", "To apply"
        BOTH = "both", "To complete and to apply"
        CORRECTION = "correction", "To correct a renewal"
        ANSWER = "answer", "To answer us"
        FEE = "fee", "A fee"

    class Kind(models.TextChoices):
        MILITARY = "military", "Military service"
        ILLNESS = "illness", "Illness or care"
        DISASTER = "disaster", "Disaster"
        OTHER = "other", "Something else"

    class State(models.TextChoices):
        ASKED = "asked", "Asked for"
        PROPOSED = "proposed", "Waits for a second person"
        GRANTED = "granted", "Granted"
        DECLINED = "declined", "Not granted"
        WITHDRAWN = "withdrawn", "Withdrawn"
        TAKEN_BACK = "taken_back", "Taken back"

    OF_A_CASE = ("correction", "answer")
    OPEN = ("asked", "proposed")
    CASE_NAME, DECIDE = "request", "hardship.decide_relief"
    CREDENTIAL, READ_WITH = "cycle__credential", ("cycle", "proposed_by", "decided_by")
    OUT_OF_ORDER = "A request that is “{state}” cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.ASKED: {State.PROPOSED, State.GRANTED, State.DECLINED, State.WITHDRAWN},
        State.PROPOSED: {State.GRANTED, State.DECLINED, State.WITHDRAWN},
        State.GRANTED: {State.TAKEN_BACK},  # a waiver that was not used
        State.DECLINED: set(),
        State.WITHDRAWN: set(),
        State.TAKEN_BACK: set(),
    }

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="reliefs")
    what = models.CharField(max_length=11, choices=What)
    case_ref = models.CharField(
        "case",
        max_length=12,
        blank=True,
        help_text="The reference of the renewal, petition or audit.",
    )
    kind = models.CharField("reason", max_length=8, choices=Kind)
    why = models.TextField("their words", blank=True)
    asked_through = models.DateField("last day asked for", null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="Empty: the person did not ask.")
    through = models.DateField("new last day", null=True, blank=True, help_text="The day counts.")
    limit_on = models.DateField(
        null=True, blank=True, help_text="The next cycle's last day; the new last day is before it."
    )
    fee_code = models.CharField("fee", max_length=40, blank=True)
    amount_cents = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: the whole fee.")
    charge = models.ForeignKey(
        Charge,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The charge that it is taken off; empty: it is taken off the price when they apply.",
    )
    needs_two = models.BooleanField("needs two people", default=False)
    note = models.TextField(blank=True, help_text="What staff know. Only staff read it.")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField("our words", blank=True, help_text="Shown to the person.")
    taken_back_why = models.TextField(blank=True, help_text="Shown to the person.")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ReliefQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = "request for more time or a waiver"
        verbose_name_plural = "requests for more time or a waiver"
        permissions = (
            ("propose_relief", "Can propose a later last day, which a lead decides"),
            ("decide_relief", "Can set a later last day, and decide about what others propose"),
            ("waive_fee", "Can waive a fee, and decide about what others propose to waive"),
        )
        constraints = (
            models.CheckConstraint(
                condition=(Q(what="fee", through__isnull=True, asked_through__isnull=True))
                | (~Q(what="fee") & Q(fee_code="", amount_cents__isnull=True, charge__isnull=True)),
                name="hardship_relief_day_or_fee",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "withdrawn", "declined"])
                | Q(what="fee") & ~Q(fee_code="")
                | Q(through__isnull=False, limit_on__isnull=False),
                name="hardship_relief_whole",
            ),
            models.CheckConstraint(
                condition=Q(through__isnull=True) | Q(through__lt=F("limit_on")),
                name="hardship_relief_before_next_end",
            ),
            models.CheckConstraint(
                condition=(Q(what__in=["correction", "answer"]) & ~Q(case_ref=""))
                | (~Q(what__in=["correction", "answer"]) & Q(case_ref="")),
                name="hardship_relief_case",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "proposed"], decided_by__isnull=True, ended_at__isnull=True)
                | (Q(state="withdrawn", decided_by__isnull=True) & Q(ended_at__isnull=False))
                | Q(
                    state__in=["granted", "declined", "taken_back"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                    ended_at__isnull=False,
                ),
                name="hardship_relief_decided",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "proposed", "withdrawn"]) | ~Q(words=""),
                name="hardship_relief_words",
            ),
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(decided_by=F("proposed_by")),
                name="hardship_relief_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(needs_two=False) | Q(proposed_by__isnull=False),
                name="hardship_relief_second_person",
            ),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=True) | ~Q(why=""), name="hardship_relief_asked_why"
            ),
            models.UniqueConstraint(
                fields=["cycle", "what", "case_ref"],
                condition=Q(state="asked"),
                name="hardship_relief_asked_once",
            ),
            models.UniqueConstraint(
                fields=["cycle", "what", "case_ref", "fee_code"],
                condition=Q(state="proposed", charge__isnull=True),
                name="hardship_relief_proposed_once",
            ),
            models.UniqueConstraint(
                fields=["charge", "fee_code"],
                condition=Q(state="proposed", charge__isnull=False),
                name="hardship_relief_proposed_of_charge",
            ),
            models.CheckConstraint(
                condition=~Q(state="granted")
                | Q(charge__isnull=True)
                | Q(amount_cents__isnull=False, amount_cents__gt=0),
                name="hardship_relief_taken_off",
            ),
            at_most("why", LONGEST_WORDS),
            at_most("note", LONGEST_WORDS),
            at_most("words", LONGEST_WORDS),
            at_most("taken_back_why", LONGEST_WORDS),
            models.CheckConstraint(
                condition=~Q(state="taken_back") | ~Q(taken_back_why=""), name="hardship_relief_back_why"
            ),
        )
        indexes = (
            models.Index(
                fields=["made_at", "id"],
                condition=Q(state__in=("asked", "proposed")),
                name="hardship_relief_open",
            ),
        )

    def __str__(self) -> str:
        wished = self.get_what_display().lower()
        wish = "A waived fee" if self.what == self.What.FEE else f"More time {wished}"
        return f"{wish}, {self.get_state_display().lower()}"

    @property
    def is_waiver(self) -> bool:
        return self.what == self.What.FEE

    @property
    def last_day(self) -> date:
        """Return the new last day of a proposed or granted extension."""
        return require_value(self.through)

    @property
    def trainer(self) -> Trainer:
        return self.cycle.credential.trainer


class ReliefDocument(models.Model):
    """One file of evidence for a relief."""

    relief = models.ForeignKey(Relief, models.PROTECT, related_name="evidence")
    document = models.OneToOneField(Document, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        verbose_name = "evidence of a relief"
        verbose_name_plural = "evidence of reliefs"

    def __str__(self) -> str:
        return str(self.document)
