"""Undecided petitions as facts for the rules. A petition that is approved later counts from its day
of completion (Q15).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db.models import BigIntegerField

from ceus.described import details_of
from core.constraints import require_value
from core.prepared import PreparedQuery
from petitions.described import describe_petitions
from petitions.models import Petition
from rules.facts import RecordFact
from trainers.models import Credential, Cycle

PREFIX = "petition:"
IN_SHORT = (
    *("reference", "title", "state", "category"),
    *("completed_on", "asked_hundredths", "received_on", "answer_due_on", "charge__paid_at"),
    *("charge__amount_cents", "charge__waived_cents"),
)
_AGREED = PreparedQuery(
    lambda credential: (
        Petition.objects.agreed(credential).order_by().select_related("charge").only(*IN_SHORT)
    ),
    credential=BigIntegerField(),
)


def agreed_petitions(credential: Credential) -> tuple[Petition, ...]:
    """Return the credential's petitions whose trainer has agreed to the fee and which have not
    ended, by day of completion, with their questions. One query, and one for the questions when
    there is a petition.
    """
    found = _AGREED.all(credential=credential.pk)
    return tuple(sorted(found, key=lambda one: (one.agreement.completed_on, one.pk)))


def hoped_facts(cycle: Cycle, *, paid_by: datetime) -> tuple[RecordFact, ...]:
    """Return the facts of the undecided petitions paid by `paid_by`, as if each were approved for
    the CEUs it asks for. One query.

    Only petitions paid before an application was received may complete it (Q25).
    """
    hoped = Petition.objects.hoped_for(cycle.credential).filter(charge__paid_at__lte=paid_by)
    return facts_if_approved(hoped.order_by("completed_on", "pk"))


def hoped_petitions(petitions: Iterable[Petition], received_at: datetime | None) -> tuple[Petition, ...]:
    """Return those of `petitions` that are paid and undecided and may complete an application.

    Before a submission (`received_at` None) that is each of them; after it, each that was paid by
    `received_at` (Q25).
    """
    hoped = (one for one in petitions if one.state in Petition.HOPED_FOR)
    if received_at is None:
        return tuple(hoped)
    return tuple(one for one in hoped if require_value(one.agreement.charge.paid_at) <= received_at)


def last_day_of_questions(credential: Credential, received_at: datetime) -> date | None:
    """Return the latest last day to answer when every petition that may complete an application
    received at `received_at` waits for its trainer's answer.

    None when one of them waits for a reviewer, and when there is none. Two queries.
    """
    return last_days_of_questions({credential.pk: received_at}).get(credential.pk)


def last_days_of_questions(received: Mapping[int, datetime]) -> dict[int, date]:
    """Return what `last_day_of_questions` returns, for many credentials: `received` has the moment of
    receipt by the credential's primary key. A credential without such a day is left out. Two queries.
    """
    hoped = Petition.objects.filter(credential__in=received, state__in=Petition.HOPED_FOR)
    days: dict[int, list[date | None]] = defaultdict(list)
    for one in hoped.select_related("charge").prefetch_related("questions"):
        paid_at = one.charge.paid_at if one.charge else None
        if paid_at and paid_at <= received[one.credential_id]:
            days[one.credential_id].append(one.question_through)
    return {pk: max(filter(None, found)) for pk, found in days.items() if all(found)}


def facts_if_approved(petitions: Iterable[Petition]) -> tuple[RecordFact, ...]:
    """Return the facts of `petitions`, as if each were approved for the CEUs it asks for."""
    kept = list(petitions)
    told = describe_petitions(kept)
    return tuple(
        RecordFact(
            f"{PREFIX}{one.pk}",
            one.category,
            one.agreement.asked_hundredths,
            one.agreement.completed_on,
            details=replace(details_of(told[one.pk]), reported_on=one.received_on),
        )
        for one in kept
    )


def is_hoped(claim: str) -> bool:
    """Return whether `claim`, an id in the `claims` of a standing, belongs to an undecided petition
    and not to a CEU record.
    """
    return claim.startswith(PREFIX)
