"""Which completions an application claims (Q9): what counts of the cycle, and after E only what is needed."""

from datetime import date

import pytest

from rules.facts import Facts, RecordFact
from rules.policy.load import load_policy
from rules.policy.parse import read_policy
from rules.standing import assess
from tests.rules.cases import SAMPLE_POLICY

E = date(2026, 6, 30)
NASM = SAMPLE_POLICY.read_text("utf-8")
CPR = RecordFact("cpr", "cpr_aed", 10, date(2025, 5, 1))


def education(name: str, ceus: int, completed_on: date, course: str | None = None) -> RecordFact:
    return RecordFact(name, "education", ceus, completed_on, course=course)


def claimed(*records: RecordFact) -> tuple[str, ...]:
    """What an application received on 2026-09-01 would claim."""
    return assess(Facts(E, date(2024, 7, 1), records=records), date(2026, 9, 1), load_policy()).claims


def test_every_record_that_counts_in_the_cycle_is_claimed_in_order_of_completion():
    late, early = education("a", 190, date(2026, 6, 30)), education("b", 150, date(2024, 7, 1))
    assert claimed(late, CPR, early) == ("b", "cpr", "a")


def test_a_record_completed_after_the_expiration_date_and_not_needed_for_the_total_is_not_claimed():
    assert claimed(CPR, education("a", 190, date(2025, 1, 1)), education("x", 50, date(2026, 7, 1))) == (
        "a",
        "cpr",
    )


def test_a_needed_record_completed_on_the_day_after_the_expiration_date_is_claimed():
    assert claimed(CPR, education("a", 189, date(2025, 1, 1)), education("x", 50, date(2026, 7, 1))) == (
        "a",
        "cpr",
        "x",
    )


def test_a_record_completed_on_the_expiration_date_belongs_to_the_cycle():
    assert claimed(CPR, education("a", 190, date(2025, 1, 1)), education("x", 50, date(2026, 6, 30))) == (
        "a",
        "cpr",
        "x",
    )


def test_after_the_expiration_date_only_the_earliest_records_needed_are_claimed():
    later = [education(name, 10, date(2026, 7, day)) for name, day in (("z", 1), ("y", 2), ("x", 3))]
    assert claimed(*later, CPR, education("a", 170, date(2025, 1, 1))) == ("a", "cpr", "z", "y")


def test_records_completed_on_one_day_are_claimed_in_the_order_of_their_ids():
    later = [education(name, 10, date(2026, 7, 1)) for name in ("z", "y")]
    assert claimed(*later, CPR, education("a", 180, date(2025, 1, 1))) == ("a", "cpr", "y")


def test_a_record_for_a_missing_category_is_claimed_before_one_for_the_total():
    card = RecordFact("card", "cpr_aed", 10, date(2026, 8, 1))
    assert claimed(education("a", 190, date(2025, 1, 1)), education("x", 10, date(2026, 7, 1)), card) == (
        "a",
        "card",
    )


def test_when_a_category_and_the_total_lack_ceus_records_for_both_are_claimed():
    card = RecordFact("card", "cpr_aed", 10, date(2026, 8, 1))
    assert claimed(education("a", 180, date(2025, 1, 1)), education("x", 10, date(2026, 7, 1)), card) == (
        "a",
        "x",
        "card",
    )


def test_a_course_repeated_after_expiration_is_not_claimed_when_its_first_completion_is_enough():
    first, again = (
        education("a", 190, date(2025, 1, 1), "anatomy"),
        education("again", 200, date(2026, 7, 1), "anatomy"),
    )
    assert claimed(CPR, first, again) == ("a", "cpr")


def test_a_needed_repeat_of_a_course_after_expiration_is_claimed_instead_of_its_first_completion():
    first, again = (
        education("a", 100, date(2025, 1, 1), "anatomy"),
        education("again", 190, date(2026, 7, 1), "anatomy"),
    )
    assert claimed(CPR, first, again) == ("cpr", "again")


def test_a_repeated_course_that_adds_no_ceus_is_not_claimed_even_when_ceus_are_missing():
    first, again = (
        education("a", 100, date(2025, 1, 1), "anatomy"),
        education("again", 90, date(2026, 7, 1), "anatomy"),
    )
    assert claimed(CPR, first, again) == ("a", "cpr")


def test_a_record_that_cannot_count_in_the_cycle_is_not_claimed():
    pending = RecordFact("p", "education", 50, date(2025, 2, 1), state="pending")
    too_late = education("l", 50, date(2026, 9, 29))
    over_cap = RecordFact("cap", "cpr_aed", 10, date(2025, 6, 1))
    assert claimed(pending, too_late, over_cap, CPR) == ("cpr",)


def test_a_course_completed_after_the_deadline_leaves_a_complete_trainer_eligible():
    too_late = education("l", 50, date(2026, 9, 29))
    standing = assess(
        Facts(E, date(2024, 7, 1), records=(CPR, education("a", 190, date(2025, 1, 1)), too_late)),
        E,
        load_policy(),
    )
    assert standing.eligible
    assert standing.claims == ("a", "cpr")


@pytest.fixture
def roomy_card(tmp_path):
    """The sample policy, but a card must count 0.01 at least and may count 0.5."""
    text = NASM.replace(
        '[versions.categories.minimum]\nvalue = "0.1"', '[versions.categories.minimum]\nvalue = "0.01"'
    )
    text = text.replace(
        '[versions.categories.maximum]\nvalue = "0.1"', '[versions.categories.maximum]\nvalue = "0.5"'
    )
    (tmp_path / "roomy.toml").write_text(text, "utf-8")
    return read_policy(tmp_path / "roomy.toml")


def test_a_record_completed_on_the_expiration_date_is_claimed_only_once_when_ceus_are_missing():
    assert claimed(education("a", 100, E)) == ("a",)


def test_a_record_claimed_for_a_category_is_not_claimed_again_for_the_total(roomy_card):
    card = RecordFact("card", "cpr_aed", 20, date(2026, 8, 1))
    facts = Facts(E, date(2024, 7, 1), records=(education("a", 170, date(2025, 1, 1)), card))
    assert assess(facts, date(2026, 9, 1), roomy_card).claims == ("a", "card")


def test_a_category_minimum_of_one_hundredth_is_met_by_claiming_a_record(roomy_card):
    card = RecordFact("card", "cpr_aed", 1, date(2026, 8, 1))
    facts = Facts(E, date(2024, 7, 1), records=(education("a", 200, date(2025, 1, 1)), card))
    assert assess(facts, date(2026, 9, 1), roomy_card).claims == ("a", "card")
