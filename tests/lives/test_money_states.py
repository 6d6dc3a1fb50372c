"""Every reached combination of renewal, petition and money that comes back has a way to an end, and breaks no
invariant (Q31).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from core.errors import Refusal
from hardship.grants import ReliefGrant
from hardship.models import Relief
from hardship.services import grant_relief
from payments.gateway import event_facts
from payments.models import Charge
from payments.services.charges import payment_state
from payments.services.disputes import record_dispute
from payments.services.fee_decisions import is_decided, may_stand
from payments.services.refunds import record_refund
from petitions.models import Petition
from petitions.services.fees import decide_petition_fee
from renewals.models import Application
from renewals.services.fees import decide_approved_fee, decide_open_fee
from tests.audits.scenes import open_periods
from tests.cast import colleague
from tests.lives.walk import CLOCK, Walk, is_ended, state_of
from tests.lives.world import Step, World, heard_at_once, plain
from tests.payments.scenes import event
from tests.renewals.scenes import moment


@dataclass
class MoneyWorld(World):
    """Somebody whose bank takes money back; `told` counts the words of the provider."""

    told: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        self.finance, self.second_finance = colleague("finance"), colleague("second_finance")

    def _charge(self, of: str) -> Charge:
        case: Any = self.application if of == "renewal" else self.petition(1)
        if case is None or case.charge is None or not case.charge.paid_cents:
            raise Refusal("Nothing was paid.")
        found: Charge = case.charge
        return found

    def bank(self, of: str, kind: str, **fields: Any) -> None:
        charge = self._charge(of)
        self.told += 1
        payment = charge.ledger.get(kind="payment")
        thing = {
            "amount": -payment.amount_cents,
            "currency": "usd",
            "livemode": False,
            "reason": "fraudulent",
        }
        thing |= {"payment_intent": payment.provider_ref, **fields}
        at = self.now + timedelta(seconds=self.told)
        facts: Any = event_facts(event(kind, thing, at=at))
        (record_dispute if kind.startswith("charge.dispute") else record_refund)(facts, at=at)

    def dispute(self, of: str, status: str) -> None:
        kind = "created" if status == "needs_response" else "closed"
        there = self._charge(of).disputes.first()
        if (there is None) != (status == "needs_response") or (there and there.state in (status, "won")):
            raise Refusal("The bank says nothing of the kind.")
        self.bank(of, f"charge.dispute.{kind}", id=f"dp_{of}", status=status)

    def refund(self, of: str, status: str) -> None:
        charge = self._charge(of)
        there = charge.refunds.filter(cause="provider").first()
        if (there is None) != (status == "pending") or (there and there.state == "failed"):
            raise Refusal("The provider does nothing of the kind.")
        half = charge.paid_cents // 2
        self.bank(of, "refund.updated", id=f"re_{of}", status=status, amount=half, metadata={})

    def waive(self, of: str, code: str) -> None:
        """Waive $30 of the renewal, or all of the petition's fee, once."""
        case: Any = self.application if of == "renewal" else self.petition(1)
        if case is None or case.charge is None or case.charge.waived_cents:
            raise Refusal("There is nothing to waive, or it was waived already.")
        self.grant(self.finance, case.charge, code, None if of == "petition" else 3000)

    def waive_all(self) -> None:
        """Two people waive all that is left of what the renewal costs."""
        charge = self._found().charge
        if charge is None or not charge.due_cents:
            raise Refusal("There is nothing to waive.")
        row = self.grant(self.finance, charge, "renewal", None)
        if row.state == "proposed":
            self.grant(self.second_finance, charge, "renewal", None, relief=row)

    def grant(self, by: Any, charge: Charge, code: str, cents: int | None, **more: Any) -> Relief:
        grant = ReliefGrant("fee", "illness", fee_code=code, amount_cents=cents, charge_id=charge.pk)
        said: dict[str, Any] = {"words": "Get well.", "note": "Seen.", **more}
        return grant_relief(self.cycle, by=by, at=self.now, grant=grant, **said)

    def decide_fee(self, of: str, verdict: str) -> None:
        said = {"verdict": verdict, "reason": "Why.", "at": self.now}
        if of == "petition":
            decide_petition_fee(self.petition(1), **said, by=self.lead)
        elif self._found().state == Application.State.APPROVED:
            decide_approved_fee(self._found(), **said, by=self.lead)
        else:
            decide_open_fee(self._found(), **said, by=self.finance)


