"""Caps and minima over records: what each counts, the explanation of a cut, yearly limits, and what
is claimed for a minimum.
"""

from datetime import date
from typing import Any

import pytest

from rules.facts import Facts, RecordDetails, RecordFact
from rules.standing import assess
from tests.rules.cases import ask, at
from tests.rules.making import PLAIN, made

UNIT = 'unit = { singular = "hour", plural = "hours", digits = 0, step = "1" }\n'
S, E = date(2024, 7, 1), date(2026, 6, 30)
NONE = PLAIN.replace('value = "20"', "none = true")
LATE = 'earning = { through = "E + 90 days" }\ntiers = [{ code = "late", after = "E", through = "E + 90 days" }]\n'


def record(number: int, **change: Any) -> dict[str, Any]:
    return {
        "id": f"r{number}",
        "category": "education",
        "ceus": "3",
        "completed_on": f"2025-01-{number:02d}",
        **change,
    }


def answer_to(policy: Any, *records: dict[str, Any], **change: Any) -> dict[str, Any]:
    asked = {"as_of": "2026-06-30", "cycle": {"expires_on": "2026-06-30"}, "records": records, **change}
    answer = ask(asked, policy)
    assert "error" not in answer, answer
    return answer


def counted(answer: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(one["counted"], one["reason"]) for one in answer["records"]]


def said(answer: dict[str, Any]) -> list[str]:
    return [one["text"] for one in answer["explanations"]]


REFUSALS = made(
    'limits = [{ code = "each", label = "A seminar", per = "item", minimum = { value = "2" } }]\n'
    'reporting = { days = 30 }\nseveral = { credits = "separate" }\nrepeats = { count = "never" }\n',
    head=UNIT,
)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ceus": "1"}, "This does not count, because A seminar counts from 2 hours."),
        ({"reported_on": "2025-02-04"}, "This was reported after February 3, 2025, the last day for it."),
        ({"used_by": ["coach", "guide"]}, "This already counted for coach, guide."),
        ({"taken_before": True}, "You took the same course before."),
    ],
)
def test_the_explanation_of_a_record_that_does_not_count_has_the_reason(change, sentence):
    answer = answer_to(REFUSALS, record(4, **change))
    assert (at(answer, "records.r4.counted"), at(answer, "requirements.total.counted")) == ("0", "0")
    assert sentence in said(answer)
    assert sentence not in said(answer_to(REFUSALS, record(4)))


@pytest.mark.parametrize(
    ("limit", "records", "expected", "sentence"),
    [
        ('maximum = { value = "5" }', 2, [("3", None), ("2", "limit")], "2 of 3 hours count, because Talks counts 5 hours at most."),
        ('per = "year", maximum = { value = "4" }', 2, [("3", None), ("1", "limit")], "1 of 3 hours count, because Talks counts 4 hours at most in a year."),
        ('per = "item", maximum = { value = "2" }', 1, [("2", "limit")], "2 of 3 hours count, because Talks counts 2 hours at most each time."),
        ('counts = "records", maximum = { value = 2 }', 3, [("3", None), ("3", None), ("0", "limit")], "0 of 3 hours count, because Talks counts 2 times at most."),
        ('counts = "records", maximum = { value = 1 }', 2, [("3", None), ("0", "limit")], "0 of 3 hours count, because Talks counts once at most."),
    ],
)  # fmt: skip
def test_a_cap_counts_the_earliest_records_and_its_explanation_names_what_was_cut(
    limit, records, expected, sentence
):
    policy = made(f'limits = [{{ code = "talks", {limit} }}]\n', head=UNIT, plain=NONE)
    answer = answer_to(policy, *(record(number) for number in range(1, records + 1)))
    assert counted(answer) == expected
    assert sentence in said(answer)


def test_a_yearly_cap_starts_again_in_the_second_year_of_the_cycle():
    policy = made(
        'limits = [{ code = "talks", per = "year", maximum = { value = "4" } }]\n',
        head=UNIT,
        plain=PLAIN.replace('"20"', '"8"'),
    )
    days = ["2024-07-01", "2025-06-30", "2025-07-01", "2026-06-30"]
    answer = answer_to(policy, *(record(n, completed_on=day) for n, day in enumerate(days, start=1)))
    assert [one for one, _ in counted(answer)] == ["3", "1", "3", "1"]


