"""The page before a change of the catalogue is saved: whom it touches, the reason, the lead's choice (Q32).

Jordan, certified through March 14, 2027, finished 1.9 CEUs of one course on March 15, 2026, and has a card: ready to renew.
It is March 2, 2027.
"""

from datetime import date

import pytest

from ceus.models import CatalogueChange, CeuRecord, Course
from core.models import HistoryEntry
from outbox.models import Notice
from tests import factories
from tests.audits.scenes import an_audit
from tests.reading import text_of
from tests.renewals import scenes
from tests.staff.scenes import DAY, row_form, row_url

pytestmark = pytest.mark.django_db
WHY = "The outline has fewer contact hours."


@pytest.fixture
def course(ready, clock_at) -> Course:
    clock_at(DAY)
    return CeuRecord.objects.get(category="education").course


def fewer(client, course, **answers) -> dict[str, object]:
    return row_form(client, course, hundredths="1.5", ceus_from="2026-01-01") | answers


def confirm(client, row, answers, **decided):
    """Read whom it touches and the mail, then save."""
    shown = client.post(row_url(row), answers | {"look": "yes", "reason": WHY} | decided)
    mark = {"mark": shown.context["mark"], "confirmed": "yes"}
    return shown, client.post(row_url(row), answers | {"reason": WHY} | decided | mark)


def test_a_retroactive_listing_change_first_lists_affected_trainers_and_saves_nothing(
    course, jordan, lead, desk
):
    client = desk(lead)
    page = client.post(row_url(course), fewer(client, course))
    shown = text_of(page)
    assert page.status_code == 200
    assert "You changed 1 thing Field Now Then CEUs 1.9 1.5 from" in shown
    assert "Records 1 of 1 person" in shown
    assert "Ready to renew 1 1 would fall short" in shown
    assert "Jordan Rivera 1193 4482" in shown
    assert "March 15, 2026: 1.9 CEUs, by the list 1.5 CEUs" in shown
    assert Course.objects.get(pk=course.pk).hundredths == 190
    assert not CatalogueChange.objects.exists()


def test_the_preview_of_a_listing_change_tells_every_certification_that_shares_the_record(
    two, twice, lead, desk, clock_at
):
    clock_at("2026-06-18")
    first, _ = two("shared")
    course = factories.CourseFactory(hundredths=200)
    factories.CeuRecordFactory(
        credential=first.credential, course=course, hundredths=200, completed_on=date(2026, 3, 15)
    )
    client = desk(lead)
    shown = text_of(client.post(row_url(course), fewer(client, course)))
    assert "Records 1 of 1 person" in shown
    assert "Ready to renew 1 1 would fall short" in shown
    assert "Ready to renew, would fall short" in shown
    assert "5512 0007: Ready to renew, would fall short" in shown


def test_the_preview_of_a_retroactive_listing_change_counts_affected_renewals_and_audits(
    course, jordan, lead, desk
):
    application = scenes.submit(jordan, DAY)
    audit = an_audit(application.cycle, renewal=application.reference)
    audit.items.create(record=CeuRecord.objects.get(category="education"))
    client = desk(lead)
    touched = client.post(row_url(course), fewer(client, course)).context["touched"]
    assert (touched.ready, touched.renewals, touched.audits) == (0, 1, 1)
    assert touched.people[0].under_way == (
        f"Renewal {application.reference}",
        f"Audit of {application.reference}",
    )


def test_a_lead_confirms_a_retroactive_listing_change_with_a_reason_after_a_mail_preview(
    course, jordan, lead, desk
):
    client = desk(lead)
    answers = fewer(client, course)
    shown, saved = confirm(client, course, answers, records="changed")
    assert "It had 1.9 CEUs. It has 1.5 CEUs now." in shown.context["mail"].text
    assert not Notice.objects.filter(kind="ceus.relisted", state="sent").exists()
    assert saved.status_code == 302
    assert CeuRecord.objects.get(category="education").hundredths == 150
    change = CatalogueChange.objects.get()
    assert (change.reason, change.records, change.by) == (WHY, "changed", lead)
    entry = HistoryEntry.objects.get(subject=f"ceus.course:{course.pk}")
    assert (entry.reason, entry.detail["hundredths"]) == (WHY, ["1.9", "1.5"])
    assert Notice.objects.get(kind="ceus.relisted").trainer == jordan


