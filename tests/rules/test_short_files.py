"""Policy files that are based on another: how they are merged, and why they are refused."""

import re
from datetime import date
from pathlib import Path

import pytest

from rules.policy.load import load_policy, load_policy_file
from rules.policy.parse import PolicyError, read_policy
from tests.rules.cases import HERE, ask
from tests.rules.making import HEAD, PLAIN, made

DOCS = Path(__file__).parent.parent.parent / "docs" / "policy-format.md"
V = "versions[2000-01-01]"


def problems_of(tmp_path: Path, version: str = "", plain: str = PLAIN, head: str = "") -> str:
    path = tmp_path / "made.toml"
    path.write_text(f"{HEAD}{head}\n[[versions]]\n{plain}{version}", "utf-8")
    with pytest.raises(PolicyError) as caught:
        load_policy_file(path)
    return "\n".join(caught.value.problems)


def test_the_complete_example_file_in_the_policy_manual_is_a_valid_policy(tmp_path: Path):
    text = DOCS.read_text("utf-8") if DOCS.exists() else None
    if text is None:
        return  # the mutation campaign has the rules alone
    found = re.search(r"\n\n((?:    .*\n|\n)+)", text[text.index("## A whole file") :])
    assert found
    path = tmp_path / "harbor-trainer.toml"
    path.write_text("\n".join(line[4:] for line in found[1].splitlines()), "utf-8")
    policy = load_policy_file(path)
    figures = {one.key: one.text for one in policy.versions[0].figures()}
    assert figures["minimum_law"] == "2 hours are about law."
    assert figures["total"] == "hours in a cycle: 20 hours."
    question = {"as_of": "2026-07-01", "cycle": {"expires_on": "2026-06-30"}, "records": [], "member": True}
    assert ask(question, policy)["fees"]["total"] == "109.00"


def test_a_policy_file_based_on_another_changes_or_removes_a_row_by_its_code():
    policy = made(
        'categories = [{ code = "education", remove = true }, { code = "practice" }]\n'
        'tiers = [{ code = "on_time", after = "E - 30 days" }]\nvalues = { audit_days = { value = 12 } }\n'
    )
    version = policy.versions[0]
    assert [one.code for one in version.categories] == ["practice"]
    assert [fee.code for fee in version.tiers[0].fees] == ["renewal"]
    assert (version.audit_days, version.correction_days) == (12, 30)


def test_a_later_version_of_a_short_file_changes_rows_by_their_code():
    later = '\n[[versions]]\nin_force_from = 2026-01-01\nfees = [{ code = "renewal", amount = "120.00" }]\n'
    policy = made('categories = [{ code = "practice" }]\n' + later)
    assert [one.code for one in policy.versions[1].categories] == ["education", "practice"]
    assert policy.versions[1].fees[0].amount_cents == 12_000
    assert policy.versions[1].fees[0].label == "Renewal fee"


def test_a_policy_file_can_be_based_on_one_that_comes_with_the_portal(tmp_path: Path):
    path = tmp_path / "twin.toml"
    path.write_text(
        'format = 1\nbased_on = "nasm-cpt"\ncode = "twin"\n[[versions]]\nin_force_from = 2000-01-01\n',
        "utf-8",
    )
    twin, own = load_policy_file(path).versions[0], load_policy().versions[0]
    assert (twin.tiers, twin.fees, twin.total, twin.figures()) == (
        own.tiers,
        own.fees,
        own.total,
        own.figures(),
    )


