"""What requests for another name hold about people."""

from collections.abc import Iterator

from django.urls import reverse

from core.personal_data import CODE, ERASED, OpenThing, PersonalTable
from names.models import NameRequest
from trainers.models import Trainer


def open_things(person: Trainer) -> Iterator[OpenThing]:
    """Yield a person's request for another name that waits for a registrar."""
    if NameRequest.objects.owned_by(person).open().exists():
        yield OpenThing(
            "You have asked for another name. Withdraw that first.",
            "They have asked for another name.",
            reverse("names:change"),
        )


TABLES = [
    PersonalTable(
        "names.NameRequest",
        "trainer",
        empties={"before": ERASED, "after": ERASED, "words": ERASED},
        keeps={"state": CODE},
    )
]
