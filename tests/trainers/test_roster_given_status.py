"""A roster says by which way the current cycle was renewed, so that nobody who is inactive comes in as certified."""

import pytest

from renewals.status import certification_on
from tests.renewals.together import broken
from tests.resting import RESTING
from tests.trainers.scenes import HEADER, ROBIN, row
from trainers.lookups import credential_of, current_cycle
from trainers.models import Cycle, Trainer

pytestmark = pytest.mark.django_db
WITH_WAY = f"{HEADER},renewed_by"


def robins_cycle() -> Cycle:
    return current_cycle(credential_of(Trainer.objects.get(email="robin@example.org")))


@pytest.mark.parametrize(("way", "kept"), [("inactive", "inactive"), (" Inactive ", "inactive"), ("", "")])
def test_a_row_says_by_which_way_its_cycle_was_renewed(desk, follow_body, clock_at, way, kept):
    follow_body(RESTING)
    assert desk.bring_in(f"{ROBIN},{way}", policy="body", header=WITH_WAY).new == 1
    cycle = robins_cycle()
    assert cycle.renewed_by == kept
    found = certification_on(cycle.starts_on, cycle.credential, cycle, None)
    assert (found.certified, bool(found.given)) == (not kept, bool(kept))
    assert broken() == []


def test_a_way_that_the_policy_does_not_have_is_refused_in_its_column(desk, follow_body):
    follow_body(RESTING)
    said = desk.refused(f"{ROBIN},asleep", policy="body", header=WITH_WAY)
    assert "bad, renewed_by 'asleep': This must be one of back, credits, inactive." in said


def test_a_roster_of_a_policy_without_ways_has_no_such_column(desk):
    with pytest.raises(Exception, match="the column renewed_by is not known"):
        desk.bring_in(f"{ROBIN},inactive", header=WITH_WAY)


def test_the_way_of_a_cycle_that_is_held_is_kept_and_the_report_says_so(desk, follow_body):
    follow_body(RESTING)
    desk.bring_in(row(), policy="body")
    assert desk.bring_in(f"{ROBIN},inactive", policy="body", header=WITH_WAY).unchanged == 1
    assert "The way to renew 'inactive' is not taken over: the cycle is kept as it is" in desk.said[0]
    assert robins_cycle().renewed_by == ""
