"""Somebody with several certifications: one Home over all of them, pages about each, and never the
wrong one.
"""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renewals.models import Application
from renewals.pages.overview import ENDED, NOT_ACTIVE, TO_DO, WAITS_FOR_US, urgency_of
from renewals.pages.snapshot import snapshot_of
from tests import factories
from tests.reading import heading_of, text_of
from tests.renewals import scenes
from trainers.models import Credential, Cycle
from trainers.services.credentials import suspend_credential

FIRST, SECOND = "11934482", "55120007"


def test_home_lists_every_certification_with_the_most_urgent_first(twice, signed_in, clock_at):
    clock_at("2026-06-18")
    page = signed_in(twice).get("/home/")
    words = text_of(page)
    assert heading_of(page) == "Your 2 certifications"
    urgent, later = words.index("5512 0007"), words.index("1193 4482")
    assert urgent < later
    assert "Expires in 12 days" in words[urgent:later]
    assert "You are certified through March 14, 2027" in words[later:]
    source = page.content.decode()
    for number in (FIRST, SECOND):
        assert f'href="/certifications/{number}/home/"' in source
    assert 'href="/certifications/55120007/my-courses/add/"' in source


def test_home_of_each_certification_is_about_that_one_and_so_are_its_links(twice, signed_in, clock_at):
    clock_at("2026-06-18")
    browser = signed_in(twice)
    answer = browser.get("/certifications/5512-0007/")
    assert answer.headers["Location"] == "/certifications/55120007/home/"
    page = browser.get(answer.headers["Location"])
    assert heading_of(page) == "Your certification expires on Tuesday, June 30"
    source = page.content.decode()
    assert 'href="/certifications/55120007/renew/check/"' in source
    assert '<a href="/home/">All your certifications</a>' in source
    other = browser.get("/certifications/11934482/home/")
    assert heading_of(other) == "You are certified through March 14, 2027"


def test_home_of_several_has_a_bar_for_each_that_can_be_renewed_and_none_for_one_that_ended(
    twice, signed_in, clock_at
):
    browser = signed_in(twice)
    clock_at("2026-06-18")
    assert browser.get("/home/").content.decode().count("<progress") == 2
    clock_at("2027-07-01")  # a year and a day after the second one expired
    page = browser.get("/home/").content.decode()
    assert (page.count("<progress"), "You can no longer renew" in page) == (1, True)


@pytest.mark.parametrize("page", ["home/", "my-courses/", "renew/check/", "certificate.pdf", "", "help/"])
def test_a_strangers_number_answers_like_one_that_does_not_exist(twice, stranger, signed_in, clock_at, page):
    clock_at("2026-06-18")
    browser = signed_in(stranger)
    theirs = browser.get(f"/certifications/{FIRST}/{page}")
    absent = browser.get(f"/certifications/99999999/{page}")
    assert (theirs.status_code, absent.status_code) == (404, 404)
    assert text_of(theirs) == text_of(absent)
    assert "/certifications/" not in theirs.content.decode()
    visitor = signed_in(stranger)
    visitor.logout()
    assert visitor.get(f"/certifications/{FIRST}/{page}").headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize("page", ["staff/", "api/v1/courses", "payments/webhook/", "certifications/1/home/"])
def test_staff_and_api_urls_below_a_certification_number_give_404(twice, signed_in, page):
    assert signed_in(twice).get(f"/certifications/{FIRST}/{page}").status_code == 404


def test_a_page_that_names_no_certification_asks_which_one_is_meant(twice, signed_in, clock_at):
    clock_at("2026-06-18")
    page = signed_in(twice).get("/my-courses/?page=1")
    assert heading_of(page) == "Which certification is this about?"
    source = page.content.decode()
    assert 'href="/certifications/11934482/my-courses/?page=1"' in source
    assert 'href="/certifications/55120007/my-courses/?page=1"' in source


