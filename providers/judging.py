"""Decide for each row of a report whether it can be recorded, without changing anything: a preview
shows the answers, and the report itself is written from the same answers. A constant number of
queries.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from ceus.cards import is_card
from ceus.models import CatalogueChange, CeuRecord, Course, Provider
from ceus.services.reporting import Report, corrected_records
from core.policy_words import fill_policy_words
from providers.models import Completion
from providers.rows import ReadRow
from rules.days import add_days
from rules.listing import CeusChange, ceus_on
from rules.names import answers_to, fold_title
from trainers.models import Credential

Row = TypeVar("Row", bound=Model)
Outcome = Completion.Outcome
UNKNOWN = "No certification has this number. Ask the person for it."
DIFFERS = "The number belongs to somebody else than the name says. Compare it with their certificate."
NO_COURSE = "No course of yours has this code."
NOT_APPROVED = "This course was not approved on that day."
FUTURE = "The day of completion cannot be in the future."
NO_DAY = "For this number nothing of that day can be recorded."
CARD = "Cards of {card_category} are added by those who hold them, with both sides."
TOO_MANY = "The course gives {most} on that day, not more."
BEFORE = "You have reported this before, in {where}."
IN_REPORT = "Line {line} of this report says the same."
PETITIONED = "It already counts for this number."
CORRECTED = "Our staff corrected this for this number. If that is wrong, write to us."


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row with its answer. `report` is what would be written for a row that can be recorded."""

    row: ReadRow
    outcome: str
    words: str = ""
    course: Course | None = None
    credential: Credential | None = None
    report: Report | None = None

    @property
    def is_taken(self) -> bool:
        return self.report is not None

    @property
    def tag(self) -> str:
        return str(Outcome(self.outcome).label)

    @property
    def tag_kind(self) -> str:
        return {Outcome.TAKEN: "ok", Outcome.DUPLICATE: "info"}.get(Outcome(self.outcome), "bad")

    @property
    def name_on_record(self) -> str:
        """Return the name of the certification's holder, for a provider who typed only the number:
        those lookups are counted, and rows of a file are not.
        """
        typed = self.credential and self.row.name is None and not self.row.flaw
        return self.credential.trainer.name if self.credential and typed else ""


@dataclass(frozen=True, slots=True)
class ListedDay:
    """What the catalogue says of a course on a day: its CEUs, and why it cannot be reported, if so."""

    most: int
    outcome: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class RowsOnFile:
    """The rows of the database that the answers to one report depend on. What is the same for many rows
    of a report is asked once.
    """

    provider: Provider
    latest_day: date
    courses: Mapping[str, Course]
    credentials: Mapping[str, Credential]
    records: Mapping[int, list[CeuRecord]]  # by credential
    changes: Mapping[int, list[CeusChange]]  # of CEUs, by course
    reported_in: Mapping[int, str]  # the report that a record stands in
    sent_as: Mapping[
        tuple[int, int, date], str
    ]  # that report, by credential, course and each day that was sent
    corrected: Set[int]  # the records that staff corrected
    listed: dict[tuple[int, date], ListedDay] = field(default_factory=dict)
    cards: dict[tuple[int, str, date], bool] = field(default_factory=dict)

    def listed_on(self, course: Course, day: date) -> ListedDay:
        """Return what the catalogue says of the course on this day."""
        key = (course.pk, day)
        if key not in self.listed:
            self.listed[key] = self._listed_on(course, day)
        return self.listed[key]

    def _listed_on(self, course: Course, day: date) -> ListedDay:
        most = ceus_on(day, self.changes.get(course.pk, ()), otherwise=course.hundredths)
        if day > self.latest_day:
            return ListedDay(most, Outcome.INVALID, FUTURE)
        if not (course.is_approved_on(day) and self.provider.is_approved_on(day)):
            return ListedDay(most, Outcome.NOT_APPROVED, NOT_APPROVED)
        return ListedDay(most)

    def is_card_on(self, course: Course, credential: Credential, day: date) -> bool:
        """Return whether the credential's policy takes the course for a card on this day."""
        key = (course.pk, credential.policy_code, day)
        if key not in self.cards:
            self.cards[key] = is_card(course.category, credential, day)
        return self.cards[key]


