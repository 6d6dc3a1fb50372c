"""A trainer's pages of their records: what counts, changing and removing, typed values kept, nothing shown to strangers."""

from datetime import date

import pytest

from ceus.models import CeuRecord
from documents.waiting import token_of
from tests import factories
from tests.ceus.scenes import a_day


@pytest.fixture(autouse=True)
def _on_a_day(clock_at):
    clock_at("2026-06-15")


def test_a_course_is_logged_with_a_date_and_a_certificate(jordan, signed_in, course, picture):
    browser = signed_in(jordan)
    assert 'name="course" value="older"' in browser.get("/my-courses/add/?q=movement").content.decode()
    data = {"course": "older", "day": "other", **a_day("completed_on", "5/3/2026"), "certificate": picture()}
    answer = browser.post("/my-courses/add/", data, follow=True)
    assert answer.redirect_chain[-1][0] == "/my-courses/"
    assert "This counts 0.4 CEUs. You need 1.6 more." in answer.content.decode()
    record = CeuRecord.objects.get()
    assert (record.state, record.completed_on, record.hundredths) == ("accepted", date(2026, 5, 3), 40)


def test_posting_the_form_twice_leaves_one_record(jordan, signed_in, course, picture):
    browser = signed_in(jordan)
    for _ in range(2):
        data = {**a_day("completed_on", "5/3/2026"), "certificate": picture()}
        assert browser.post("/my-courses/add/older/", data).status_code == 302
    assert CeuRecord.objects.count() == 1


def test_a_valid_file_is_kept_when_the_date_is_missing(jordan, signed_in, course, picture):
    browser = signed_in(jordan)
    data = {**a_day("completed_on", "//"), "certificate": picture()}
    answer = browser.post("/my-courses/add/older/", data)
    assert answer.status_code == 422
    assert "Enter the date you finished the course." in answer.content.decode()
    kept = answer.context["form"]["certificate"].field.widget.kept
    again = {**a_day("completed_on", "5/3/2026"), "certificate-kept": token_of(kept)}
    assert browser.post("/my-courses/add/older/", again).status_code == 302
    assert CeuRecord.objects.get().state == "accepted"


def test_a_card_without_both_sides_is_refused(jordan, signed_in, picture):
    browser = signed_in(jordan)
    days = {**a_day("completed_on", "5/3/2026"), **a_day("valid_through", "5/3/2028")}
    answer = browser.post("/card/", {**days, "front": picture()})
    assert answer.status_code == 422
    assert CeuRecord.objects.count() == 0
    files = {"front": picture(), "back": picture()}
    answer = browser.post("/card/", {**days, **files}, follow=True)
    assert "This counts 0.1 CEUs" in answer.content.decode()


def test_a_card_valid_through_a_month_can_be_logged_with_one_file_of_both_sides(jordan, signed_in, picture):
    days = {**a_day("completed_on", "5/3/2026"), **a_day("valid_through", "11//2028")}
    browser = signed_in(jordan)
    refused = browser.post("/card/", {**days, "front": picture()})
    assert "say that the first one shows both sides" in refused.content.decode()
    answer = browser.post("/card/", {**days, "front": picture(), "both_sides": "on"}, follow=True)
    assert "This counts 0.1 CEUs" in answer.content.decode()
    record = CeuRecord.objects.get()
    assert record.valid_through == date(2028, 11, 30)
    assert record.state == "accepted"
    assert [one.part for one in record.evidence.current()] == ["card_back", "card_front"]
    assert record.evidence.values("document").distinct().count() == 1
    page = browser.get(f"/my-courses/{record.pk}/").content.decode()
    assert page.count('<img class="thumbnail"') == 2


def test_a_card_can_be_changed_with_one_file_of_both_sides(jordan, signed_in, picture):
    browser = signed_in(jordan)
    days = {**a_day("completed_on", "5/3/2026"), **a_day("valid_through", "5/3/2028")}
    browser.post("/card/", {**days, "front": picture(), "back": picture()})
    address = f"/my-courses/{CeuRecord.objects.get().pk}/change/"
    assert browser.post(address, {**days, "front": picture()}).status_code == 302
    assert CeuRecord.objects.get().evidence.current().values("document").distinct().count() == 2
    assert browser.post(address, {**days, "front": picture(), "both_sides": "on"}).status_code == 302
    assert CeuRecord.objects.get().evidence.current().values("document").distinct().count() == 1


def test_a_record_says_why_it_does_not_count(jordan, signed_in):
    record = factories.CeuRecordFactory(credential=jordan.credentials.get(), completed_on=date(2025, 3, 14))
    text = signed_in(jordan).get(f"/my-courses/{record.pk}/").content.decode()
    assert "Not counted" in text
    assert "March 14, 2025 is before your first day, March 15, 2025" in text


