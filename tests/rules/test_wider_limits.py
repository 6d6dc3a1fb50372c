"""Caps of each day, month, course and provider, shares of the total, days of the cycle, and how many different
categories, topics or providers; and what else real bodies state: every nth renewal, how many other credentials, fees
with a highest amount, late dues, cycles that all end in every third year.
"""

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.facts import Facts, RecordDetails, RecordFact
from rules.policy.parse import PolicyError
from rules.standing import assess
from tests.rules.cases import ask
from tests.rules.making import PLAIN, made, unchecked

S, E = date(2024, 7, 1), date(2026, 6, 30)
UNIT = 'unit = { singular = "hour", plural = "hours", digits = 0, step = "1" }\n'
ASKED = {
    "as_of": "2026-06-30",
    "cycle": {"starts_on": "2024-07-01", "expires_on": "2026-06-30"},
    "records": [],
}


def a_record(number: int, hours: int, day: str, **more) -> dict[str, object]:
    return {"id": str(number), "category": "education", "ceus": str(hours), "completed_on": day, **more}


def answer_to(version: str, *records: dict[str, object], **change: object) -> dict:
    answer = ask({**ASKED, "records": list(records), **change}, made(version, head=UNIT))
    assert "error" not in answer, answer
    return answer


def counted(answer: dict) -> list[str]:
    return [one["counted"] for one in answer["records"]]


def limit(text: str) -> str:
    return f'limits = [{{ code = "few", label = "This", {text} }}]\n'


@pytest.mark.parametrize(
    ("per", "records", "expected", "words"),
    [
        ("day", [("2026-01-05", {}), ("2026-01-05", {}), ("2026-01-06", {})], ["5", "1", "5"], "on one day"),
        (
            "month",
            [("2026-01-05", {}), ("2026-01-31", {}), ("2026-02-01", {})],
            ["5", "1", "5"],
            "in one month",
        ),
        ("month", [("2025-01-05", {}), ("2026-01-05", {})], ["5", "5"], "in one month"),
        (
            "provider",
            [
                ("2026-01-05", {"provider": "a"}),
                ("2026-02-05", {"provider": "a"}),
                ("2026-03-05", {"provider": "b"}),
            ],
            ["5", "1", "5"],
            "from one provider",
        ),
        ("provider", [("2026-01-05", {}), ("2026-02-05", {})], ["5", "5"], "from one provider"),
        (
            "course",
            [
                ("2026-01-05", {"course": "x"}),
                ("2026-02-05", {"course": "x"}),
                ("2026-03-05", {"course": "y"}),
            ],
            ["5", "1", "5"],
            "of one course",
        ),
        ("course", [("2026-01-05", {}), ("2026-02-05", {})], ["5", "5"], "of one course"),
    ],
)
def test_a_cap_limits_what_counts_of_each_day_month_course_or_provider(per, records, expected, words):
    rows = [a_record(number, 5, day, **more) for number, (day, more) in enumerate(records)]
    text = limit(f'per = "{per}", maximum = {{ value = "6" }}') + 'repeats = { count = "always" }\n'
    answer = answer_to(text, *rows)
    assert counted(answer) == expected
    said = [one["text"] for one in answer["explanations"] if "count, because" in one["text"]]
    assert said == [f"1 of 5 hours count, because This counts 6 hours at most {words}."] * expected.count("1")


