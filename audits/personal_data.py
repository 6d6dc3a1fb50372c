"""What draws and audits hold about people."""

from collections.abc import Iterator

from django.urls import reverse

from audits.models import Audit
from core.personal_data import CODE, ERASED, NUMBER, OpenThing, PersonalTable
from trainers.models import Trainer

DRAWN = "everybody can check the draw by it"
OWNER = "audit__cycle__credential__trainer"


def open_things(person: Trainer) -> Iterator[OpenThing]:
    """Yield each unfinished audit of a person, which prevents the erasure of their data. An audit
    that is only proposed is not mentioned to the person.
    """
    theirs = set(Audit.objects.owned_by(person).values_list("pk", flat=True))
    for one in Audit.objects.unended().filter(cycle__credential__trainer=person):
        name = f"audit {one.reference} is not finished ({one.get_state_display().lower()})"
        if one.pk in theirs:
            yield OpenThing(f"Your {name}.", f"The {name}.", reverse("audits:audit", args=[one.reference]))
        else:
            yield OpenThing("", f"The {name}.")


TABLES = [
    PersonalTable(
        "audits.DrawPeriod",
        keeps=dict.fromkeys(
            (
                "policy_code",
                "code",
                "rate",
                "commitment",
                "sealed_secret",
                "public_value_name",
                "public_value",
                "secret",
            ),
            DRAWN,
        ),
    ),
    PersonalTable("audits.Draw", keeps={"x": DRAWN, "chance": CODE}),
    PersonalTable(
        "audits.Audit",
        "cycle__credential__trainer",
        empties={"end_reason": ERASED, "cause": ERASED, "another_look_why": ERASED},
        keeps={"reference": NUMBER, "kind": CODE, "renewal": NUMBER, "state": CODE},
    ),
    PersonalTable(
        "audits.AuditItem",
        OWNER,
        empties={"words": ERASED, "unavailable_why": ERASED, "suspected_why": ERASED},
        keeps={"verdict": CODE},
    ),
    PersonalTable("audits.Extension", OWNER, empties={"why": ERASED, "words": ERASED}, keeps={"state": CODE}),
    PersonalTable(
        "audits.Decision",
        OWNER,
        empties={"words": ERASED, "stuck_reason": ERASED},
        keeps={"state": CODE, "verdict": CODE, "reason_code": CODE},
    ),
]
