"""How the single figures of a version are read: at the ends of what is accepted, and when a file does not state them."""

import re
from pathlib import Path

import pytest

from rules.policy.parse import PolicyError, read_policy
from tests.rules.cases import SAMPLE_POLICY
from tests.rules.making import PLAIN, unchecked, without_keys

UNSTATED = {
    "correction_days_least": 3,
    "another_look_days": 30,
    "free_name_changes": 3,
    "mail_copy_years": 3,
    "refused_upload_days": 1,
    "evidence_cycles": 2,
    "session_days": 14,
    "data_file_days": 7,
    "reported_answers_audit": True,
}


def problems_of(values: str) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        unchecked(f"values = {{ {values} }}\n")
    return [without_keys(one).removeprefix("versions[2000-01-01].values.") for one in caught.value.problems]


def test_a_file_that_does_not_state_the_later_figures_has_their_usual_values(tmp_path: Path):
    text = SAMPLE_POLICY.read_text("utf-8")
    for key in (*UNSTATED, "course_request_fee"):
        text, found = re.subn(rf"\[versions\.values\.{key}\]\n(?:[a-z_]+ = .*\n)+", "", text)
        assert found == 1
        text = text.replace(f"{{{key}}}", "some")  # in the readings
    path = tmp_path / "old.toml"
    path.write_text(text, "utf-8")
    version = read_policy(path).versions[0]
    assert {key: getattr(version, key) for key in UNSTATED} == UNSTATED
    fee = version.course_request_fee
    assert (fee.code, fee.label, fee.amount_cents) == (
        "course_request_fee",
        "Fee for a provider's request",
        0,
    )
    assert (fee.clause, fee.text, fee.explain, fee.in_source) == ("", "", "", False)
    assert {one.key for one in version.stated}.isdisjoint({*UNSTATED, "course_request_fee"})


@pytest.mark.parametrize("period", ["month", "quarter", "half_year", "year"])
def test_each_period_of_the_draw_is_read(period):
    version = unchecked(f'values = {{ draw_period = {{ value = "{period}" }} }}\n').versions[0]
    assert version.draw_period == period


@pytest.mark.parametrize("moment", ["never", "review", "approval"])
def test_each_moment_until_which_a_renewal_is_refunded_is_read(moment):
    version = unchecked(f'values = {{ renewal_refundable_until = {{ value = "{moment}" }} }}\n').versions[0]
    assert version.renewal_refundable_until == moment


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ([], "never"),
        ([1], "1 hour"),
        ([1, 24], "1 hour and 24 hours"),
        ([1, 24, 10_000], "1 hour, 24 hours and 10000 hours"),
    ],
)
def test_hours_of_reminders_are_read_from_1_through_10000_and_put_in_words(hours, words):
    version = unchecked(f"values = {{ unpaid_reminder_hours = {{ value = {hours} }} }}\n").versions[0]
    figure = next(one for one in version.stated if one.key == "unpaid_reminder_hours")
    assert (version.unpaid_reminder_hours, figure.value) == (tuple(hours), words)


@pytest.mark.parametrize("hours", ["[0]", "[10001]", "[24, 24]", "[24, 1]", '["1"]', "[true]", "[1.5]"])
def test_hours_of_reminders_that_do_not_rise_from_1_through_10000_are_refused(hours):
    assert problems_of(f"unpaid_reminder_hours = {{ value = {hours} }}") == [
        "unpaid_reminder_hours.value: must be whole numbers from 1 to 10000, each greater than the one before it."
    ]


@pytest.mark.parametrize(
    ("rate", "words"), [("0", "0 in 100"), ("1", "100 in 100"), ("0.10", "10 in 100"), ("0.125", "12.5 in 100")]
)  # fmt: skip
def test_the_rate_of_the_draw_is_read_as_it_stands_and_put_in_words(rate, words):
    version = unchecked(f'values = {{ audit_rate = {{ value = "{rate}" }} }}\n').versions[0]
    figure = next(one for one in version.stated if one.key == "audit_rate")
    assert (version.audit_rate, figure.value) == (rate, words)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ('audit_rate = { value = "" }', "audit_rate.value: must not be empty."),
        (
            'audit_rate = { value = "1.1" }',
            "audit_rate.value: must be from \"0\" to \"1\", such as \"0.10\", not '1.1'.",
        ),
        (
            'audit_rate = { value = "0.1234567" }',
            "audit_rate.value: must be from \"0\" to \"1\", such as \"0.10\", not '0.1234567'.",
        ),
        ("audit_days = { value = 10001 }", "audit_days.value: must be from 0 to 10000, not 10001."),
        ("audit_days = { value = -1 }", "audit_days.value: must be from 0 to 10000, not -1."),
        ("audit_day = { value = 1 }", "audit_day: is not a key of this table. Did you mean audit_days?"),
        ("auto_approve = { value = 1 }", "auto_approve.value: must be true or false, not 1."),
        ("auto_approve = { value = true, most = 1 }", "auto_approve.most: is not a key of this table."),
        ("petition_fee = { value = 25 }", 'petition_fee.value: must be an amount of money in quotes, such as "99.00", not 25.'),
    ],
)  # fmt: skip
def test_a_figure_that_cannot_be_read_is_refused_with_one_problem_at_its_key(values, problem):
    assert problems_of(values) == [problem]


