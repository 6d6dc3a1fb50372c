"""What a fourth look at other bodies' rules needed: courses that may count again, cards that last so long at most, ways
that may be taken so often, fees for each course, and yearly fees of which more is owed the later they come.
"""

from datetime import date

import pytest

from rules.asking import card_kinds
from rules.described import named_codes
from rules.policy.samples import known_samples
from tests.rules.cases import ask, at
from tests.rules.making import PLAIN, made, problems_in, unchecked, without_keys

FEELESS = PLAIN.partition("fees")[0]
CYCLE = {"starts_on": "2024-05-11", "expires_on": "2026-05-10"}


def record(name, day, **more):
    return {"id": name, "category": "education", "ceus": "4", "completed_on": day, "course": "yoga", **more}


def asked(version, *records, day="2026-05-10", **more):
    plain = FEELESS if "fees" in version else PLAIN
    return ask({"as_of": day, "cycle": CYCLE, "records": list(records), **more}, made(version, plain=plain))


def counted(answer):
    return {one["id"]: one["counted"] for one in answer["records"]}


TWICE = (
    record("a", "2025-05-10"),
    record("b", "2025-05-11"),
    record("c", "2025-12-31"),
    record("d", "2026-01-01"),
)


@pytest.mark.parametrize(
    ("repeats", "counts"),
    [
        ('{ count = "once" }', ["4", "0", "0", "0"]),
        ('{ count = "once", per = "cycle" }', ["4", "0", "0", "0"]),
        # the second year of the cycle begins on 11 May 2025
        ('{ count = "once", per = "year" }', ["4", "4", "0", "0"]),
        ('{ count = "once", per = "calendar_year" }', ["4", "0", "0", "4"]),
        ('{ count = "always" }', ["4", "4", "4", "4"]),
    ],
)
def test_the_same_course_counts_once_in_the_time_that_the_policy_says(repeats, counts):
    answer = asked(f"repeats = {repeats}", *TWICE)
    assert list(counted(answer).values()) == counts


def test_a_course_again_in_its_year_cites_the_rule_about_repeats():
    for repeats, text in (
        ('count = "once", per = "year"', "The same course counts once in a year."),
        ('count = "once"', "This does not count, because the same course counts once in a cycle."),
    ):
        answer = asked(f'repeats = {{ {repeats}, clause = "house" }}', *TWICE)
        said = {(one["clause"], one["text"]) for one in answer["explanations"]}
        assert ("house", text) in said


def test_a_kind_of_course_may_repeat_where_the_others_count_once_or_never_again():
    for kind in ("once", "never"):
        free = f'repeats = {{ count = "{kind}", except = {{ formats = ["live"] }} }}'
        live = [record(name, "2025-06-01", format="live", taken_before=True) for name in "ab"]
        home = [record(name, "2025-06-02", format="home") for name in "cd"]
        assert counted(asked(free, *live, *home)) == {"a": "4", "b": "4", "c": "4", "d": "0"}
    again = record("e", "2025-06-02", format="home", taken_before=True)
    assert counted(asked('repeats = { count = "never", except = { formats = ["live"] } }', again)) == {
        "e": "0"
    }
    assert counted(asked('repeats = { count = "once", except = { formats = ["live"] } }', again)) == {
        "e": "4"
    }


