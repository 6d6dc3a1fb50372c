"""For which of several certifications a course counts."""

from collections import defaultdict
from collections.abc import Collection

from django.utils.text import get_text_list

from ceus.carried import is_carried
from ceus.models import CeuRecord
from ceus.sharing import records_of_people, rule_of_several
from ceus.standing import facts_for_all
from core import clock
from rules.standing import assess
from trainers.lookups import cycles_of_several
from trainers.models import Cycle, Trainer


def where_they_count(cycle: Cycle, every: Collection[CeuRecord]) -> dict[int, str]:
    """Return for which certifications each of a person's records counts, such as "1193 4482 and
    5512 0007", by primary key. `every` are the records of all of them; nothing is returned where
    nothing is shared, or of somebody with one certification. What a renewal has used counts for its
    certification.
    """
    rule = rule_of_several(cycle)
    if rule is None or not rule.shared:
        return {}
    every_cycle = sorted(cycles_of_several(cycle.credential.trainer), key=lambda one: one.credential.number)
    cycles = [one for one in every_cycle if one.credential.in_force]
    if len(cycles) == 1:
        return {}
    first = {one.pk: one.shared_from_id or one.pk for one in every}  # the record that was logged
    numbers: dict[int, set[str]] = defaultdict(set)
    for used in (one for one in every if one.claimed_for_id):
        numbers[first[used.pk]].add(used.credential.display_number)
    facts = facts_for_all(cycles)
    for one in cycles:
        standing = assess(facts[one.pk], clock.today(one.policy.time_zone), one.policy)
        for answer in standing.records:
            if answer.counted and not is_carried(answer.id):
                numbers[first[int(answer.id)]].add(one.credential.display_number)
    return {
        pk: get_text_list(sorted(numbers[logged]), "and") for pk, logged in first.items() if numbers[logged]
    }


def where_a_persons_records_count(trainer: Trainer) -> dict[int, str]:
    """Return what `where_they_count` does, of all records of somebody; {} for one certification."""
    cycles = cycles_of_several(trainer)
    rules = ((one, rule_of_several(one)) for one in cycles)
    sharing = next((one for one, rule in rules if rule and rule.shared), None)
    if sharing is None or len(cycles) == 1:
        return {}
    return where_they_count(sharing, records_of_people([sharing])[trainer.pk])
