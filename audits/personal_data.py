"""The tables of draws and audits that lead to a person, without what staff only suspect or propose."""

from typing import Any

from audits.models import Audit
from core.personal_data import PersonalTable

# What staff write to each other about an audit before they tell its trainer, or never do.
STAFF_VERBS = (
    *("proposed", "agreed", "dropped", "passed to a lead", "decided", "taken back"),
    *("document accepted", "document to be replaced", "document refused"),
)


def _not_theirs_to_know(person: Any) -> Any:
    return Audit.objects.filter(cycle__credential__trainer=person).exclude(
        pk__in=Audit.objects.owned_by(person)
    )


TABLES = [
    PersonalTable("audits.Draw", "cycle__credential__trainer"),
    PersonalTable(
        "audits.Audit",
        "cycle__credential__trainer",
        hides=("cause", "for_lead"),
        only=lambda rows, person: Audit.objects.owned_by(person),
        without_history=_not_theirs_to_know,
        staff_verbs=STAFF_VERBS,
    ),
    # Until the audit has ended we may still change our mind about a document.
    PersonalTable(
        "audits.AuditItem",
        "audit__cycle__credential__trainer",
        hides=("suspected_why",),
        only=lambda rows, person: rows.filter(audit__ended_at__isnull=False),
    ),
    PersonalTable("audits.Extension", "audit__cycle__credential__trainer"),
    PersonalTable(
        "audits.Decision",
        "audit__cycle__credential__trainer",
        only=lambda rows, person: rows.filter(state="released"),
    ),
]
