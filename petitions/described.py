"""How the policies describe the course of a petition, and whether the policy lets it be asked for."""

from dataclasses import replace
from datetime import date

from ceus.described import Described, describe_with, described_kinds, details_of
from ceus.models import Provider
from ceus.standing import facts_for
from hardship.acts import PETITION, check_act, has_act
from petitions.models import Petition
from rules.facts import ActFact, CourseFact
from trainers.lookups import current_cycle


def describe_petition(petition: Petition) -> Described:
    """Return the columns that describe the course of a petition; no query where no policy names
    anything about courses.
    """
    if not described_kinds():
        return Described()
    provider = Provider.objects.named(petition.provider_name).first()
    return describe_with(provider, [petition.topic.slug] if petition.topic else [], petition.format)


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
