"""What a trainer can do next, as far as their courses decide it."""

from dataclasses import dataclass

from ceus.models import CeuRecord
from core.links import path_of
from rules.answers import Standing
from trainers.models import Cycle


@dataclass(frozen=True, slots=True)
class NextStep:
    """A button, and the path that it leads to."""

    button: str
    url: str


def renewing_step(cycle: Cycle, standing: Standing) -> NextStep | None:
    """Return the step to renew, with its price on the standing's day; None while something is missing,
    and once a renewal is sent. One query.
    """
    if not (standing.eligible and standing.accepts_application and cycle.credential.in_force):
        return None
    if CeuRecord.objects.filter(claimed_for=cycle).exists():
        return None
    cents = standing.fees.total_cents if standing.fees else 0
    price = f" for {cycle.policy.money(cents)}" if cents else ""
    return NextStep(f"Renew{price}", path_of("renewals:check"))
