"""What a trainer wrote in a petition, as rows; and the page that shows everything to read before paying."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cases.pages import Row
from ceus.models import Course
from core.policy_words import course_categories, hours_label
from core.templatetags.words import on
from petitions.attestation import attestation_for
from petitions.models import Petition, PetitionDocument
from petitions.pages.petition import petition_path
from petitions.screening import automatic_checks, listed_courses, missing_details
from rules.described import FORMATS, code_in_words, named_codes
from rules.units import Unit, count_of
from trainers.models import Cycle

MISSING = "Not filled in"


@dataclass(frozen=True, slots=True)
class PetitionCheckPage:
    """Everything that the page shows above its button. `cents` and `version` are the fee and the
    attestation that the trainer agrees to.
    """

    rows: tuple[Row, ...]
    missing: list[str]
    listed: list[Course]
    asked_before: bool
    fee: str
    cents: int
    attestation: str
    version: str

    @property
    def may_pay(self) -> bool:
        return not self.missing


def check_page(petition: Petition, today: date) -> PetitionCheckPage:
    """Return the page for a draft, with the fee and the attestation in force on `today`."""
    policy = petition.credential.policy
    version = policy.version_on(today)
    once = next(one for one in automatic_checks(petition) if one.code == "once")
    cents = version.petition_fee.amount_cents
    attestation = attestation_for(version, policy.currency_symbol)
    return PetitionCheckPage(
        rows=tuple(petition_rows(petition, change=petition_path("change", petition))),
        missing=missing_details(petition),
        listed=listed_courses(petition),
        asked_before=not once.passed,
        fee=policy.money(cents) if cents else "",
        cents=cents,
        attestation=attestation.text,
        version=attestation.version,
    )


def petition_rows(petition: Petition, *, change: str = "") -> Iterator[Row]:
    """Yield what the trainer wrote, and the files, as rows. `change` is the path of the page that
    changes them.
    """
    unit = petition.credential.policy.unit
    anchored = f"{change}#id_" if change else ""
    for field, name, value in (
        ("title", "Course or event", petition.title),
        ("provider_name", "Offered by", petition.provider_name),
        ("provider_link", "Website", petition.provider_link or "None given"),
        ("began_on_0", "First day", on(petition.began_on) if petition.began_on else "The day you finished"),
        ("completed_on_0", "Finished", on(petition.completed_on) if petition.completed_on else MISSING),
        ("hours", hours_label(unit), hours_words(unit, petition.asked_hundredths) or MISSING),
        *_category(petition),
        *_format(petition),
        ("topic", "Topic", petition.topic.name if petition.topic else "None chosen"),
        ("learned", "What you learned", petition.learned or MISSING),
        ("instructor", "Who taught it", petition.instructor or MISSING),
    ):
        yield Row(name, value, f"{anchored}{field}" if change else "")
    yield from _files(petition, anchored)


def _category(petition: Petition) -> Iterator[tuple[str, str, str]]:
    """Yield a row with the category that the course counts for, where the policy has several for courses."""
    categories = course_categories(Cycle.objects.latest_of(petition.credential).version)
    if len(categories) > 1:
        label = next((one.label for one in categories if one.code == petition.category), MISSING)
        yield "category", "Counts for", label


def _format(petition: Petition) -> Iterator[tuple[str, str, str]]:
    """Yield a row with how the course was held, where the policy names formats."""
    if named_codes(petition.credential.policy, FORMATS):
        yield "format", "How it was held", code_in_words(petition.format) if petition.format else MISSING


def hours_words(unit: Unit, hundredths: int | None) -> str:
    """Return hours with their CEUs, such as "4 hours, which are 0.4 CEUs"."""
    if not hundredths:
        return ""
    hours = unit.hours(hundredths)
    if hours is None:
        return unit.words(hundredths)
    return f"{count_of(hours, 'hour')}, which {'is' if hours == '1' else 'are'} {unit.words(hundredths)}"


def _files(petition: Petition, anchored: str) -> Iterator[Row]:
    """Yield a row for each of the three parts of the evidence, missing ones too, and one for each
    file sent with an answer.
    """
    part = PetitionDocument.Part
    current = list(petition.evidence.current().select_related("document"))
    for code, field in (
        (part.CERTIFICATE, "certificate"),
        (part.AGENDA, "agenda"),
        (part.INSTRUCTOR, "instructor_proof"),
    ):
        there = next((one for one in current if one.part == code), None)
        absent = "None sent" if code == part.INSTRUCTOR else "Missing"
        value = _download(there) if there else absent
        yield Row(code.label, value, f"{anchored}{field}" if anchored else "")
    for one in current:
        if one.part == part.ANSWER:
            yield Row(part.ANSWER.label, _download(one))


def _download(one: PetitionDocument) -> SafeString:
    return render_to_string("documents/file.html", {"document": one.document})