def judge_rows(
    provider: Provider, rows: Sequence[ReadRow], *, latest_day: date, lock: bool = False
) -> list[JudgedRow]:
    """Return an answer for each row, in their order. With `lock` the credentials and records that
    the answers depend on stay locked until the end of the transaction.
    """
    on_file = _rows_on_file(provider, rows, latest_day=latest_day, lock=lock)
    found: list[JudgedRow] = []
    taken: dict[tuple[int, int], list[JudgedRow]] = {}
    for row in rows:
        judged = _judge(row, on_file)
        if judged.report:
            key = (judged.report.credential.pk, judged.report.course.pk)
            judged = _against_this_report(judged, taken.get(key, []))
            if judged.is_taken:
                taken.setdefault(key, []).append(judged)
        found.append(judged)
    return found


def _rows_on_file(provider: Provider, rows: Sequence[ReadRow], *, latest_day: date, lock: bool) -> RowsOnFile:
    codes = {row.course for row in rows}
    courses = {one.slug: one for one in Course.objects.filter(provider=provider, slug__in=codes)}
    for course in courses.values():
        course.provider = provider
    numbers = {row.number for row in rows if row.number}
    people = _locked(Credential.objects.known().filter(number__in=numbers).order_by("pk"), lock)
    credentials = {one.number: one for one in people.select_related("trainer")}
    by_key = {one.pk: one for one in credentials.values()}
    records: dict[int, list[CeuRecord]] = {}
    wanted = Q(course__in=list(courses.values())) | Q(granted=True)
    counting = CeuRecord.objects.counting().filter(wanted, credential__in=list(by_key))
    for record in _locked(counting.order_by("pk"), lock):
        record.credential = by_key[record.credential_id]
        records.setdefault(record.credential_id, []).append(record)
    theirs = [one for found in records.values() for one in found]
    reported = [one.pk for one in theirs if one.reported_by_provider]
    sent = _sent_before(reported)
    return RowsOnFile(
        provider,
        latest_day,
        courses,
        credentials,
        records,
        _changes_of(courses.values()),
        {record: reference for record, *_, state, reference in sent if state in Completion.STANDING},
        {(person, course, day): reference for _, person, course, day, _, reference in sent if day},
        corrected_records(one.pk for one in theirs if not one.reported_by_provider),
    )


def _sent_before(records: Collection[int]) -> list[tuple[int, int, int, date | None, str, str]]:
    """Return (record, credential, course, day, state, report) of each row that was sent about these
    records, also of one that a provider corrected, once or twice. One query.
    """
    about = Q(record__in=records)
    for corrected in ("replaced_by", "replaced_by__replaced_by"):
        about |= Q(**{f"{corrected}__record__in": records})
    columns = ("record", "credential", "course", "completed_on", "state", "batch__reference")
    return list(Completion.objects.filter(about).order_by("pk").values_list(*columns))


def _locked(rows: "QuerySet[Row]", lock: bool) -> "QuerySet[Row]":
    return rows.select_for_update(of=("self",)) if lock else rows


def _changes_of(courses: Iterable[Course]) -> dict[int, list[CeusChange]]:
    found: dict[int, list[CeusChange]] = {}
    for one in CatalogueChange.objects.dated_ceus().filter(course__in=list(courses)):
        if one.course_id and one.ceus_from and one.hundredths_before and one.hundredths_after:
            change = CeusChange(one.ceus_from, one.hundredths_before, one.hundredths_after)
            found.setdefault(one.course_id, []).append(change)
    return found


