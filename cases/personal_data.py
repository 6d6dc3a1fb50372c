"""What proposals, assignments, snoozes, notes and conflicts hold about people.

Notes are about a person, so they are erased with that person, and a request for access covers them.
The page with one's own data does not show them: they also hold what a colleague thought before a
case was decided, and what others said. A lead answers a request for access to them by hand
(docs/decisions/0006-notes-of-staff.md).
"""

from collections.abc import Iterator

from cases.models import Proposal
from core.personal_data import CODE, ERASED, NUMBER, OF_THE_BODY, OpenThing, PersonalTable
from trainers.models import Trainer


def open_things(person: Trainer) -> Iterator[OpenThing]:
    """Yield the waiting proposals about a person, which prevent the erasure of their data. They are
    not mentioned to the person.
    """
    for proposal in Proposal.objects.open().filter(trainer=person):
        yield OpenThing("", f"A proposal waits for a second person: {proposal.get_kind_display().lower()}.")


TABLES = [
    PersonalTable(
        "cases.Proposal",
        "trainer",
        empties={"reason": ERASED, "answers": {}},
        keeps={"kind": CODE, "subject": NUMBER, "state": CODE},
    ),
    PersonalTable("cases.Assignment", "trainer", keeps={"subject": NUMBER}),
    PersonalTable("cases.Conflict", "trainer"),
    PersonalTable(
        "cases.Snooze", "trainer", empties={"reason": ERASED}, keeps={"subject": NUMBER, "ended_how": CODE}
    ),
    PersonalTable("cases.Note", "trainer", empties={"text": ERASED}, keeps={"subject": NUMBER}),
    PersonalTable("cases.Mention", "note__trainer"),
    PersonalTable(
        "cases.PolicyDraft",
        keeps={"policy_code": CODE, "state": CODE, **dict.fromkeys(("changes", "why"), OF_THE_BODY)},
    ),
]