def test_a_form_that_names_no_certification_does_nothing_and_asks(twice, signed_in, clock_at):
    clock_at("2027-03-02")
    answer = signed_in(twice).post("/renew/submit/", {"agree": "on"})
    assert answer.status_code == 409
    assert 'href="/certifications/11934482/home/"' in answer.content.decode()
    assert not Application.objects.exists()


def test_a_renewal_is_started_for_the_certification_of_the_address(twice, signed_in, clock_at):
    clock_at("2026-06-18")
    factories.CeuRecordFactory(credential=Credential.objects.get(number=SECOND), hundredths=190)
    answer = signed_in(twice).post(f"/certifications/{SECOND}/renew/start/")
    assert answer.headers["Location"] == f"/certifications/{SECOND}/renew/check/"
    assert Application.objects.get().cycle.credential.number == SECOND


def test_a_page_about_one_thing_is_shown_with_its_own_certification(twice, signed_in, clock_at):
    clock_at("2026-06-18")
    record = factories.CeuRecordFactory(credential=Credential.objects.get(number=SECOND))
    browser = signed_in(twice)
    for wrong in (f"/my-courses/{record.pk}/", f"/certifications/{FIRST}/my-courses/{record.pk}/"):
        answer = browser.get(wrong)
        assert answer.headers["Location"] == f"/certifications/{SECOND}/my-courses/{record.pk}/"
    assert browser.get(answer.headers["Location"]).status_code == 200
    browser.post(f"/my-courses/{record.pk}/remove/")
    record.refresh_from_db()
    assert record.state == "removed"


def test_somebody_with_one_certification_never_sees_a_number_in_an_address(ready, signed_in, clock_at):
    clock_at("2027-03-02")
    browser = signed_in(ready)
    for page in ("/home/", "/my-courses/", "/renew/check/", "/certificate/"):
        assert "/certifications/" not in browser.get(page).content.decode()
    assert heading_of(browser.get(f"/certifications/{FIRST}/home/")) == heading_of(browser.get("/home/"))


def test_papers_and_codes_lead_to_plain_addresses(twice, signed_in, clock_at):
    clock_at("2026-06-18")
    source = signed_in(twice).get(f"/certifications/{SECOND}/certificate/").content.decode()
    assert f"/v/{SECOND}/" in source
    assert f"/certifications/{SECOND}/v/" not in source


def test_staff_who_see_what_a_trainer_sees_see_pages_about_each_certification(
    twice, stranger, reviewer, signed_in, clock_at
):
    clock_at("2026-06-18")
    browser = signed_in(reviewer)
    assert browser.get(f"/certifications/{SECOND}/home/").status_code == 404
    browser.post(f"/staff/trainers/trainer/{twice.pk}/see/", {"reason": "Jordan called."})
    assert heading_of(browser.get("/home/")) == "Your 2 certifications"
    shown = browser.get(f"/certifications/{SECOND}/home/")
    assert heading_of(shown) == "Your certification expires on Tuesday, June 30"
    assert browser.get("/certifications/20000001/home/").status_code == 404


def test_certifications_are_sorted_by_what_is_to_be_done_first(ready, lead, clock_at):
    now = clock_at("2027-03-02")
    waiting = scenes.submit(ready, "2027-02-01").cycle
    factories.walk_to(waiting.applications.get(), "in_review")
    late, over, suspended = (
        factories.CycleFactory(
            credential=factories.CredentialFactory(trainer=ready, awarded_on=awarded_on),
            expires_on=expires_on,
        )
        for awarded_on, expires_on in (
            (date(2023, 1, 31), date(2027, 1, 31)),
            (date(2020, 6, 30), date(2024, 6, 30)),
            (date(2021, 3, 14), date(2027, 3, 14)),
        )
    )
    suspend_credential(suspended.credential, by=lead, at=now, on=now.date(), reason="Fee went back.")
    kinds = {
        name: urgency_of(snapshot_of(Cycle.objects.get(pk=cycle.pk), today=now.date()))[:2]
        for name, cycle in (("over", over), ("suspended", suspended), ("waiting", waiting), ("late", late))
    }
    assert kinds == {
        "late": (TO_DO, date(2027, 5, 1)),  # then it costs $20 more
        "waiting": (WAITS_FOR_US, date(2027, 3, 14)),
        "suspended": (NOT_ACTIVE, date(2027, 3, 14)),
        "over": (ENDED, date(2024, 6, 30)),
    }


