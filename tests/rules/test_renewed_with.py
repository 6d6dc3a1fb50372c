"""Whether another credential of the holder renews this one, too: by the ranks and the days of both.

The policy is that of a middle one, "made", whose cycle ends on June 30, 2026.
"""

from datetime import date

import pytest

from rules.facts import Circumstances, Facts, OtherCredential
from rules.policy.model import Policy
from rules.pricing import renewed_with
from tests.rules.making import made

RANKS = 'several = { ranks = ["helper", "made", "master", "grand"], highest_renews_lower = true }\n'
TODAY, ENDS_ON = date(2026, 6, 1), date(2026, 6, 30)


def higher(*also: OtherCredential, policy: Policy | None = None, today: date = TODAY) -> str:
    """Return the code of the one that renews it; "" for none."""
    facts = Facts(ENDS_ON, more=Circumstances(also=also))
    found = renewed_with(facts, policy or made(RANKS), today)
    return found.code if found else ""


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        ((), ""),
        (("helper",), ""),
        (("made",), ""),
        (("stranger",), ""),
        (("helper", "master"), "master"),
        (("grand", "master"), "grand"),
        (("master", "grand", "helper"), "grand"),
    ],
)
def test_the_highest_credential_above_this_one_renews_it(codes, found):
    assert higher(*map(OtherCredential, codes)) == found


@pytest.mark.parametrize(
    ("version", "found"),
    [
        (RANKS, "master"),
        (RANKS.replace(", highest_renews_lower = true", ""), ""),
        ('several = { credits = "shared" }\n', ""),
        ("", ""),
    ],
)
def test_a_higher_credential_renews_this_one_only_where_the_policy_says_so(version, found):
    assert higher(OtherCredential("master"), policy=made(version)) == found


@pytest.mark.parametrize(
    ("expires_on", "opens_on", "found"),
    [
        (date(2026, 5, 31), None, ""),  # it ended yesterday
        (date(2026, 6, 1), None, "master"),
        (date(2028, 6, 1), date(2026, 6, 30), "master"),
        (date(2028, 6, 1), date(2026, 7, 1), ""),  # too late for this one
    ],
)
def test_a_higher_credential_renews_this_one_while_it_is_valid_and_opens_before_this_one_ends(
    expires_on, opens_on, found
):
    assert higher(OtherCredential("master", expires_on, opens_on=opens_on)) == found


@pytest.mark.parametrize(("ends", "found"), [(date(2026, 6, 29), ""), (date(2026, 6, 30), "master")])
def test_a_higher_credential_renews_this_one_only_when_its_next_cycle_ends_on_the_same_day_or_later(
    ends, found
):
    assert higher(OtherCredential("master", TODAY, next_expires_on=ends)) == found
