"""A certification that its holder shows on other sites, by an address that nobody can guess."""

from typing import ClassVar, Self

from django.db import models

from core.constraints import at_most, one_end
from trainers.models import Credential

CODE_LENGTH = 32


class WidgetQuerySet(models.QuerySet["Widget"]):
    def shown(self) -> Self:
        """Return the widgets that are turned on, of people whose data is not erased."""
        known = Credential.objects.known()
        return self.filter(state=Widget.State.SHOWN, credential__in=known)


class Widget(models.Model):
    """The widget of one credential. Its code stays the same when it is turned off and on again, so
    that a site that shows it needs no other address.
    """

    class State(models.TextChoices):
        SHOWN = "shown", "Shown"
        HIDDEN = "hidden", "Not shown"

    OPEN = ("shown",)
    OUT_OF_ORDER = "A widget that is {state} cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {State.SHOWN: {State.HIDDEN}, State.HIDDEN: {State.SHOWN}}

    credential = models.OneToOneField(Credential, models.PROTECT, related_name="widget")
    code = models.CharField(max_length=CODE_LENGTH, unique=True, editable=False)
    state = models.CharField(max_length=6, choices=State, default=State.SHOWN)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField("not shown since", null=True)

    objects = WidgetQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = "certification on other sites"
        verbose_name_plural = "certifications on other sites"
        constraints = (
            one_end("shown", "hidden"),
            at_most("code", CODE_LENGTH),
        )

    def __str__(self) -> str:
        return f"widget of credential {self.credential_id}"
