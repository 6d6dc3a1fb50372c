"""Which combinations of conditions can occur: every combination of the values between which the
conditions of a file distinguish, so that its windows are checked for everybody.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice, product
from typing import Any

from rules.policy.read_conditions import DAYS, WHOLES
from rules.policy.terms import Condition

MOST_SAMPLES = 2_000
ORDERED = (*DAYS, *WHOLES)
OTHER = "another"
Sample = dict[Any, Any]


def samples_of(conditions: Iterable[Condition | None]) -> Iterator[Sample]:
    """Yield every kind of person between which the conditions distinguish: one value for each question."""
    values: dict[Any, list[Any]] = {}
    for key, value in _tests(filter(None, conditions)):
        for place, found in _values(key, value):
            values.setdefault(place, [])
            values[place] += [one for one in found if one not in values[place]]
    places = list(values)
    for chosen in islice(product(*values.values()), MOST_SAMPLES):
        yield dict(zip(places, chosen, strict=True))


def fits_sample(condition: Condition | None, sample: Sample) -> bool:
    """Return whether the condition holds for this kind of person."""
    return condition is None or all(_fits(key, value, sample) for key, value in condition.tests)


def _tests(conditions: Iterable[Condition]) -> Iterator[tuple[str, Any]]:
    for condition in conditions:
        for key, value in condition.tests:
            if key in ("any", "not"):
                yield from _tests(value if key == "any" else (value,))
            else:
                yield key, value


def _values(key: str, value: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Yield (question, values): the values of a question between which a condition distinguishes."""
    name, _, _ = key.rpartition("_")
    if key in ORDERED:
        yield name, _around(value)
    elif key == "fact":
        yield from ((code, [*wanted, _unlike(wanted[0])]) for code, wanted in value)
    elif name == "fact":
        yield from ((code, _around(wanted)) for code, wanted in value)
    elif isinstance(value, bool):
        yield key, [True, False]
    elif key == "country":
        yield key, [*value, OTHER]
    else:
        yield from (((key, code), [True, False]) for code in value)


def _unlike(value: Any) -> Any:
    return not value if isinstance(value, bool) else OTHER


def _around(value: Any) -> list[Any]:
    """Return a day or a whole number between the ones just before and just after it."""
    step = timedelta(days=1) if isinstance(value, date) else 1
    return [value - step, value, value + step]


def _fits(key: str, value: Any, sample: Sample) -> bool:
    name, _, side = key.rpartition("_")
    if key == "any":
        return any(fits_sample(one, sample) for one in value)
    if key == "not":
        return not fits_sample(value, sample)
    if key in ORDERED:
        return bool(sample[name] >= value if side == "from" else sample[name] <= value)
    if key == "fact":
        return all(sample[code] in wanted for code, wanted in value)
    if name == "fact":
        return all(
            sample[code] >= wanted if side == "from" else sample[code] <= wanted for code, wanted in value
        )
    if isinstance(value, bool):
        return bool(sample[key] == value)
    if key == "country":
        return sample[key] in value
    return any(sample[key, code] for code in value)
