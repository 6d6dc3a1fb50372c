"""The bench for policy files: a starter, the check with its lines, the page, differences, and whom a file touches."""

import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.test import override_settings

from rules.days import FOR_LIFE_THROUGH
from rules.policy.load import load_policy, load_policy_file, policy_path, use_policies_in
from rules.policy.parse import PolicyError
from staff.policy.files import lines_of_keys
from staff.policy.impact import impact_of
from tests import factories
from tests.bodies import let_follow
from tests.hardship.scenes import granted
from tests.staff.policy_files import bench
from tests.throwaway import ROOT

NASM = (ROOT / "rules" / "policy" / "policies" / "nasm-cpt.toml").read_text()
PRICE = 'total = { value = "2.0" }\nfees = [{ code = "renewal", amount = "80.00" }]\n'
FOLDER = ROOT / "tests" / "rules" / "policies"


@pytest.fixture
def dearer(tmp_path) -> Path:
    """The sample policy, whose renewal costs $109 and which needs 2.1 CEUs, as from its beginning."""
    path = tmp_path / "nasm-cpt.toml"
    path.write_text(
        NASM.replace('amount = "99.00"', 'amount = "109.00"')
        .replace('value = "2.0"', 'value = "2.1"', 1)
        .replace("You need 2.0 approved CEUs", "You need 2.1 approved CEUs")
    )
    return path


def test_a_new_policy_file_keeps_quotes_in_its_title(tmp_path):
    bench("new", "guides", '--title=The "Best" \\ Guide', f"--folder={tmp_path}")
    assert load_policy_file(tmp_path / "guides.toml").title == 'The "Best" \\ Guide'


@pytest.mark.parametrize("code", ["River", "river_guides", "../guides", "9lives"])
def test_a_new_policy_file_under_a_name_that_is_no_code_is_refused_and_nothing_written(tmp_path, code):
    with pytest.raises(CommandError, match="A code is lower-case letters, digits and hyphens"):
        bench("new", code, f"--folder={tmp_path / 'deep'}")
    assert list(tmp_path.iterdir()) == []


def test_a_new_policy_file_passes_its_check_and_replaces_no_file(starter):
    policy = load_policy_file(starter)
    assert len(starter.read_text().splitlines()) <= 32
    assert (policy.title, policy.unit.plural, policy.versions[0].total) == ("River Guide", "points", 200)
    assert (policy.holder.singular, policy.holder.plural) == ("guide", "guides")
    assert bench("check", str(starter)) == f"{starter}: OK, 1 version\n"
    with pytest.raises(CommandError, match="is there already"):
        bench("new", "river-guides", f"--folder={starter.parent}")


def test_the_policy_check_prints_every_problem_of_a_file_with_its_line(starter):
    wrong = starter.read_text().replace('value = "20"', 'value = "20.3"').replace('"80.00"', '"eighty"')
    starter.write_text(wrong)
    out = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("policy", "check", str(starter), stdout=out)
    told = [line.removeprefix(f"{starter}:").partition(": ")[:3:2] for line in out.getvalue().splitlines()]
    lines = wrong.splitlines()
    assert refused.value.returncode == 2
    assert [lines[int(number) - 1].split()[0] for number, _ in told] == ["total", "{"]
    assert told[0][1].startswith("versions[2020-01-01].total.value: must be more than 0")


def test_the_policy_check_refuses_a_file_that_is_not_toml_with_the_line_of_the_mistake(starter):
    starter.write_text(starter.read_text().replace("format = 1", "format = = 1"))
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("policy", "check", str(starter), stdout=out)
    assert out.getvalue().startswith(f"{starter}:4: The file is not TOML")


def test_the_policy_check_refuses_a_file_whose_name_is_not_its_code(starter):
    other = starter.rename(starter.with_name("guides.toml"))
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("policy", "check", str(other), stdout=out)
    assert "the file must be called river-guides.toml" in out.getvalue()
    use_policies_in(other.parent)
    try:
        with pytest.raises(PolicyError, match=r"must be called river-guides\.toml"):
            load_policy("guides")
    finally:
        use_policies_in(None)


