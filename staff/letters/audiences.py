"""The groups of people to whom a letter can go."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from audits.models import Audit
from core import clock
from core.errors import Refusal
from core.policy_words import fill_policy_words, in_policy_words
from outbox.models.letter import ONE_PERSON
from petitions.models import Petition
from staff.trainers.cycles import ended_cycles
from trainers.given_statuses import cycle_has_status, ever_had_status
from trainers.models import Credential, Cycle, Trainer
from trainers.models.credential import normalise_number
from trainers.models.person import normalise_email

if TYPE_CHECKING:
    from django.db.models import QuerySet

Narrowed = Callable[[str], "QuerySet[Trainer]"]
MONTH = "month"


@dataclass(frozen=True)
class Audience:
    """A group of trainers, and what narrows it: nothing, a month or one person."""

    label: str
    people: Narrowed
    narrowed_by: str = ""


def recipients_of(audience: str, value: str) -> "QuerySet[Trainer]":
    """Return the people who are in a group today, each once: with an open account and a credential
    in force.
    """
    people = AUDIENCES[audience].people(value)
    return people.filter(is_active=True).distinct().order_by("pk")


def check_value(audience: str, value: str) -> str:
    """Return the value that narrows the group, as it is stored. Raises Refusal at the field
    `audience_value`.
    """
    kind = AUDIENCES[audience].narrowed_by
    if not kind:
        return ""
    if kind == MONTH:
        return _month(value)
    text = value.strip()
    found = Trainer.objects.filter(
        Q(email=normalise_email(text)) | Q(credentials__number=normalise_number(text)), is_active=True
    ).distinct()
    if not text or len(found) != 1:
        raise Refusal(
            fill_policy_words("Write the email address or the certification number of one {holder}."),
            code="person",
            field="audience_value",
        )
    return str(found[0].pk)


def describe_audience(audience: str, value: str) -> str:
    """Return in words who gets a letter, such as "Certification expires in a month: 2026-12"."""
    known = AUDIENCES[audience]
    if known.narrowed_by == ONE_PERSON:
        return Trainer.objects.filter(pk=value).values_list("name", flat=True).first() or known.label
    return f"{known.label}: {value}" if value else known.label


def _month(value: str) -> str:
    try:
        first = date.fromisoformat(f"{value.strip()}-01")
    except ValueError:
        raise Refusal("Write the month as 2026-12.", code="month", field="audience_value") from None
    return f"{first:%Y-%m}"


def _one(value: str) -> "QuerySet[Trainer]":
    return Trainer.objects.filter(pk=value)


def _with_cycle(cycles: "QuerySet[Cycle]") -> "QuerySet[Trainer]":
    in_force = cycles.filter(credential__state=Credential.State.IN_FORCE)
    return Trainer.objects.filter(Exists(in_force.filter(credential__trainer=OuterRef("pk"))))


def _certified(value: str) -> "QuerySet[Trainer]":
    today = clock.today(settings.TIME_ZONE)
    running = Cycle.objects.filter(expires_on__gte=today)
    return _with_cycle(running.exclude(cycle_has_status() | Q(starts_on__gt=today) & ever_had_status()))


def _expiring(value: str) -> "QuerySet[Trainer]":
    year, month = (int(part) for part in value.split("-"))
    return _with_cycle(Cycle.objects.current().filter(expires_on__year=year, expires_on__month=month))


def _late(value: str) -> "QuerySet[Trainer]":
    today = clock.today(settings.TIME_ZONE)
    return _with_cycle(Cycle.objects.current().filter(expires_on__lt=today, last_day_to_apply__gte=today))


def _ended(value: str) -> "QuerySet[Trainer]":
    return _with_cycle(ended_cycles(Cycle.objects.current()))


def _with_petition(value: str) -> "QuerySet[Trainer]":
    return Trainer.objects.filter(Exists(Petition.objects.open().filter(trainer=OuterRef("pk"))))


def _audited(value: str) -> "QuerySet[Trainer]":
    open_ones = Audit.objects.announced().filter(cycle__credential__trainer=OuterRef("pk"))
    return Trainer.objects.filter(Exists(open_ones))


AUDIENCES = {
    ONE_PERSON: Audience(in_policy_words("One {holder}"), _one, ONE_PERSON),
    "certified": Audience("Everybody who is certified", _certified),
    "expiring": Audience("Certification expires in a month", _expiring, MONTH),
    "late": Audience("Expired, and can still renew", _late),
    "ended": Audience("Over without a renewal", _ended),
    "petition": Audience("With an open petition", _with_petition),
    "audit": Audience("With an open audit", _audited),
}
