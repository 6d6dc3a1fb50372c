"""Figures have dates: what a new version changes, from when, and what the windows of a cycle make of it (Q14)."""

from datetime import date

import pytest

from rules.cycle import period_ending
from rules.facts import Facts
from rules.policy.load import load_policy, load_policy_file
from rules.policy.model import Policy
from rules.policy.parse import read_policy
from rules.standing import assess
from tests.rules.cases import SAMPLE_POLICY, policy_named

NASM = SAMPLE_POLICY.read_text("utf-8")
FEES = NASM[NASM.index("[[versions.fees]]") : NASM.index("[versions.not_yet]")]
TIERS = NASM[NASM.index("[versions.not_yet]") : NASM.index("# --- The work around")]
ONE_TIER = (
    TIERS[: TIERS.index('[[versions.tiers]]\ncode = "late"')] + TIERS[TIERS.index("[versions.no_longer]") :]
)
E = date(2026, 6, 30)


@pytest.fixture
def with_later(tmp_path):
    """`with_later(text)` is the sample policy with another `[[versions]]` table at its end."""

    def load(later: str) -> Policy:
        path = tmp_path / "later.toml"
        path.write_text(f"{NASM}\n[[versions]]\n{later}", "utf-8")
        return load_policy_file(path, texts=False)  # these versions change days and amounts, not words

    return load


def windows(policy: Policy, on: date = E) -> list[tuple[str, str, str, int]]:
    found = assess(Facts(E), on, policy).windows
    return [
        (one.tier, one.first_on.isoformat(), one.last_on.isoformat(), one.fees.total_cents) for one in found
    ]


def test_a_policy_version_is_in_force_from_its_first_day_on():
    guides = policy_named("summit-guides")
    first, second = guides.versions
    assert guides.version_on(date(2015, 6, 1)) is first
    assert guides.version_on(date(2026, 12, 31)) is first
    assert guides.version_on(date(2027, 1, 1)) is second
    assert guides.version_on(date(2999, 1, 1)) is second


def test_before_the_first_version_of_a_policy_the_first_one_counts():
    guides = policy_named("summit-guides")
    assert guides.version_on(date(2015, 5, 31)) is guides.versions[0]


def test_a_later_version_inherits_the_figures_that_it_does_not_state():
    first, second = policy_named("summit-guides").versions
    assert (first.total, second.total) == (100, 105)
    assert (first.cycle, second.cycle) == ((1, "years"), (18, "months"))
    assert second.categories == first.categories
    assert second.tiers[0].bounds == first.tiers[0].bounds
    assert [fee.amount_cents for fee in second.tiers[0].fees] == [1200]


def test_a_figure_states_the_first_day_of_the_version_that_set_its_value():
    first, second = policy_named("summit-guides").versions
    since = {figure.key: figure.in_force_from.isoformat() for figure in second.figures()}
    assert {figure.in_force_from.isoformat() for figure in first.figures()} == {"2015-06-01"}
    changed = {key for key, day in since.items() if day == "2027-01-01"}
    assert changed == {"cycle", "total", "fee_badge"}
    assert {since[key] for key in since.keys() - changed} == {"2015-06-01"}


def test_an_interpretation_quotes_the_figure_of_its_own_policy_version():
    assert [version.readings[0].text for version in policy_named("summit-guides").versions] == [
        "USD 10.",
        "USD 12.",
    ]


def test_a_price_that_changes_within_a_window_splits_it_in_two(with_later):
    later = "in_force_from = 2026-03-01\n" + FEES.replace('"99.00"', '"109.00"')
    assert windows(with_later(later)) == [
        ("on_time", "2026-01-01", "2026-02-28", 9900),
        ("on_time", "2026-03-01", "2026-06-30", 10900),
        ("late", "2026-07-01", "2026-09-28", 13900),
        ("additional", "2026-09-29", "2027-06-29", 15900),
    ]


def test_a_price_that_changes_on_the_second_day_of_a_window_leaves_its_first_day_at_the_old_price(with_later):
    later = "in_force_from = 2026-01-02\n" + FEES.replace('"99.00"', '"109.00"')
    assert windows(with_later(later))[:2] == [
        ("on_time", "2026-01-01", "2026-01-01", 9900),
        ("on_time", "2026-01-02", "2026-06-30", 10900),
    ]


def test_a_price_that_changes_on_the_first_day_of_a_window_does_not_split_it(with_later):
    later = "in_force_from = 2026-07-01\n" + FEES.replace('"30.00"', '"35.00"')
    assert windows(with_later(later)) == [
        ("on_time", "2026-01-01", "2026-06-30", 9900),
        ("late", "2026-07-01", "2026-09-28", 13400),
        ("additional", "2026-09-29", "2027-06-29", 15400),
    ]


