"""What hardship holds about people. An erasure empties the kind of reason too: after it, nobody
needs to know of an illness.
"""

from collections.abc import Iterator

from django.urls import reverse

from core.personal_data import CODE, ERASED, NUMBER, OpenThing, PersonalTable
from hardship.models import Relief
from trainers.models import Trainer


def open_things(person: Trainer) -> Iterator[OpenThing]:
    """Yield a person's requests that wait for a decision, which prevent the erasure of their data.
    Reliefs that staff have only proposed are not mentioned to the person.
    """
    for one in Relief.objects.open().filter(cycle__credential__trainer=person):
        what = one.get_what_display().lower()
        theirs = f"They have asked for more time or a waiver ({what}), or staff propose it."
        if one.asked_at is None:
            yield OpenThing("", theirs)
            continue
        mine = f"You have asked for more time or a waiver ({what}). Withdraw that first."
        yield OpenThing(mine, theirs, reverse("hardship:relief", args=[one.pk]))


TABLES = [
    PersonalTable(
        "hardship.Relief",
        "cycle__credential__trainer",
        empties={
            "kind": "other",
            "why": ERASED,
            "note": ERASED,
            "words": ERASED,
            "taken_back_why": ERASED,
        },
        keeps={"what": CODE, "case_ref": NUMBER, "fee_code": CODE, "state": CODE},
    ),
    PersonalTable("hardship.ReliefDocument"),
]
