"""What providers' reports and roles hold about people."""

from collections.abc import Iterator

from core.personal_data import CODE, ERASED, NUMBER, OF_NOBODY, OpenThing, PersonalTable
from providers.models import ProviderPerson
from trainers.models import Trainer

OURS = "sentences and figures of ours, which name nobody"


def open_things(person: Trainer) -> Iterator[OpenThing]:
    """Yield a person's role at a provider, which staff end."""
    if ProviderPerson.objects.open().filter(person=person).exists():
        yield OpenThing(
            "You report for a provider. Ask us to end that first.", "They report for a provider.", ""
        )


TABLES = [
    PersonalTable("providers.ProviderPerson", "person", keeps={"state": CODE}),
    PersonalTable(
        "providers.Batch",
        keeps={
            **dict.fromkeys(("source", "state"), CODE),
            **dict.fromkeys(("reference", "idempotency_key", "sha256"), NUMBER),
            "file_name": "the provider's name for its file",
            "reason": "the provider's words about a whole report",
        },
    ),
    PersonalTable(
        "providers.ApiKey",
        keeps={
            **dict.fromkeys(("prefix", "sha256"), NUMBER),
            "scopes": CODE,
            "name": "where a provider's program runs",
        },
    ),
    PersonalTable(
        "providers.IssuerKey",
        keeps={**dict.fromkeys(("did", "public_key"), NUMBER), "name": OF_NOBODY},
    ),
    PersonalTable(
        "providers.CourseRequest",
        keeps={
            **dict.fromkeys(("kind", "state", "format"), CODE),
            "reference": NUMBER,
            **dict.fromkeys(("title", "about", "link", "words"), OF_NOBODY),
        },
    ),
    PersonalTable(
        "providers.Decision",
        keeps={
            **dict.fromkeys(("verdict", "state", "category"), CODE),
            "words": OF_NOBODY,
            "stuck_reason": OURS,
        },
    ),
    PersonalTable(
        "providers.Completion",
        "credential__trainer",
        empties={"name": ERASED, "reason": ERASED},
        keeps={
            **dict.fromkeys(("outcome", "state"), CODE),
            **dict.fromkeys(("words", "before"), OURS),
            "number": NUMBER,
            "course_code": OF_NOBODY,
        },
    ),
]
