"""The credit passport: a cycle's accepted courses and cards as a signed file that programs of other
bodies read (Comprehensive Learner Record 2.0, each record an Open Badges 3.0 credential).
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Count, Q
from django.urls import reverse

from badges.identity import portal_did
from badges.models import SigningKey
from badges.signing import sign_collection, sign_document
from ceus.models import CeuRecord
from core.links import full_address
from core.organisation import current_organisation
from rules.units import Unit
from trainers.models import Credential, Cycle

MOST_RECORDS = 50  # in one file: signing takes a fiftieth of a second for each
NOON = time(12, tzinfo=UTC)  # the same day in every zone where people live, near enough


@dataclass(frozen=True, slots=True)
class PassportFile:
    """One file of the passport of a cycle; a cycle with many records has several."""

    cycle: Cycle
    part: int
    parts: int

    @property
    def path(self) -> str:
        return reverse("renewals:passport", args=[self.cycle.pk, self.part])

    @property
    def part_words(self) -> str:
        return f"part {self.part} of {self.parts}" if self.parts > 1 else ""


def passport_files(credentials: list[Credential]) -> list[PassportFile]:
    """Return the files of the passport of these credentials, those of the newest cycle first."""
    cycles = Cycle.objects.filter(credential__in=credentials).select_related("credential__trainer")
    accepted = Count("claimed_records", filter=Q(claimed_records__state=CeuRecord.State.ACCEPTED))
    found = list(cycles.annotate(accepted=accepted).order_by("-starts_on", "-pk"))
    free = CeuRecord.objects.filter(
        credential__in=credentials, state=CeuRecord.State.ACCEPTED, claimed_for=None
    )
    unclaimed = dict(free.order_by().values_list("credential").annotate(n=Count("pk")))
    files = []
    for cycle in found:
        accepted_here: int = cycle.accepted  # type: ignore[attr-defined]  # annotated above
        count = accepted_here + unclaimed.pop(cycle.credential_id, 0)  # the newest cycle comes first
        parts = -(-count // MOST_RECORDS)
        files += [PassportFile(cycle, part, parts) for part in range(1, parts + 1)]
    return files


def signed_passport(file: PassportFile, *, key: SigningKey, at: datetime) -> str:
    """Return a file of the passport as signed JSON-LD. Raises Refusal when it cannot be signed."""
    first = (file.part - 1) * MOST_RECORDS
    records = _records_of(file.cycle)[first : first + MOST_RECORDS]
    members = [sign_document(_member(one, file.cycle, at), key=key, at=at) for one in records]
    address = uuid5(NAMESPACE_URL, f"{full_address(file.path)}#{at.isoformat()}")
    document = sign_collection(
        members,
        issuer=_issuer().to_dict(),
        about=[one.to_dict() for one in _identifiers(file.cycle.credential)],
        address=f"urn:uuid:{address}",
        key=key,
        at=at.replace(microsecond=0),
    )
    return json.dumps(document, sort_keys=True)


def _records_of(cycle: Cycle) -> list[CeuRecord]:
    """Return the accepted records of a cycle; those that no renewal has claimed
    belong to the newest cycle."""
    mine = Q(claimed_for=cycle)
    if Cycle.objects.latest_of(cycle.credential) == cycle:
        mine |= Q(claimed_for=None)
    accepted = CeuRecord.objects.filter(mine, credential=cycle.credential_id, state=CeuRecord.State.ACCEPTED)
    return list(accepted.select_related("course__provider").order_by("completed_on", "pk"))


def _member(record: CeuRecord, cycle: Cycle, at: datetime) -> dict[str, Any]:
    """Return the unsigned Open Badges credential about one record."""
    from openbadgeslib.ob3 import Achievement, OpenBadgeCredential

    unit, course = cycle.policy.unit, record.course
    amount = float(Decimal(record.hundredths).scaleb(-unit.digits))
    course_page = full_address(reverse("ceus:course", args=[course.slug])) if course else ""
    finished = _noon_of(record.completed_on)
    credential = OpenBadgeCredential(
        id=f"urn:uuid:{_stable_id(record)}",
        issuer=_issuer(),
        recipient_id=None,
        identifiers=_identifiers(cycle.credential),
        achievement=Achievement(
            id=course_page or f"urn:uuid:{uuid5(_stable_id(record), 'achievement')}",
            name=record.title,
            description=unit.words(record.hundredths),
            criteria_narrative="It was completed, and counts for the certification.",
            achievement_type="Course",
            credits_available=amount,
            tags=list(_unit_tags(unit, record.hundredths)),
        ),
        credits_earned=amount,
        issuance_date=min(finished, at.replace(microsecond=0)),
    )
    document: dict[str, Any] = credential.to_vc()
    subject = document["credentialSubject"]
    subject["activityEndDate"] = finished.strftime("%Y-%m-%dT%H:%M:%SZ")
    if course:
        page = full_address(reverse("ceus:provider", args=[course.provider.slug]))
        profile = {"id": page, "type": ["Profile"], "name": course.provider.name}
        subject["achievement"]["creator"] = profile
    return document


def _unit_tags(unit: Unit, hundredths: int) -> list[str]:
    """Return the unit of the credits, for which the standard has no place, as tags that our own
    import reads as well.
    """
    tags = [f"unit:{unit.singular.lower().replace(' ', '_')}"]
    hours = unit.hours(hundredths)
    return [*tags, f"contact_hours:{hours}"] if hours else tags


def _identifiers(credential: Credential) -> list[Any]:
    from openbadgeslib.ob3 import IdentityObject

    return [
        IdentityObject(credential.trainer.name, "name", hashed=False),
        IdentityObject(credential.number, "identifier", hashed=False),
    ]


def _issuer() -> Any:
    from openbadgeslib.ob3 import Issuer

    organisation = current_organisation()
    return Issuer(id=portal_did(), name=organisation.full_name or organisation.title, url=full_address("/"))


def _stable_id(record: CeuRecord) -> Any:
    return uuid5(NAMESPACE_URL, full_address(f"/records/{record.pk}"))


def _noon_of(day: date) -> datetime:
    return datetime.combine(day, NOON)
