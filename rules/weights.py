"""How much a record is worth where the policy counts some kinds more than once, or in part: the
first twenty hours of a kind double, say, and the others as they are.
"""

from dataclasses import dataclass, field

from rules.caps import IN_WORDS, group_of, has_group
from rules.counting import Count, RuledCount
from rules.days import CyclePeriod
from rules.facts import RecordFact
from rules.matching import is_limited
from rules.policy.amounts import ONCE, TIMES_DIGITS, RecordWeight
from rules.rounding import rounded_amount
from rules.units import Unit, format_number

WEIGHT = "weight"


@dataclass
class Scales:
    """What records are worth, when they are weighed in order of completion. `used` is what was
    weighed before, by weight and by the year, the course or the like.
    """

    weights: tuple[RecordWeight, ...]
    unit: Unit
    period: CyclePeriod
    used: dict[tuple[str, object], int] = field(default_factory=dict)

    def weigh(self, record: RecordFact) -> Count:
        """Return what the record is worth; of several weights that it has, each adds or takes its part."""
        parts, fitting = record.ceus * ONCE, None
        for one in self.weights:
            if is_limited(record, one, self.period) and has_group(record, one.per):
                change = self._portion(record, one) * (one.times - ONCE)
                fitting = fitting or (one if change else None)
                parts += change
        if fitting is None:
            return Count(record.ceus, None)
        worth = rounded_amount(max(0, parts), ONCE, self.unit.step, fitting.rounds)
        said = f"{self.unit.words(record.ceus)} count as {self.unit.format(worth)}, because "
        said += f"{fitting.label} counts {weight_words(fitting, self.unit)}{IN_WORDS[fitting.per]}."
        return RuledCount(worth, WEIGHT if worth < record.ceus else None, fitting.rule, said)

    def _portion(self, record: RecordFact, weight: RecordWeight) -> int:
        """Return how much of the record's amount has this weight."""
        place = weight.code, group_of(record, weight.per, self.period)
        before = 0 if weight.per == "item" else self.used.get(place, 0)
        after = self.used[place] = before + record.ceus
        last = after if weight.first is None else min(after, weight.beyond + weight.first)
        return max(0, last - max(before, weight.beyond))


def weight_words(weight: RecordWeight, unit: Unit) -> str:
    """Return how often a weight counts, such as "2 times for the first 20 hours"."""
    words = f"{format_number(weight.times, TIMES_DIGITS, 0)} times"
    if weight.first is None:
        return f"{words} beyond {unit.words(weight.beyond)}" if weight.beyond else words
    if weight.beyond:
        return f"{words} for the {unit.words(weight.first)} beyond {unit.words(weight.beyond)}"
    return f"{words} for the first {unit.words(weight.first)}"
