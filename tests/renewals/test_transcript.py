"""The transcript: every cycle with its courses, cards, CEUs and renewal, as a page, a PDF and a table."""

import csv
from datetime import date
from io import StringIO

from core.organisation import save_organisation
from tests import factories
from tests.reading import pages_of, text_of, words_of
from tests.renewals import scenes


def test_a_transcript_has_every_cycle_with_its_courses_cards_and_renewal(ready, signed_in, clock_at):
    application = scenes.renew(ready, "2027-03-02")
    credential = ready.credentials.get()
    factories.CeuRecordFactory(
        credential=credential, title="=HYPERLINK(1)", hundredths=40, completed_on=date(2027, 3, 20)
    )
    clock_at("2027-04-01")
    browser = signed_in(ready)
    told = text_of(browser.get("/transcript/"))
    assert "March 15, 2027 through March 14, 2029 =HYPERLINK(1)" in told
    assert f"Renewed on March 2, 2027 . Renewal {application.reference}" in told
    assert "0.4 CEUs recorded in this cycle" in told
    assert "2.0 CEUs recorded in this cycle" in told
    rows = list(csv.DictReader(StringIO(browser.get("/transcript.csv").content.decode("utf-8-sig"))))
    assert [(row["Cycle through"], row["Renewed on"], row["CEUs"]) for row in rows] == [
        ("2029-03-14", "", "0.40"),
        ("2027-03-14", "2027-03-02", "1.90"),
        ("2027-03-14", "2027-03-02", "0.10"),
    ]
    assert rows[0]["Course or card"] == "'=HYPERLINK(1)"
    paper = browser.get("/transcript.pdf").content
    assert pages_of(paper) == [(612.0, 792.0)]
    assert "=HYPERLINK(1)" in words_of(paper)


def test_a_transcript_as_pdf_names_the_body_and_every_line_of_its_address(ready, lead, signed_in, clock_at):
    at = clock_at("2027-04-01")
    values = {"name": "Meridian Institute", "postal_address": "400 West Example Street\nPhoenix, AZ 85003"}
    save_organisation(values, by=lead, at=at)
    words = words_of(signed_in(ready).get("/transcript.pdf").content)
    assert "Meridian Institute" in words
    assert "400 West Example Street" in words
    assert "Phoenix, AZ 85003" in words


def test_the_sum_of_a_cycle_in_the_transcript_leaves_out_a_course_without_its_certificate(
    ready, signed_in, clock_at
):
    """2.0 CEUs are proven; a course of 0.4 still waits for its certificate."""
    clock_at("2027-03-02")
    factories.CeuRecordFactory(
        credential=ready.credentials.get(),
        title="Unproven course",
        hundredths=40,
        completed_on=date(2027, 3, 1),
        state="pending",
    )
    told = text_of(signed_in(ready).get("/transcript/"))
    assert "Unproven course" in told
    assert "2.0 CEUs recorded in this cycle" in told


def test_a_transcript_shows_only_ones_own_rows(ready, stranger, signed_in, clock_at, client):
    clock_at("2027-03-02")
    browser = signed_in(stranger)
    for path in ("/transcript/", "/transcript.csv"):
        told = browser.get(path).content.decode()
        assert "1193 4482" not in told
        assert "Jordan" not in told
        assert client.get(path).status_code == 302


def test_a_transcript_names_the_provider_that_reported_a_course_in_page_table_and_pdf(
    ready, signed_in, clock_at
):
    clock_at("2027-03-02")
    course = factories.CourseFactory(provider=factories.ProviderFactory(name="Harbor Fitness Academy"))
    common = {"credential": ready.credentials.get(), "completed_on": date(2027, 3, 1)}
    factories.CeuRecordFactory(course=course, title="Reported course", reported_by_provider=True, **common)
    factories.CeuRecordFactory(
        **common, course=factories.CourseFactory(provider=course.provider), title="Logged course"
    )
    browser = signed_in(ready)
    assert text_of(browser.get("/transcript/")).count("Reported by Harbor Fitness Academy") == 1
    rows = csv.DictReader(StringIO(browser.get("/transcript.csv").content.decode("utf-8-sig")))
    named = {row["Course or card"]: row["Reported by"] for row in rows}
    assert named["Reported course"] == "Harbor Fitness Academy"
    assert named["Logged course"] == ""
    words = "".join(words_of(browser.get("/transcript.pdf").content)).replace(" ", "")
    assert words.count("ReportedbyHarborFitnessAcademy") == 1


def test_a_transcript_of_two_certifications_names_those_for_which_a_shared_course_counts(
    two, twice, signed_in, clock_at
):
    clock_at("2026-06-18")
    first, second = two("shared")
    factories.CeuRecordFactory(credential=first.credential, title="Shared course")
    before = date(2025, 3, 14)  # the day before the cycle of the first one begins
    factories.CeuRecordFactory(credential=second.credential, title="Early course", completed_on=before)
    browser = signed_in(twice)
    told = text_of(browser.get("/transcript/"))
    assert told.count("Counts for 1193 4482 and 5512 0007") == 1
    rows = csv.DictReader(StringIO(browser.get("/transcript.csv").content.decode("utf-8-sig")))
    assert {row["Course or card"]: row["Counts for"] for row in rows if row["Course or card"]} == {
        "Shared course": "1193 4482 and 5512 0007",
        "Early course": "5512 0007",
    }
    words = "".join(words_of(browser.get("/transcript.pdf").content)).replace(" ", "")
    assert words.count("Countsfor11934482and55120007") == 1


def test_a_course_that_an_earlier_renewal_used_counts_for_that_certification_in_the_transcript(
    two, twice, signed_in, clock_at
):
    """It is shared with the other one, whose cycle had begun on that day, too."""
    clock_at("2026-06-18")
    first, second = two("shared")
    course = factories.CeuRecordFactory(credential=first.credential, hundredths=200, claimed_for=first)
    factories.CycleFactory(credential=first.credential, expires_on=date(2029, 3, 14))
    assert text_of(signed_in(twice).get("/transcript/")).count("Counts for 1193 4482 and 5512 0007") == 1
    assert course.shared_with.count() == 0


def test_a_transcript_of_certifications_that_share_nothing_says_nothing_about_it(
    two, twice, signed_in, clock_at
):
    clock_at("2026-06-18")
    first, _ = two("separate")
    factories.CeuRecordFactory(credential=first.credential)
    assert "Counts for" not in text_of(signed_in(twice).get("/transcript/"))
