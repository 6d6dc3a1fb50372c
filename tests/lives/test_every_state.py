"""Every reachable combination of renewal, petitions, audit and charges has a way to an end, and holds the invariants."""

import pytest

from tests.audits.scenes import open_periods
from tests.lives.walk import Walk
from tests.lives.world import World, heard_at_once
from tests.renewals.scenes import moment


@pytest.mark.parametrize("rate", ["0", "1"])
@pytest.mark.usefixtures("db", "storage")
def test_every_reachable_state_of_a_renewal_can_reach_an_end_and_breaks_no_invariant(rate, size):
    open_periods(rate=rate)
    with heard_at_once():
        walk = Walk(World(moment("2027-03-07")), most=size(20, 1500))
        walk.visit()
    print(f"{len(walk.edges)} states, {sum(map(len, walk.edges.values()))} steps")
    assert walk.faults == []
    assert walk.without_an_end() == []
    assert len(walk.edges) >= 20
