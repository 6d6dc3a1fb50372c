"""Every combination of renewal, petition, audit and charge that can be reached has a way to an end (invariants hold)."""

import pytest
from django.db import transaction

from core.errors import Refusal
from core.invariants import all_checks
from tests.audits.scenes import open_periods
from tests.lives.world import ACTS_OF_STAFF, TRAINERS_ACTS, World, heard_at_once
from tests.renewals.scenes import moment

CLOCK = tuple((f"wait {days}", lambda world, days=days: world.wait(days)) for days in (1, 15, 31))
ENDED = ("approved", "denied", "withdrawn", "lapsed", "closed", "passed", "failed", "expired", "ended", None)


def state_of(world) -> tuple:
    from petitions.models import Petition

    application, audit = world.application, world.audit
    petitions = tuple(
        (one.state, one.charge.state if one.charge else None, bool(one.another_look_at))
        for one in Petition.objects.filter(trainer=world.jordan).select_related("charge").order_by("pk")[:2]
    )
    return (
        application
        and (
            application.state,
            application.charge and application.charge.state,
            bool(application.decided_by_id),
        ),
        petitions,
        audit and (audit.state, bool(audit.another_look_at)),
        world.today > world.cycle.expires_on,
    )


def broken_invariants() -> list[str]:
    return [found for check in all_checks() if not check.reads_files for found in check.find()]


class Walk:
    """Depth-first over the acts; each act runs in a savepoint that is rolled back when its branch is done."""

    def __init__(self, world, acts, most) -> None:
        self.world, self.acts, self.most = world, acts, most
        self.edges: dict[tuple, dict[str, tuple]] = {}
        self.broken: list[str] = []

    def visit(self, depth, path=()) -> None:
        here = state_of(self.world)
        if here in self.edges or len(self.edges) >= self.most or depth == 0:
            return
        self.edges[here] = {}
        self.broken += [f"{' > '.join(path)}: {found}" for found in broken_invariants()]
        for name, act in self.acts:
            now, asked = self.world.now, self.world.asked
            try:
                with transaction.atomic():
                    act(self.world)
                    self.edges[here][name] = state_of(self.world)
                    self.visit(depth - 1, (*path, name))
                    transaction.set_rollback(True)
            except Refusal:
                pass
            except Exception as error:  # noqa: BLE001  a fault of any kind is what is looked for
                self.broken.append(f"{' > '.join((*path, name))}: {type(error).__name__} {error}")
            self.world.now, self.world.asked = now, asked

    def stuck(self) -> list[tuple]:
        """The states from which no path leads to an end, or to a state that was not looked at."""
        good = {one for one in self.edges if is_ended(one)}
        good |= {to for edges in self.edges.values() for to in edges.values() if to not in self.edges}
        while True:
            more = {
                one for one, edges in self.edges.items() if one not in good and good & set(edges.values())
            }
            if not more:
                return [one for one in self.edges if one not in good]
            good |= more


def is_ended(state) -> bool:
    application, petitions, audit, _late = state
    return (
        application is not None
        and application[0] in ENDED
        and all(one[0] in ENDED or one[0] in ("draft", "unpaid") for one in petitions)
        and (audit is None or audit[0] in ENDED)
    )


@pytest.mark.parametrize("rate", ["0", "1"])
def test_every_state_that_is_reached_has_a_way_to_an_end_and_holds_every_invariant(
    db, storage, rate, request
):
    most, depth = (
        (4000, 60)
        if request.config.getoption("--all")
        else (int(__import__("os").environ.get("MOST", "25")), 60)
    )
    open_periods(rate=rate)
    with heard_at_once():
        walk = Walk(World(moment("2027-03-07")), (*TRAINERS_ACTS, *ACTS_OF_STAFF, *CLOCK), most)
        walk.visit(depth)
    print(len(walk.edges))
    for one in walk.edges:
        print(one)
    print("stuck", walk.stuck())
    assert walk.broken == []
