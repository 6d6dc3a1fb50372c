"""Lookups from a person of a provider to what that provider may see."""

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from ceus.models import Course, Provider
from providers.models import Batch, Completion, CourseRequest, ProviderPerson
from trainers.models import Trainer


def role_of(person: Trainer) -> ProviderPerson | None:
    """Return the person's active role with its provider; None without one."""
    return ProviderPerson.objects.active().filter(person=person).select_related("provider").first()


def home_of(person: Trainer) -> str:
    """Return the first page of the person's provider; empty for others."""
    return reverse("providers:home") if role_of(person) else ""


def batch_of(provider: Provider, reference: str) -> Batch:
    """Return the provider's report. Raises the same Http404 for another provider's report and for
    one that does not exist.
    """
    found = Batch.objects.filter(provider=provider, reference=reference).select_related("sent_by").first()
    if found is None:
        raise Http404
    found.provider = provider
    return found


def completion_of(provider: Provider, pk: int) -> Completion:
    """Return the completion in a report of the provider. Raises the same Http404 for another
    provider's and for one that does not exist.
    """
    rows = Completion.objects.select_related("batch", "course", "credential__trainer", "record")
    found = rows.filter(batch__provider=provider, pk=pk).first()
    if found is None:
        raise Http404
    found.batch.provider = provider
    return found


def reported_completion_of(provider: Provider, pk: int) -> Completion:
    """Return the completion as `completion_of` does. Raises the same Http404 for one that does not
    stand as its provider reported it: a row that was refused tells nobody's name.
    """
    found = completion_of(provider, pk)
    if found.state != Completion.State.REPORTED:
        raise Http404
    return found


def request_of(provider: Provider, reference: str) -> CourseRequest:
    """Return the provider's request. Raises the same Http404 for another provider's request and for
    one that does not exist.
    """
    rows = CourseRequest.objects.select_related("charge__trainer")
    found = rows.filter(provider=provider, reference=reference).first()
    if found is None:
        raise Http404
    return found


def courses_of(provider: Provider) -> "QuerySet[Course]":
    """Return every course of the provider, by title, including those whose approval has ended."""
    return Course.objects.filter(provider=provider).order_by("title", "pk")
