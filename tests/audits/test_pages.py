"""The trainer's pages of an audit: what is on file, what is missing, one page for each document, and sending."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audits import services
from audits.models import Audit
from tests.audits import scenes
from tests.audits.scenes import moment
from tests.documents import good
from tests.reading import assert_same_404, heading_of, text_of
from tests.renewals import scenes as renewal_scenes
from tests.renewals.scenes import HOME_QUERIES


@pytest.fixture
def at(clock_at):
    return clock_at("2027-01-05 12:00")


@pytest.fixture
def audit(ready, at) -> Audit:
    return scenes.begun(ready)


@pytest.fixture
def course(audit):
    """The certificate of the course is missing."""
    scenes.without_certificate(audit.trainer)
    return audit.items.get(record__category="education")


def page_of(audit: Audit, *end: object) -> str:
    return "/".join(["/audit", audit.reference, *map(str, end), ""])


def photo(name: str = "certificate.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, good.jpeg(), "image/jpeg")


def all_pages(audit: Audit) -> list[tuple[str, str]]:
    item = audit.items.first().pk
    looked_at = ((), ("more-time",), ("documents", item), ("documents", item, "unavailable"))
    clicked = (("send",), *looked_at[1:])
    return [("get", page_of(audit, *end)) for end in looked_at] + [
        ("post", page_of(audit, *end)) for end in clicked
    ]


def test_a_strangers_audit_and_a_missing_one_get_the_same_404(audit, stranger, signed_in):
    browser, before = signed_in(stranger), Audit.objects.values().get()
    assert_same_404(browser, all_pages(audit), audit.reference, missing="A-99999999")
    assert Audit.objects.values().get() == before


def test_a_visitor_is_redirected_to_sign_in(audit, client):
    for method, path in all_pages(audit):
        assert getattr(client, method)(path)["Location"].startswith("/account/login/")


def test_home_names_the_number_of_documents_the_due_date_and_links_to_the_audit(course, signed_in):
    home = signed_in(course.audit.trainer).get("/home/")
    assert heading_of(home) == "Send us 1 document by the end of Wednesday, February 3, 2027"
    told = text_of(home)
    assert "We already have 1 of 2. Your certification stays active while we check." in told
    assert "Add documents" in told
    assert page_of(course.audit) in home.content.decode()


def test_home_lists_the_audit_due_date_first_while_documents_are_needed(ready, at, signed_in, stranger):
    audit, browser = scenes.opened(ready), signed_in(ready)
    key_date = "Your dates and prices Last day to send your documents Wednesday, February 3, 2027"
    assert "Last day to send" not in text_of(browser.get("/home/"))
    scenes.begin_clock(audit)
    assert key_date in text_of(browser.get("/home/"))
    assert "Last day to send" not in text_of(signed_in(stranger).get("/home/"))
    services.send_documents(audit, by=ready, at=moment("2027-01-05"))
    assert "Last day to send" not in text_of(browser.get("/home/"))


def test_the_reviewers_remark_on_a_passed_audit_is_shown_to_the_trainer(audit, reviewer, signed_in):
    services.send_documents(audit, by=audit.trainer, at=moment("2027-01-05"))
    scenes.judge(audit, reviewer)
    scenes.closed(audit, "pass", reviewer, words="Next time show the whole card.")
    told = text_of(signed_in(audit.trainer).get(page_of(audit)))
    assert "Your documents passed" in told
    assert "Next time show the whole card." in told


def test_home_says_not_certified_while_a_late_renewal_is_audited(jordan, clock_at, signed_in):
    from tests import factories

    clock_at("2027-04-02 12:00")
    factories.everything_met(jordan)
    scenes.begun(jordan, "2027-04-01")
    assert "You are not certified until we are done." in text_of(signed_in(jordan).get("/home/"))


def test_the_audit_page_says_so_before_the_clock_has_started(ready, at, signed_in):
    audit = scenes.opened(ready)
    told = text_of(signed_in(ready).get(page_of(audit)))
    assert "Your time has not begun" in told
    assert "Ask for more time" not in told


def test_complete_documents_are_sent_from_home_with_two_clicks(audit, signed_in):
    browser = signed_in(audit.trainer)
    assert "Send your documents" in text_of(browser.get("/home/"))
    page = text_of(browser.get(page_of(audit)))
    assert "Your documents: 2 of 2" in page
    assert "Send 2 documents" in page
    assert browser.post(page_of(audit, "send"), follow=True).redirect_chain[-1][0] == page_of(audit)
    assert Audit.objects.get().state == "sent"
    assert heading_of(browser.get("/home/")) == "We are checking your documents"


def test_an_audit_can_be_sent_after_the_missing_photo_is_added(course, signed_in):
    browser = signed_in(course.audit.trainer)
    page = browser.get(page_of(course.audit))
    assert "Send 2 documents" not in text_of(page)
    done = browser.post(page_of(course.audit, "documents", course.pk), {"certificate": photo()}, follow=True)
    assert "We have it." in text_of(done)
    assert "Send 2 documents" in text_of(done)


def test_posting_no_file_for_a_document_shows_a_field_error(course, signed_in):
    answer = signed_in(course.audit.trainer).post(page_of(course.audit, "documents", course.pk))
    assert answer.status_code == 422
    assert "Choose a PDF or a photo." in text_of(answer)


def test_the_form_for_a_card_asks_only_for_the_missing_side(audit, signed_in):
    card = audit.items.get(record__category="cpr_aed")
    card.record.evidence.filter(part="card_back").update(replaced_at=moment("2027-01-01"))
    browser = signed_in(audit.trainer)
    assert "We need the back of the card." in text_of(browser.get(page_of(audit)))
    browser.post(page_of(audit, "documents", card.pk), {"card_back": photo("back.jpg")})
    assert "Send 2 documents" in text_of(browser.get(page_of(audit)))


def test_a_card_that_an_audit_lacks_can_be_uploaded_as_one_file_of_both_sides(audit, signed_in):
    card = audit.items.get(record__category="cpr_aed")
    card.record.evidence.update(replaced_at=moment("2027-01-01"))
    browser, address = signed_in(audit.trainer), page_of(audit, "documents", card.pk)
    refused = browser.post(address, {"card_front": photo("card.jpg")})
    assert refused.status_code == 422
    assert "say that the first one shows both sides" in text_of(refused)
    browser.post(address, {"card_front": photo("card.jpg"), "both_sides": "on"})
    assert card.record.evidence.current().count() == 2
    assert "Send 2 documents" in text_of(browser.get(page_of(audit)))


def test_an_unavailable_document_is_reported_with_a_reason(course, signed_in):
    browser = signed_in(course.audit.trainer)
    page = page_of(course.audit, "documents", course.pk, "unavailable")
    assert browser.post(page, {"why": ""}).status_code == 422
    told = text_of(browser.post(page, {"why": "The provider has closed."}, follow=True))
    assert "You wrote: The provider has closed." in told
    assert "Send 2 documents" in told


def test_an_upload_one_moment_after_the_last_day_is_refused(course, signed_in, clock_at):
    browser = signed_in(course.audit.trainer)
    clock_at("2027-02-04 00:00:00")
    answer = browser.post(page_of(course.audit, "documents", course.pk), {"certificate": photo()})
    assert answer.status_code == 422
    assert "The time to send documents ended on February 3, 2027." in text_of(answer)
    assert "See your documents" in text_of(browser.get("/home/"))
    page = text_of(browser.get(page_of(course.audit)))
    assert "The time to send documents has ended" in page
    assert "Send 2 documents" not in page


def test_a_trainer_asks_for_more_time_once_with_a_reason(audit, signed_in):
    browser = signed_in(audit.trainer)
    assert browser.post(page_of(audit, "more-time"), {"why": " "}).status_code == 422
    told = text_of(browser.post(page_of(audit, "more-time"), {"why": "I am away."}, follow=True))
    assert "You asked for more time. We will write to you." in told
    assert audit.extensions.get().why == "I am away."


def test_the_audit_page_of_a_requested_replacement_says_why_and_by_when(audit, reviewer, signed_in):
    services.send_documents(audit, by=audit.trainer, at=moment("2027-01-05"))
    item = audit.items.get(record__category="education")
    services.judge_item(item, verdict="replace", by=reviewer, at=moment("2027-01-05"), words="It is cut off.")
    scenes.judge(audit, reviewer)
    services.ask_replacements(audit, by=reviewer, at=moment("2027-01-05"), through=Audit.objects.get().due_on)
    browser = signed_in(audit.trainer)
    home = browser.get("/home/")
    assert heading_of(home) == "Replace one document"
    assert "Wednesday, February 3, 2027" in text_of(home)
    page = page_of(audit, "documents", item.pk)
    assert "It is cut off." in text_of(browser.get(page))
    browser.post(page, {"certificate": photo()})
    browser.post(page_of(audit, "send"))
    assert Audit.objects.get().state == "sent"


def test_an_audit_with_a_pending_decision_appears_under_review_and_accepts_no_upload(
    audit, reviewer, signed_in
):
    services.send_documents(audit, by=audit.trainer, at=moment("2027-01-05"))
    scenes.judge(audit, reviewer)
    services.close_audit(audit, verdict="fail", by=reviewer, at=moment("2027-01-05"), words="Another name.")
    browser = signed_in(audit.trainer)
    told = text_of(browser.get(page_of(audit)))
    assert "We are checking your documents" in told
    assert "Another name." not in told


def test_a_trainer_who_failed_the_audit_requests_reconsideration_on_the_renewal_page(
    audit, reviewer, signed_in, django_capture_on_commit_callbacks
):
    services.send_documents(audit, by=audit.trainer, at=moment("2027-01-05"))
    with django_capture_on_commit_callbacks(execute=True):
        scenes.closed(audit, "fail", reviewer, words="The certificate names another person.")
    browser = signed_in(audit.trainer)
    renewal = f"/renew/{audit.renewal}/"
    told = text_of(browser.get(renewal))
    assert "The certificate names another person." in told
    assert "Ask that somebody else looks at it again" in told
    assert browser.post(f"{renewal}another-look/", {"why": ""}).status_code == 422
    again = text_of(browser.post(f"{renewal}another-look/", {"why": "I married."}, follow=True))
    assert "Somebody else is looking at your documents again" in again
    assert browser.get(f"{renewal}another-look/").status_code == 302


def test_home_uses_three_more_queries_while_an_audit_is_open(audit, signed_in):
    browser = signed_in(audit.trainer)
    browser.get("/home/")
    with CaptureQueriesContext(connection) as queries:
        browser.get("/home/")
    assert len(queries) == HOME_QUERIES + 3


def test_public_pages_do_not_mention_an_audit(audit, client):
    verified = text_of(client.get("/verify/11934482/"))
    assert "This certification is in force." in verified
    assert "audit" not in verified.lower()


def test_the_page_of_an_ended_audit_links_to_its_renewal(audit, signed_in):
    from renewals.services import withdraw_application

    withdraw_application(scenes.application_of(audit), by=audit.trainer, at=moment("2027-01-05"))
    told = text_of(signed_in(audit.trainer).get(page_of(audit)))
    assert "This check has ended" in told
    assert renewal_scenes.cycle_of(audit.trainer).audits.get().state == "ended"