def _judge(row: ReadRow, on_file: RowsOnFile) -> JudgedRow:
    course = on_file.courses.get(row.course)
    credential = on_file.credentials.get(row.number)

    def refused(outcome: str, words: str) -> JudgedRow:
        return JudgedRow(row, outcome, words, course, credential)

    if row.flaw:
        return refused(Outcome.INVALID, row.flaw)
    if credential is None:
        return refused(Outcome.UNKNOWN_NUMBER, UNKNOWN)
    if row.name is not None and not answers_to(credential.trainer.name, row.name):
        return refused(Outcome.NAME_DIFFERS, DIFFERS)
    if course is None:
        return refused(Outcome.NOT_APPROVED, NO_COURSE)
    day = row.completed_on
    assert day is not None  # noqa: S101 - a row without a flaw has its day
    listed = on_file.listed_on(course, day)
    if listed.outcome:
        return refused(listed.outcome, listed.words)
    if day < credential.awarded_on:
        return refused(Outcome.INVALID, NO_DAY)
    if on_file.is_card_on(course, credential, day):
        return refused(Outcome.INVALID, fill_policy_words(CARD))
    return _against_records(row, credential, course, day, listed.most, on_file)


def _against_records(
    row: ReadRow, credential: Credential, course: Course, day: date, most: int, on_file: RowsOnFile
) -> JudgedRow:
    """Return the row as one to record, unless its completion counts already or it gives more CEUs
    than the course.
    """

    def refused(words: str, outcome: str = Outcome.DUPLICATE) -> JudgedRow:
        return JudgedRow(row, outcome, words, course, credential)

    theirs = on_file.records.get(credential.pk, [])
    known = _known(theirs, course, day)
    # A row without an amount leaves what counts already as it is, also after the course's CEUs went down (Q32).
    same_day = known is not None and known.completed_on == day
    hundredths = row.hundredths or (known.hundredths if known and same_day else most)
    if row.hundredths and hundredths > most:
        return refused(TOO_MANY.format(most=credential.policy.unit.words(most)), Outcome.INVALID)
    if known and known.reported_by_provider:
        return refused(BEFORE.format(where=on_file.reported_in.get(known.pk, "an earlier report")))
    if known is None and (before := on_file.sent_as.get((credential.pk, course.pk, day))):
        return refused(
            BEFORE.format(where=before)
        )  # its day was corrected meanwhile; lists are sent whole again
    if (known is None and _is_petitioned(theirs, course, day)) or (known and known.granted):
        return refused(PETITIONED)
    said = known and (known.completed_on, known.hundredths)
    if known and known.pk in on_file.corrected and said != (day, hundredths):
        return refused(CORRECTED)
    report = Report(credential, course, day, hundredths, known)
    return JudgedRow(row, Outcome.TAKEN, "", course, credential, report)


def _known(theirs: Iterable[CeuRecord], course: Course, day: date) -> CeuRecord | None:
    """Return the record of this completion: of the same day or, logged by the trainer and not yet
    claimed, of the day beside it, which a time zone or a late evening explains (Q36).
    """
    same = [one for one in theirs if one.course_id == course.pk]
    if not same:
        return None
    exact = next((one for one in same if one.completed_on == day), None)
    near = (add_days(day, -1), add_days(day, 1))
    free = (one for one in same if not (one.reported_by_provider or one.granted or one.claimed_for_id))
    return exact or next((one for one in free if one.completed_on in near), None)


def _is_petitioned(theirs: Iterable[CeuRecord], course: Course, day: date) -> bool:
    """Return whether a petition granted this event: the same title, of this day or one beside it."""
    granted = [one for one in theirs if one.granted]
    if not granted:
        return False
    days, title = (add_days(day, -1), day, add_days(day, 1)), fold_title(course.title)
    return any(one.completed_on in days and fold_title(one.title) == title for one in granted)


def _against_this_report(judged: JudgedRow, before: Sequence[JudgedRow]) -> JudgedRow:
    """Return the row as a duplicate when an earlier one of the report is the same completion, or was
    merged with the same record.
    """
    report = judged.report
    assert report is not None  # noqa: S101 - asked of rows that are taken
    for one in before:
        other = one.report
        same = other and (
            other.completed_on == report.completed_on or (report.known and other.known is report.known)
        )
        if same:
            words = IN_REPORT.format(line=one.row.line)
            return replace(judged, outcome=Outcome.DUPLICATE, words=words, report=None)
    return judged
