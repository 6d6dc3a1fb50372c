"""Every reachable combination of renewal, petitions, audit and charges has a way to an end, and
breaks no invariant.
"""

import re
from typing import Any

from django.db import transaction

from core.errors import Refusal
from core.invariants import all_checks
from petitions.models import Petition
from tests.lives.world import ACTS_OF_STAFF, TRAINERS_ACTS, Step, World
from tests.wording import unworded_history

# A petition whose fee went back has stopped: it holds up nothing, and goes on only when the fee is here again.
ENDED = (
    None,
    "approved",
    "denied",
    "withdrawn",
    "lapsed",
    "closed",
    "stopped",
    "passed",
    "failed",
    "expired",
    "ended",
)
NOT_SENT = ("draft", "unpaid")  # the trainer's own; they wait for nobody
CLOCK: tuple[Step, ...] = tuple(
    (f"wait {days}", lambda world, days=days: world.wait(days)) for days in (1, 15, 31)
)
EVERY_ACT = (*TRAINERS_ACTS, *ACTS_OF_STAFF, *CLOCK)
# What a world of factories lacks: the bytes of files, the history of rows that no service made, and the sweep of old data.
OF_FACTORIES = re.compile(
    r"the file none/|should have been let go|and its history says nothing$|left .* and was nothing$"
)
# Acts that lead to an end, tried in their order from a state from which no other act was seen to lead there.
WAY_OUT = re.compile("decide_petition deny|judge refused|close_audit fail|decide deny|decide_fee|wait 31$")
ROUNDS = 4
State = tuple[Any, ...]


def state_of(world: World) -> State:
    """The stored states side by side; two worlds that differ only in days are one state."""
    application, audit = world.application, world.audit
    petitions = Petition.objects.filter(trainer=world.jordan).select_related("charge").order_by("pk")
    return (
        application and application.state,
        application and application.charge and application.charge.state,
        bool(application and application.decided_by_id),
        tuple((one.state, one.charge and one.charge.state, bool(one.another_look_at)) for one in petitions),
        audit and (audit.state, bool(audit.another_look_at)),
        world.today > world.cycle.expires_on,
    )


def is_ended(state: State) -> bool:
    application, _charge, _decided, petitions, audit, _late = state
    petitions_ended = all(one[0] in ENDED or one[0] in NOT_SENT for one in petitions)
    return application in ENDED and petitions_ended and (audit is None or audit[0] in ENDED)


class Walk:
    """Depth-first over the acts; each runs in a savepoint that is rolled back when its branch is done."""

    def __init__(self, world: World, *, most: int, acts: tuple[Step, ...] = EVERY_ACT) -> None:
        self.world, self.most, self.acts = world, most, acts
        self.edges: dict[State, dict[str, State]] = {}
        self.faults: list[str] = []

    def state(self) -> State:
        return state_of(self.world)

    def is_end(self, state: State) -> bool:
        return is_ended(state)

    def visit(self, path: tuple[str, ...] = ()) -> None:
        here = self.state()
        if here in self.edges or len(self.edges) >= self.most:
            return
        self.edges[here] = {}
        found = [found for check in all_checks() if not check.reads_files for found in check.find()]
        self.faults += [f"{' > '.join(path)}: {one}" for one in found if not OF_FACTORIES.search(one)]
        self.faults += [f"no sentence for {one}" for one in unworded_history()]
        for name, act in self.acts:
            self.attempt(here, path, name, act)
        if here not in self.proven():
            self.attempt(here, path, "several acts", self.lead_to_an_end)

    def attempt(self, here: State, path: tuple[str, ...], name: str, act: Any) -> None:
        before = self.world.now, self.world.asked
        try:
            with transaction.atomic():
                act(self.world)
                self.edges[here][name] = self.state()
                self.visit((*path, name))
                transaction.set_rollback(True)
        except Refusal:
            pass
        except Exception as error:  # noqa: BLE001  a fault of any kind is what is looked for
            self.faults.append(f"{' > '.join((*path, name))}: {type(error).__name__}: {error}")
        self.world.now, self.world.asked = before

    def lead_to_an_end(self, world: World) -> None:
        """Go on by the acts of `WAY_OUT` until the cases have ended; what refuses is left out."""
        proven = self.proven()
        for _ in range(ROUNDS):
            for name, act in self.acts:
                if WAY_OUT.match(name) and self.goes_on(act):
                    state = self.state()
                    if self.is_end(state) or state in proven:
                        return

    def goes_on(self, act: Any) -> bool:
        try:
            with transaction.atomic():
                act(self.world)
        except Refusal:
            return False
        return True

    def proven(self) -> set[State]:
        """The states from which a path of acts that were done leads to an end."""
        met = {*self.edges, *(to for edges in self.edges.values() for to in edges.values())}
        good = more = {one for one in met if self.is_end(one)}
        while more:
            more = {
                one for one, edges in self.edges.items() if one not in good and good & set(edges.values())
            }
            good = good | more
        return good

    def without_an_end(self) -> list[State]:
        """The states that were looked at, and from which nothing was seen to lead to an end."""
        good = self.proven()
        return [one for one in self.edges if one not in good]