def test_a_policy_in_the_operators_folder_replaces_the_one_of_the_same_name_in_the_software(dearer):
    use_policies_in(dearer.parent)
    try:
        assert load_policy("nasm-cpt").versions[0].fees[0].amount_cents == 10900
        assert policy_path("nasm-cpt") == dearer
    finally:
        use_policies_in(None)
    assert load_policy("nasm-cpt").versions[0].fees[0].amount_cents == 9900


def test_the_policy_show_command_prints_the_windows_figures_and_clauses_of_a_file():
    told = bench("show", str(FOLDER / "harbor-massage.toml"), "--on=2027-03-02")
    assert "You renew every three years with 45 hours. It costs €80.55 when you are on time." in told
    assert "  Regular: March 30, 2027 through June 30, 2027, €80.55 (3)" in told
    assert "  Usual fee: €80.50 (4). Renewal costs this." in told
    assert "  1. A licence lasts three years." in told


def test_the_policy_difference_command_describes_each_change_in_a_sentence(dearer):
    told = bench("diff", "nasm-cpt", str(dearer)).splitlines()
    assert told[0] == "In force from January 1, 2000."
    assert "Renewal fee becomes $109; it was $99 (Q6)." in told
    assert "CEUs in a cycle becomes 2.1 CEUs; it was 2.0 CEUs (S2)." in told
    assert told[3:] == ["Q6 says something else."]  # it names the fee


def test_the_difference_command_with_one_policy_file_compares_its_last_two_versions():
    told = bench("diff", str(FOLDER / "summit-guides.toml")).splitlines()
    assert told[0] == "In force from January 1, 2027."
    assert {
        "Season becomes 18 months; it was 12 months (a).",
        "Points becomes 105 points; it was 100 points (a).",
    } < {*told}


@pytest.mark.django_db
def test_a_policys_impact_counts_only_the_affected_trainers_grouped_by_what_changes_for_them(
    ready, drew, stranger, clock_at, dearer
):
    clock_at("2027-03-02")
    found = impact_of(load_policy("nasm-cpt"), load_policy_file(dearer), today=date(2027, 3, 2))
    assert (found.asked, found.touched) == (3, 3)
    assert found.counts == {"Pay more": 3, "Need more": 3, "Ready to renew now, and no longer then": 1}
    assert found.sentences()[0] == "On March 2, 2027 people who can still renew: 3. Something changes for: 3."


@pytest.mark.django_db
def test_an_impact_leaves_out_who_is_certified_for_life(ready, drew, stranger, clock_at, dearer):
    clock_at("2027-03-02")
    days = dict.fromkeys(
        ("expires_on", "opens_on", "completion_deadline", "last_day_to_apply"), FOR_LIFE_THROUGH
    )
    factories.CycleFactory(
        credential=factories.CredentialFactory(), starts_on=date(2023, 6, 30), remind_on=None, **days
    )
    found = impact_of(load_policy("nasm-cpt"), load_policy_file(dearer), today=date(2027, 3, 2))
    assert (found.asked, found.touched) == (3, 3)


@pytest.mark.django_db
def test_an_impact_counts_whose_last_day_to_apply_was_moved_or_is_later_under_the_other_policy(
    jordan, drew, stranger, lead, clock_at, tmp_path
):
    clock_at("2028-04-01")  # Jordan could apply through March 13, 2028, and Drew through June 29, 2027
    live = load_policy("nasm-cpt")
    path = tmp_path / "nasm-cpt.toml"
    path.write_text(NASM.replace('amount = "99.00"', 'amount = "109.00"'))
    dearer, today = load_policy_file(path), date(2028, 4, 1)
    assert impact_of(live, dearer, today=today).asked == 1
    granted(drew, lead, what="application", through=date(2028, 5, 1))
    assert impact_of(live, dearer, today=today).asked == 2
    path.write_text(
        NASM.replace('"E + 1 year"', '"E + 18 months"').replace("before one year", "before 18 months")
    )
    longer = impact_of(live, load_policy_file(path), today=today)
    assert (longer.asked, longer.counts) == (3, {"Have a later last day to apply": 2, "Pay more": 1})


