"""Records that count more or less than their amount: by kind, for the first so many, or beyond them."""

import pytest

from tests.rules.cases import ask, at
from tests.rules.making import made

KINDS = (
    'categories = [{ code = "mentor" }, { code = "care", maximum = { value = "25" } }, { code = "plain" }]\n'
)
DOUBLE = '{ code = "mentoring", over = { categories = ["mentor"] }, times = "2", first = "20" }'


def counted(weights: str, *records: tuple[str, str, str], more: str = "", head: str = "") -> list[str]:
    """What each record (category, amount, day) counts, in a cycle from 2024-07-01 through 2026-06-30."""
    return [one["counted"] for one in answered(weights, *records, more=more, head=head)["records"]]


def answered(weights: str, *records: tuple[str, str, str], more: str = "", head: str = "", **asked):
    policy = made(f"{KINDS}weights = [{weights}]\n{more}", head)
    rows = [
        {"id": str(number), "category": category, "ceus": amount, "completed_on": day}
        for number, (category, amount, day) in enumerate(records)
    ]
    cycle = {"starts_on": "2024-07-01", "expires_on": "2026-06-30"}
    answer = ask({"as_of": "2026-06-30", "cycle": cycle, "records": rows, **asked}, policy)
    assert "error" not in answer, answer
    return answer


FIRST = "2024-07-01"
THEN = "2025-07-01"


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (["20"], ["40"]),
        (["20.01"], ["40.01"]),
        (["19.99", "1"], ["39.98", "1.01"]),
        (["15", "10"], ["30", "15"]),
        (["25", "3"], ["45", "3"]),
    ],
)
def test_the_first_twenty_of_a_kind_count_double_and_the_rest_single(amounts, expected):
    rows = [("mentor", amount, day) for amount, day in zip(amounts, (FIRST, THEN), strict=False)]
    assert counted(DOUBLE, *rows) == expected


def test_the_first_are_those_completed_first_and_other_kinds_use_nothing_of_it():
    rows = ("mentor", "10", THEN), ("plain", "30", FIRST), ("mentor", "15", FIRST)
    assert counted(DOUBLE, *rows) == ["15", "30", "30"]


def test_what_does_not_count_and_what_occurs_twice_uses_nothing_of_the_first_ones():
    answer = answered(DOUBLE, ("mentor", "15", "2024-06-30"), ("mentor", "20", FIRST))
    assert [one["counted"] for one in answer["records"]] == ["0", "40"]


def test_half_weight_is_rounded_down_to_the_step_unless_the_file_says_otherwise():
    half = '{{ code = "half", over = {{ categories = ["plain"] }}, times = "0.5"{} }}'
    row = "plain", "0.05", FIRST
    assert counted(half.format(""), row) == ["0.02"]
    assert counted(half.format(', rounds = "up"'), row) == ["0.03"]
    assert counted(half.format(', rounds = "nearest"'), row) == ["0.03"]


def test_what_is_beyond_an_amount_counts_half():
    row = '{ code = "long", over = { categories = ["plain"] }, times = "0.5", beyond = "10" }'
    assert counted(row, ("plain", "10", FIRST), ("plain", "4", THEN)) == ["10", "2"]
    assert counted(row, ("plain", "14", FIRST)) == ["12"]


def test_bands_of_one_kind_add_up():
    more = '{ code = "then", over = { categories = ["mentor"] }, times = "1.5", beyond = "20", first = "10" }'
    assert counted(f"{DOUBLE}, {more}", ("mentor", "35", FIRST)) == ["60"]  # 40, 15 and 5


@pytest.mark.parametrize(
    ("per", "expected"), [("year", ["4", "4"]), ("item", ["4", "4"]), ("cycle", ["4", "2"])]
)
def test_the_first_ones_are_those_of_the_cycle_of_each_year_or_of_each_record(per, expected):
    row = f'{{ code = "a", over = {{ categories = ["plain"] }}, times = "2", first = "2", per = "{per}" }}'
    assert counted(row, ("plain", "2", FIRST), ("plain", "2", THEN)) == expected