@pytest.mark.parametrize(
    ("talks", "everything", "expected"),
    [
        ("5", "5", [("3", None), ("2", "category_cap")]),
        ("4", "5", [("3", None), ("1", "limit")]),
        ("9", "4", [("3", None), ("1", "limit")]),
        ("6", "6", [("3", None), ("2", "category_cap")]),
    ],
)
def test_when_several_caps_apply_the_reason_names_the_one_with_the_least_room_left(
    talks, everything, expected
):
    version = (
        'categories = [{ code = "education", maximum = { value = "5" } }, { code = "teaching" }]\n'
        'limits = [{ code = "talks", over = { categories = ["education"] }, maximum = { value = "TALKS" } },'
        ' { code = "everything", maximum = { value = "ALL" } }]\n'
    )
    policy = made(version.replace("TALKS", talks).replace("ALL", everything), head=UNIT, plain=NONE)
    assert counted(answer_to(policy, record(1), record(2))) == expected


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        ('outside = ["own"]', ["3", "3", "2", "3"]),
        ('formats = ["live"]', ["3", "3", "2", "3"]),
        ('providers = ["own", "else"]', ["3", "2", "3", "0"]),
    ],
)
def test_a_cap_for_providers_or_formats_does_not_cut_other_records(over, expected):
    lists = 'formats = ["live", "online"]\nproviders = ["own", "else"]\n'
    policy = made(
        f'{lists}limits = [{{ code = "x", over = {{ {over} }}, maximum = {{ value = "5" }} }}]\n', head=UNIT
    )
    told = [("own", "live"), ("else", "online"), (None, "live"), ("own", None)]
    found = answer_to(
        policy, *(record(n, provider=who, format=how) for n, (who, how) in enumerate(told, start=1))
    )
    assert [one for one, _ in counted(found)] == expected


def test_a_record_cut_to_zero_by_one_cap_uses_no_room_of_another_cap():
    policy = made(
        'topics = ["law"]\nlimits = [{ code = "law", over = { topics = ["law"] }, maximum = { value = "3" } },'
        ' { code = "talks", counts = "records", maximum = { value = 2 } }]\n',
        head=UNIT,
    )
    law = [record(n, topics=["law"]) for n in (1, 2)]
    assert counted(answer_to(policy, *law, record(3))) == [("3", None), ("0", "limit"), ("3", None)]


@pytest.mark.parametrize(
    ("category", "ceus", "expected"),
    [
        ("teaching", "4", ("4", None)),
        ("teaching", "5", ("4", "not_carried")),
        ("education", "5", ("4", "category_cap")),
    ],
)
def test_a_single_carried_record_counts_up_to_the_carry_over_maximum_and_its_category_cap(
    category, ceus, expected
):
    policy = made(
        'carry_over = { most = "4" }\ncategories = [{ code = "education", maximum = { value = "4" } }, { code = "teaching" }]\n',
        head=UNIT,
        plain=NONE,
    )
    brought = record(1, category=category, ceus=ceus, completed_on="2024-06-01")
    assert counted(answer_to(policy, carried=[brought])) == [expected]


def test_the_reason_of_a_carried_record_is_the_cap_that_cut_it():
    policy = made(
        'carry_over = { most = "4" }\ncategories = [{ code = "education", maximum = { value = "2" } }, { code = "teaching" }]\n',
        head=UNIT,
        plain=NONE,
    )
    brought = [
        record(1, category="education"),
        record(2, category="teaching"),
        record(3, category="teaching"),
    ]
    answer = answer_to(
        policy, carried=[{**one, "completed_on": f"2024-06-0{n}"} for n, one in enumerate(brought, 1)]
    )
    assert counted(answer) == [("2", "category_cap"), ("2", "not_carried"), ("0", "not_carried")]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("once", [("0", "duplicate"), ("5", None)]), ("always", [("3", None), ("5", None)])],
)
def test_a_repeated_course_counts_once_in_a_cycle_or_each_time_as_the_policy_says(kind, expected):
    policy = made(f'repeats = {{ count = "{kind}" }}\n', head=UNIT)
    answer = answer_to(policy, record(1, course="yoga"), record(2, course="yoga", ceus="5"))
    assert counted(answer) == expected


YEARS = made(
    'topics = ["law"]\nlimits = [{ code = "law", over = { topics = ["law"] }, per = "year", minimum = { value = "5" } },'
    ' { code = "talks", counts = "records", minimum = { value = 2 } }, { code = "any", minimum = { value = "4" } }]\n'
    + LATE,
    head=UNIT,
)


