"""A fact about one credential that its policy defines itself, such as "passed the exam"."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.constraints import at_most
from trainers.models.credential import Credential

LONGEST_CODE, LONGEST_VALUE = 40, 40


class CredentialFact(models.Model):
    """The value of one of the policy's own facts, as text: "yes", a number, a date or a choice. A
    fact that is not known has no row.
    """

    credential = models.ForeignKey(Credential, models.PROTECT, related_name="facts")
    code = models.CharField(max_length=LONGEST_CODE, help_text="The policy's name of the fact.")
    value = models.CharField(max_length=LONGEST_VALUE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("credential", "code")
        constraints = (
            models.UniqueConstraint(fields=["credential", "code"], name="trainers_credentialfact_once"),
            models.CheckConstraint(condition=~Q(value=""), name="trainers_credentialfact_given"),
            at_most("code", LONGEST_CODE),
            at_most("value", LONGEST_VALUE),
        )

    def __str__(self) -> str:
        return f"{self.code}: {self.value}"