@pytest.mark.parametrize(
    ("version", "problem"),
    [
        ('limits = [{ code = "x", minimum = { value = "3" }, maximum = { value = "2" } }]', f"{V}.limits[x].minimum: it is more than the maximum"),
        ('limits = [{ code = "x", minimum = { value = "21" } }]', f"{V}.limits[x].minimum: 21 credits are more than the total"),
        ('limits = [{ code = "x", per = "year", minimum = { value = "11" } }]', f"{V}.limits[x].minimum: 22 credits are more"),
        ('limits = [{ code = "x", maximum = { value = "19" } }]', f"{V}.total: 20 credits can never be met; 19 credits"),
        ('formats = ["live"]\nlimits = [{ code = "x", over = { formats = ["live"] }, minimum = { value = "5" } }, { code = "y", over = { formats = ["live"] }, maximum = { value = "4" } }]', f"{V}.limits[x].minimum: 5 credits can never be met"),
        ('limits = [{ code = "x" }]', f"{V}.limits[x].minimum: is missing; give a minimum"),
        ('limits = [{ code = "x", over = { topics = ["law"] }, minimum = { value = "1" } }]\ntopics = ["safety"]', f"{V}.limits[x].over.topics: law is not known; there is: safety."),
        ('limits = [{ code = "x", over = {}, minimum = { value = "1" } }]', f"{V}.limits[x].over.categories: is missing"),
        ('limits = [{ code = "total", minimum = { value = "1" } }]', f"{V}.needs: the code total stands for more than one"),
        ('cards = [{ code = "x" }]\nlimits = [{ code = "x", minimum = { value = "1" } }]', f"{V}.needs: the code x stands for more than one"),
        ('limits = [{ code = "x", minimum = { value = "1" }, when = { short = true } }]', f"{V}.limits[x].when.short: cannot be asked here"),
        ('limits = [{ code = "x", minimum = { value = "1" }, when = { tier = ["tardy"] } }]', f"{V}.limits[x].when.tier: tardy is not known; there is: on_time."),
        ('limits = [{ code = "x", minimum = { value = "1" }, when = {} }]', f"{V}.limits[x].when: must not be empty."),
        ('limits = [{ code = "x", minimum = { value = "1" }, when = { age_from = 9, age_through = 8 } }]', f"{V}.limits[x].when.age_from: is after age_through: nobody fits."),
        ('limits = [{ code = "x", minimum = { value = "1" }, when = { fact = { exam = true } } }]', f"{V}.limits[x].when.fact.exam: there is no fact of this code"),
        ('tiers = [{ code = "back", after = "E", through = "E + 1 day", in_place_of = ["renewal"] }]', f"{V}.tiers[back]: it costs $0, less than $100 of on_time"),
        ('tiers = [{ code = "back", after = "E + 1 day", through = "E + 2 days" }]', f"{V}.tiers[back] gap: no window has the days from 2023-01-02"),
        ('tiers = [{ code = "a", after = "E", through = "E + 9 days", when = { renewal_through = 1 } }, { code = "b", after = "E + 9 days", through = "E + 19 days" }]', f"{V}.tiers[b] gap: no window has the days from 2023-01-02"),
        ('earning = { through = "E + 1 day" }', f"{V}.earning: courses count through 2023-01-02, after 2023-01-01"),
        ('acts = [{ code = "plea", from = "S", through = "E + 1 day" }]', f"{V}.acts[plea]: it is open through 2023-01-02, after"),
        ('dues = [{ code = "x", amount = "5.00", first = "E + 1 day" }]', f"{V}.dues[x].first: 2023-01-02 is not in the cycle"),
        ('several = { ranks = ["low", "high"], highest_renews_lower = true }', f"{V}.several.ranks: made itself is not among them."),
        ('paths = [{ code = "exam", adds = ["exam"] }]', f"{V}.paths[exam].adds: exam is not known; there is: renewal."),
        ('cycle = { ends = "fixed" }', f"{V}.cycle.fixed_days: are for ends"),
        ('cycle = { ends = "fixed", fixed_days = ["02-30"] }', f"{V}.cycle.fixed_days: must be days such as"),
        ('needs = [{ code = "x", fact = "exam" }]', f"{V}.needs[x].fact: there is no fact exam"),
        ('cycle = { text = "You renew every 3 years." }', f"{V}.cycle.text: the text says 3, and the value is 2 years."),
        ('conversions = [{ code = "x", worth = "many" }]', f"{V}.conversions[x].worth: must be a number in quotes"),
    ],
)  # fmt: skip
def test_a_short_policy_file_with_a_contradiction_is_refused_with_the_key_and_the_problem(
    version, problem, tmp_path: Path
):
    assert problem in problems_of(tmp_path, version)


def test_a_fee_that_no_tier_and_no_path_adds_is_refused_and_one_that_a_path_adds_is_not(tmp_path: Path):
    plain = PLAIN.replace(" }]", ' }, { code = "spare", amount = "1.00" }]')
    assert problems_of(tmp_path, plain=plain) == f"{V}.fees[spare]: no tier and no path adds it."
    assert made('paths = [{ code = "x", adds = ["spare"] }]\n', plain=plain).wide


def test_an_unusual_tier_that_the_policy_file_marks_as_intended_is_not_refused():
    policy = made(
        'tiers = [{ code = "back", after = "E + 1 day", through = "E + 2 days", in_place_of = ["renewal"],'
        " cheaper = true, after_gap = true }]\n"
    )
    assert [one.code for one in policy.versions[0].tiers] == ["on_time", "back"]


def test_tiers_for_first_and_for_later_renewals_with_the_same_days_are_accepted_as_one_window():
    policy = made(
        'tiers = [{ code = "first", after = "E", through = "E + 9 days", when = { renewal_through = 1 } },'
        ' { code = "again", after = "E", through = "E + 9 days", when = { renewal_from = 2 } }]\n'
    )
    question = {"as_of": "2026-07-01", "cycle": {"expires_on": "2026-06-30", "number": 2}, "records": []}
    assert ask(question, policy)["tier"] == "again"


@pytest.mark.parametrize(
    "fact", ["exam = true", 'region = "north"', 'region = ["north", "south"]', "hours = 9"]
)
def test_a_tier_for_people_with_an_answer_to_a_question_of_the_policy_is_accepted(fact):
    facts = (
        'facts = [{ code = "exam", kind = "yes_no" }, { code = "hours", kind = "number" },'
        ' { code = "region", kind = "choice", choices = ["north", "south"] }]\n'
    )
    late = f'{{ code = "late", after = "E", through = "E + 9 days", when = {{ fact = {{ {fact} }} }} }}'
    assert [one.code for one in made(f"tiers = [{late}]\n", facts).versions[0].tiers] == ["on_time", "late"]


