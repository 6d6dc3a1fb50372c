"""What a petition lacks before payment, and the automatic checks for its review (S8–S10)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BigIntegerField, QuerySet, Value

from ceus.models import Course, Provider, course_ceus_on
from ceus.search import matching_courses
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
class AutomaticCheck:
    """The result of one automatic check, which trainer and reviewer read."""

    code: str
    label: str
    passed: bool
    finding: str


def missing_details(petition: Petition) -> list[str]:
    """Return what a petition still lacks, in words; empty when it is complete.

    Reads `evidence`, prefetched or not.
    """
    found = [words for field, words in NEEDED if getattr(petition, field) in (None, "")]
    parts = {one.part for one in petition.evidence.all() if one.replaced_at is None}
    if Part.CERTIFICATE not in parts:
        found.append("your certificate of completion")
    if Part.AGENDA not in parts:
        found.append("the agenda")
    return found


def listed_courses(petition: Petition) -> list[Course]:
    """Return the catalogue's courses with the petition's title that are approved on its day of
    completion, with the CEUs of that day (Q32). A trainer can log such a course without a petition
    and without a fee.
    """
    found = list(_listed_like(petition).select_related("provider")[:MOST_SHOWN])
    for course in found:
        if petition.completed_on:
            course.hundredths = course_ceus_on(course, petition.completed_on)
    return found


def automatic_checks(petition: Petition) -> list[AutomaticCheck]:
    """Return the automatic checks of one petition."""
    noted = Petition.objects.noting_asked_before().select_related("credential").get(pk=petition.pk)
    return checks_by_petition([noted])[petition.pk]


def checks_by_petition(petitions: Sequence[Petition]) -> dict[int, list[AutomaticCheck]]:
    """Return the automatic checks of each petition, by primary key.

    The petitions must come from `noting_asked_before`. One query, and one more for each petition
    whose `evidence` was not prefetched.
    """
    listed = _first_listed(petitions)
    return {
        one.pk: _checks(one, listed.get(one.pk, ""), again=one.was_asked_before)  # type: ignore[attr-defined]  # annotated by noting_asked_before
        for one in petitions
    }


def _checks(petition: Petition, listed: str, *, again: bool) -> list[AutomaticCheck]:
    missing = missing_details(petition)
    fits = bool(petition.completed_on and petition.completed_on >= petition.credential.awarded_on)
    return [
        AutomaticCheck(
            "complete",
            "Everything is there",
            not missing,
            f"Missing: {', '.join(missing)}." if missing else "Complete.",
        ),
        AutomaticCheck(
            "not_listed",
            "Not on our list",
            not listed,
            f"On our list: {listed}." if listed else "No course of this name is on our list.",
        ),
        AutomaticCheck(
            "once",
            "Asked for once",
            not again,
            "The same course and day was asked for before." if again else "Not asked for before.",
        ),
        AutomaticCheck(
            "in_time",
            "Completed while certified",
            fits,
            "The day is after the first award." if fits else "The day is before the first award.",
        ),
    ]


def _listed_like(petition: Petition) -> "QuerySet[Course]":
    """Return the catalogue's courses with the petition's title that are approved on its day of
    completion; none while that day is missing.
    """
    day = petition.completed_on
    if day is None:
        return Course.objects.none()
    approved = Course.objects.approved_on(day).filter(provider__in=Provider.objects.approved_on(day))
    return matching_courses(approved, petition.title)


def _first_listed(petitions: Sequence[Petition]) -> dict[int, str]:
    """Return, for each petition that has one, the title of one course like it in the catalogue. One query."""
    titles = [
        _listed_like(one)
        .order_by()
        .annotate(for_petition=Value(one.pk, BigIntegerField()))
        .values_list("for_petition", "title")
        for one in petitions
    ]
    found = titles[0].union(*titles[1:]) if titles else []
    return dict(sorted(found, reverse=True))  # of several courses, the first title is kept
