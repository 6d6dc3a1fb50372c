"""The credential, which was granted with a number, and its two-year cycles (S1, Q7, Q24)."""

import secrets
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Right

from core.constraints import at_most
from core.deadlines import full_day
from rules.days import is_for_life, through_words
from rules.given_status import path_giving_status
from rules.policy.families import Path
from rules.policy.load import load_policy
from rules.policy.model import Policy, PolicyVersion


def new_draw_id() -> str:
    """Return 128 random bits as hex; the audit draw is keyed by it (docs/audit-draws.md)."""
    return secrets.token_hex(16)


CODE_LENGTH = 32
LAST_DIGITS = 4  # of a number: what people say on the phone


class RandomHex(models.Func):
    """At least 122 random bits as hex, from the database's own random source: a roster writes its
    rows in SQL.
    """

    arity = 0
    output_field = models.CharField(max_length=CODE_LENGTH)

    def as_sqlite(self, *_: object, **__: object) -> tuple[str, tuple[()]]:
        return "lower(hex(randomblob(16)))", ()

    def as_postgresql(self, *_: object, **__: object) -> tuple[str, tuple[()]]:
        return "replace(gen_random_uuid()::text, '-', '')", ()


def normalise_number(text: str) -> str:
    """Return a certification number as stored: without spaces or dashes, in capitals."""
    return "".join(text.split()).replace("-", "").upper()


class CredentialQuerySet(models.QuerySet["Credential"]):
    def with_number(self, text: str) -> Self:
        """Return the credential with this number, unless its owner's data was erased (Q33)."""
        return self.known().filter(number=normalise_number(text))

    def with_tail(self, digits: str) -> Self:
        """Return the credentials whose number ends with these `LAST_DIGITS` digits."""
        return self.known().annotate(tail=Right("number", LAST_DIGITS)).filter(tail=digits)

    def with_code(self, text: str) -> Self:
        return self.known().filter(check_code=text) if len(text) == CODE_LENGTH else self.none()

    def current_first(self) -> Self:
        """Return the credentials, the one whose cycle ends last first. Of a person with several,
        that one is shown.
        """
        ends_on = Cycle.objects.filter(credential=models.OuterRef("pk")).order_by("-expires_on")
        last = models.Subquery(ends_on.values("expires_on")[:1])
        return self.order_by(last.desc(nulls_last=True), "-awarded_on", "-pk")

    def known(self) -> Self:
        return self.exclude(state=Credential.State.ERASED)


class Credential(models.Model):
    class State(models.TextChoices):
        IN_FORCE = "in_force", "In force"
        SUSPENDED = "suspended", "Suspended"
        REVOKED = "revoked", "Revoked"
        ERASED = "erased", "Ended with the data of its owner"

    OUT_OF_ORDER = "A credential that is {state} cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.IN_FORCE: {State.SUSPENDED, State.REVOKED, State.ERASED},
        State.SUSPENDED: {State.IN_FORCE, State.REVOKED, State.ERASED},
        State.REVOKED: {State.IN_FORCE, State.ERASED},
        State.ERASED: set(),  # its owner had their data erased (Q33)
    }

    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="credentials")
    number = models.CharField(max_length=20, unique=True)
    policy_code = models.CharField("policy", max_length=40, default="nasm-cpt")
    next_policy_code = models.CharField(
        "policy from the next cycle on", max_length=40, blank=True, default="", db_default=""
    )
    awarded_on = models.DateField(help_text="Every expiration date is counted from this day (Q7).")
    state = models.CharField(max_length=12, choices=State, default=State.IN_FORCE)
    state_on = models.DateField(null=True, blank=True, help_text="The first day of this state.")
    check_code = models.CharField(
        max_length=CODE_LENGTH,
        unique=True,
        db_default=RandomHex(),
        editable=False,
        help_text="In the QR code of the certificate: whoever has it may see the name (Q29).",
    )

    objects = CredentialQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=["in_force", "suspended", "revoked", "erased"]),
                name="trainers_credential_state",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="trainers_credential_number_given"),
            at_most("number", 20),
            at_most("check_code", CODE_LENGTH),
            at_most("next_policy_code", 40),
        )
        indexes = (
            models.Index(Right("number", LAST_DIGITS), name="trainers_credential_tail"),
            models.Index(
                fields=["state", "number"],
                condition=~Q(state="in_force"),
                name="trainers_credential_not_active",
            ),
        )
        permissions = (("suspend_credential", "Can suspend, reinstate and revoke a credential"),)

    def __str__(self) -> str:
        return self.display_number

    @property
    def policy(self) -> Policy:
        return load_policy(self.policy_code)

    @property
    def display_number(self) -> str:
        """Return the number in groups of four, as printed: 1193 4482."""
        return " ".join(self.number[i : i + 4] for i in range(0, len(self.number), 4))

    @property
    def in_force(self) -> bool:
        return self.state == self.State.IN_FORCE


