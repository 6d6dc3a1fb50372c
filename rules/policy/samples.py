"""Which combinations of conditions can occur: every combination of the values between which the
conditions of a file distinguish, so that its windows are checked for everybody.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice, product

from rules.conditions import is_fact
from rules.matching import in_order
from rules.policy.building_blocks import Condition, FactTest, FactValue, PartValue

MOST_SAMPLES = 2_000
AFTER_FIRST_DAY, BEFORE_LAST_DAY = date(1, 1, 2), date(9999, 12, 30)
OTHER = "another"
COUNTRY = "country"
EACH = "renewal_each"
Question = str | tuple[str, str]  # of codes each is a question of its own
Sample = dict[Question, FactValue | None]
UNTOLD = (
    "age",
    "awarded",
    "held_years",
    EACH.removesuffix("_each"),
)  # what a question may leave out, beside facts


def samples_of(conditions: Iterable[Condition | None], untold: bool = False) -> Iterator[Sample]:
    """Yield every kind of person between which the conditions distinguish: one value for each question;
    with `untold` also None, for who does not tell it.
    """
    values: dict[Question, list[FactValue | None]] = {}
    for question, found in _questions(conditions, [None] if untold else []):
        values.setdefault(question, [])
        values[question] += [one for one in found if one not in values[question]]
    questions = list(values)
    for chosen in islice(product(*values.values()), MOST_SAMPLES):
        yield dict(zip(questions, chosen, strict=True))


def known_samples(conditions: Iterable[Condition | None]) -> list[Sample] | None:
    """Return every kind of person between which the conditions distinguish; None when that is not judged:
    what only each second, third, … renewal meets, and what tells more than 2,000 kinds apart.
    """
    asked = list(filter(None, conditions))
    if any(map(_asks_each, asked)):
        return None
    samples = list(samples_of(asked, untold=True))
    return samples if len(samples) < MOST_SAMPLES else None


def fits_nobody(condition: Condition) -> bool:
    """Return whether no kind of person that `known_samples` tells apart fits the condition."""
    samples = known_samples([condition])
    return samples is not None and not any(fits_sample(condition, one) for one in samples)


def _asks_each(condition: Condition) -> bool:
    inner = (*condition.any_of, *filter(None, [condition.none_of]))
    return any(key == EACH for key, _ in condition.tests) or any(map(_asks_each, inner))


def fits_sample(condition: Condition | None, sample: Sample) -> bool:
    """Return whether the condition holds for this kind of person."""
    return condition is None or (
        all(_fits(key, value, sample) for key, value in condition.tests)
        and all(_fits_fact(one, sample) for one in condition.facts)
        and (not condition.any_of or any(fits_sample(one, sample) for one in condition.any_of))
        and (condition.none_of is None or not fits_sample(condition.none_of, sample))
    )


def _questions(
    conditions: Iterable[Condition | None], untold: list[None]
) -> Iterator[tuple[Question, Sequence[FactValue | None]]]:
    """Yield each question that a condition asks, with sample answers on both sides of its limit, and
    those of who does not tell it.
    """
    for condition in filter(None, conditions):
        for key, value in condition.tests:
            for question, found in _values(key, value):
                yield question, [*found, *(untold if question in UNTOLD else ())]
        yield from ((_fact_question(one), [*_fact_values(one), *untold]) for one in condition.facts)
        yield from _questions((*condition.any_of, condition.none_of), untold)


def _values(key: str, value: PartValue) -> Iterator[tuple[Question, list[FactValue]]]:
    if isinstance(value, bool):
        yield key, [True, False]
    elif not isinstance(value, tuple):
        yield key.rpartition("_")[0], _around(value)
    elif key == COUNTRY:
        yield key, [*value, OTHER]
    else:
        for code in value:
            yield (key, code), [True, False]


def _fact_question(test: FactTest) -> Question:
    """Return what a test asks: a limit counted from the application is a question of its own."""
    return (test.code, test.counted_from.words()) if test.counted_from else test.code


def _fits_fact(test: FactTest, sample: Sample) -> bool:
    given = sample[_fact_question(test)]
    if test.counted_from:
        return in_order(0, given) if test.since else in_order(given, 0)
    return is_fact(test, given)


def _fact_values(test: FactTest) -> list[FactValue]:
    if test.counted_from:
        return [-1, 0, 1]  # before that day, on it, after it
    limit = test.last if test.first is None else test.first
    if limit is not None:
        return _around(limit)
    among = test.among or ()
    return [*among, *(not one if isinstance(one, bool) else OTHER for one in among[:1])]


def _around(value: int | date) -> list[FactValue]:
    """Return a day or a whole number between the ones just before and just after it."""
    if isinstance(value, date):
        first, last = max(value, AFTER_FIRST_DAY), min(value, BEFORE_LAST_DAY)
        return [first - timedelta(days=1), value, last + timedelta(days=1)]
    return [value - 1, value, value + 1]


def _fits(key: str, value: PartValue, sample: Sample) -> bool:
    if isinstance(value, bool):
        return sample[key] == value
    if isinstance(value, tuple):
        return sample[key] in value if key == COUNTRY else any(sample[key, code] for code in value)
    name, _, side = key.rpartition("_")
    return in_order(value, sample[name]) if side == "from" else in_order(sample[name], value)
