"""Between which kinds of people the conditions of a policy file distinguish, and which condition fits whom."""

from datetime import date
from typing import Any

import pytest

from rules.policy.building_blocks import Condition, FactTest
from rules.policy.samples import fits_sample, samples_of

LEAP_DAY = date(2020, 2, 29)


def when(*facts: FactTest, **tests: Any) -> Condition:
    return Condition(tuple(tests.items()), facts)


def any_of(*conditions: Condition) -> Condition:
    return Condition(any_of=conditions)


MEMBER, NO_MEMBER, SHORT = when(member=True), when(member=False), when(short=True)


@pytest.mark.parametrize(
    ("conditions", "samples"),
    [
        ([], [{}]),
        ([None], [{}]),
        ([when(age_from=18)], [{"age": 17}, {"age": 18}, {"age": 19}]),
        ([when(awarded_through=LEAP_DAY)], [{"awarded": date(2020, 2, 28)}, {"awarded": LEAP_DAY}, {"awarded": date(2020, 3, 1)}]),
        ([None, when(age_from=18), when(age_through=19)], [{"age": 17}, {"age": 18}, {"age": 19}, {"age": 20}]),
        ([MEMBER], [{"member": True}, {"member": False}]),
        ([when(country=("US", "CA"))], [{"country": "US"}, {"country": "CA"}, {"country": "another"}]),
        ([when(path=("a",))], [{("path", "a"): True}, {("path", "a"): False}]),
        ([when(FactTest("region", ("north", "south")))], [{"region": "north"}, {"region": "south"}, {"region": "another"}]),
        ([when(FactTest("exam", (True,)))], [{"exam": True}, {"exam": False}]),
        ([when(FactTest("exam", (False,)))], [{"exam": False}, {"exam": True}]),
        ([when(FactTest("hours", first=10))], [{"hours": 9}, {"hours": 10}, {"hours": 11}]),
        ([when(FactTest("passed_on", last=LEAP_DAY))], [{"passed_on": date(2020, 2, 28)}, {"passed_on": LEAP_DAY}, {"passed_on": date(2020, 3, 1)}]),
        ([any_of(MEMBER, SHORT)], [{"member": True, "short": True}, {"member": True, "short": False}, {"member": False, "short": True}, {"member": False, "short": False}]),
        ([Condition(none_of=NO_MEMBER)], [{"member": True}, {"member": False}]),
    ],
)  # fmt: skip
def test_samples_have_each_answer_between_which_the_conditions_distinguish_once(conditions, samples):
    assert list(samples_of(conditions)) == samples


def test_no_more_than_2000_samples_are_tried():
    ten, eleven = tuple("abcdefghij"), tuple("abcdefghijk")
    assert len(list(samples_of([when(path=ten)]))) == 1024
    assert len(list(samples_of([when(path=eleven)]))) == 2000


@pytest.mark.parametrize(
    ("condition", "sample", "expected"),
    [
        (None, {}, True),
        (when(age_from=18), {"age": 17}, False),
        (when(age_from=18), {"age": 18}, True),
        (when(age_from=18), {"age": 19}, True),
        (when(age_through=18), {"age": 17}, True),
        (when(age_through=18), {"age": 18}, True),
        (when(age_through=18), {"age": 19}, False),
        (when(age_from=18, member=True), {"age": 18, "member": False}, False),
        (MEMBER, {"member": True}, True),
        (NO_MEMBER, {"member": True}, False),
        (NO_MEMBER, {"member": False}, True),
        (Condition(none_of=MEMBER), {"member": True}, False),
        (Condition(none_of=MEMBER), {"member": False}, True),
        (any_of(MEMBER, SHORT), {"member": False, "short": True}, True),
        (any_of(MEMBER, SHORT), {"member": False, "short": False}, False),
        (when(FactTest("exam", (True,)), FactTest("region", ("north",))), {"exam": True, "region": "north"}, True),
        (when(FactTest("exam", (True,)), FactTest("region", ("north",))), {"exam": True, "region": "another"}, False),
        (when(FactTest("hours", first=10)), {"hours": 9}, False),
        (when(FactTest("hours", first=10)), {"hours": 10}, True),
        (when(FactTest("hours", first=10)), {"hours": 11}, True),
        (when(FactTest("hours", first=10), FactTest("years", first=2)), {"hours": 10, "years": 1}, False),
        (when(FactTest("hours", last=10)), {"hours": 9}, True),
        (when(FactTest("hours", last=10)), {"hours": 10}, True),
        (when(FactTest("hours", last=10)), {"hours": 11}, False),
        (when(country=("US", "CA")), {"country": "CA"}, True),
        (when(country=("US", "CA")), {"country": "another"}, False),
        (when(path=("a", "b")), {("path", "a"): False, ("path", "b"): True}, True),
        (when(path=("a", "b")), {("path", "a"): False, ("path", "b"): False}, False),
    ],
)  # fmt: skip
def test_a_condition_fits_a_sample_if_each_of_its_parts_holds_for_it(condition, sample, expected):
    assert fits_sample(condition, sample) is expected
