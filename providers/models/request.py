"""What a provider asks for: a new course, or a longer approval of one. Staff decide."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from cases.models import CaseModel
from ceus.models import Course, Provider
from core.constraints import at_most
from payments.models import Charge

LONGEST_WORDS = 2000


class CourseRequestQuerySet(models.QuerySet["CourseRequest"]):
    def open(self) -> Self:
        """Return the requests that have not ended, paid or not."""
        return self.filter(state__in=CourseRequest.OPEN)

    def with_us(self) -> Self:
        """Return the requests that wait for our decision."""
        return self.filter(state=CourseRequest.State.SUBMITTED)

    def undecided(self) -> Self:
        """Return the requests that wait for our decision and about which no decision is pending, each
        with `waits_since`: the moment at which its fee was paid, or it was asked for without a fee.
        """
        since = Coalesce("charge__paid_at", "requested_at")
        return self.with_us().exclude(decisions__state="pending").annotate(waits_since=since)

    def paid_not_sent(self) -> Self:
        """Return the paid requests that were not submitted, because the signal of the payment was lost."""
        return self.filter(state=CourseRequest.State.UNPAID, charge__state=Charge.State.PAID)


class CourseRequest(CaseModel):
    """One request. `course` is the course whose approval should be extended, or, once a new course
    is approved, the one that was listed.
    """

    class Kind(models.TextChoices):
        NEW = "new", "A new course"
        RENEWAL = "renewal", "A longer approval"

    class State(models.TextChoices):
        UNPAID = "unpaid", "Waits for payment"
        SUBMITTED = "submitted", "Waits for our decision"
        APPROVED = "approved", "Approved"
        DENIED = "denied", "Not approved"
        WITHDRAWN = "withdrawn", "Withdrawn"

    OPEN = ("unpaid", "submitted")
    CREDENTIAL = ""  # it is about no trainer, so it has no credential
    READ_WITH = ("provider", "requested_by", "course", "charge")
    CASE_NAME = "request"
    DECIDE = LEAD = "providers.lead_providers"
    OUT_OF_ORDER = "A request that is “{state}” cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.UNPAID: {State.SUBMITTED, State.WITHDRAWN},
        State.SUBMITTED: {State.APPROVED, State.DENIED, State.WITHDRAWN},
        State.APPROVED: set(),
        State.DENIED: set(),
        State.WITHDRAWN: set(),
    }

    reference = models.CharField(max_length=12, unique=True)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="course_requests")
    kind = models.CharField(max_length=7, choices=Kind)
    course = models.ForeignKey(Course, models.PROTECT, related_name="requests", null=True)
    title = models.CharField(max_length=160)
    format = models.CharField(max_length=40)
    hundredths = models.PositiveIntegerField(
        "amount, in the unit's smallest part", help_text="As the provider asks."
    )
    about = models.TextField(help_text="What is taught, by whom, and how it is tested.")
    link = models.URLField(max_length=300, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.SUBMITTED)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    charge = models.OneToOneField(
        Charge,
        models.PROTECT,
        null=True,
        related_name="course_request",
        help_text="Empty when the policy asked no fee.",
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True, help_text="Our words. The provider reads them.")

    objects = CourseRequestQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_at", "-pk")
        verbose_name = "request of a provider"
        verbose_name_plural = "requests of providers"
        indexes = (
            models.Index(
                fields=["requested_at", "id"], condition=Q(state="submitted"), name="providers_request_open"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["course"],
                condition=Q(state__in=["unpaid", "submitted"], kind="renewal"),
                name="providers_request_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["unpaid", "submitted"], ended_at__isnull=True)
                | Q(state__in=["approved", "denied", "withdrawn"], ended_at__isnull=False),
                name="providers_request_one_end",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "denied"]) | Q(decided_by__isnull=False),
                name="providers_request_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="denied") | ~Q(words=""), name="providers_request_denied_why"
            ),
            models.CheckConstraint(
                condition=~Q(kind="renewal") & ~Q(state="approved") | Q(course__isnull=False),
                name="providers_request_course",
            ),
            models.CheckConstraint(
                condition=Q(hundredths__gt=0, hundredths__lte=10_000), name="providers_request_hundredths"
            ),
            at_most("title", 160),
            at_most("about", LONGEST_WORDS),
            at_most("words", LONGEST_WORDS),
        )

    def __str__(self) -> str:
        return f"{self.reference}, {self.title}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def trainer(self) -> None:
        """Return None: a request is about no trainer, which the kernel of cases asks."""
