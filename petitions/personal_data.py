"""What petitions hold about people."""

from collections.abc import Iterator

from django.urls import reverse

from core.personal_data import AGREED, CODE, ERASED, NUMBER, OpenThing, PersonalTable
from petitions.models import Petition
from trainers.models import Trainer


def open_things(person: Trainer) -> Iterator[OpenThing]:
    """Yield each unfinished petition of a person, which prevents the erasure of their data."""
    for one in Petition.objects.owned_by(person).open():
        name = f"petition {one.reference} is not finished ({one.get_state_display().lower()})"
        yield OpenThing(f"Your {name}.", f"The {name}.", reverse("petitions:petition", args=[one.reference]))


TABLES = [
    PersonalTable(
        "petitions.Petition",
        "trainer",
        empties={
            **dict.fromkeys(("title", "provider_name", "learned", "instructor", "another_look_why"), ERASED),
            **dict.fromkeys(("provider_link", "folded_title", "folded_provider"), ""),
        },
        keeps={
            "reference": NUMBER,
            "state": CODE,
            "category": CODE,
            "format": CODE,
            "attestation_text": AGREED,
            "attestation_version": AGREED,
        },
    ),
    PersonalTable("petitions.PetitionDocument", "petition__trainer", keeps={"part": CODE}),
    PersonalTable("petitions.Question", "petition__trainer", empties={"text": ERASED, "answer": ERASED}),
    PersonalTable(
        "petitions.Decision",
        "petition__trainer",
        empties={"words": ERASED, "stuck_reason": ERASED},
        keeps={"state": CODE, "verdict": CODE, "reason_code": CODE},
    ),
]