def test_a_weight_with_a_condition_or_days_is_for_these_only():
    row = '{ code = "a", over = { categories = ["plain"] }, times = "2", when = { member = true }, from = "S + 1 year", through = "E" }'
    rows = ("plain", "2", FIRST), ("plain", "2", THEN)
    assert counted(row, *rows) == ["2", "2"]
    assert [one["counted"] for one in answered(row, *rows, member=True)["records"]] == ["2", "4"]


def test_a_cap_counts_what_records_are_worth_and_its_sentence_says_so():
    row = '{ code = "a", label = "Bedside", over = { categories = ["care"] }, times = "2" }'
    answer = answered(row, ("care", "10", FIRST), ("care", "5", THEN))
    assert [one["counted"] for one in answer["records"]] == ["20", "5"]
    assert at(answer, "records.1.reason") == "category_cap"
    assert answer["explanations"][-1] == {
        "clause": "page",
        "text": "5 of 10 credits count, because Care counts 25 credits at most.",
    }
    limit = 'limits = [{ code = "few", over = { categories = ["care"] }, maximum = { value = "14" } }]\n'
    answer = answered(row, ("care", "10", FIRST), more=limit)
    assert (
        answer["explanations"][-1]["text"] == "14 of 20 credits count, because Few counts 14 credits at most."
    )


def test_a_record_that_counts_more_has_no_reason_and_one_that_counts_less_has_weight():
    row = '{ code = "half", label = "Reading", over = { categories = ["plain"] }, times = "0.5" }'
    answer = answered(f"{DOUBLE}, {row}", ("mentor", "4", FIRST), ("plain", "4", FIRST))
    assert [one["reason"] for one in answer["records"]] == [None, "weight"]
    assert [one["text"] for one in answer["explanations"]][-2:] == [
        "4 credits count as 8, because Mentoring counts 2 times for the first 20 credits.",
        "4 credits count as 2, because Reading counts 0.5 times.",
    ]


def test_what_was_carried_over_is_not_weighed_again():
    carried = [{"id": "c", "category": "mentor", "ceus": "4", "completed_on": "2024-06-30"}]
    answer = answered(DOUBLE, ("mentor", "20", FIRST), more='carry_over = { most = "9" }\n', carried=carried)
    assert [one["counted"] for one in answer["records"]] == ["40", "4"]


def test_a_minimum_for_each_record_is_about_the_amount_that_it_has():
    row = '{ code = "a", over = { categories = ["plain"] }, times = "2" }'
    limit = 'limits = [{ code = "short", over = { categories = ["plain"] }, minimum = { value = "2" }, per = "item" }]\n'
    assert counted(row, ("plain", "1", FIRST), ("plain", "2", THEN), more=limit) == ["0", "4"]


def test_weights_that_take_all_of_a_record_or_nothing_in_all():
    half = '{ code = "half", over = { categories = ["plain"] }, times = "0.5", rounds = "up" }'
    assert counted(f"{half}, {half.replace('half', 'other')}", ("plain", "3", FIRST)) == ["0"]
    more = '{ code = "more", over = { categories = ["plain"] }, times = "1.5" }'
    record = answered(f"{half}, {more}", ("plain", "3", FIRST))["records"][0]
    assert (record["counted"], record["reason"]) == ("3", None)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ('first = "20"', "2 times for the first 20 credits"),
        ('first = "20", per = "year"', "2 times for the first 20 credits in a year"),
        ('beyond = "20"', "2 times beyond 20 credits"),
        ('beyond = "20", first = "1"', "2 times for the 1 credit beyond 20 credits"),
        ("", "2 times"),
    ],
)
def test_the_rules_page_says_each_weight_with_its_number(keys, words):
    row = f'{{ code = "a", over = {{ categories = ["mentor"] }}, times = "2"{", " if keys else ""}{keys} }}'
    figures = {one.key: one.value for one in made(f"{KINDS}weights = [{row}]\n").versions[0].stated}
    assert figures["weight_a"] == words
