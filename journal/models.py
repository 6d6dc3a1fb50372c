"""The journal of renewals and money, for the programs of the certifying body: numbered rows that
are only ever added.

A row gets its number by a sweep, after what it tells of was committed. So what commits late has a
later number, and who has read up to a number finds everything else after it.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from api.models import KeyQuerySet, ProgramKey
from core.constraints import at_most
from core.models import HistoryEntry
from payments.models import LedgerEntry
from renewals.models import Application


class JournalBook(models.Model):
    """The single row that the sweep of the journal locks, with the number of the newest entry."""

    last_number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(pk=1), name="journal_book_only"),)

    def __str__(self) -> str:
        return f"through {self.last_number}"


class JournalEntryQuerySet(models.QuerySet["JournalEntry"]):
    def after(self, number: int) -> Self:
        """Return the entries after a number, the first one first."""
        return self.filter(number__gt=number).order_by("number")


class JournalEntry(models.Model):
    """One row: a row of the ledger, or a step of a renewal."""

    STEPS = ("submitted", "returned", "approved", "denied")

    class Kind(models.TextChoices):
        CHARGE = "charge", "Charge"
        PAYMENT = "payment", "Payment"
        REFUND = "refund", "Refund"
        UNDONE = "undone", "Refund that failed"
        DISPUTE = "dispute", "Taken back by the bank"
        WON = "won", "Given back by the bank"
        WAIVER = "waiver", "Waiver"
        UNWAIVED = "unwaived", "Waiver undone"
        RELIEF = "relief", "Fee waived"
        SUBMITTED = "submitted", "Renewal submitted"
        RETURNED = "returned", "Renewal returned"
        APPROVED = "approved", "Renewal approved"
        DENIED = "denied", "Renewal denied"

    number = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=9, choices=Kind)
    at = models.DateTimeField("happened")
    written_at = models.DateTimeField("written here")
    ledger = models.OneToOneField(LedgerEntry, models.PROTECT, null=True, related_name="journal")
    step = models.OneToOneField(HistoryEntry, models.PROTECT, null=True, related_name="journal")
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="+")
    certification = models.CharField(max_length=20, blank=True, help_text="The certification number.")
    about = models.CharField(max_length=80, blank=True, help_text="What it is about: the row of a charge.")
    amount_cents = models.IntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    reference = models.CharField(max_length=255, blank=True, help_text="The payment provider's reference.")

    objects = JournalEntryQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        verbose_name_plural = "journal entries"
        constraints = (
            models.CheckConstraint(
                condition=Q(ledger__isnull=False, step__isnull=True, amount_cents__isnull=False)
                | Q(ledger__isnull=True, step__isnull=False, amount_cents__isnull=True),
                name="journal_entry_source",
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="journal_entry_number"),
            at_most("certification", 20),
            at_most("about", 80),
            at_most("reference", 255),
        )
        indexes = (models.Index(fields=["at"], name="journal_entry_at"),)

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()}"


class JournalKeyQuerySet(KeyQuerySet["JournalKey"]):
    pass


class JournalKey(ProgramKey):
    """A key by which a program of the certifying body reads the journal."""

    class Scope(models.TextChoices):
        READ = "read", "Read the journal"

    ORGANISATION = "book"
    MARK = "jk"
    USUAL: ClassVar[list[str]] = ["read"]
    PERMISSION: ClassVar[str] = "journal.keep_journal"

    # There is one book, and one scope: keys of before, and those that an earlier version makes, have them.
    book = models.ForeignKey(JournalBook, models.PROTECT, default=1, db_default=1, related_name="keys")
    scopes = models.JSONField(default=list, db_default=models.Value(["read"], models.JSONField()))

    objects = JournalKeyQuerySet.as_manager()

    class Meta(ProgramKey.Meta):
        verbose_name = "key of the journal"
        verbose_name_plural = "keys of the journal"
        permissions = (("keep_journal", "Can make and revoke keys of the journal"),)


def unwritten_money() -> "models.QuerySet[LedgerEntry]":
    """Return the rows of the ledger that are not in the journal yet."""
    written = JournalEntry.objects.filter(ledger=OuterRef("pk"))
    return LedgerEntry.objects.filter(~Exists(written)).order_by("pk")


def unwritten_steps() -> "models.QuerySet[HistoryEntry]":
    """Return the steps of renewals that are not in the journal yet."""
    written = JournalEntry.objects.filter(step=OuterRef("pk"))
    steps = HistoryEntry.objects.filter(
        subject__startswith="renewals.application:", to_state__in=JournalEntry.STEPS
    )
    return steps.filter(~Exists(written)).order_by("pk")