def test_home_of_several_asks_a_fixed_number_of_queries_for_each(twice, signed_in, clock_at):
    clock_at("2026-06-18")
    browser = signed_in(twice)
    browser.get("/home/")
    with CaptureQueriesContext(connection) as found:
        browser.get("/home/")
    assert len(found) == 13
    with CaptureQueriesContext(connection) as found:
        browser.get(f"/certifications/{SECOND}/home/")
    assert len(found) == scenes.HOME_QUERIES + 1  # courses that fit what is missing


def test_one_calendar_has_the_dates_of_every_certification_and_names_it(twice, signed_in, clock_at):
    clock_at("2026-06-18")
    entries = scenes.feed_entries(twice)
    for number, last_on in (("5512 0007", "2026-06-30"), ("1193 4482", "2027-03-14")):
        assert entries[f"Last day to renew on time, {number}"] == last_on
    feed = scenes.feed_of(twice).decode().replace("\r\n ", "")
    assert f"/certifications/{SECOND}/home/" in feed
    assert f"/certifications/{FIRST}/home/" in feed


def test_the_page_of_a_person_for_staff_says_where_each_certification_stands(
    twice, reviewer, signed_in, clock_at
):
    clock_at("2026-06-18")
    browser = signed_in(reviewer)
    shown = browser.get(f"/staff/trainers/trainer/{twice.pk}/change/")
    source = shown.content.decode()
    words = " ".join(re.sub(r"<[^>]+>", " ", source).split())
    assert "5512 0007: Expires in 12 days Your certification expires on Tuesday, June 30" in words
    # The standing of the other one is on the page in full.
    assert [number for number, _ in shown.context["page"].others] == ["5512 0007"]


def test_the_certificate_that_runs_now_is_of_the_same_certification_and_lists_name_each(
    twice, signed_in, clock_at
):
    first, second = (Credential.objects.get(number=number) for number in (FIRST, SECOND))
    running = first.cycles.get()
    factories.CycleFactory(credential=first, starts_on=date(2027, 3, 15), expires_on=date(2029, 3, 14))
    factories.CycleFactory(credential=second, starts_on=date(2026, 7, 1), expires_on=date(2028, 6, 30))
    clock_at("2027-03-02")
    page = signed_in(twice).get(f"/certifications/{FIRST}/certificate/")
    way = f'/certificate/{running.pk}/">the one that runs now</a>'
    assert way in page.content.decode()
    for number in ("1193 4482", "5512 0007"):
        assert f"Certification {number}" in text_of(page)


def test_staff_read_what_the_trainer_reads_of_a_course_that_another_renewal_used_where_credits_are_separate(
    two, twice, lead, signed_in, clock_at
):
    clock_at("2026-06-18")
    first, second = two("separate")
    used = factories.CeuRecordFactory(
        credential=second.credential, claimed_for=second, completed_on=date(2025, 6, 1), hundredths=200
    )
    factories.CeuRecordFactory(
        credential=first.credential, course=used.course, completed_on=date(2025, 6, 1), hundredths=200
    )
    words = "You can renew from September 15, 2026. You have 0 of 2 CEUs."
    assert words in text_of(signed_in(twice).get("/home/"))
    assert words in text_of(signed_in(lead).get(f"/staff/trainers/trainer/{twice.pk}/change/"))