@pytest.mark.parametrize(
    ("starts_on", "expires_on", "codes"),
    [
        ("2025-07-01", "2026-06-30", ["law_1"]),
        ("2025-01-01", "2026-06-30", ["law_1", "law_2"]),
        ("2024-07-01", "2026-06-30", ["law_1", "law_2"]),
        ("2024-06-30", "2026-06-30", ["law_1", "law_2", "law_3"]),
    ],
)
def test_a_yearly_minimum_is_required_for_every_year_that_begins_in_the_cycle(starts_on, expires_on, codes):
    answer = answer_to(YEARS, cycle={"starts_on": starts_on, "expires_on": expires_on})
    assert [one["code"] for one in answer["requirements"]] == ["total", *codes, "talks", "any"]


def test_minima_count_amounts_in_each_year_or_records_or_amounts_in_the_cycle():
    late = record(3, completed_on="2026-07-01", topics=["law"])
    answer = answer_to(
        YEARS, record(1, topics=["law"], ceus="9"), record(2, topics=["law"], completed_on="2025-07-01"), late
    )
    rows = {one["code"]: (one["required"], one["counted"], one["met"]) for one in answer["requirements"]}
    assert rows == {
        "total": ("20", "15", False),
        "law_1": ("5", "9", True),
        "law_2": ("5", "6", True),
        "talks": ("2", "3", True),
        "any": ("4", "15", True),
    }


@pytest.mark.parametrize(
    ("least", "sentence"),
    [
        (1, "You have 0 of 1 time in Talks. You need 1 more."),
        (2, "You have 0 of 2 times in Talks. You need 2 more."),
    ],
)
def test_the_sentence_of_a_minimum_number_of_records_counts_in_times(least, sentence):
    policy = made(f'limits = [{{ code = "talks", counts = "records", minimum = {{ value = {least} }} }}]\n')
    assert sentence in said(answer_to(policy))


def claims(
    version: str, *rows: tuple[str, int, str, str], plain: str = NONE, kind: str = "education"
) -> tuple[str, ...]:
    found = tuple(
        RecordFact(
            one,
            kind,
            amount,
            date.fromisoformat(day),
            details=RecordDetails(topics=(topic,) if topic else ()),
        )
        for one, amount, day, topic in rows
    )
    return assess(Facts(E, S, records=found), E, made(version, head=UNIT, plain=plain)).claims


LAW = (
    'topics = ["law", "yoga"]\nlimits = [{ code = "law", over = { topics = ["law"] }, minimum = { value = "3" } }]\n'
    + LATE
)
EACH_YEAR = 'limits = [{ code = "each", per = "year", minimum = { value = "5" } }]\n' + LATE
EACH_ITEM = 'limits = [{ code = "each", per = "item", minimum = { value = "4" } }]\n' + LATE
CATEGORY = 'formats = ["live"]\ncategories = [{ code = "education", minimum = { value = "4" } }]\n' + LATE


@pytest.mark.parametrize(
    ("version", "rows", "expected"),
    [
        # three of law: two and one after E, no yoga and no third
        (LAW, [("own", 9, "2026-06-30", ""), ("x", 5, "2026-07-01", "yoga"), ("y", 2, "2026-07-02", "law"), ("z", 1, "2026-07-03", "law"), ("w", 4, "2026-07-04", "law")], ("own", "y", "z")),
        # five in each year: nine of the first do not help the second, which lacks one
        (EACH_YEAR, [("first", 9, "2024-07-01", ""), ("second", 4, "2026-06-30", ""), ("x", 1, "2026-07-01", ""), ("y", 1, "2026-07-02", "")], ("first", "second", "x")),
        # nothing is needed: a least amount of each record is no need
        (EACH_ITEM, [("x", 5, "2026-07-01", "")], ()),
        (CATEGORY, [("own", 3, "2026-06-30", ""), ("x", 1, "2026-07-01", ""), ("y", 1, "2026-07-02", "")], ("own", "x")),
    ],
)  # fmt: skip
def test_records_completed_after_expiration_are_claimed_only_as_far_as_a_minimum_needs_them(
    version, rows, expected
):
    assert claims(version, *rows) == expected


def test_records_completed_after_expiration_are_claimed_only_as_far_as_the_total_needs_them():
    rows = [
        ("own", 18, "2026-06-30", ""),
        ("x", 1, "2026-07-01", ""),
        ("y", 1, "2026-07-02", ""),
        ("z", 1, "2026-07-03", ""),
    ]
    assert claims(LATE, *rows, plain=PLAIN) == ("own", "x", "y")