@pytest.mark.parametrize("end", ["", "change/", "remove/"])
def test_another_trainer_gets_404_for_jordans_record(jordan, stranger, signed_in, end):
    record = factories.CeuRecordFactory(credential=jordan.credentials.get())
    browser = signed_in(stranger)
    theirs = browser.get(f"/my-courses/{record.pk}/{end}")
    absent = browser.get(f"/my-courses/999999/{end}")
    assert (theirs.status_code, absent.status_code) == (404, 404)
    assert browser.post(f"/my-courses/{record.pk}/{end or 'remove/'}").status_code == 404
    record.refresh_from_db()
    assert record.state == "accepted"


def test_removing_a_record_asks_for_confirmation_and_a_second_click_changes_nothing(jordan, signed_in):
    record = factories.CeuRecordFactory(credential=jordan.credentials.get())
    browser = signed_in(jordan)
    assert "Remove this course" in browser.get(f"/my-courses/{record.pk}/remove/").content.decode()
    for _ in range(2):
        assert browser.post(f"/my-courses/{record.pk}/remove/").status_code == 302
    record.refresh_from_db()
    assert record.state == "removed"


def test_a_record_claimed_by_a_renewal_cannot_be_removed(jordan, signed_in):
    credential = jordan.credentials.get()
    record = factories.CeuRecordFactory(credential=credential, claimed_for=credential.cycles.get())
    answer = signed_in(jordan).post(f"/my-courses/{record.pk}/remove/")
    assert answer.status_code == 409
    assert "part of a renewal that you sent" in answer.content.decode()


def test_the_page_without_records_says_how_to_log_one(jordan, signed_in):
    assert "Nothing logged yet" in signed_in(jordan).get("/my-courses/").content.decode()


def fates(browser, address: str = "/my-courses/") -> list[tuple[str, str]]:
    """The title and the tag of each row of the page, in their order."""
    answer = browser.get(address)
    rows = list(answer.context["page"])
    assert all(row.fate.tag in answer.content.decode() for row in rows)
    return [(row.record.title, row.fate.tag) for row in rows]


def test_records_that_need_the_trainer_come_first_then_those_that_count(jordan, signed_in, clock_at):
    clock_at("2027-04-20")  # after March 14, 2027, within the 90 days
    credential = jordan.credentials.get()
    factories.everything_met(jordan, education=150)

    def took(title, completed_on, hundredths=40, state="accepted"):
        course = factories.CourseFactory(title=title)
        factories.CeuRecordFactory(
            credential=credential,
            course=course,
            hundredths=hundredths,
            completed_on=date.fromisoformat(completed_on),
            state=state,
        )

    took("Before the cycle", "2025-03-14")
    took("Needed", "2027-03-20")
    took("Not needed", "2027-04-01")
    took("Without its certificate", "2026-05-01", state="pending")
    shown = fates(signed_in(jordan))
    assert shown[0] == ("Without its certificate", "Add certificate")
    assert ("Needed", "Counted") in shown
    assert shown[-2:] == [("Not needed", "Next cycle"), ("Before the cycle", "Not counted")]


def test_the_list_of_courses_shows_the_year_only_for_courses_of_another_year(jordan, signed_in):
    for day in ("2025-11-13", "2026-05-03"):
        factories.CeuRecordFactory(credential=jordan.credentials.get(), completed_on=date.fromisoformat(day))
    text = signed_in(jordan).get("/my-courses/").content.decode()
    assert ">Nov 13, 2025</time>" in text
    assert ">May 3</time>" in text


def test_my_courses_offers_to_renew_when_nothing_is_missing_until_the_renewal_is_sent(
    jordan, signed_in, clock_at
):
    clock_at("2027-03-02")
    browser = signed_in(jordan)
    assert "Renew for" not in browser.get("/my-courses/").content.decode()
    factories.everything_met(jordan)
    assert "Renew for $99" in browser.get("/my-courses/").content.decode()
    CeuRecord.objects.update(claimed_for=jordan.credentials.get().cycles.get())
    assert "Renew for" not in browser.get("/my-courses/").content.decode()


def test_a_newer_card_is_shown_as_the_one_that_counts_after_the_present_card_ends(
    jordan, signed_in, clock_at
):
    credential = jordan.credentials.get()
    factories.CardFactory(
        credential=credential, completed_on=date(2025, 5, 1), valid_through=date(2026, 6, 30)
    )
    factories.CardFactory(
        credential=credential, completed_on=date(2026, 6, 1), valid_through=date(2028, 6, 1)
    )
    browser = signed_in(jordan)
    assert "This one takes over when that one ends." in browser.get("/card/").content.decode()
    clock_at("2026-07-01")
    assert [tag for _, tag in fates(browser)] == ["Counted", "Not counted"]


def test_many_records_are_paginated(jordan, signed_in):
    factories.CeuRecordFactory.create_batch(30, credential=jordan.credentials.get())
    browser = signed_in(jordan)
    assert [len(browser.get(f"/my-courses/?page={n}").context["page"].object_list) for n in (1, 2)] == [25, 5]