def test_a_retroactive_listing_change_by_a_registrar_leaves_records_unchanged(course, registrar, desk):
    client = desk(registrar)
    answers = fewer(client, course)
    shown, saved = confirm(client, course, answers, records="changed")
    assert "records" not in shown.context["form"].fields
    assert "It stays at 1.9 CEUs." in shown.context["mail"].text
    assert saved.status_code == 302
    assert CeuRecord.objects.get(category="education").hundredths == 190
    assert CatalogueChange.objects.get().records == "kept"


def test_a_retroactive_listing_change_without_a_reason_is_refused_with_the_input_kept(course, lead, desk):
    client = desk(lead)
    answers = fewer(client, course, about="Kept <b>as typed</b>")
    page = client.post(row_url(course), answers | {"look": "yes", "reason": " ", "records": "kept"})
    assert page.status_code == 422
    assert "Write the reason." in page.content.decode()
    assert ("about", "Kept <b>as typed</b>") in page.context["typed"]
    back = client.post(row_url(course), answers | {"change": "yes"})
    assert back.context["adminform"].form["about"].value() == "Kept <b>as typed</b>"
    assert Course.objects.get(pk=course.pk).hundredths == 190


def test_a_trainer_affected_only_since_the_preview_is_shown_before_a_listing_change_is_saved(
    course, stranger, lead, desk
):
    client = desk(lead)
    answers = fewer(client, course)
    mark = client.post(row_url(course), answers).context["mark"]
    factories.CeuRecordFactory(
        credential=stranger.credentials.get(), course=course, completed_on=date(2026, 5, 3)
    )
    sent = answers | {"reason": WHY, "records": "kept", "mark": mark, "confirmed": "yes"}
    page = client.post(row_url(course), sent)
    assert page.status_code == 422
    assert "Meanwhile it touches other records than you were shown." in page.content.decode()
    assert "Sam Stranger" in page.content.decode()
    assert Course.objects.get(pk=course.pk).hundredths == 190


def test_ending_an_approval_in_the_past_asks_for_confirmation_but_ending_it_today_does_not(
    course, lead, desk
):
    client = desk(lead)
    page = client.post(row_url(course), row_form(client, course, approved_through="2026-03-14"))
    assert "by the list not approved" in page.content.decode()
    assert client.post(row_url(course), row_form(client, course, approved_through=DAY)).status_code == 302
    assert CatalogueChange.objects.get().records == "none"


def test_ending_a_providers_approval_in_the_past_affects_the_records_of_its_courses(course, lead, desk):
    client, provider = desk(lead), course.provider
    answers = row_form(client, provider, approved_through="2026-03-14")
    assert client.post(row_url(provider), answers).context["touched"].records == 1
    _, saved = confirm(client, provider, answers, records="changed")
    assert saved.status_code == 302
    assert CeuRecord.objects.get(category="education").approved is False


def test_starting_an_approval_earlier_affects_no_record_but_needs_a_reason(course, registrar, desk):
    Course.objects.update(approved_from=date(2026, 1, 1))
    client = desk(registrar)
    answers = row_form(client, course, approved_from="2025-12-31")
    page = client.post(row_url(course), answers)
    assert page.status_code == 200
    assert page.context["touched"].people == ()
    assert client.post(row_url(course), answers | {"confirmed": "yes", "reason": ""}).status_code == 422
    assert client.post(row_url(course), answers | {"confirmed": "yes", "reason": WHY}).status_code == 302
    assert CatalogueChange.objects.get().reason == WHY