@pytest.mark.django_db
def test_the_impact_of_a_policy_with_equal_rules_counts_nobody(ready, clock_at):
    policy = load_policy("nasm-cpt")
    assert impact_of(policy, policy, today=date(2027, 3, 2)).touched == 0


@pytest.mark.django_db
def test_the_impact_of_a_file_in_another_unit_is_refused():
    with pytest.raises(CommandError, match="counts in hours and nasm-cpt in CEUs"):
        bench("impact", str(FOLDER / "harbor-massage.toml"))


@pytest.mark.django_db
def test_the_impact_of_a_file_is_counted_over_those_who_follow_the_policy_that_it_replaces(
    jordan, stranger, follow_body, clock_at
):
    clock_at("2027-03-02")
    let_follow(jordan.credentials.get(), follow_body(PRICE))
    live = policy_path("body")
    other = live.parent / "dearer" / "body.toml"
    other.parent.mkdir()
    other.write_text(live.read_text().replace("80.00", "95.00"))
    with override_settings(PORTAL_POLICY="nasm-cpt"):
        told = bench("impact", str(other))
    assert told.splitlines() == [
        "On March 2, 2027 people who can still renew: 1. Something changes for: 1.",
        "Pay more: 1.",
    ]
    with pytest.raises(CommandError, match="There is no policy “unknown”"):
        bench("impact", str(other), "--of=unknown")


@pytest.mark.django_db
def test_the_database_refuses_a_write_while_an_impact_is_counted(ready, monkeypatch, dearer):
    from recert.management.commands import policy as command

    monkeypatch.setattr(command, "impact_of", lambda *_, **__: ready.__class__.objects.update(name="X"))
    with pytest.raises(DatabaseError):
        bench("impact", str(dearer))


def test_the_line_of_each_policy_key_is_found_by_the_name_that_error_messages_use():
    lines = lines_of_keys(NASM)
    written = NASM.splitlines()
    path = "versions[2000-01-01].fees[late].amount"
    assert written[lines[path] - 1] == 'amount = "30.00"'
    assert re.match(
        r'value = "0.1"', written[lines["versions[2000-01-01].categories[cpr_aed].minimum.value"] - 1]
    )


SHORT = """\
format = 1
based_on = "ordinary"
code = "lake-guide"
title = "Lake Guide"

[[versions]]
in_force_from = 2020-01-01
total = { value = "20" }
limits = [
    { code = "law", minimum = { value = "2" } },  # two of law
    { code = "talks", maximum = { value = "two" } },
]
fees = [{ code = "renewal", amount = "99" }, { code = "late", amount = "thirty" }]
cards = [
    { code = "cpr", ends = 1 },
]

[[versions.tiers]]
code = "late"
after = "E + 3 days"
through = "E + 90 days"
adds = ["late"]
"""
READABLE = SHORT.replace('"two"', '"30"').replace('"thirty"', '"30"').replace(", ends = 1", "")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (SHORT, ["11", "13", "15"]),
        (SHORT.replace('"two"', '"30"'), ["13", "15"]),
        (READABLE, ["18"]),
        (READABLE.replace("E + 3 days", "E").replace('value = "20"', 'value = "1"'), ["10"]),
    ],
)
def test_the_check_of_a_short_file_names_the_line_of_the_row_that_is_wrong(tmp_path, text, lines):
    path = tmp_path / "lake-guide.toml"
    path.write_text(text)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("policy", "check", str(path), stdout=out)
    told = [line.removeprefix(f"{path}:").partition(":")[0] for line in out.getvalue().splitlines()]
    assert told == lines, out.getvalue()
