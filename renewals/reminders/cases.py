"""The cases of many cycles at once, as Home would build each, with one query for each kind of row."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, TypeVar

from ceus.standing import facts_for_all, with_hoped
from core import clock
from petitions.models import Petition
from petitions.standing import facts_if_approved, hoped_petitions
from renewals.models import Application
from renewals.pages.home.case import Case, receipt_of
from rules.facts import Facts
from rules.standing import assess
from trainers.models import Cycle

Row = TypeVar("Row", bound=Any)


def cases_of(pks: Collection[int], now: datetime) -> dict[int, Case]:
    """Return the case of each cycle that is its credential's latest, by the cycle's primary key. Four
    queries.
    """
    cycles = list(Cycle.objects.current().filter(pk__in=pks).select_related("credential__trainer"))
    facts = facts_for_all(cycles)
    applications = _first_by_cycle(Application.objects.filter(cycle__in=cycles).foremost())
    petitions = _by_credential(Petition.objects.of_credentials({one.credential_id for one in cycles}))
    return {
        one.pk: _case(one, facts[one.pk], applications.get(one.pk), petitions[one.credential_id], now)
        for one in cycles
    }


def _case(
    cycle: Cycle, facts: Facts, latest: Application | None, petitions: tuple[Petition, ...], now: datetime
) -> Case:
    credential = cycle.credential
    today = clock.date_of(now, credential.policy.time_zone)
    hoped = facts_if_approved(hoped_petitions(petitions, receipt_of(latest)))
    return Case(
        today=today,
        own_zone=credential.trainer.time_zone,
        credential=credential,
        cycle=cycle,
        facts=facts,
        standing=assess(facts, today, credential.policy),
        latest=latest,
        petitions=petitions,
        hoped=assess(with_hoped(facts, hoped), today, credential.policy) if hoped else None,
    )


def _first_by_cycle(applications: Iterable[Application]) -> dict[int, Application]:
    found: dict[int, Application] = {}
    for one in applications:
        found.setdefault(one.cycle_id, one)
    return found


def _by_credential(petitions: Iterable[Petition]) -> dict[int, tuple[Petition, ...]]:
    found: dict[int, tuple[Petition, ...]] = defaultdict(tuple)
    for one in petitions:
        found[one.credential_id] += (one,)
    return found