def test_a_total_that_is_not_labelled_is_one_of_a_cycle_and_may_be_none():
    plain = unchecked().versions[0]
    assert (plain.total_label, plain.total) == ("credits in a cycle", 20_00)
    none = unchecked(plain=PLAIN.replace('value = "20"', "none = true")).versions[0]
    assert (none.total_label, none.total) == ("credits in a cycle", 0)
    assert [one.value for one in none.stated if one.key == "total"] == ["none"]


@pytest.mark.parametrize(
    ("days", "read"),
    [
        ('["02-29", "12-31"]', ((2, 29), (12, 31))),
        ('["11-30", "04-30", "01-31"]', ((1, 31), (4, 30), (11, 30))),
    ],
)
def test_fixed_ends_of_cycles_are_sorted_and_may_be_february_29(days, read):
    version = unchecked(f'cycle = {{ ends = "fixed", fixed_days = {days} }}\n').versions[0]
    assert version.families.ends.fixed_days == read


@pytest.mark.parametrize("day", ["02-30", "04-31", "06-31", "09-31", "11-31", "01-32", "00-10", "13-01"])
def test_a_fixed_end_that_no_year_has_is_refused(day):
    with pytest.raises(PolicyError) as caught:
        unchecked(f'cycle = {{ ends = "fixed", fixed_days = ["12-31", "{day}"] }}\n')
    assert caught.value.problems == (
        f"versions[2000-01-01].cycle.fixed_days: must be days such as \"12-31\", not '{day}'.",
    )


ABOUT_COUNTS = ['all_from = ["own"]', "completed_after_e = true", 'unmet = ["total"]', "short = true"]
NEEDS = 'needs = [{{ code = "exam", fact = "exam", when = {{ {when} }} }}]\n'
PATHS = 'paths = [{{ code = "a", when = {{ {when} }} }}]\n'


@pytest.mark.parametrize(
    ("section", "when"),
    [
        *((NEEDS, when) for when in ABOUT_COUNTS),
        *((PATHS, when) for when in [*ABOUT_COUNTS, 'path = ["a"]', 'tier = ["on_time"]']),
    ],
)
def test_what_is_known_only_later_cannot_be_asked_of_a_requirement_or_a_path(section, when):
    facts = 'facts = [{ code = "exam", kind = "yes_no" }]\n'
    with pytest.raises(PolicyError) as caught:
        unchecked(section.format(when=when), facts)
    assert [one.rpartition(": ")[2] for one in caught.value.problems] == ["it is not known yet."]
    assert f".when.{when.partition(' ')[0]}: cannot be asked here" in caught.value.problems[0]


def test_a_fee_and_a_tier_of_a_short_file_have_a_usual_explanation():
    version = unchecked(
        'tiers = [{ code = "last", after = "E + 90 days", through = "E + 1 year" }]\n',
        plain=PLAIN.replace("}]", '}, { code = "extra", amount = "5.00" }]'),
    ).versions[0]
    assert [one.explain for one in version.fees if one.code == "extra"] == ["Extra fee: {amount}."]
    assert [one.explain for one in version.tiers if one.code == "last"] == [
        "From {first_on} through {last_on} you can renew. It costs {total}."
    ]


def test_a_fee_and_a_tier_of_a_long_file_must_be_explained(tmp_path: Path):
    text, found = re.subn(
        r'(\[\[versions\.(?:fees|tiers)\]\]\n(?:[a-z_]+ = .*\n)*?)explain = .*\n', r"\1", SAMPLE_POLICY.read_text("utf-8")
    )  # fmt: skip
    path = tmp_path / "unexplained.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(PolicyError) as caught:
        read_policy(path)
    assert found == len(caught.value.problems) == 6
    assert {one.rpartition(".")[2] for one in (p.partition(": ")[0] for p in caught.value.problems)} == {
        "explain"
    }


def test_a_later_version_may_drop_a_clause_that_the_one_before_it_cites():
    first = (
        'clauses = [{ code = "X1", text = "Once." }]\n'
        'categories = [{ code = "practice", minimum = { value = "1", clause = "X1", text = "One." } }]\n'
    )
    later = (
        '[[versions]]\nin_force_from = 2026-01-01\nclauses = [{ code = "X1", remove = true }]\n'
        'categories = [{ code = "practice", remove = true }]\n'
    )
    before, after = unchecked(first + later).versions
    assert "X1" in {one.code for one in before.clauses}
    assert "X1" not in {one.code for one in after.clauses}
