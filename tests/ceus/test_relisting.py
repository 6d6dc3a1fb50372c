"""A change of approvals or CEUs takes nothing that was counted unless a lead decides so (Q32).

Jordan, certified through March 14, 2027, finished a course of 0.4 CEUs on May 3, 2026. It is June 1, 2026.
"""

from datetime import date

import pytest
from django.db import connection

from ceus import services
from ceus.invariants import CHECKS
from ceus.models import AffectedRecord, CatalogueChange, CeuRecord, Course
from ceus.standing import standing_for
from ceus.touched import ListingChange, touched_records
from core.errors import Refusal
from core.models import HistoryEntry
from outbox.models import Notice
from rules.listing import Days
from tests import factories
from tests.ceus.scenes import AT, TODAY, ceus_from, save
from tests.reading import text_of
from tests.renewals.scenes import cycle_of

pytestmark = pytest.mark.django_db
WHY = "The outline has three contact hours."


@pytest.fixture
def record(course, jordan) -> CeuRecord:
    return factories.CeuRecordFactory(
        credential=jordan.credentials.get(), course=course, completed_on=date(2026, 5, 3)
    )


def approved(row, first: str, last: str | None = None) -> ListingChange:
    stored = type(row).objects.get(pk=row.pk)
    return ListingChange(stored, Days(date.fromisoformat(first), last and date.fromisoformat(last)))


def broken() -> list[str]:
    return [line for check in CHECKS for line in check.find() if check.number == 17]


def log(jordan, course, day: date, certificate=None) -> CeuRecord:
    return services.log_course(
        jordan.credentials.get(),
        course=course,
        completed_on=day,
        certificate=certificate,
        by=jordan,
        at=AT,
        today=TODAY,
    )


@pytest.mark.parametrize(("day", "hundredths"), [("2026-04-30", 40), ("2026-05-01", 30), ("2026-06-01", 30)])
def test_a_course_logged_later_counts_with_the_ceus_of_its_completion_date(
    jordan, course, lead, day, hundredths
):
    save(ceus_from(course, "2026-05-01", 30), by=lead, reason=WHY)
    assert log(jordan, course, date.fromisoformat(day)).hundredths == hundredths


def test_a_record_changed_to_another_date_counts_with_the_ceus_of_that_date(jordan, course, record, lead):
    save(ceus_from(course, "2026-05-01", 30), by=lead, reason=WHY)
    at = {"by": jordan, "at": AT, "today": TODAY}
    record = services.change_record(record, completed_on=date(2026, 5, 3), **at)
    assert record.hundredths == 40
    record = services.change_record(record, completed_on=date(2026, 5, 4), **at)
    assert record.hundredths == 30
    assert services.change_record(record, completed_on=date(2026, 4, 30), **at).hundredths == 40
    assert broken() == []


def test_a_change_of_ceus_from_today_on_affects_no_record_and_needs_no_reason(course, record, registrar):
    change = save(ceus_from(course, "2026-06-01", 90), by=registrar)
    record.refresh_from_db()
    assert (record.hundredths, change.records, change.reason) == (40, "none", "")
    assert not Notice.objects.exists()
    assert Course.objects.get().hundredths == 90


@pytest.mark.parametrize("who", ["registrar", "lead"])
def test_a_retroactive_change_of_ceus_leaves_logged_records_and_mails_their_trainers(
    course, record, jordan, request, who
):
    change = save(ceus_from(course, "2026-05-01", 30), by=request.getfixturevalue(who), reason=WHY)
    record.refresh_from_db()
    assert (record.hundredths, change.records) == (40, "kept")
    assert standing_for(cycle_of(jordan), today=TODAY).total.counted == 40
    (affected,) = AffectedRecord.objects.all()
    assert (affected.record, affected.is_changed) == (record, False)
    (notice,) = Notice.objects.all()
    assert (notice.kind, notice.trainer, notice.send_at) == ("ceus.relisted", jordan, AT)
    assert broken() == []