@pytest.mark.parametrize(
    ("version", "problem"),
    [
        ('repeats = { count = "never", per = "year" }', 'repeats.per: is for count = "once".'),
        ('repeats = { count = "always", except = { formats = ["live"] } }', 'repeats.except: is for count = "once" or "never".'),
        ('repeats = { count = "once", per = "month" }', "repeats.per: must be one of cycle, year, calendar_year, not 'month'."),
        ('fees = [{ code = "renewal", amount = "9.00", over = { topics = ["law"] } }]', 'fees[renewal].over: is for a fee with per = "record".'),
        ('fees = [{ code = "renewal", amount = "9.00", each = 7 }]', "fees[renewal].each: is for a fee per record, petition, correction, or late day, month or year."),
        ('fees = [{ code = "renewal", amount = "9.00", per = "late_day", each = 1 }]', "fees[renewal].each: must be 2 or more."),
        ('reporting = { through = "R + 1 day" }', "reporting.through: must be a day such as \"D - 7 days\", not 'R + 1 day'."),
        ('paths = [{ code = "a" }, { code = "b", uses_at_most = 0 }]', "paths[b].uses_at_most: 0 times are never; leave the path out."),
        (
            'paths = [{ code = "a" }, { code = "on_time", uses_at_most = 2 }]',
            "paths[on_time].code: it is also a tier, and uses are counted by code; call one of them otherwise.",
        ),
        (
            'paths = [{ code = "on_time" }]\ntiers = [{ code = "on_time", uses_at_most = 2 }]',
            "paths[on_time].code: it is also a tier, and uses are counted by code; call one of them otherwise.",
        ),
        (
            'dues = [{ code = "y", amount = "9.00", fixed_days = ["01-01"], grace_days = 30, late_amount = "5.00", later = [{ days = 30, amount = "6.00" }] }]',
            "dues[y].later[30]: must come later than what is before it, and be more.",
        ),
        (
            'dues = [{ code = "y", amount = "9.00", fixed_days = ["01-01"], late_amount = "5.00", later = [{ days = 30, amount = "5.00" }] }]',
            "dues[y].later[30]: must come later than what is before it, and be more.",
        ),
        (
            'dues = [{ code = "y", amount = "9.00", fixed_days = ["01-01"], later = [{ days = 60, amount = "5.00" }, { days = 40, amount = "7.00" }] }]',
            "dues[y].later[40]: must come later than what is before it, and be more.",
        ),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused_with_its_key(version, problem):
    plain = FEELESS if "fees" in version else PLAIN
    assert [without_keys(one) for one in problems_in(version, plain=plain)] == [problem]


def test_what_is_stated_is_on_the_rules_page():
    rows = """
    repeats = { count = "once", per = "calendar_year" }
    cards = [{ code = "cpr", label = "CPR", lasts = "18 months" }]
    """
    said = {one.key: one.value for one in unchecked(rows).versions[0].stated}
    assert said["repeats"] == "once in a calendar year"
    assert said["card_cpr"].endswith("; a card lasts 18 months at most")


def test_the_catalogue_tells_the_providers_and_formats_that_fees_and_repeats_ask_for():
    rows = """
    repeats = { count = "never", except = { formats = ["live"] } }
    fees = [{ code = "renewal", amount = "9.00" }, { code = "x", amount = "1.00", per = "record", over = { outside = ["own"] } }]
    """
    policy = unchecked(rows, plain=FEELESS)
    assert (named_codes(policy, "formats"), named_codes(policy, "providers")) == (("live",), ("own",))


@pytest.mark.parametrize(
    ("card", "met"),
    [
        ({"valid_from": "2025-05-11", "valid_through": "2030-01-01"}, True),
        ({"valid_from": "2025-05-10", "valid_through": "2030-01-01"}, False),
        ({"valid_from": "2025-05-10"}, False),
        ({"valid_from": "2025-05-11"}, True),
        ({"valid_through": "2030-01-01"}, True),
        ({"valid_from": "2026-01-01", "valid_through": "2026-05-09"}, False),
    ],
)
def test_a_card_is_accepted_so_long_from_its_first_day_whatever_it_says(card, met):
    answer = asked('cards = [{ code = "cpr", lasts = "1 year" }]', cards=[{"card": "cpr", **card}])
    assert ("cpr" not in answer["unmet"]) == met


def test_the_kind_of_a_card_says_how_long_one_lasts():
    rows = 'cards = [{ code = "cpr", lasts = "18 months", served_by = ["medic"] }, { code = "aed" }]'
    kinds = card_kinds(unchecked(rows), date(2025, 1, 1))
    assert {one.code: one.lasts_months for one in kinds} == {"cpr": 18, "aed": None, "medic": None}


def test_a_way_may_be_taken_as_often_as_the_policy_says_and_no_more():
    ways = 'paths = [{ code = "credits" }, { code = "exam", credits = false, uses_at_most = 2 }]'
    assert asked(ways, path="exam", uses={"exam": 1})["path"] == "exam"
    assert asked(ways, path="exam", uses={"exam": 2})["error"]["code"] == "unknown_path"
    assert asked(ways, uses={"exam": 2})["path"] == "credits"
    assert asked(ways)["path"] == "exam"  # the first on which one is eligible
    assert asked(ways, path="credits", uses={"credits": 9})["path"] == "credits"


EACH = """tiers = [{ code = "on_time", adds = ["renewal", "course"] }]
fees = [{ code = "renewal", amount = "100.00" }, { code = "course", label = "Course fee", amount = "7.50", per = "record"%s }]
"""


@pytest.mark.parametrize(
    ("over", "total"), [("", "122.50"), (', over = { providers = ["else"] }', "115.00"), (', over = { topics = ["law"] }', "100.00")]
)  # fmt: skip
def test_a_fee_for_each_record_is_for_those_that_are_claimed_and_described(over, total):
    records = [
        record("a", "2025-06-01", course="a", provider="own"),
        record("b", "2025-06-02", course="b", provider="else"),
        record("c", "2025-06-03", course="c", provider="else"),
        record("d", "2025-06-04", course="c", provider="else"),  # again, so not claimed
    ]
    answer = asked(EACH % over, *records)
    assert at(answer, "fees.total") == total
    lines = {one["code"]: one for one in answer["fees"]["lines"]}
    assert ("course" in lines) == (total != "100.00")


def test_the_line_of_a_fee_for_each_record_says_how_many():
    records = [record(name, "2025-06-01", course=name) for name in "abc"]
    answer = asked(EACH % "", *records)
    said = [one["text"] for one in answer["explanations"] if "Course fee" in one["text"]]
    assert any("It is 3 times $7.50." in one for one in said)


@pytest.mark.parametrize(
    ("terms", "day", "total"),
    [
        ('per = "late_day", each = 30', "2026-05-10", "100.00"),
        ('per = "late_day", each = 30', "2026-05-11", "110.00"),
        ('per = "late_day", each = 30', "2026-06-09", "110.00"),
        ('per = "late_day", each = 30', "2026-06-10", "120.00"),
        ('per = "late_day", each = 30, at_most = "15.00"', "2026-06-10", "115.00"),
        ('per = "late_month", each = 3', "2026-08-10", "110.00"),
        ('per = "late_month", each = 3', "2026-08-11", "120.00"),
    ],
)
def test_a_late_fee_may_be_for_so_many_begun_days_or_months_each_time(terms, day, total):
    late = f"""fees = [{{ code = "renewal", amount = "100.00" }}, {{ code = "late", amount = "10.00", {terms} }}]
tiers = [{{ code = "on_time", through = "E + 1 year", adds = ["renewal", "late"] }}]
"""
    assert at(asked(late, day=day), "fees.total") == total


@pytest.mark.parametrize(
    ("through", "reported_on", "reason"),
    [
        ("D + 1 month end", "2025-07-31", "null"),
        ("D + 1 month end", "2025-08-01", "late_report"),
        ("D + 10 business days", "2025-06-19", "null"),  # 5 June 2025 is a Thursday
        ("D + 10 business days", "2025-06-20", "late_report"),
        ("E + 15 days", "2026-05-25", "null"),
        ("E + 15 days", "2026-05-26", "late_report"),
    ],
)
def test_a_record_is_reported_through_a_day_counted_from_its_completion_or_from_the_end(
    through, reported_on, reason
):
    answer = asked(
        f'reporting = {{ through = "{through}" }}', record("a", "2025-06-05", reported_on=reported_on)
    )
    assert at(answer, "records.a.reason") == reason


def test_the_rules_page_says_by_when_a_record_is_reported():
    for reporting, words in (
        ("{ days = 1 }", "1 day"),
        ("{ days = 30 }", "30 days"),
        ('{ through = "D + 1 month end" }', "the last day of the month 1 month after the day of completion"),
        ('{ through = "E" }', "the expiration date"),
    ):
        stated = unchecked(f"reporting = {reporting}").versions[0].stated
        assert next(one.value for one in stated if one.key == "reporting") == words


LATER = """dues = [{ code = "y", amount = "100.00", first = "S", grace_days = 10, %s later = [{ days = 20, amount = "30.00" }, { days = 40, amount = "90.00" }] }]
"""


@pytest.mark.parametrize(
    ("late", "day", "amount"),
    [
        ('late_amount = "10.00",', "2024-05-21", "100.00"),
        ('late_amount = "10.00",', "2024-05-22", "110.00"),
        ("", "2024-05-31", "100.00"),
        ('late_amount = "10.00",', "2024-05-31", "110.00"),
        ('late_amount = "10.00",', "2024-06-01", "130.00"),
        ('late_amount = "10.00",', "2024-06-20", "130.00"),
        ('late_amount = "10.00",', "2024-06-21", "190.00"),
        ('late_amount = "10.00",', "2026-05-10", "190.00"),
    ],
)
def test_a_yearly_fee_is_more_from_each_of_its_later_days_on(late, day, amount):
    assert at(asked(LATER % late, day=day), "dues.y.amount") == amount


def test_who_does_not_tell_an_award_is_of_no_number_of_years():
    condition = unchecked("audit = { when = { held_years_from = 3 } }").versions[0].families.audit.when
    assert [one["held_years"] for one in known_samples([condition])] == [2, 3, 4, None]
    free = 'fees = [{ code = "renewal", amount = "9.00", instead = [{ when = { held_years_through = 2 }, amount = "5.00" }] }]'
    for awarded_on, total in (("2023-05-11", "5.00"), ("2023-05-10", "9.00"), (None, "9.00")):
        cycle = {"awarded_on": awarded_on} if awarded_on else {}
        assert at(asked(free, **cycle), "fees.total") == total
