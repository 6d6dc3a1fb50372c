"""What a petition must hold before it is paid for, and whether it need be paid for at all (S8–S10)."""

from dataclasses import dataclass

from ceus.models import Course, Provider
from ceus.search import matching, words_of
from petitions.models import Petition, PetitionDocument

Part = PetitionDocument.Part
MOST_SHOWN = 5
NEEDED = (
    ("completed_on", "the day you finished"),
    ("asked_hundredths", "the contact hours"),
    ("learned", "what you learned"),
    ("instructor", "who taught it, and what qualifies them"),
)


@dataclass(frozen=True, slots=True)
class Check:
    """One automatic check, as the trainer and the reviewer see it."""

    code: str
    label: str
    passed: bool
    says: str


def missing_in(petition: Petition) -> list[str]:
    """What still has to be filled in, in words; empty when it is complete."""
    found = [words for field, words in NEEDED if getattr(petition, field) in (None, "")]
    parts = set(petition.evidence.current().values_list("part", flat=True))
    if Part.CERTIFICATE not in parts:
        found.append("your certificate of completion")
    if Part.AGENDA not in parts:
        found.append("the agenda")
    return found


def on_the_list(petition: Petition) -> list[Course]:
    """Approved courses of the same name on the day it was completed: logging one is free and counts at once."""
    words = words_of(petition.title)
    if not words or petition.completed_on is None:
        return []
    day = petition.completed_on
    approved = (
        Course.objects.approved_on(day)
        .filter(provider__in=Provider.objects.approved_on(day))
        .select_related("provider")
    )
    return list(matching(approved, petition.title)[:MOST_SHOWN])


def automatic_checks(petition: Petition) -> list[Check]:
    """What can be checked without a person."""
    missing = missing_in(petition)
    listed = on_the_list(petition)
    again = _asked_before(petition)
    fits = bool(petition.completed_on and petition.completed_on >= petition.credential.awarded_on)
    return [
        Check(
            "complete",
            "Everything is there",
            not missing,
            f"Missing: {', '.join(missing)}." if missing else "Complete.",
        ),
        Check(
            "not_listed",
            "Not on our list",
            not listed,
            f"On our list: {listed[0].title}." if listed else "No course of this name is on our list.",
        ),
        Check(
            "once",
            "Asked for once",
            not again,
            "The same course and day was asked for before." if again else "Not asked for before.",
        ),
        Check(
            "in_time",
            "Completed while certified",
            fits,
            "The day is after the first award." if fits else "The day is before the first award.",
        ),
    ]


def _asked_before(petition: Petition) -> bool:
    same = Petition.objects.filter(
        credential=petition.credential, title__iexact=petition.title, completed_on=petition.completed_on
    )
    return (
        same.exclude(pk=petition.pk)
        .exclude(state__in=[Petition.State.DRAFT, Petition.State.WITHDRAWN])
        .exists()
    )