def test_a_lead_can_apply_a_retroactive_change_to_logged_records_with_reason_and_history(
    course, record, jordan, lead
):
    change = save(ceus_from(course, "2026-05-01", 30), by=lead, reason=WHY, records="changed")
    record.refresh_from_db()
    assert (record.hundredths, change.records) == (30, "changed")
    entry = HistoryEntry.objects.get(verb="counted_anew")
    assert (entry.subject, entry.trainer, entry.by) == (f"ceus.ceurecord:{record.pk}", jordan, lead)
    assert (entry.reason, entry.detail["hundredths"]) == (WHY, [40, 30])
    assert broken() == []


def test_a_retroactively_ended_approval_leaves_logged_records_until_a_lead_decides(
    course, record, jordan, lead
):
    change = approved(course, "2015-01-01", "2026-05-02")
    save(change, by=lead, reason=WHY)
    assert standing_for(cycle_of(jordan), today=TODAY).total.counted == 40
    with pytest.raises(Refusal, match="not on our list on May 3"):
        log(jordan, Course.objects.get(), date(2026, 5, 3))


def test_a_lead_can_uncount_records_when_a_providers_approval_ends_and_count_them_again(
    course, record, jordan, lead
):
    save(approved(course.provider, "2015-01-01", "2026-05-02"), by=lead, reason=WHY, records="changed")
    assert standing_for(cycle_of(jordan), today=TODAY).total.counted == 0
    save(approved(course.provider, "2015-01-01"), by=lead, reason="It was our error.", records="changed")
    assert standing_for(cycle_of(jordan), today=TODAY).total.counted == 40
    assert Notice.objects.count() == 2
    assert broken() == []


@pytest.mark.parametrize(("last", "touched"), [("2026-05-02", 1), ("2026-05-03", 0), ("2026-05-04", 0)])
def test_ending_an_approval_affects_records_completed_after_its_new_last_day(course, record, last, touched):
    assert touched_records(approved(course, "2015-01-01", last)).count() == touched
    assert touched_records(approved(course.provider, "2015-01-01", last)).count() == touched


@pytest.mark.parametrize(("first", "touched"), [("2026-05-03", 0), ("2026-05-04", 1)])
def test_a_later_start_of_an_approval_affects_records_completed_before_it(course, record, first, touched):
    assert touched_records(approved(course, first)).count() == touched


def test_a_retroactive_change_affects_no_granted_rejected_or_removed_record_or_earlier_cycle(course, jordan):
    credential, cycle = jordan.credentials.get(), cycle_of(jordan)
    make = {"credential": credential, "course": course}
    factories.CeuRecordFactory(**make, completed_on=date(2026, 5, 3), granted=True)
    factories.CeuRecordFactory(**make, completed_on=date(2026, 5, 4), state="rejected")
    factories.CeuRecordFactory(**make, completed_on=date(2026, 5, 5), state="removed")
    claimed = factories.CeuRecordFactory(**make, completed_on=date(2026, 5, 6), claimed_for=cycle)
    change = ceus_from(course, "2026-05-01", 30)
    assert list(touched_records(change)) == [claimed]
    factories.CycleFactory(credential=credential, expires_on=date(2029, 3, 14))
    assert list(touched_records(change)) == []


def test_moving_a_course_to_a_no_longer_approved_provider_affects_its_records(course, record):
    other = factories.ProviderFactory(approved_through=date(2026, 5, 2))
    stored = Course.objects.get(pk=course.pk)
    assert list(touched_records(ListingChange(stored, stored.approved_days, provider=other))) == [record]


def test_only_a_lead_can_raise_ceus_retroactively(course, record, registrar, lead):
    change = ceus_from(course, "2026-05-31", 50)
    with pytest.raises(Refusal, match="Only a lead can raise") as refused:
        save(change, by=registrar, reason=WHY)
    assert refused.value.field == "ceus_from"
    save(change, by=lead, reason=WHY)
    assert Course.objects.get().hundredths == 50


