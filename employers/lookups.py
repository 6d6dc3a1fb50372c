"""Lookups from a person of an employer to its team, from a trainer to their own consents and widgets,
and from the code in an address to the widget that it names.
"""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.urls import reverse

from employers.models import Consent, Employer, EmployerPerson, Listing, Widget
from rules.names import search_words
from trainers.models import Credential, Cycle, SearchWord, Trainer


def role_of(person: Trainer) -> EmployerPerson | None:
    """Return the person's active role with its employer; None without one."""
    return EmployerPerson.objects.active().filter(person=person).select_related("employer").first()


def home_of(person: Trainer) -> str:
    """Return the first page of the person's employer; empty for others."""
    return reverse("employers:home") if role_of(person) else ""


def team_of(employer: Employer, query: str = "") -> "QuerySet[Cycle]":
    """Return the current cycle of every certification whose holder consented that this employer sees
    it, with credential and trainer, by name. A `query` finds words that a name begins with.
    """
    standing = Consent.objects.standing().filter(employer=employer)
    known = Credential.objects.known().filter(trainer__in=standing.values("trainer"))
    team = Cycle.objects.current().filter(credential__in=known)
    for word in search_words(query):
        theirs = SearchWord.objects.filter(trainer=OuterRef("credential__trainer"), word__startswith=word)
        team = team.filter(Exists(theirs))
    return team.select_related("credential__trainer").order_by("credential__trainer__name", "pk")


def consents_of(trainer: Trainer) -> "QuerySet[Consent]":
    """Return the trainer's standing consents, the newest first."""
    return Consent.objects.standing().filter(trainer=trainer).select_related("employer")


def consent_of(trainer: Trainer, pk: int) -> Consent:
    """Return a consent of the trainer, standing or ended. Raises the same Http404 for another's and
    for one that does not exist.
    """
    found = Consent.objects.filter(trainer=trainer, pk=pk).select_related("employer").first()
    if found is None:
        raise Http404
    return found


def listing_of(trainer: Trainer) -> Listing | None:
    """Return the trainer's entry in the directory; None when they are not in it."""
    return Listing.objects.listed().filter(trainer=trainer).first()


def entry_taken_off(trainer: Trainer) -> Listing | None:
    """Return the trainer's entry that staff took off the directory; None when they may make a new one."""
    return Listing.objects.taken_off().filter(trainer=trainer).first()


def credentials_with_widgets(trainer: Trainer) -> "QuerySet[Credential]":
    """Return the trainer's certifications, each with its widget if it has one."""
    known = Credential.objects.known().filter(trainer=trainer)
    return known.select_related("trainer", "widget").order_by("number")


def own_credential(trainer: Trainer, pk: str) -> Credential:
    """Return a credential of the trainer. Raises the same Http404 for another's, for one that does not
    exist, and for what is no number.
    """
    is_number = pk.isascii() and pk.isdigit() and len(pk) < 19
    rows = Credential.objects.known().filter(trainer=trainer)
    found = rows.filter(pk=int(pk)).first() if is_number else None
    if found is None:
        raise Http404
    return found


def shown_widget(code: str) -> Widget | None:
    """Return the widget with this code while it is turned on, with credential and trainer."""
    return Widget.objects.shown().filter(code=code).select_related("credential__trainer").first()