class CycleQuerySet(models.QuerySet["Cycle"]):
    def current(self) -> Self:
        """Return only the latest cycle of each credential, which is the one to be renewed."""
        later = Cycle.objects.filter(
            credential=models.OuterRef("credential"), starts_on__gt=models.OuterRef("starts_on")
        )
        return self.filter(~models.Exists(later))

    def latest_of(self, credential: Credential) -> "Cycle":
        return self.filter(credential=credential).order_by("-starts_on")[0]

    def opened_after(self, cycle: "Cycle") -> "Cycle | None":
        """Return the cycle that was opened after this one of its credential; None without one."""
        later = self.filter(credential=cycle.credential_id, starts_on__gt=cycle.starts_on)
        return later.order_by("starts_on").first()


class Cycle(models.Model):
    """One cycle, which may never end. Its first and its last day never change; a database trigger keeps the
    cycles of a credential in order, and without gap or overlap unless the policy counts one from the day of
    receipt or of approval. The other days are a copy of what the rules say, for SQL.
    """

    class CountedFrom(models.TextChoices):
        E = "E", "E"
        RECEIPT = "receipt", "the day of receipt"
        APPROVAL = "approval", "the day of approval"

    credential = models.ForeignKey(Credential, models.PROTECT, related_name="cycles")
    starts_on = models.DateField()
    expires_on = models.DateField(help_text="E: the last day on which the credential is valid.")
    opens_on = models.DateField(help_text="The first day on which a renewal is accepted.")
    completion_deadline = models.DateField(help_text="The last day for courses of this cycle.")
    last_day_to_apply = models.DateField()
    remind_on = models.DateField(
        null=True, editable=False, help_text="The day of the next reminder; none when there is no other."
    )
    draw_id = models.CharField(max_length=32, unique=True, default=new_draw_id, editable=False)
    policy_code = models.CharField(
        "policy",
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text="The policy of this cycle; empty in a cycle of before: that of the credential.",
    )
    path = models.CharField(
        "way to renew",
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text="The policy's name of the way that was chosen; empty: none was chosen.",
    )
    renewed_by = models.CharField(
        "renewed by",
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text="The policy's name of the way by which the renewal before opened this cycle; it may give it a "
        "status of its own, such as inactive. Empty: it was not renewed, or there was one way only.",
    )
    counted_from = models.CharField(
        max_length=8,
        choices=CountedFrom,
        default=CountedFrom.E,
        db_default=CountedFrom.E,
        editable=False,
        help_text="The day from which the policy counts this cycle: E of the one before it, or the day on "
        "which that one's renewal was received or approved.",
    )
    policy_from = models.DateField(
        null=True, blank=True, help_text="The first day of the policy's version that says what it needs."
    )

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ("credential", "-starts_on")
        constraints = (
            models.UniqueConstraint(fields=["credential", "starts_on"], name="trainers_cycle_start"),
            models.CheckConstraint(
                condition=Q(expires_on__gte=models.F("starts_on")), name="trainers_cycle_order"
            ),
            at_most("draw_id", 32),
            at_most("policy_code", 40),
            at_most("path", 40),
            at_most("renewed_by", 40),
            models.CheckConstraint(
                condition=Q(counted_from__in=["E", "receipt", "approval"]), name="trainers_cycle_counted_from"
            ),
        )
        indexes = (
            models.Index(fields=["expires_on", "id"], name="trainers_cycle_expires"),
            models.Index(fields=["last_day_to_apply"], name="trainers_cycle_by_last_day"),
            models.Index(fields=["starts_on"], name="trainers_cycle_by_start"),
            models.Index(
                fields=["remind_on", "expires_on", "id"],
                condition=Q(remind_on__isnull=False),
                name="trainers_cycle_remind",
            ),
        )

    def __str__(self) -> str:
        return (
            f"{self.credential.display_number}: {full_day(self.starts_on)} {through_words(self.expires_on)}"
        )

    @property
    def is_for_life(self) -> bool:
        return is_for_life(self.expires_on)

    @property
    def policy(self) -> Policy:
        """Return the policy of this cycle. A later cycle of the credential may follow another."""
        return load_policy(self.policy_code or self.credential.policy_code)

    @property
    def version(self) -> PolicyVersion:
        """Return the version of its policy that says what it needs: the one of its first day (Q14)."""
        policy = self.policy
        return policy.version_on(self.starts_on)

    @property
    def status_path(self) -> Path | None:
        """Return the way to renew that gives this cycle a status in place of active; None when it is active."""
        return path_giving_status(self.policy, self.starts_on, self.renewed_by) if self.renewed_by else None

    @property
    def chosen_status_path(self) -> Path | None:
        """Return the way to renew that its trainer chose, where that gives the next cycle a status in place of
        active; else None.
        """
        return path_giving_status(self.policy, self.expires_on, self.path) if self.path else None
