"""A policy file that makes no sense is refused with its name, the key, and for windows the days."""

from dataclasses import replace
from pathlib import Path

import pytest

from rules.policy import check, load
from rules.policy.check import check_policy, tried_days
from rules.policy.load import load_policy, load_policy_file
from rules.policy.parse import PolicyError, read_policy
from tests.rules.cases import HERE, SAMPLE_POLICY
from tests.rules.refusals import ALLOWED, AMOUNTS, NAMES, WINDOWS, V

NASM = SAMPLE_POLICY.read_text("utf-8")


def problems_of(text: str, tmp_path: Path) -> tuple[str, ...]:
    """What is wrong with a policy file of this text; every line of the message begins with the file."""
    path = tmp_path / "body.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(PolicyError) as caught:
        load_policy_file(path)
    assert caught.value.file == str(path)
    assert str(caught.value).splitlines() == [f"{path}: {problem}" for problem in caught.value.problems]
    assert len(caught.value.problems) == len(set(caught.value.problems))
    return caught.value.problems


@pytest.mark.parametrize(("old", "new", "problem"), WINDOWS + AMOUNTS + NAMES)
def test_a_policy_with_a_mistake_is_refused_with_the_key_and_the_problem(
    old: str, new: str, problem: str, tmp_path: Path
):
    assert old in NASM
    problems = problems_of(NASM.replace(old, new, 1), tmp_path)
    assert any(found.startswith(problem) for found in problems), problems


@pytest.mark.parametrize(("old", "new", "problem"), WINDOWS)
def test_a_mistake_in_a_window_is_reported_in_at_most_three_sentences_with_days(
    old: str, new: str, problem: str, tmp_path: Path
):
    assert len(problems_of(NASM.replace(old, new, 1), tmp_path)) <= 3
    assert problem.endswith(").")


TABLES = sorted({line for line in NASM.splitlines() if line.startswith("[")})


@pytest.mark.parametrize("table", TABLES)
def test_an_unknown_key_in_a_policy_table_is_refused(table: str, tmp_path: Path):
    (problem,) = problems_of(NASM.replace(f"{table}\n", f"{table}\nunheard_of = 1\n", 1), tmp_path)
    assert ".unheard_of: is not a key of this table. Its keys are " in problem


def test_an_unknown_key_is_refused_with_the_nearest_and_with_every_key_of_the_table(tmp_path: Path):
    wrong = 'minimun = 1\ncode = "cpr_aed"'
    (problem,) = problems_of(NASM.replace('code = "cpr_aed"', wrong, 1), tmp_path)
    assert problem == (
        "versions[2000-01-01].categories[cpr_aed].minimun: is not a key of this table. Did you mean minimum? "
        "Its keys are code, label, maximum, minimum, must_be_current."
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("digits = 2\n", "digits = 5\n"),
        ('clause = "S1"\n', ""),
        ('code = "education"\n', ""),
        ('step = "0.01"', 'step = "0"'),
        ('digits = 2\nshown_digits = 1\nstep = "0.01"', 'digits = 1\nshown_digits = 1\nstep = "0"'),
        ('after = "E"\n', 'after = "E"\nfrom = "E"\n'),
        ('length = "2 years"', 'length = "2"'),
    ],
)
def test_a_mistake_in_a_basic_value_causes_no_further_errors(old: str, new: str, tmp_path: Path):
    assert old in NASM
    assert len(problems_of(NASM.replace(old, new, 1), tmp_path)) == 1


def test_all_problems_of_a_file_are_reported_at_once(tmp_path: Path):
    text = NASM.replace('title = "Certified Personal Trainer"\n', "").replace(
        'amount = "30.00"', "amount = 30"
    )
    assert problems_of(text, tmp_path) == (
        "title: is missing; it must be a text in quotes.",
        f'{V}.fees[late].amount: must be an amount of money in quotes, such as "99.00", not 30.',
    )


@pytest.mark.parametrize("day", ["1999-12-31", "2000-01-01"])
def test_policy_versions_out_of_date_order_are_refused(day: str, tmp_path: Path):
    problems = problems_of(NASM + f"\n[[versions]]\nin_force_from = {day}\n", tmp_path)
    assert any(
        problem
        in (
            f"versions[{day}].in_force_from: must be later than 2000-01-01, before it.",
            f"versions[{day}]: occurs twice.",
        )
        for problem in problems
    )


def test_two_policy_versions_with_the_same_first_day_are_refused():
    first = load_policy().versions[0]
    assert check_policy(replace(load_policy(), versions=(first, first))) == [
        "versions[2000-01-01].in_force_from: must be later than 2000-01-01, before it."
    ]


def test_a_later_version_without_its_first_day_is_refused(tmp_path: Path):
    problems = problems_of(
        NASM + '\n[[versions]]\ncycle = { length = "1 year", label = "C", clause = "S1", text = "T" }\n',
        tmp_path,
    )
    assert problems == (
        "versions[2].in_force_from: is missing; it must be a date such as 2027-01-01, without quotes.",
    )


