"""The tables of draws and audits that hold personal data, without suspicions and proposals of staff."""

from typing import Any

from audits.models import Audit
from core.personal_data import PersonalTable

# Steps of staff that are not disclosed to the trainer.
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
    # A verdict on a document can change until the audit has ended.
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
