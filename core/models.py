"""History (who changed what, and why; append-only, written in the transaction of the change), the
erasures and merges of accounts, and the certifying body.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models

from core.constraints import at_most, one_end

LONGEST_REASON = 4000  # characters: the longest words that a person may write about a decision


class HistoryEntry(models.Model):
    """One change. `subject` names the changed row as "app.model:id", `trainer` is the person in
    whose history it is shown, and `by` is who made the change (None: the portal itself).
    """

    subject = models.CharField(max_length=80, db_index=True)
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="history", null=True)
    verb = models.CharField(max_length=40)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name_plural = "history"
        constraints = (at_most("reason", LONGEST_REASON),)
        indexes = (
            models.Index(fields=["trainer", "-at"], name="core_history_of"),
            models.Index(fields=["verb", "-at"], name="core_history_by_verb"),
            models.Index(fields=["-at", "-id"], name="core_history_latest"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject}"


class Erasure(models.Model):
    """The erasure of one account's personal data (Q33): its certification numbers, who asked, and
    when. It holds no name.

    From the state `confirmed` on, the append-only tables let the personal columns of this account
    be emptied, and nothing else.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Waits for a second person"
        CONFIRMED = "confirmed", "Being erased"
        ERASED = "erased", "Erased"
        DROPPED = "dropped", "Not erased"

    OPEN = ("asked", "confirmed")
    IN_FORCE = ("confirmed", "erased")
    OUT_OF_ORDER = "An erasure that is “{state}” cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.ASKED: {State.CONFIRMED, State.DROPPED},
        State.CONFIRMED: {State.ERASED},
        State.ERASED: set(),
        State.DROPPED: set(),
    }

    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="erasures")
    numbers = models.JSONField(default=list, help_text="The certification numbers of the account.")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="The account itself, or who of the staff asked for it; empty: repeated after a restore.",
    )
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at", "-pk")
        permissions = (("erase_person", "Can have the data of a person erased, with a second person"),)
        constraints = (
            models.UniqueConstraint(
                fields=["trainer"], condition=~models.Q(state="dropped"), name="core_erasure_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "dropped"], confirmed_at__isnull=True)
                | models.Q(state__in=["confirmed", "erased"], confirmed_at__isnull=False),
                name="core_erasure_confirmed",
            ),
            one_end(["asked", "confirmed"], ["erased", "dropped"]),
            # One's own data, or two people of the staff.
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | models.Q(confirmed_by=models.F("trainer"), asked_by=models.F("trainer"))
                | models.Q(asked_by__isnull=False)
                & ~models.Q(confirmed_by=models.F("asked_by"))
                & ~models.Q(confirmed_by=models.F("trainer")),
                name="core_erasure_two_people",
            ),
        )

    def __str__(self) -> str:
        return ", ".join(self.numbers) or f"account {self.trainer_id}"


class Merge(models.Model):
    """The record that the account `going` became part of `staying` because both belong to one
    person; two people agreed to it.

    From then on, and only in that direction, rows may move from one to the other. The record holds
    no name: the closed account keeps its name, because the history says what it did.
    """

    going = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="merge")
    staying = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="merges")
    email = models.CharField(
        "its address",
        max_length=254,
        db_index=True,
        help_text="Staff find the person by it; nobody signs in with it.",
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
        permissions = (("merge_accounts", "Can merge two accounts of one person, with a second person"),)
        constraints = (
            models.CheckConstraint(condition=~models.Q(going=models.F("staying")), name="core_merge_of_two"),
            at_most("email", 254),
        )
        indexes = (models.Index(fields=["at"], name="core_merge_lately"),)

    def __str__(self) -> str:
        return f"account {self.going_id} into {self.staying_id}"


class Organisation(models.Model):
    """The certifying body that runs the portal: how it is named, reached and recognised. There is one row at most.

    Read it through `core.organisation`, which knows what the environment sets.
    """

    ONLY = 1  # its primary key

    name = models.CharField(max_length=80, blank=True)
    short_name = models.CharField(max_length=30, blank=True)
    accent = models.CharField("accent colour", max_length=7, blank=True)
    accent_dark = models.CharField("accent colour in dark mode", max_length=7, blank=True)
    postal_address = models.TextField(blank=True)
    support_email = models.EmailField("support address", blank=True)
    signer_name = models.CharField("who signs certificates", max_length=80, blank=True)
    signer_title = models.CharField("their title", max_length=80, blank=True)
    conduct_url = models.URLField("code of conduct", max_length=300, blank=True)
    privacy_url = models.URLField("privacy notice", max_length=300, blank=True)
    logo = models.BinaryField(default=bytes, help_text="A PNG that we made from what was sent.")
    signature = models.BinaryField(default=bytes, help_text="A PNG that we made from what was sent.")
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "organisation"
        constraints = (
            models.CheckConstraint(condition=models.Q(pk=1), name="core_organisation_only"),
            at_most("name", 80),
            at_most("short_name", 30),
            at_most("accent", 7),
            at_most("accent_dark", 7),
            at_most("postal_address", 300),
            at_most("support_email", 254),
            at_most("signer_name", 80),
            at_most("signer_title", 80),
            at_most("conduct_url", 300),
            at_most("privacy_url", 300),
        )

    def __str__(self) -> str:
        return self.name or "Organisation"
