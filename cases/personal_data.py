"""What proposals hold about people."""

from collections.abc import Iterator
from typing import Any

from cases.models import Proposal
from core.personal_data import CODE, ERASED, NUMBER, OpenThing, PersonalTable


def open_things(person: Any) -> Iterator[OpenThing]:
    """Yield the proposals about a person that nobody has decided about. They are not told of them."""
    for proposal in Proposal.objects.open().filter(trainer=person):
        yield OpenThing("", f"A proposal waits for a second person: {proposal.get_kind_display().lower()}.")


TABLES = [
    PersonalTable(
        "cases.Proposal",
        "trainer",
        empties={"reason": ERASED, "answers": {}},
        keeps={"kind": CODE, "subject": NUMBER, "state": CODE},
    )
]