@pytest.mark.parametrize(
    ("who", "change", "sentence"),
    [
        ("registrar", {"hundredths": "2", "ceus_from": "2026-01-01"}, "Only a lead can raise the CEUs"),
        ("lead", {"hundredths": "1.5", "ceus_from": "2027-03-03"}, "Choose today or an earlier day."),
        ("lead", {"hundredths": "1.5", "ceus_from": "soon"}, "Enter a valid date."),
    ],
)
def test_changing_ceus_from_a_day_that_is_not_allowed_is_refused_at_the_field(
    course, request, desk, who, change, sentence
):
    client = desk(request.getfixturevalue(who))
    page = client.post(row_url(course), row_form(client, course, **change))
    assert page.status_code == 422
    assert sentence in page.context["adminform"].form.errors["ceus_from"][0]


def test_many_affected_trainers_are_listed_on_several_pages(course, lead, desk):
    for number in range(60):
        factories.CeuRecordFactory(
            credential=factories.CredentialFactory(trainer__name=f"Person {number:02}"),
            course=course,
            completed_on=date(2026, 5, 3),
        )
    client = desk(lead)
    answers = fewer(client, course, hundredths="0.3")
    first = client.post(row_url(course), answers | {"reason": WHY}).content.decode()
    assert "Page 1 of 2" in first
    assert "Person 48" in first
    assert "Person 49" not in first
    second = client.post(row_url(course), answers | {"page": "2", "reason": WHY})
    assert "Person 49" in second.content.decode()
    assert second.context["form"]["reason"].value() == WHY


def test_a_renewal_that_lacks_ceus_after_a_listing_change_is_returned_to_its_trainer(
    course, jordan, lead, desk
):
    application = scenes.submit(jordan, DAY)
    client = desk(lead)
    _, saved = confirm(client, course, fewer(client, course), records="changed")
    assert saved.status_code == 302
    application = scenes.pay(application, DAY)
    assert application.state == "returned"
    assert application.returned_reason.startswith(
        "Our list of courses changed, so a course counts otherwise."
    )


def test_a_renewal_continues_when_a_listing_change_leaves_its_records(course, jordan, lead, desk):
    application = scenes.submit(jordan, DAY)
    client = desk(lead)
    confirm(client, course, fewer(client, course), records="kept")
    assert scenes.pay(application, DAY).state == "approved"


def test_a_listing_change_whose_affected_record_was_removed_since_the_preview_is_shown_again(
    course, jordan, lead, desk
):
    """Today's CEUs change; the one record of today goes before the change is confirmed."""
    record = factories.CeuRecordFactory(
        credential=jordan.credentials.get(), course=course, completed_on=date(2027, 3, 2), hundredths=190
    )
    client = desk(lead)
    answers = row_form(client, course, hundredths="1.5")
    shown = client.post(row_url(course), answers)
    assert shown.context["touched"].records == 1
    CeuRecord.objects.filter(pk=record.pk).update(state="removed")
    sent = answers | {"reason": WHY, "records": "kept", "confirmed": "yes"}
    page = client.post(row_url(course), sent | {"mark": shown.context["mark"]})
    assert page.status_code == 422
    assert "Meanwhile it touches other records than you were shown." in page.content.decode()
    assert (page.context["touched"].records, page.context["mark"]) == (0, "")
    assert Course.objects.get(pk=course.pk).hundredths == 190
    assert client.post(row_url(course), sent | {"mark": ""}).status_code == 302
    assert Course.objects.get(pk=course.pk).hundredths == 150


def test_a_lead_cannot_decide_about_their_own_ceu_records(course, jordan, lead, desk):
    jordan.is_staff = True
    jordan.save()
    jordan.groups.set(lead.groups.all())
    client = desk(jordan)
    answers = fewer(client, course)
    shown = client.post(row_url(course), answers | {"look": "yes", "reason": WHY, "records": "changed"})
    assert shown.status_code == 422
    assert shown.context["form"].errors["records"] == [
        "One of these records is yours, so another lead decides about them."
    ]
    _, saved = confirm(client, course, answers, records="kept")
    assert saved.status_code == 302
    assert CeuRecord.objects.get(category="education").hundredths == 190