@pytest.mark.parametrize(("name", "shown"), [('"nowhere"', "'nowhere'"), ('"made"', "'made'"), ("5", "5")])
def test_a_policy_file_based_on_a_file_that_does_not_exist_is_refused(name: str, shown: str, tmp_path: Path):
    path = tmp_path / "made.toml"
    path.write_text(HEAD.replace('"ordinary"', name), "utf-8")
    with pytest.raises(PolicyError) as caught:
        load_policy_file(path)
    assert caught.value.problems == (f"based_on: there is no file {shown} to build on.",)


def chain_of(count: int, folder: Path) -> Path:
    """Return the first of `count` files, each based on the next one, and the last on the ordinary base."""
    for number in range(count):
        below = "ordinary" if number == count - 1 else f"made{number + 1}"
        text = HEAD.replace('"ordinary"', f'"{below}"') + "[[versions]]\n" + (PLAIN if not number else "")
        (folder / f"made{number}.toml").write_text(text, "utf-8")
    return folder / "made0.toml"


def test_six_files_can_be_based_on_one_another_and_a_seventh_is_refused(tmp_path: Path):
    assert read_policy(chain_of(6, tmp_path)).versions[0].fees[0].amount_cents == 100_00
    with pytest.raises(PolicyError) as caught:
        read_policy(chain_of(7, tmp_path))
    assert caught.value.file == str(tmp_path / "made6.toml")
    assert caught.value.problems == ("based_on: there is no file 'ordinary' to build on.",)


TWO_VERSIONS = (
    f"{HEAD}[[versions]]\n{PLAIN}values = {{ audit_days = {{ value = 12 }} }}\n"
    "[[versions]]\nin_force_from = 2026-01-01\nvalues = { correction_days = { value = 20 } }\n"
)


def test_a_file_based_on_a_short_one_of_two_versions_begins_with_all_that_both_state(tmp_path: Path):
    (tmp_path / "below.toml").write_text(TWO_VERSIONS, "utf-8")
    path = tmp_path / "made.toml"
    path.write_text(HEAD.replace("ordinary", "below") + "[[versions]]\nin_force_from = 2027-01-01\n", "utf-8")
    (version,) = read_policy(path).versions
    assert version.in_force_from == date(2027, 1, 1)
    assert (version.audit_days, version.correction_days, version.fees[0].amount_cents) == (12, 20, 100_00)


def test_a_file_based_on_a_long_one_of_two_versions_begins_with_the_tables_of_the_later_one(tmp_path: Path):
    more = (
        '[[versions.fees]]\ncode = "more"\nlabel = "More"\namount = "1.00"\nclause = "b"\ntext = "More."\n'
        'explain = "More."\n\n[[versions.tiers]]'
    )
    below = (HERE / "policies" / "summit-guides.toml").read_text("utf-8")
    (tmp_path / "below.toml").write_text(below.replace("[[versions.tiers]]", more, 1), "utf-8")
    path = tmp_path / "made.toml"
    path.write_text(HEAD.replace("ordinary", "below") + "[[versions]]\nin_force_from = 2028-01-01\n", "utf-8")
    (version,) = read_policy(path).versions
    assert [one.code for one in version.fees] == ["badge"]


def test_the_first_version_of_a_short_file_does_not_inherit_the_day_of_its_base():
    with pytest.raises(PolicyError) as caught:
        made(plain=PLAIN.partition("\n")[2])
    assert caught.value.problems == (
        "versions[1].in_force_from: is missing; it must be a date such as 2027-01-01, without quotes.",
    )


def test_a_row_that_removes_what_is_not_there_is_refused_by_its_code(tmp_path: Path):
    found = problems_of(tmp_path, 'cards = [{ code = "cpr", remove = true }]\n')
    assert found == f"{V}.cards[cpr].remove: there is no such row to remove."


def test_a_base_whose_name_is_too_long_for_a_file_is_refused_in_a_sentence(tmp_path: Path):
    path = tmp_path / "made.toml"
    path.write_text(f'format = 1\nbased_on = "{"a" * 5000}"\n', "utf-8")
    with pytest.raises(PolicyError, match="based_on: there is no file 'aaa"):
        load_policy_file(path)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Each year $5 is due.", False),
        ("Each year {value} is due.", False),
        ("Each year USD 5 is due.", False),
        ("Each year 5 dollars are due.", False),
        ("Each year $7 is due.", True),
        ("Each year USD 7 is due.", True),
        ("Each year 7 dollars are due.", True),
        ("Each year €7 is due.", True),
        ("By 31 January of each year.", False),
    ],
)
def test_a_due_whose_text_names_another_amount_in_any_words_for_money_is_refused(tmp_path, text, refused):
    version = f'dues = [{{ code = "x", amount = "5.00", first = "E", text = "{text}" }}]\n'
    if refused:
        expected = f"{V}.dues[x].text: the text says 7, and the value is $5."
        assert problems_of(tmp_path, version) == expected
    else:
        assert "$5" in next(one.value for one in made(version).versions[0].stated if one.key == "due_x")