days = st.lists(
    st.tuples(st.dates(date(2026, 1, 1), date(2026, 1, 4)), st.integers(1, 9), st.sampled_from("ab")),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(days)
def test_day_caps_and_provider_caps_together_count_what_counting_hour_by_hour_counts(found):
    policy = made(
        'limits = [{ code = "day", per = "day", maximum = { value = "6" } },'
        ' { code = "from", per = "provider", maximum = { value = "11" } }]\n',
        head=UNIT,
    )
    records = tuple(
        RecordFact(str(number), "education", hours, day, details=RecordDetails(provider=provider))
        for number, (day, hours, provider) in enumerate(found)
    )
    standing = assess(Facts(expires_on=E, starts_on=S, records=records), E, policy)
    of_day, of_provider, expected = defaultdict(int), defaultdict(int), {}
    for one in sorted(records, key=lambda record: (record.completed_on, record.id)):
        expected[one.id] = 0
        for _ in range(one.ceus):
            if of_day[one.completed_on] < 6 and of_provider[one.details.provider] < 11:
                of_day[one.completed_on] += 1
                of_provider[one.details.provider] += 1
                expected[one.id] += 1
    assert {one.id: one.counted for one in standing.records} == expected


@pytest.mark.parametrize(
    ("percent", "least", "most"), [("50", "10", "10"), ("33.333", "7", "6"), ("100", "20", "20")]
)
def test_a_share_of_the_total_is_rounded_up_for_a_minimum_and_down_for_a_cap(percent, least, most):
    capped = answer_to(limit(f'maximum = {{ percent = "{percent}" }}'), a_record(1, 30, "2026-01-05"))
    assert counted(capped) == [most]
    needed = answer_to(limit(f'minimum = {{ percent = "{percent}" }}'))
    assert [one["required"] for one in needed["requirements"]] == ["20", least]


def test_a_share_is_rounded_to_whole_steps_of_the_unit():
    halves = 'unit = { singular = "hour", plural = "hours", digits = 1, step = "0.5" }\n'
    needed = ask(ASKED, made(limit('minimum = { percent = "33" }'), head=halves))
    assert [one["required"] for one in needed["requirements"]] == ["20", "7"]
    capped = made(limit('maximum = { percent = "33" }'), head=halves)
    assert counted(ask({**ASKED, "records": [a_record(1, 30, "2026-01-05")]}, capped)) == ["6.5"]


def test_a_share_follows_the_total_of_the_person():
    version = limit('minimum = { percent = "50" }')
    plain = PLAIN.replace('"20" }', '"20", instead = [{ when = { member = true }, value = "8" }] }')
    answer = ask({**ASKED, "member": True}, made(version, head=UNIT, plain=plain))
    assert [one["required"] for one in answer["requirements"]] == ["8", "4"]


@pytest.mark.parametrize(
    ("day", "reached"),
    [("2025-12-31", "0"), ("2026-01-01", "5"), ("2026-06-30", "5")],
)
def test_a_limit_of_some_days_of_the_cycle_is_about_what_was_completed_in_them(day, reached):
    text = limit('from = "E - 6 months + 1 day", through = "E", minimum = { value = "5" }')
    text = text.replace("E - 6 months + 1 day", "E - 180 days")
    answer = answer_to(text, a_record(1, 5, day))
    assert [one["counted"] for one in answer["requirements"]][1:] == [reached]
    capped = text.replace("minimum", "maximum").replace('"5"', '"2"')
    assert counted(answer_to(capped, a_record(1, 5, day))) == ["2" if reached == "5" else "5"]


@pytest.mark.parametrize(
    ("counts", "records", "reached"),
    [
        ("topics", [{"topics": ["law", "safety"]}, {"topics": ["law"]}], "2"),
        ("topics", [{"topics": ["other"]}, {}], "0"),
        ("topics", [{"topics": ["law", "other"]}, {"topics": ["law"]}, {"topics": ["law"]}], "1"),
        ("providers", [{"provider": "a"}, {"provider": "b"}, {"provider": "a"}, {}], "2"),
        ("records", [{}, {}], "2"),
        ("categories", [{}, {"category": "teaching"}, {}], "2"),
    ],
)
def test_a_minimum_counts_how_many_different_ones_there_are(counts, records, reached):
    over = 'over = { topics = ["law", "safety"] }, ' if counts == "topics" else ""
    text = limit(f'{over}counts = "{counts}", minimum = {{ value = 2 }}')
    text += 'categories = [{ code = "teaching" }]\n'
    rows = [{**a_record(n, 1, "2026-01-05"), **one} for n, one in enumerate(records)]
    needed = answer_to(text, *rows)["requirements"]
    assert [(one["code"], one["counted"]) for one in needed][1:] == [("few", reached)]


def test_a_minimum_of_topics_that_names_none_counts_every_topic_once():
    rows = [{**a_record(n, 1, "2026-01-05"), "topics": ["law", "safety"]} for n in range(3)]
    needed = answer_to(limit('counts = "topics", minimum = { value = 3 }'), *rows)["requirements"]
    assert [(one["code"], one["counted"]) for one in needed][1:] == [("few", "2")]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ('counts = "records", minimum = { value = 1 }', "1 record"),
        ('counts = "categories", minimum = { value = 1 }', "1 category"),
        ('counts = "categories", minimum = { value = 2 }', "2 categories"),
        ('counts = "topics", minimum = { value = 1 }', "1 topic"),
        ('counts = "providers", minimum = { value = 1 }', "1 provider"),
        ('minimum = { percent = "33.3" }', "33.3 % of what the cycle needs"),
        ("minimum = { none = true }", "none"),
    ],
)
def test_the_rules_page_says_in_words_what_a_limit_counts(amount, words):
    figures = unchecked(limit(amount), head=UNIT).versions[-1].figures()
    assert [one.value for one in figures if one.key == "minimum_few"] == [words]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('per = "day", minimum = { value = "2" }', "per: is for a maximum; a minimum is per cycle, year, calendar_year, item."),
        ('counts = "topics", maximum = { value = 2 }', "counts: is for a minimum; a maximum counts amount or records."),
        ('minimum = { percent = "101" }', 'percent: must be a number in quotes such as "50", more than 0 and at most 100.'),
        ('minimum = { percent = "0" }', 'percent: must be a number in quotes such as "50", more than 0 and at most 100.'),
        ('minimum = { percent = "60" }, maximum = { percent = "50" }', "minimum: it is more than the maximum; nobody can meet it."),
        ('minimum = { percent = "33" }, maximum = { percent = "33" }', "minimum: it is more than the maximum; nobody can meet it."),
        ('minimum = { value = "2" }, when = { renewal_each = 1 }', "renewal_each: must be at least 2: every renewal has no condition."),
    ],
)  # fmt: skip
def test_a_limit_that_makes_no_sense_is_refused(text, problem):
    with pytest.raises(PolicyError) as refused:
        made(limit(text), head=UNIT)
    assert [one for one in refused.value.problems if one.endswith(f".{problem}")], refused.value.problems


