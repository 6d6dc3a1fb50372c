"""Parts of the answer that only some policies have, besides standing, price and dates: path, cards,
dues, what is carried over, other credentials, audit, and acts.
"""

from dataclasses import dataclass
from datetime import date

from rules.cycle_ends import E
from rules.policy.building_blocks import Rule
from rules.units import Unit, format_cents


@dataclass(frozen=True, slots=True)
class CardAnswer:
    """Whether a card is valid on every day that the policy asks for, and how much it counts."""

    code: str
    label: str
    rule: Rule
    first_on: date
    last_on: date
    met: bool
    counted: int


@dataclass(frozen=True, slots=True)
class DueAnswer:
    """One day in the cycle on which a fee is due. `last_on` is the last day to pay it; its state is
    paid, open or overdue.
    """

    code: str
    label: str
    rule: Rule
    due_on: date
    last_on: date
    cents: int
    state: str
    blocks: bool
    with_renewal: bool
    is_part: bool = False  # of the usual amount, for a shorter time


@dataclass(frozen=True, slots=True)
class ActAnswer:
    """Whether a request or report may be made on a day; `reason` is None when it may."""

    id: str
    act: str
    rule: Rule
    reason: str | None
    first_on: date
    last_on: date
    answer_by: date | None
    cents: int = 0


@dataclass(frozen=True, slots=True)
class AuditAnswer:
    """When an audit is drawn, such as at submission; `chance` says whether this person is audited:
    always, by the rate, or never.
    """

    drawn: str
    chance: str
    rate: str
    failing: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class AlsoAnswer:
    """Another credential of the holder: whether this application renews it too, and free of charge."""

    code: str
    renewed: bool
    covered: bool


@dataclass(frozen=True, slots=True)
class MoreAnswers:
    """All parts of an answer that only some policies have."""

    path: str | None = None
    number: int | None = None
    lifetime: bool = False
    next_status: str | None = None
    next_from: str = E
    cards: tuple[CardAnswer, ...] = ()
    dues: tuple[DueAnswer, ...] = ()
    left_over: tuple[tuple[str, int], ...] | None = None
    also: tuple[AlsoAnswer, ...] = ()
    audit: AuditAnswer | None = None
    acts: tuple[ActAnswer, ...] = ()


def add_more(answer: dict[str, object], more: MoreAnswers, unit: Unit) -> dict[str, object]:
    """Return the answer with the parts that only this policy has, as plain JSON values."""
    if more.path is not None:
        answer["path"] = more.path
    if more.next_status is not None:
        answer["next_status"] = more.next_status
    if more.cards:
        answer["cards"] = [_card(one, unit) for one in more.cards]
    if more.dues:
        answer["dues"] = [_due(one) for one in more.dues]
    if more.left_over is not None:
        answer["carry_over"] = {
            "total": unit.format(sum(amount for _, amount in more.left_over)),
            "records": [{"id": one, "amount": unit.format(amount)} for one, amount in more.left_over],
        }
    if more.also:
        answer["also"] = [
            {"code": one.code, "renewed": one.renewed, "covered": one.covered} for one in more.also
        ]
    if more.audit:
        answer["audit"] = _audit(more.audit)
    if more.acts:
        answer["acts"] = [_act(one) for one in more.acts]
    return answer


def _card(one: CardAnswer, unit: Unit) -> dict[str, object]:
    return {
        "code": one.code,
        "from": one.first_on.isoformat(),
        "through": one.last_on.isoformat(),
        "met": one.met,
        "counted": unit.format(one.counted),
        "clause": one.rule.clause,
    }


def _due(one: DueAnswer) -> dict[str, object]:
    return {
        "code": one.code,
        "due_on": one.due_on.isoformat(),
        "last_on": one.last_on.isoformat(),
        "amount": format_cents(one.cents),
        "state": one.state,
        "clause": one.rule.clause,
    }


def _audit(one: AuditAnswer) -> dict[str, object]:
    return {
        "drawn": one.drawn,
        "chance": one.chance,
        "rate": one.rate,
        "failing": one.failing,
        "clause": one.rule.clause,
    }


def _act(one: ActAnswer) -> dict[str, object]:
    cost = {"cents": one.cents} if one.cents else {}
    return {
        "id": one.id,
        "act": one.act,
        "allowed": one.reason is None,
        "reason": one.reason,
        "first_on": one.first_on.isoformat(),
        "last_on": one.last_on.isoformat(),
        "answer_by": one.answer_by.isoformat() if one.answer_by else None,
        **cost,
        "clause": one.rule.clause,
    }
