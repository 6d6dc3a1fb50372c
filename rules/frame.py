"""A question under a policy that states more than every policy, and what its records count."""

from dataclasses import dataclass
from datetime import date

from rules.answers import Requirement
from rules.conditions import Context
from rules.counting import Count, CountBasis
from rules.facts import CycleExtension, Facts, RecordFact
from rules.more import CardAnswer, DueAnswer
from rules.policy.model import Policy, PolicyVersion


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same for every path of one question."""

    policy: Policy
    facts: Facts
    as_of: date
    selling: PolicyVersion
    context: Context
    basis: CountBasis
    completion: CycleExtension | None
    dues: tuple[DueAnswer, ...]

    @property
    def records(self) -> tuple[RecordFact, ...]:
        """Return the records of the cycle, and those carried over into it."""
        return (*self.facts.records, *self.facts.more.carried)


@dataclass(frozen=True, slots=True)
class CountedPath:
    """What counts and how much of each requirement is reached, on one path and in one tier."""

    context: Context
    basis: CountBasis
    counts: dict[str, Count]
    requirements: tuple[Requirement, ...]
    cards: tuple[CardAnswer, ...]
    claims: tuple[str, ...]
