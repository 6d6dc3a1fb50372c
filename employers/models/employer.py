"""An employer of trainers, such as a gym, and its people. Staff add it and invite them."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.constraints import at_most, one_end
from trainers.models.role import ONE_END, ONE_OPEN, OrganisationRole, RoleQuerySet

LONGEST_NAME = 120


class EmployerQuerySet(models.QuerySet["Employer"]):
    def open(self) -> Self:
        return self.filter(state=Employer.State.OPEN)


class Employer(models.Model):
    """An organisation account. `links_made` is the number of the link that trainers consent by: a
    new link voids the one before.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    OPEN = ("open",)
    OUT_OF_ORDER = "An employer that is {state} cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {State.OPEN: {State.CLOSED}, State.CLOSED: set()}

    name = models.CharField(max_length=LONGEST_NAME, unique=True, help_text="As its team knows it.")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    links_made = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = EmployerQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        permissions = (("lead_employers", "Can invite people of employers and close an employer"),)
        constraints = (
            one_end("open", "closed"),
            models.CheckConstraint(condition=~Q(name=""), name="employers_employer_named"),
            at_most("name", LONGEST_NAME),
        )

    def __str__(self) -> str:
        return self.name


class EmployerPersonQuerySet(RoleQuerySet["EmployerPerson"]):
    pass


class EmployerPerson(OrganisationRole):
    """The role of one person at one employer."""

    ORGANISATION = "employer"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="employer_roles")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="people")

    objects = EmployerPersonQuerySet.as_manager()

    class Meta(OrganisationRole.Meta):
        verbose_name = "person of an employer"
        verbose_name_plural = "people of employers"
        constraints = (
            models.UniqueConstraint(fields=["person"], condition=ONE_OPEN, name="employers_person_one_open"),
            models.CheckConstraint(condition=ONE_END, name="employers_person_one_end"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} at {self.employer_id}"