def test_records_of_an_earlier_cycle_are_listed_separately_and_cannot_be_changed(jordan, signed_in):
    credential = jordan.credentials.get()
    cycle = credential.cycles.get()
    record = factories.CeuRecordFactory(credential=credential, claimed_for=cycle)
    factories.CycleFactory(credential=credential, expires_on=date(2029, 3, 14))
    browser = signed_in(jordan)
    text = browser.get("/my-courses/").content.decode()
    assert "Earlier cycles" in text
    assert "Part of your renewal of March 14, 2027." in text
    assert "it cannot change" in browser.get(f"/my-courses/{record.pk}/").content.decode()
    assert browser.get(f"/my-courses/{record.pk}/change/").status_code == 302
    assert (
        browser.post(f"/my-courses/{record.pk}/change/", a_day("completed_on", "5/4/2026")).status_code == 422
    )


def test_a_course_whose_approval_ended_in_the_cycle_can_still_be_found_and_logged(jordan, signed_in):
    factories.CourseFactory(title="Ended in May", slug="ended-in-may", approved_through=date(2026, 5, 31))
    factories.CourseFactory(title="Ended before", slug="ended-before", approved_through=date(2025, 3, 14))
    browser = signed_in(jordan)
    text = browser.get("/my-courses/add/?q=ended").content.decode()
    assert 'value="ended-in-may"' in text
    assert "Counts if you finished it through" in text
    assert "ended-before" not in text
    assert (
        browser.post("/my-courses/add/ended-in-may/", a_day("completed_on", "5/31/2026")).status_code == 302
    )


def test_a_course_search_without_results_links_to_a_new_petition(jordan, signed_in, course):
    browser = signed_in(jordan)
    for page in ("/my-courses/add/", "/my-courses/add/older/", "/my-courses/add/?q=zzzz"):
        text = browser.get(page).content.decode()
        assert "Courses that are not on the list need our review." in text
        assert "/how-renewal-works/" in text
        assert "/help/" in text


def test_a_course_logged_before_is_offered_on_the_page_for_adding_one(jordan, signed_in):
    factories.CeuRecordFactory(credential=jordan.credentials.get(), course__slug="again")
    assert 'value="again"' in signed_in(jordan).get("/my-courses/add/").content.decode()


def test_the_url_for_logging_a_cpr_course_redirects_to_the_card_form(jordan, signed_in):
    factories.CourseFactory(slug="cpr", category="cpr_aed")
    assert signed_in(jordan).get("/my-courses/add/cpr/").url == "/card/"


def test_after_saving_a_course_the_page_says_that_the_card_is_still_missing(jordan, signed_in, picture):
    factories.CourseFactory(slug="big", hundredths=200)
    data = {**a_day("completed_on", "5/3/2026"), "certificate": picture()}
    text = signed_in(jordan).post("/my-courses/add/big/", data, follow=True).content.decode()
    assert "Saved. This counts 2.0 CEUs. You have 0.0 of 0.1 CEUs in CPR and AED." in text


def test_after_saving_a_course_without_a_certificate_the_page_says_that_it_does_not_count_yet(
    jordan, signed_in, course
):
    text = signed_in(jordan).post("/my-courses/add/older/", a_day("completed_on", "5/3/2026"), follow=True)
    assert "Add its certificate, then it counts." in text.content.decode()


def test_changing_only_the_file_keeps_the_date(jordan, signed_in, picture):
    record = factories.CeuRecordFactory(credential=jordan.credentials.get())
    before = record.documents.get()
    browser = signed_in(jordan)
    data = {**a_day("completed_on", "5/3/2026"), "certificate": picture()}
    assert browser.post(f"/my-courses/{record.pk}/change/", data).status_code == 302
    now = record.evidence.current().get().document
    assert now != before
    assert f"/documents/{now.pk}/" in browser.get(f"/my-courses/{record.pk}/").content.decode()


@pytest.mark.parametrize("address", ["/my-courses/", "/my-courses/{}/", "/my-courses/add/", "/card/"])
def test_the_page_uses_the_same_number_of_queries_for_200_records_as_for_one(
    jordan, signed_in, django_assert_max_num_queries, address
):
    browser, counts = signed_in(jordan), []
    for amount in (1, 199):
        made = factories.CeuRecordFactory.create_batch(amount, credential=jordan.credentials.get())
        with django_assert_max_num_queries(10 if "{}" in address else 9) as captured:
            assert browser.get(address.format(made[0].pk)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_another_trainers_kept_file_is_treated_as_no_file_chosen(jordan, stranger, signed_in, picture):
    answer = signed_in(stranger).post("/card/", {"front": picture()})
    kept = token_of(answer.context["form"].fields["front"].widget.kept)
    days = {**a_day("completed_on", "5/3/2026"), **a_day("valid_through", "5/3/2028")}
    answer = signed_in(jordan).post("/card/", {**days, "front-kept": kept, "back": picture()})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["front"])


def test_changing_a_removed_record_on_its_page_gives_404(jordan, signed_in):
    record = factories.CeuRecordFactory(credential=jordan.credentials.get(), state="removed")
    change = signed_in(jordan).post(f"/my-courses/{record.pk}/change/", a_day("completed_on", "5/3/2026"))
    assert change.status_code == 404