def test_a_need_about_a_date_with_a_day_that_cannot_be_read_names_three_examples():
    version = 'needs = [{ code = "exam", fact = "exam", from = "X", through = "E" }]\n'
    with pytest.raises(PolicyError) as refused:
        made(version, head='facts = [{ code = "exam", kind = "date" }]\n')
    path = "versions[2000-01-01].needs[exam].from"
    assert refused.value.problems == (
        f"""{path}: must be a day such as "S", "E - 6 months" or "R - 5 years", not 'X'.""",
    )


@pytest.mark.parametrize(("number", "asked"), [(1, False), (2, True), (3, False), (4, True), (None, False)])
def test_a_need_of_every_second_renewal_is_asked_then_only(number, asked):
    version = 'needs = [{ code = "exam", fact = "exam", when = { renewal_each = 2 } }]\n'
    head = 'facts = [{ code = "exam", kind = "yes_no" }]\n'
    cycle = {**ASKED["cycle"], **({"number": number} if number else {})}
    answer = ask({**ASKED, "cycle": cycle}, made(version, head=head))
    assert ("exam" in answer["unmet"]) == asked


@pytest.mark.parametrize(("others", "required"), [(0, "20"), (1, "30"), (2, "30"), (3, "40")])
def test_the_total_can_grow_with_the_number_of_other_credentials(others, required):
    instead = (
        '"20", instead = [{ when = { also_from = 3 }, value = "40" },'
        ' { when = { also_from = 1, also_through = 2 }, value = "30" }] }'
    )
    also = [{"code": f"c{number}"} for number in range(others)]
    answer = ask({**ASKED, "also": also}, made(plain=PLAIN.replace('"20" }', instead)))
    assert answer["requirements"][0]["required"] == required


LATE = (
    'in_force_from = 2000-01-01\ntotal = { value = "20" }\n'
    'fees = [{ code = "renewal", amount = "100.00" }, { code = "late", amount = "10.00", per = "late_day", at_most = "95.00" }]\n'
    'tiers = [{ code = "late", after = "E", through = "E + 60 days", adds = ["late"] }]\n'
)


@pytest.mark.parametrize(
    ("received_on", "late"), [("2026-06-30", None), ("2026-07-01", "10.00"), ("2026-07-09", "90.00"), ("2026-07-10", "95.00"), ("2026-08-29", "95.00")]
)  # fmt: skip
def test_a_fee_of_each_day_late_stops_at_its_highest_amount(received_on, late):
    answer = ask({**ASKED, "received_on": received_on}, made(plain=LATE))
    found = {line["code"]: line["amount"] for line in answer["fees"]["lines"]}
    assert found.get("late") == late


def test_the_sentence_of_a_fee_at_its_highest_amount_says_so():
    answer = ask({**ASKED, "received_on": "2026-07-10"}, made(plain=LATE))
    texts = [one["text"] for one in answer["explanations"]]
    assert "Late fee: $95. That is the most." in texts
    answer = ask({**ASKED, "received_on": "2026-07-09"}, made(plain=LATE))
    texts = [one["text"] for one in answer["explanations"]]
    assert "Late fee: $90. It is 9 times $10." in texts


@pytest.mark.parametrize(
    ("received_on", "state", "amount"), [("2025-07-31", "open", "50.00"), ("2025-08-01", "overdue", "75.00")]
)
def test_a_due_costs_more_once_it_is_overdue(received_on, state, amount):
    dues = 'dues = [{ code = "yearly", amount = "50.00", late_amount = "25.00", first = "E - 1 year", grace_days = 31 }]\n'
    found = answer_to(dues, received_on=received_on)["dues"]
    assert [(one["state"], one["amount"]) for one in found] == [(state, amount)]


ALL_TOGETHER = 'cycle = { length = "3 years", ends = "fixed", fixed_days = ["12-31"], years = { every = 3, including = 2026 }, rounds = "down", first = { at_least = "6 months" } }\n'


@pytest.mark.parametrize(
    ("awarded_on", "number", "expires_on"),
    [
        ("2023-12-31", 1, "2026-12-31"),
        ("2024-01-01", 1, "2026-12-31"),
        ("2026-12-30", 1, "2029-12-31"),
        ("2026-12-30", 2, "2032-12-31"),
        ("2024-05-05", 2, "2029-12-31"),
    ],
)
def test_cycles_that_all_end_in_every_third_year_end_together(awarded_on, number, expires_on):
    question = {"as_of": awarded_on, "awarded_on": awarded_on, "cycle": {"number": number}, "records": []}
    policy = made(ALL_TOGETHER)
    assert ask(question, policy)["dates"]["expires_on"] == expires_on