@pytest.mark.parametrize(
    ("day", "answers", "field"),
    [
        ("2026-06-02", {"reason": WHY}, "ceus_from"),
        ("2026-05-01", {"reason": " "}, "reason"),
        ("2026-05-01", {"reason": "x" * 2001}, "reason"),
        ("2026-05-01", {"reason": WHY, "records": "other"}, "records"),
        ("2026-05-01", {"reason": WHY, "mark": "seen others"}, None),
    ],
)
def test_an_invalid_retroactive_change_is_refused_and_changes_nothing(
    course, record, lead, day, answers, field
):
    with pytest.raises(Refusal) as refused:
        save(ceus_from(course, day, 30), by=lead, **answers)
    assert (refused.value.field or None) == field
    assert Course.objects.get().hundredths == 40
    assert not CatalogueChange.objects.exists()


def test_a_registrar_cannot_apply_a_retroactive_change_to_logged_records(course, record, registrar):
    with pytest.raises(Refusal, match="Only a lead"):
        save(ceus_from(course, "2026-05-01", 30), by=registrar, reason=WHY, records="changed")


def test_a_lead_whose_own_record_is_affected_cannot_decide_a_retroactive_change(course, record, jordan, lead):
    jordan.groups.set(lead.groups.all())
    with pytest.raises(Refusal, match="another lead"):
        save(ceus_from(course, "2026-05-01", 50), by=jordan, reason=WHY, records="changed")
    save(ceus_from(course, "2026-05-01", 50), by=lead, reason=WHY, records="changed")


def test_the_mail_about_a_retroactive_change_lists_only_the_trainers_own_records(
    course, record, stranger, lead
):
    from core.mail import render_mail
    from outbox.notices import kind_of

    day = date(2026, 5, 9)
    factories.CeuRecordFactory(credential=stranger.credentials.get(), course=course, completed_on=day)
    save(ceus_from(course, "2026-05-01", 30), by=lead, reason=WHY, records="changed")
    notices = list(Notice.objects.order_by("trainer__name"))
    kind = kind_of("ceus.relisted")
    contexts = kind.contexts(notices)
    text, other = (render_mail(kind.template, contexts[one.pk]).text for one in notices)
    assert "May 3, 2026: It had 0.4 CEUs. It has 0.3 CEUs now." in text
    assert "gives 0.3 CEUs when it is completed on May 1, 2026 or later." in text
    assert WHY in text
    assert "May 9" not in text
    assert "May 9, 2026" in other


def test_the_pages_of_a_course_show_the_ceus_that_it_gave_before(jordan, course, lead, signed_in, clock_at):
    clock_at("2026-06-01")
    save(ceus_from(course, "2026-05-01", 30), by=lead, reason=WHY)
    client = signed_in(jordan)
    page, logging = (text_of(client.get(f"/{at}/{course.slug}/")) for at in ("courses", "my-courses/add"))
    assert "CEUs 0.3 (about 3 hours) 0.4 if you finished it through April 30, 2026" in page
    assert "0.3 CEUs 0.4 CEUs if you finished it through April 30, 2026" in logging


def test_affected_records_are_found_by_an_index(course, record):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    for row in (course, course.provider):
        plan = touched_records(approved(row, "2015-01-01", "2026-05-02")).explain()
        assert "Seq Scan on ceus_ceurecord" not in plan
        assert "SCAN ceus_ceurecord" not in plan


@pytest.mark.parametrize(("first", "last"), [("2026-05-04", None), ("2015-01-01", "2026-05-02")])
def test_ending_a_providers_approval_does_not_affect_records_its_course_had_already_lost(
    course, record, lead, first, last
):
    save(approved(course, first, last), by=lead, reason=WHY)
    assert not touched_records(approved(course.provider, "2015-01-01", "2026-05-01")).exists()
