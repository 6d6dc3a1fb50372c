"""The certified person, who signs in with an email address. Staff have the same kind of account."""

from datetime import date
from typing import ClassVar
from zoneinfo import available_timezones

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Permission, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from core import clock
from core.constraints import at_most

EARLIEST_BIRTH = date(1900, 1, 1)


def normalise_email(text: str) -> str:
    """Return the address in the form in which we store and compare it: without blanks at its ends,
    in lower case.
    """
    return text.strip().lower()


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError("Choose a time zone from the list.", code="time_zone")


class TrainerManager(BaseUserManager["Trainer"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Trainer":
        """Create an account. Without a password the person signs in by a mailed code."""
        trainer = self.model(email=normalise_email(email), **fields)
        trainer.set_password(password)
        trainer.save(using=self._db)
        return trainer

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "Trainer":
        """Create an account that may do everything, with its address confirmed. Only an operator of
        the portal can call this.
        """
        from allauth.account.models import EmailAddress  # its models need ours first

        trainer = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        EmailAddress.objects.create(user=trainer, email=trainer.email, primary=True, verified=True)
        return trainer

    def get_by_natural_key(self, email: str | None) -> "Trainer":
        return self.get(email=normalise_email(email or ""))


class Trainer(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField("email address", unique=True)
    name = models.CharField("name on the certificate", max_length=120)
    time_zone = models.CharField(
        max_length=64,
        default="America/Phoenix",
        validators=[validate_time_zone],
        help_text="Shown beside every deadline when it differs from the policy's zone.",
    )
    is_active = models.BooleanField("may sign in", default=True)
    is_staff = models.BooleanField(
        "works here", default=False, help_text="May open the staff side, with a second factor."
    )
    joined_at = models.DateTimeField(default=clock.now, editable=False)
    wants_reminders = models.BooleanField(
        "wants optional reminders",
        default=True,
        help_text="Messages about rights, money and last days are sent in any case.",
    )
    wants_weekly_report = models.BooleanField(
        "gets the weekly report",
        default=False,
        db_default=False,
        help_text="Every Monday by mail, while they may see reports.",
    )
    messages_seen_at = models.DateTimeField(
        null=True, editable=False, help_text="When the newest message that they have opened was sent."
    )
    mail_trouble_at = models.DateTimeField(
        "mail came back", null=True, editable=False, help_text="Since when their address takes no mail."
    )
    mail_trouble = models.CharField("what the mail server said", max_length=300, blank=True, editable=False)
    feed_nonce = models.CharField(
        max_length=32,
        blank=True,
        editable=False,
        help_text="Part of the calendar feed's address; empty: there is none.",
    )

    device_generation = models.IntegerField(
        default=0,
        db_default=0,
        editable=False,
        help_text="How often all sessions were ended: devices that signed in earlier are not known any more.",
    )
    uses_keys = models.BooleanField(
        "keys on the staff side",
        default=True,
        db_default=True,
        editable=False,
        help_text="Single keys move about.",
    )
    searched_name = models.CharField(
        max_length=120,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="The name whose words are in the index that staff search.",
    )
    born_on = models.DateField(
        "day of birth", null=True, blank=True, help_text="Asked only where a policy needs it."
    )
    country = models.CharField(
        max_length=2,
        blank=True,
        default="",
        db_default="",
        help_text="Two capital letters. Asked only where a policy needs it.",
    )
    is_member = models.BooleanField(
        "member of the body",
        default=False,
        db_default=False,
        help_text="Set by staff or a roster, only where a policy asks for it.",
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = TrainerManager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="trainers_trainer_email_lower"
            ),
            at_most("name", 120),
            at_most("mail_trouble", 300),
            at_most("country", 2),
            models.CheckConstraint(
                condition=models.Q(born_on=None) | models.Q(born_on__gte=EARLIEST_BIRTH),
                name="trainers_trainer_born_on",
            ),
        )
        indexes = (
            models.Index(fields=["name", "id"], name="trainers_trainer_by_name"),
            models.Index(
                fields=["name", "id"], condition=models.Q(is_staff=True), name="trainers_trainer_staff"
            ),
            models.Index(
                fields=["name", "id"], condition=models.Q(is_superuser=True), name="trainers_trainer_super"
            ),
            models.Index(
                fields=["name", "id"], condition=models.Q(is_active=False), name="trainers_trainer_closed"
            ),
            models.Index(
                fields=["mail_trouble_at", "id"],
                condition=models.Q(mail_trouble_at__isnull=False),
                name="trainers_trainer_mail_trouble",
            ),
            models.Index(
                fields=["id"],
                condition=~models.Q(searched_name=models.F("name")),
                name="trainers_trainer_to_index",
            ),
            models.Index(
                fields=["id"], condition=models.Q(wants_weekly_report=True), name="trainers_trainer_weekly"
            ),
        )
        permissions = (("see_reports", "Can see reports"),)

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    def clean(self) -> None:
        self.email = normalise_email(self.email)

    @cached_property
    def granted(self) -> frozenset[str]:
        """Return what this person may do, by permissions of their own or of their groups, such as
        "petitions.view_petition".
        """
        theirs = models.Q(user=self) | models.Q(group__user=self)
        found = (
            Permission.objects.filter(theirs).order_by().values_list("content_type__app_label", "codename")
        )
        return frozenset(f"{app}.{codename}" for app, codename in found)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Return whether this person has the permission `perm`; for a single row, `obj`, only
        superusers have it. Django's own backends answer alike, but with another query.
        """
        if self.is_active and self.is_superuser:
            return True
        return self.is_active and obj is None and perm in self.granted

    def has_module_perms(self, app_label: str) -> bool:
        if self.is_active and self.is_superuser:
            return True
        return self.is_active and any(one.startswith(f"{app_label}.") for one in self.granted)

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def get_full_name(self) -> str:
        return self.name
