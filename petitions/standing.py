"""Undecided petitions as facts for the rules: once approved they count from the day of completion
(Q15).
"""

from collections.abc import Iterable

from petitions.models import Petition
from rules.facts import RecordFact
from trainers.models import Credential, Cycle

PREFIX = "petition:"
IN_SHORT = (
    *("reference", "title", "state", "category"),
    *("completed_on", "asked_hundredths", "answer_due_on"),
)


def agreed_petitions(credential: Credential) -> tuple[Petition, ...]:
    """Return the credential's petitions that are agreed to and not ended, by day of completion. One
    query.
    """
    found = Petition.objects.agreed(credential).order_by().only(*IN_SHORT)
    return tuple(sorted(found, key=lambda one: (one.agreement.completed_on, one.pk)))


def hoped_facts(cycle: Cycle) -> tuple[RecordFact, ...]:
    """Return the facts of the paid, undecided petitions, as if approved as asked for. One query."""
    return facts_if_approved(Petition.objects.hoped_for(cycle.credential).order_by("completed_on", "pk"))


def facts_if_approved(petitions: Iterable[Petition]) -> tuple[RecordFact, ...]:
    """Return the facts of `petitions`, as if each were approved as asked for."""
    return tuple(
        RecordFact(
            f"{PREFIX}{one.pk}", one.category, one.agreement.asked_hundredths, one.agreement.completed_on
        )
        for one in petitions
    )


def is_hoped(claim: str) -> bool:
    """Return whether a claim in the rules' answer is a petition and not a record."""
    return claim.startswith(PREFIX)