def test_a_cycle_computed_from_its_last_day_may_begin_on_the_first_day_of_a_version(with_later):
    cycle = '[versions.cycle]\nlength = "1 year"\nlabel = "Cycle"\nclause = "S1"\ntext = "A year."'
    policy = with_later(f"in_force_from = 2026-07-01\n{cycle}\n")
    starts = [period_ending(policy, None, day).starts_on for day in (date(2027, 6, 29), date(2027, 6, 30))]
    assert starts == [date(2025, 6, 30), date(2026, 7, 1)]


def test_a_version_that_changes_no_price_leaves_the_windows_unchanged(with_later):
    assert windows(with_later("in_force_from = 2026-03-01")) == windows(load_policy())


def test_before_the_window_opens_the_price_comes_from_the_version_in_force_that_day(with_later):
    policy = with_later("in_force_from = 2025-12-15\n" + FEES.replace('"99.00"', '"109.00"'))
    prices = [
        assess(Facts(E), day, policy).fees.total_cents for day in (date(2025, 12, 14), date(2025, 12, 15))
    ]
    assert prices == [9900, 10900]


def test_a_window_shortened_by_a_later_version_ends_on_that_versions_day(with_later):
    later = "in_force_from = 2026-08-01\n" + TIERS.replace('before = "E + 1 year"', 'before = "E + 6 months"')
    policy = with_later(later)
    assert windows(policy)[-1] == ("additional", "2026-09-29", "2026-12-29", 14900)
    assert assess(Facts(E), date(2026, 12, 30), policy).tier == "closed"
    assert assess(Facts(E), date(2026, 12, 30), policy).status == "terminated"
    assert assess(Facts(E), date(2026, 12, 29), policy).status == "expired"


def test_a_window_reopened_by_a_later_version_is_closed_in_between(with_later):
    later = "in_force_from = 2027-08-01\n" + TIERS.replace('before = "E + 1 year"', 'before = "E + 2 years"')
    policy = with_later(later)
    assert windows(policy)[-2:] == [
        ("additional", "2026-09-29", "2027-06-29", 14900),
        ("additional", "2027-08-01", "2028-06-29", 14900),
    ]
    between = assess(Facts(E), date(2027, 7, 1), policy)
    assert (between.tier, between.status, between.accepts_application) == ("not_open", "expired", False)
    assert "You can renew from August 1, 2027." in [one.text for one in between.explanations]
    assert dict(between.dates.named)["late_until"] == date(2026, 9, 28)


def test_without_any_open_window_the_policy_version_of_the_day_of_receipt_gives_the_windows(
    tmp_path,
):
    after_e = ONE_TIER.replace(
        'from = "E - 180 days"\nthrough = "E"', 'from = "E + 10 days"\nthrough = "E + 20 days"'
    )
    path = tmp_path / "moved.toml"
    path.write_text(
        f"{NASM.replace(TIERS, after_e)}\n[[versions]]\nin_force_from = 2026-07-01\n{ONE_TIER}", "utf-8"
    )
    policy = read_policy(path)
    before, after = assess(Facts(E), E, policy), assess(Facts(E), date(2026, 7, 1), policy)
    assert (before.tier, before.dates.opens_on, before.status) == ("not_open", date(2026, 7, 10), "active")
    assert (after.tier, after.dates.opens_on, after.status) == ("closed", date(2026, 1, 1), "terminated")


def test_a_window_that_would_begin_after_its_end_in_a_short_cycle_is_never_open(tmp_path):
    one_tier = ONE_TIER.replace('from = "E - 180 days"', 'from = "S + 1 year"')
    path = tmp_path / "short.toml"
    path.write_text(NASM.replace(TIERS, one_tier), "utf-8")
    short = Facts(E, date(2026, 1, 1))
    policy = read_policy(path)
    found = [
        assess(short, date(2026, 12, 31), policy),
        assess(short, date(2027, 1, 1), policy),
        assess(short, date(2027, 1, 2), policy),
    ]
    assert [(one.tier, one.accepts_application) for one in found] == [
        ("not_open", False),
        ("closed", False),
        ("closed", False),
    ]


def test_a_later_version_may_renumber_its_clauses(with_later):
    body = NASM[NASM.index("[versions.cycle]") :].replace('"S6"', '"S6a"')
    policy = with_later(f"in_force_from = 2027-01-01\n{body}")
    assert [version.tiers[1].clause for version in policy.versions] == ["S6", "S6a"]
