"""How a petition ends, as its trainer sees it: decided, reviewed again, withdrawn, closed."""

import pytest

from core.models import HistoryEntry
from petitions import services
from tests.cast import colleague
from tests.petitions import scenes
from tests.petitions.scenes import page_of
from tests.reading import heading_of, text_of

pytestmark = pytest.mark.django_db


def test_the_page_of_an_approved_petition_links_to_the_ceu_record(submitted, reviewer, jordan, signed_in, at):
    fewer = {"hundredths": 30, "reason_code": "fewer", "words": "Three hours are shown."}
    scenes.decided(submitted, "approve", by=reviewer, at=at, **fewer)
    browser = signed_in(jordan)
    page = browser.get(page_of(submitted))
    assert heading_of(page) == "We counted this course: 0.3 CEUs"
    assert "You asked for 0.4 CEUs. Three hours are shown." in text_of(page)
    assert "Withdraw" not in text_of(page)
    record = f"/my-courses/{submitted.record_id}/"
    assert f'href="{record}">See the course</a>' in page.content.decode()
    assert browser.get(record).status_code == 200


def test_reconsideration_can_be_requested_once_and_only_with_a_reason(
    submitted, reviewer, jordan, signed_in, at, clock_at
):
    scenes.decided(submitted, "deny", by=reviewer, at=at)
    browser, page = signed_in(jordan), page_of(submitted, "another-look")
    assert "The fee of $25 is not returned." in text_of(browser.get(page_of(submitted)))
    empty = browser.post(page, {"why": "  "})
    assert empty.status_code == 422
    assert "Write why we should look again." in text_of(empty)
    clock_at("2027-02-02")
    for _ in range(2):
        answer = browser.post(page, {"why": "Page two shows level 3."})
        assert answer["Location"] == page_of(submitted)
    again = browser.get(page_of(submitted))
    assert heading_of(again) == "Somebody else is looking at your course again"
    assert HistoryEntry.objects.filter(verb="another look").count() == 1


def test_a_petition_denied_again_on_reconsideration_is_final(
    submitted, reviewer, jordan, signed_in, at, clock_at
):
    scenes.decided(submitted, "deny", by=reviewer, at=at)
    later = clock_at("2027-02-02")
    services.ask_another_look(submitted, by=jordan, at=later, why="Page two.")
    scenes.decided(submitted, "deny", by=colleague("second_reviewer"), at=later)
    browser, page = signed_in(jordan), page_of(submitted, "another-look")
    assert "This was the second look, so it is final." in text_of(browser.get(page_of(submitted)))
    assert browser.get(page)["Location"] == page_of(submitted)
    answer = browser.post(page, {"why": "Once more."})
    assert answer.status_code == 409
    assert "That decision is final." in text_of(answer)


@pytest.mark.parametrize(
    ("made", "state"),
    [(scenes.draft, "being prepared"), (scenes.unpaid, "not paid yet"), (scenes.submitted, "in review")],
)
def test_requesting_reconsideration_is_refused_unless_the_petition_was_denied(
    jordan, at, signed_in, made, state
):
    petition = made(jordan, at=at)
    answer = signed_in(jordan).post(page_of(petition, "another-look"), {"why": "Now."})
    assert answer.status_code == 409
    assert f"A petition that is {state} cannot be looked at again." in text_of(answer)


@pytest.mark.parametrize(
    ("made", "fee"),
    [
        (scenes.draft, "Nothing was charged."),
        (scenes.unpaid, "Nothing was charged. If a payment still arrives, we return it."),
        (scenes.submitted, "The fee of $25 is not returned."),
    ],
)
def test_the_withdrawal_page_says_what_happens_to_the_fee_and_withdraws_once(
    jordan, at, signed_in, made, fee
):
    petition, browser = made(jordan, at=at), signed_in(jordan)
    assert fee in text_of(browser.get(page_of(petition, "withdraw")))
    petition.refresh_from_db()
    assert petition.is_open
    for _ in range(2):
        answer = browser.post(page_of(petition, "withdraw"))
        assert answer["Location"] == page_of(petition)
    page = browser.get(page_of(petition))
    assert heading_of(page) == "You withdrew this petition"
    assert fee in text_of(page)
    assert HistoryEntry.objects.filter(verb="withdrawn").count() == 1
    assert browser.get(page_of(petition, "withdraw"))["Location"] == page_of(petition)


def test_a_decided_petition_cannot_be_withdrawn(submitted, reviewer, jordan, signed_in, at):
    scenes.decided(submitted, "approve", by=reviewer, at=at)
    answer = signed_in(jordan).post(page_of(submitted, "withdraw"))
    assert answer.status_code == 409
    assert "A petition that is approved cannot be withdrawn." in text_of(answer)


def test_the_page_of_an_unanswered_petition_says_that_it_was_closed(asked, jordan, signed_in, clock_at):
    at, browser = clock_at("2027-02-18 00:15"), signed_in(jordan)
    assert heading_of(browser.get(page_of(asked))) == "The time to answer has ended"
    services.close_unanswered_petition(asked, at=at)
    page = browser.get(page_of(asked))
    assert heading_of(page) == "We closed this petition without an answer"
    assert f'href="/petitions/new/?again={asked.reference}"' in page.content.decode()
    assert "was not answered by the end of February 17, 2027. The fee of $25 is not returned." in text_of(
        page
    )