def test_a_policy_without_versions_or_categories_is_refused(tmp_path: Path):
    head = NASM.split("[[versions]]")[0]
    assert problems_of(head, tmp_path) == ("versions: is missing; it must be a list of tables [[versions]].",)
    assert problems_of("versions = []\n" + head, tmp_path) == ("versions: must not be empty.",)
    assert problems_of("versions = [1]\n" + head, tmp_path) == ("versions[1]: must be a table, not 1.",)
    without = NASM.replace("[[versions.categories]]", "[[versions.kategories]]").replace(
        "[versions.categories.", "[versions.kategories."
    )
    assert f"{V}.categories: is missing; it must be a list of tables [[categories]]." in problems_of(
        without, tmp_path
    )


def test_a_file_that_is_not_toml_is_refused(tmp_path: Path):
    assert problems_of("format = ", tmp_path)[0].startswith("The file is not TOML: ")
    assert problems_of("a = " + "[" * 100_000, tmp_path)[0].startswith("The file is not TOML: ")
    (problem,) = problems_of("a = 2026-02-30", tmp_path)
    assert problem.startswith("The file is not TOML: ")
    assert problem.endswith(").")


def test_a_file_that_is_not_text_or_does_not_exist_is_refused(tmp_path: Path):
    path = tmp_path / "body.toml"
    path.write_bytes(b"title = \xff")
    for wrong, problem in (
        (path, "The file is not UTF-8 text."),
        (tmp_path / "nothing.toml", "The file cannot be read: No such file or directory."),
        (tmp_path, "The file cannot be read: Is a directory."),
    ):
        with pytest.raises(PolicyError) as caught:
            load_policy_file(wrong)
        assert str(caught.value) == f"{wrong}: {problem}"


def test_a_missing_time_zone_is_reported_as_one_problem(tmp_path: Path):
    text = NASM.replace('time_zone = "America/Phoenix"\n', "")
    assert problems_of(text, tmp_path) == ("time_zone: is missing; it must be a text in quotes.",)


@pytest.mark.parametrize("name", ["../policies/nasm-cpt", "nasm", "", "nasm-cpt.toml", "/etc/passwd"])
def test_a_policy_is_found_only_by_its_exact_name_and_never_by_a_path(name: str):
    with pytest.raises(PolicyError) as caught:
        load_policy(name)
    assert caught.value.problems == ("There is no policy of this name. There is: nasm-cpt.",)


def test_an_unknown_policy_name_is_refused_with_the_list_of_known_names(monkeypatch):
    monkeypatch.setattr(load, "_FOLDER", HERE / "policies")
    with pytest.raises(PolicyError, match=r"There is: harbor-massage, summit-guides\.$"):
        load_policy("another")


@pytest.mark.parametrize(
    "name", ["opens_on", "expires_on", "completion_deadline", "last_day_to_apply", "next_cycle"]
)
def test_a_policy_cannot_name_its_own_date_like_a_standard_date(name: str, tmp_path: Path):
    text = NASM.replace('last_day_name = "late_until"', f'last_day_name = "{name}"')
    assert problems_of(text, tmp_path) == (f"{V}.tiers: the last_day_name {name} is taken.",)


def test_validation_tries_every_day_of_leap_years_common_years_and_2100_as_expiration_date():
    days = [day.isoformat() for day in tried_days()]
    assert len(set(days)) == len(days) == 8 * 365 + 2 + 3 * 365
    assert (days[0], days[8 * 365 + 1], days[8 * 365 + 2], days[-1]) == (
        "2023-01-01", "2030-12-31", "2099-01-01", "2101-12-31",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("through", "after", "first_days"),
    [
        ("E + 90 days", "E + 3 months", ["2023-01-31", "2023-03-01"]),
        ("E + 90 days", "S + 27 months", ["2023-01-01"]),
        ("E + 1 full month", "E + 1 month", ["2023-01-29"]),
        ("E + 100 days", "E + 3 month ends", ["2023-01-01", "2023-01-21"]),
    ],
)
def test_the_days_that_stand_for_all_meet_each_problem_on_the_same_first_day(
    through: str, after: str, first_days: list[str], tmp_path: Path, monkeypatch
):
    text = NASM.replace('through = "E + 90 days"', f'through = "{through}"')
    path = tmp_path / "body.toml"
    path.write_text(text.replace('after = "E + 90 days"', f'after = "{after}"'), "utf-8")
    policy = read_policy(path)
    problems = check_policy(policy, texts=False)
    monkeypatch.setattr(check, "_days_that_differ", lambda version: tried_days())
    assert problems == check_policy(policy, texts=False)
    assert [problem.rpartition("E = ")[2] for problem in problems] == [f"{day})." for day in first_days]


@pytest.mark.parametrize(("old", "new"), ALLOWED)
def test_a_policy_with_values_at_their_limits_is_accepted(old: str, new: str, tmp_path: Path):
    assert old in NASM
    path = tmp_path / "body.toml"
    path.write_text(NASM.replace(old, new, 1), "utf-8")
    assert load_policy_file(path).code == "nasm-cpt"


def test_a_policy_file_is_loaded_only_once():
    assert load_policy("nasm-cpt") is load_policy("nasm-cpt")