def money_of(charge: Charge | None) -> tuple[Any, ...]:
    if charge is None:
        return ()
    charge = Charge.objects.get(pk=charge.pk)
    waived = charge.waived_cents > 0
    disputes = tuple(charge.disputes.values_list("state", flat=True))
    refunds = tuple(charge.refunds.values_list("state", flat=True))
    return payment_state(charge), waived, disputes, refunds, may_stand(charge), is_decided(charge)


class MoneyWalk(Walk):
    """The acts of the bank first, so that a short walk meets them."""

    def state(self) -> tuple[Any, ...]:
        world: Any = self.world
        petition = Petition.objects.filter(trainer=world.jordan).first()
        held = world.cycle.credential.__class__.objects.get(pk=world.cycle.credential_id).state
        return (
            state_of(world),
            money_of(world.application and world.application.charge),
            money_of(petition and petition.charge),
            held,
        )

    def is_end(self, state: tuple[Any, ...]) -> bool:
        """Whether the cases have ended and nobody has to decide about their fees."""
        case, renewal, petition, _held = state
        approved = [(case[0], renewal), *((one[0], petition) for one in case[3])]
        decided = all(money[4] or money[5] for name, money in approved if name == "approved")
        return is_ended(case) and decided


def per_case(name: str, *more: str) -> tuple[Step, ...]:
    def act(of: str) -> Callable[[Any], None]:
        return lambda world: world.act(name, of, *more)

    return tuple((" ".join([name, of, *more]), act(of)) for of in ("renewal", "petition"))


ACTS: tuple[Step, ...] = (
    *(act for status in ("needs_response", "lost", "won") for act in per_case("dispute", status)),
    *(act for verdict in ("keep", "end") for act in per_case("decide_fee", verdict)),
    *(act for status in ("pending", "failed") for act in per_case("refund", status)),
    ("waive renewal", lambda world: world.act("waive", "renewal", "renewal")),
    ("waive petition", lambda world: world.act("waive", "petition", "petition_fee")),
    ("decide_petition approve", lambda world: world.act("decide_petition", 1, "approve")),
    ("decide_petition deny", lambda world: world.act("decide_petition", 1, "deny")),
    plain("decide", "approve"),
    plain("decide", "deny"),
    plain("withdraw"),
    ("withdraw petition", lambda world: world.act("withdraw_petition", 1)),
    plain("log_course"),
    plain("correct"),
    *CLOCK[1:],
)


@pytest.mark.usefixtures("db", "storage")
def test_every_reachable_state_of_payments_can_reach_an_end_and_breaks_no_invariant(size):
    open_periods(rate="0")
    with heard_at_once():
        world = MoneyWorld(moment("2027-03-07"))
        for act in (("ask_petition",), ("pay_petition", 1), ("submit",), ("pay",)):
            world.act(*act)
        walk = MoneyWalk(world, most=size(10, 1500), acts=ACTS)
        walk.visit()
    print(f"{len(walk.edges)} states, {sum(map(len, walk.edges.values()))} steps")
    assert walk.faults == []
    assert walk.without_an_end() == []
    assert len(walk.edges) >= 10


@pytest.mark.usefixtures("db", "storage")
def test_every_reached_state_of_an_unpaid_renewal_with_waivers_has_a_way_to_an_end(size):
    open_periods(rate="0")
    waivers = (plain("waive_all"), ("waive renewal", lambda world: world.act("waive", "renewal", "renewal")))
    bank = (*per_case("dispute", "needs_response"), *per_case("decide_fee", "keep"))
    acts = (*waivers, plain("pay"), *bank, plain("withdraw"), *CLOCK[1:])
    with heard_at_once():
        world = MoneyWorld(moment("2027-03-07"))
        world.act("log_course")
        world.act("submit")
        walk = MoneyWalk(world, most=size(10, 500), acts=acts)
        walk.visit()
    assert walk.faults == []
    assert walk.without_an_end() == []
    assert len(walk.edges) >= 8
