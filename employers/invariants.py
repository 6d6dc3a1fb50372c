"""Invariants of employers, their people and the consents to them."""

from collections.abc import Iterator

from django.db.models import F

from core.invariants import Check, forbidden_steps, states_unlike_history
from employers.models import ApiKey, Consent, Employer, EmployerPerson, Listing, Widget


def _left_open() -> Iterator[str]:
    """Yield what goes on at a closed employer: an open role, a standing consent or a key."""
    closed = Employer.objects.filter(state=Employer.State.CLOSED)
    for pk in (
        EmployerPerson.objects.open().filter(employer__in=closed).order_by("pk").values_list("pk", flat=True)
    ):
        yield f"role {pk} goes on at a closed employer"
    for pk in (
        Consent.objects.standing().filter(employer__in=closed).order_by("pk").values_list("pk", flat=True)
    ):
        yield f"consent {pk} stands for a closed employer"
    keys = ApiKey.objects.filter(employer__in=closed, revoked_at__isnull=True).exclude(
        ends_at__lte=F("employer__ended_at")
    )
    for pk in keys.order_by("pk").values_list("pk", flat=True):
        yield f"key {pk} works for a closed employer"


def _of_the_gone() -> Iterator[str]:
    """Yield consents, entries of the directory and widgets of people whose data is erased or whose
    account was merged away.
    """
    standing = Consent.objects.standing()
    gone = standing.filter(trainer__erasures__state__in=("confirmed", "erased"))
    for pk in (gone | standing.filter(trainer__merge__isnull=False)).distinct().values_list("pk", flat=True):
        yield f"consent {pk} stands for an account that has ended"
    listed = Listing.objects.listed()
    left = listed.filter(trainer__erasures__state__in=("confirmed", "erased"))
    for pk in (left | listed.filter(trainer__merge__isnull=False)).distinct().values_list("pk", flat=True):
        yield f"entry {pk} of the directory is of an account that has ended"
    shown = Widget.objects.filter(state=Widget.State.SHOWN)
    gone_too = shown.filter(credential__trainer__erasures__state__in=("confirmed", "erased"))
    for pk in gone_too.distinct().values_list("pk", flat=True):
        yield f"widget {pk} shows somebody whose account has ended"


CHECKS = [
    Check(15, "Nothing goes on at a closed employer", _left_open),
    Check(18, "Nothing is shown of an account that has ended", _of_the_gone),
    Check(11, "An employer is in the state that its history tells", lambda: states_unlike_history(Employer)),
    Check(11, "A role at an employer is as its history tells", lambda: states_unlike_history(EmployerPerson)),
    Check(11, "A consent is in the state that its history tells", lambda: states_unlike_history(Consent)),
    Check(15, "An employer takes only the steps that there are", lambda: forbidden_steps(Employer)),
    Check(
        15, "A role at an employer takes only the steps there are", lambda: forbidden_steps(EmployerPerson)
    ),
    Check(15, "A consent takes only the steps that there are", lambda: forbidden_steps(Consent)),
    Check(11, "A widget is in the state that its history tells", lambda: states_unlike_history(Widget)),
    Check(11, "An entry is in the state that its history tells", lambda: states_unlike_history(Listing)),
    Check(15, "A widget takes only the steps that there are", lambda: forbidden_steps(Widget)),
    Check(15, "An entry takes only the steps that there are", lambda: forbidden_steps(Listing)),
]
