"""How the policies describe the course of a petition, and whether the policy lets it be asked for."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.db.models import prefetch_related_objects

from ceus.described import Described, describe_with, described_kinds, details_of
from ceus.models import Provider
from ceus.standing import facts_for
from hardship.acts import PETITION, check_act, has_act
from petitions.models import Petition
from rules.facts import ActFact, CourseFact
from rules.names import fold_title
from trainers.lookups import current_cycle


def describe_petition(petition: Petition) -> Described:
    """Return the columns that describe the course of a petition; no query where no policy names
    anything about courses.
    """
    return _descriptions([petition])[petition.pk]


def describe_petitions(petitions: Collection[Petition]) -> dict[int, Described]:
    """Return the columns that describe the course of each petition, by its primary key. Two queries for
    all of them; none for those that were asked for before, nor where no policy names anything about
    courses.
    """
    new = [one for one in petitions if not hasattr(one, "described_as")]
    for one, described in zip(new, _descriptions(new).values(), strict=True):
        one.described_as = described  # type: ignore[attr-defined]  # read below
    return {one.pk: one.described_as for one in petitions}  # type: ignore[attr-defined]  # kept above


def _descriptions(petitions: Collection[Petition]) -> dict[int, Described]:
    if not (petitions and described_kinds()):
        return {one.pk: Described() for one in petitions}
    prefetch_related_objects(list(petitions), "topic")
    providers = Provider.objects.by_names(one.provider_name for one in petitions)
    return {
        one.pk: describe_with(
            providers.get(fold_title(one.provider_name)), [one.topic.slug] if one.topic else [], one.format
        )
        for one in petitions
    }


def check_may_petition(petition: Petition, *, on: date) -> None:
    """Raise Refusal for a petition that the policy excludes, whose days are over, or of which it
    allows no more in a cycle (its act "petition"). A policy without that act lets every course be
    asked for.
    """
    cycle = current_cycle(petition.credential)
    since = petition.completed_on or on
    act = ActFact(PETITION, PETITION, on, since=since, before=_sent_before(petition, cycle.starts_on))
    if not has_act(cycle, act):
        return
    course = CourseFact(petition.category, since, details_of(describe_petition(petition)))
    check_act(cycle, facts_for(cycle), replace(act, course=course))


def _sent_before(petition: Petition, since: date) -> int:
    """Return how many petitions of the certification were sent since this day and not withdrawn,
    without this one.
    """
    sent = Petition.objects.filter(credential=petition.credential_id, received_on__gte=since)
    return sent.exclude(pk=petition.pk).exclude(state=Petition.State.WITHDRAWN).count()
