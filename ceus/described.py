"""What the rules of some policies ask about a completed course besides category, amount and day: its
provider, topics and format, when it was reported, and whether it counted in an earlier cycle.

A record keeps the provider, topics and format of the day on which it was logged, so that a later
change of the catalogue leaves it as it is (Q32).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from ceus.models import CeuRecord, Course, Provider, Topic
from ceus.models.catalogue import format_in_words
from core.clock import date_of
from core.policy_words import fitting_policies
from rules.described import (
    FORMATS,
    NAMED,
    TOPICS,
    asks_what_was_taken_before,
    code_in_words,
    named_codes,
)
from rules.facts import NO_DETAILS, RecordDetails, RecordFact
from trainers.models import Cycle


@dataclass(frozen=True, slots=True)
class Described:
    """The columns of a record that describe its course, by the codes of the policies."""

    provider_code: str = ""
    topics: str = ""
    format: str = ""

    @property
    def columns(self) -> dict[str, str]:
        """Return the values by the name of their column."""
        return {"provider_code": self.provider_code, "topics": self.topics, "format": self.format}


UNDESCRIBED = Described()


def described_kinds() -> tuple[str, ...]:
    """Return what the policies of the portal name about courses: any of topics, formats, providers."""
    return tuple(kind for kind in NAMED if codes_named(kind))


def codes_named(kind: str) -> tuple[str, ...]:
    """Return the codes that the policies of the portal name, in the order of their files."""
    return tuple(dict.fromkeys(code for policy in fitting_policies() for code in named_codes(policy, kind)))


def format_choices() -> list[tuple[str, str]]:
    """Return the formats that a course can have: those of the policies, or the usual ones."""
    codes = codes_named(FORMATS)
    return [(code, format_in_words(code)) for code in codes] if codes else list(Course.Format.choices)


def slug_of_topic(code: str) -> str:
    """Return the slug of the topic that a policy names by this code."""
    return code.replace("_", "-")


def ensure_topics(**_: object) -> None:
    """Create the topics that the policies of the portal name, where they are missing. Idempotent."""
    for code in codes_named(TOPICS):
        if not Topic.objects.filter(slug=slug_of_topic(code)).exists():
            Topic.objects.get_or_create(name=code_in_words(code), defaults={"slug": slug_of_topic(code)})


def describe_course(course: Course) -> Described:
    """Return how the policies describe a course of the catalogue. One query, and none where no policy
    names anything about courses.
    """
    if not described_kinds():
        return UNDESCRIBED
    return describe_with(course.provider, [topic.slug for topic in course.topics.all()], course.format)


def describe_with(provider: Provider | None, topics: Iterable[str], form: str) -> Described:
    """Return the columns for a provider, the slugs of topics and a format."""
    if not described_kinds():
        return UNDESCRIBED
    known = {slug_of_topic(code): code for code in codes_named(TOPICS)}
    found = sorted({known[slug] for slug in topics if slug in known})
    named = (provider.code or provider.slug.replace("-", "_"))[:40] if provider else ""
    return Described(named, " ".join(found), form if form in codes_named(FORMATS) else "")


def details_of(described: Described) -> RecordDetails:
    """Return what the rules ask about a course that is not a record yet."""
    if described == UNDESCRIBED:
        return NO_DETAILS
    topics = tuple(described.topics.split())
    return RecordDetails(described.provider_code or None, topics, described.format or None)


def details_of_records(cycles: Iterable[Cycle]) -> dict[int, RecordDetails]:
    """Return what the rules ask about the records of these cycles' credentials, by the record's
    primary key. Two queries, and none where no policy asks.
    """
    wide = {one.credential_id: one for one in cycles if one.policy.wide}
    if not wide:
        return {}
    rows: dict[int, list[CeuRecord]] = {credential: [] for credential in wide}
    for row in CeuRecord.objects.present().filter(credential__in=wide).only(*_TOLD):
        rows[row.credential_id].append(row)
    before, now = courses_taken_before(wide.values()), described_now(chain.from_iterable(rows.values()))
    return {
        pk: told
        for credential, cycle in wide.items()
        for pk, told in _told(cycle, rows[credential], before.get(credential, set()), now).items()
    }


def details_of_rows(
    cycle: Cycle,
    records: Collection[CeuRecord],
    before: Mapping[int, set[int]] | None = None,
    now: Mapping[int, Described] | None = None,
) -> dict[int, RecordDetails]:
    """Return what the rules ask about these records for a cycle. No query where the policy does not
    ask, nor with what `courses_taken_before` and `described_now` returned for many cycles, else two at
    most, and one for topics.
    """
    if not cycle.policy.wide:
        return {}
    taken = courses_taken_before([cycle]) if before is None else before
    described = described_now(records) if now is None else now
    return _told(cycle, records, taken.get(cycle.credential_id, set()), described)


_TOLD = ("credential_id", "course_id", "provider_code", "topics", "format", "logged_at")


def _told(
    cycle: Cycle, records: Collection[CeuRecord], before: set[int], now: Mapping[int, Described]
) -> dict[int, RecordDetails]:
    found = {}
    for one in records:
        described = Described(one.provider_code, one.topics, one.format)
        if one.course_id and not one.provider_code:
            described = now.get(one.course_id, described)
        reported_on = date_of(one.logged_at, cycle.policy.time_zone)
        was_taken = bool(one.course_id) and one.course_id in before
        told = details_of(described)
        found[one.pk] = replace(told, reported_on=reported_on, taken_before=was_taken)
    return found


def described_now(records: Iterable[CeuRecord]) -> dict[int, Described]:
    """Return how the courses of these records are described now, by the course's primary key: of those
    that were logged before any policy named anything about courses. Two queries for all of them; none
    for none, nor where no policy names anything.
    """
    courses = {one.course_id for one in records if one.course_id and not one.provider_code}
    if not (courses and described_kinds()):
        return {}
    rows = Course.objects.filter(pk__in=courses).select_related("provider").prefetch_related("topics")
    return {one.pk: describe_course(one) for one in rows}


def courses_taken_before(cycles: Iterable[Cycle]) -> Mapping[int, set[int]]:
    """Return the courses that counted in an earlier cycle than these, by credential. One query, and
    none where no policy asks.
    """
    asked = [one for one in cycles if asks_what_was_taken_before(one.policy)]
    found: dict[int, set[int]] = {one.credential_id: set() for one in asked}
    first_on: dict[int, date] = {one.credential_id: one.starts_on for one in asked}
    if not found:
        return found
    rows = CeuRecord.objects.present().filter(credential__in=found, claimed_for__isnull=False)
    columns = ("credential_id", "course_id", "claimed_for__starts_on")
    for credential, course, starts_on in rows.exclude(course=None).values_list(*columns):
        if starts_on < first_on[credential]:
            found[credential].add(course)
    return found


def with_details(record: RecordFact, details: Mapping[int, RecordDetails]) -> RecordFact:
    """Return the record's facts with the details of its row, if it has any."""
    told = details.get(int(record.id)) if record.id.isdigit() else None
    return replace(record, details=told) if told else record
