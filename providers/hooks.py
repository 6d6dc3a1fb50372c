"""What programs of a provider hear of, and who of its people may say where."""

from django.db.models import QuerySet
from django.urls import reverse

from ceus.models import Provider
from core.history import subject_pk
from core.people import Person
from providers.models import ProviderPerson
from providers.services.telling import COMPLETION_REFUSED, COURSE_ENDS
from trainers.models import Trainer
from webhooks.events import register_event
from webhooks.owners import OwnerKind, register_owner

PROVIDER = "ceus.provider"


def _may_manage(owner: str, person: Person) -> bool:
    return ProviderPerson.objects.active().filter(person=person, provider=subject_pk(owner)).exists()


def _people_of(owner: str) -> "QuerySet[Trainer]":
    roles = ProviderPerson.objects.active().filter(provider=subject_pk(owner))
    return Trainer.objects.filter(pk__in=roles.values("person"), is_active=True).order_by("pk")


def _name_of(owner: str) -> str:
    found = Provider.objects.filter(pk=subject_pk(owner)).values_list("name", flat=True).first()
    return found or owner


def register_hooks() -> None:
    """Register the events of providers, and providers as owners of endpoints."""
    register_event(
        COMPLETION_REFUSED, "A completion that you reported was refused", owners=frozenset({PROVIDER})
    )
    register_event(COURSE_ENDS, "The approval of a course ends within 30 days", owners=frozenset({PROVIDER}))
    register_owner(
        PROVIDER,
        OwnerKind(
            may_manage=_may_manage,
            people_of=_people_of,
            name_of=_name_of,
            page_of=lambda endpoint: reverse("providers:webhook", args=[endpoint.pk]),
        ),
    )
