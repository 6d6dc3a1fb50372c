"""The page of a petition under review: who sees it, its content, answering, more time."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.constraints import require_value
from core.models import HistoryEntry
from documents.waiting import token_of
from petitions import services
from petitions.models import Petition, Question
from tests.petitions import scenes
from tests.petitions.scenes import page_of
from tests.reading import assert_same_404, heading_of, state_of, text_of

pytestmark = pytest.mark.django_db


def reply(petition: Petition, **changes) -> dict[str, object]:
    return {"about": petition.questions.last().pk, "text": "Four hours.", **changes}


def all_pages(petition: Petition) -> list[tuple[str, str]]:
    looked_at = ("", "check", "change", "pay/return", "another-look", "withdraw")
    clicked = ("change", "send", "pay", "answer", "more-time", "another-look", "withdraw")
    base = page_of(petition)
    return [("get", f"{base}{end}/" if end else base) for end in looked_at] + [
        ("post", f"{base}{end}/") for end in clicked
    ]


def test_a_strangers_petition_and_a_missing_one_get_the_same_404(asked, stranger, signed_in):
    browser, before = signed_in(stranger), Petition.objects.values().get()
    assert_same_404(browser, all_pages(asked), asked.reference, missing="P-22222222")
    assert Petition.objects.values().get() == before


def test_a_visitor_is_redirected_to_sign_in(submitted, client):
    for method, path in all_pages(submitted):
        assert getattr(client, method)(path)["Location"].startswith("/account/login/")


@pytest.mark.parametrize("reference", ["x" * 3000, "' OR 1=1 --", "<script>", "\u202eP-2", "%00", "٣"])
def test_an_unknown_reference_is_not_found(jordan, at, signed_in, reference):
    assert signed_in(jordan).get(f"/petitions/{reference}/").status_code == (
        400 if reference == "%00" else 404
    )


def test_the_page_of_a_draft_redirects_to_its_check_page(jordan, at, signed_in):
    page = signed_in(jordan).get(page_of(scenes.draft(jordan, at=at)))
    assert heading_of(page) == "You have not sent this petition yet"
    assert "Everything is there. Check it and pay" in text_of(page)


def test_the_petition_page_shows_its_content_the_attestation_and_the_payment(submitted, jordan, signed_in):
    page = signed_in(jordan).get(page_of(submitted))
    told = text_of(page)
    assert heading_of(page) == "We are looking at your course"
    for words in (
        "We will answer by the end of Monday, February 15, 2027.",
        "Contact hours 4 hours, which are 0.4 CEUs",
        "Finished January 10, 2027",
        "See and print the receipt",
        "The fee is not refunded, whatever we decide.",
        "Your payment settled, and our review began February 1, 2027 at 12:00 pm",
        "You agreed to the attestation and the fee",
        "Withdraw this petition",
    ):
        assert words in told


def test_the_petition_page_says_when_the_decision_is_late(submitted, jordan, signed_in, clock_at):
    for day, late in (("2027-02-15", False), ("2027-02-16", True)):
        clock_at(day)
        assert ("and are late" in text_of(signed_in(jordan).get(page_of(submitted)))) is late


def test_a_pending_decision_is_shown_to_the_trainer_as_still_under_review(
    submitted, reviewer, jordan, signed_in, at
):
    browser = signed_in(jordan)
    pages = ("/petitions/", page_of(submitted), page_of(submitted, "withdraw"))
    before = [text_of(browser.get(path)) for path in pages]
    decision = services.decide_petition(
        submitted,
        verdict="deny",
        reason_code="promotion",
        words="It sells more than it teaches.",
        by=reviewer,
        at=at,
    )
    assert [text_of(browser.get(path)) for path in pages] == before
    services.release_petition_decision(decision, at=at + timedelta(minutes=10))
    assert "It sells more than it teaches." in text_of(browser.get(page_of(submitted)))


def test_the_petition_page_shows_an_open_question_with_its_last_day(asked, jordan, signed_in):
    page = signed_in(jordan).get(page_of(asked))
    told = text_of(page)
    assert heading_of(page) == "We have a question about your course"
    assert "Answer by the end of Wednesday, February 17, 2027, Phoenix time." in told
    assert "How long was day two?" in told
    assert "Robin Reviewer" not in page.content.decode()


def test_the_end_of_the_last_day_to_answer_is_also_shown_in_the_trainers_time_zone(asked, jordan, signed_in):
    jordan.time_zone = "Europe/Berlin"
    jordan.save()
    assert "7:59 am on February 18, 2027, Berlin time" in text_of(signed_in(jordan).get(page_of(asked)))


def test_an_answer_with_files_sent_twice_is_stored_once(asked, jordan, signed_in, picture):
    browser = signed_in(jordan)
    for _ in range(2):
        sent = reply(asked, file_1=picture())
        answer = browser.post(page_of(asked, "answer"), sent)
        assert (answer.status_code, answer["Location"]) == (302, page_of(asked))
    assert state_of(asked) == "answered"
    assert asked.evidence.filter(part="answer").count() == 1
    assert HistoryEntry.objects.filter(verb="answered").count() == 1
    page = browser.get(page_of(asked))
    assert heading_of(page) == "We are looking at your answer"
    assert "You answered our question" in text_of(page)
    assert "Four hours." in text_of(page)


def test_an_answer_refused_for_missing_text_keeps_its_file(asked, jordan, signed_in, picture):
    answer = signed_in(jordan).post(page_of(asked, "answer"), reply(asked, text=" ", file_2=picture()))
    assert answer.status_code == 422
    assert "Write your answer." in text_of(answer)
    assert "Photo added certificate.png" in text_of(answer)


@pytest.mark.parametrize(
    ("moment", "status"), [("2027-02-16", 302), ("2027-02-17 23:59:59", 302), ("2027-02-18 00:00", 409)]
)
def test_an_answer_is_accepted_until_the_end_of_its_last_day(
    asked, jordan, signed_in, clock_at, moment, status
):
    clock_at(moment)
    answer = signed_in(jordan).post(page_of(asked, "answer"), reply(asked))
    assert answer.status_code == status
    if status == 409:
        assert "The time to answer has ended." in text_of(answer)
        assert "Send your answer" not in text_of(answer)


@pytest.mark.parametrize(("waited", "status"), [("240.000", 302), ("120.001", 302), ("120.000", 409)])
def test_an_answer_counts_as_received_when_its_first_byte_reached_the_web_server(
    asked, jordan, signed_in, clock_at, settings, picture, waited, status
):
    settings.TRUSTED_PROXIES = 1
    clock_at("2027-02-18 00:02")
    sent = reply(asked, file_1=picture())
    answer = signed_in(jordan).post(page_of(asked, "answer"), sent, HTTP_X_WAITED=waited)
    assert answer.status_code == status


def test_an_answer_to_an_earlier_question_is_refused_for_a_new_one(
    asked, reviewer, jordan, signed_in, clock_at
):
    old = reply(asked)
    services.answer_question(asked, by=jordan, at=clock_at("2027-02-04 12:00"), text="Four hours.")
    services.ask_question(asked, by=reviewer, at=clock_at("2027-02-05 12:00"), text="And the third day?")
    browser = signed_in(jordan)
    for end in ("answer", "more-time"):
        answer = browser.post(page_of(asked, end), old)
        assert answer.status_code == 409
        assert "We have asked you something else since." in text_of(answer)
        assert "And the third day?" in text_of(answer)
    assert Question.objects.filter(answered_at=None, extended_at=None).count() == 1


def test_text_typed_for_an_old_question_is_shown_under_the_new_one(
    asked, reviewer, jordan, signed_in, clock_at, picture
):
    old = reply(asked, text="Eight hours on Sunday.", file_1=picture())
    services.answer_question(asked, by=jordan, at=clock_at("2027-02-04 12:00"), text="Four hours.")
    services.ask_question(asked, by=reviewer, at=clock_at("2027-02-05 12:00"), text="And the third day?")
    browser, newest = signed_in(jordan), Question.objects.latest("pk")
    refused = browser.post(page_of(asked, "answer"), old)
    assert refused.status_code == 409
    assert "Eight hours on Sunday." in text_of(refused)
    assert "Photo added certificate.png" in text_of(refused)
    form = refused.context["form"]
    assert (form["about"].value(), form.errors) == (str(newest.pk), {})
    sent = {"about": newest.pk, "text": form["text"].value()}
    kept = token_of(require_value(form.fields["file_1"].widget.kept))
    assert browser.post(page_of(asked, "answer"), {**sent, "file_1-kept": kept}).status_code == 302
    newest.refresh_from_db()
    assert newest.answer == "Eight hours on Sunday."
    assert asked.evidence.filter(part="answer").count() == 1


def test_requesting_more_time_twice_moves_the_last_day_to_answer_once(asked, jordan, signed_in):
    browser = signed_in(jordan)
    assert (
        "You can take 14 more days, once. The last day to answer is then Wednesday, March 3, 2027."
        in text_of(browser.get(page_of(asked)))
    )
    for _ in range(2):
        told = text_of(browser.post(page_of(asked, "more-time"), reply(asked), follow=True))
        assert "You have more time: the last day to answer is Wednesday, March 3, 2027." in told
        assert "I need more time" not in told
    assert asked.questions.get().answer_through == date(2027, 3, 3)


@pytest.mark.parametrize(
    ("about", "status", "sentence"),
    [
        *(
            (text, 422, "Part of this page did not arrive.")
            for text in ("", "0", "-1", "x", "NaN", "9" * 31, "1.5")
        ),
        ("٣٣", 409, "something else"),
    ],
)
def test_an_answer_with_an_invalid_question_number_is_refused(
    asked, jordan, signed_in, about, status, sentence
):
    for end in ("answer", "more-time"):
        answer = signed_in(jordan).post(page_of(asked, end), reply(asked, about=about))
        assert answer.status_code == status
        assert sentence in text_of(answer)
    assert state_of(asked) == "question"


@pytest.mark.parametrize("end", ["answer", "more-time"])
def test_an_answer_without_an_open_question_is_refused_with_a_sentence(submitted, jordan, signed_in, end):
    answer = signed_in(jordan).post(page_of(submitted, end), {"about": "1", "text": "Hello"})
    assert answer.status_code == 409
    assert "There is no open question about this petition." in text_of(answer)


def test_the_list_of_petitions_uses_the_same_number_of_queries_for_any_length(jordan, at, signed_in):
    browser, counted = signed_in(jordan), []
    for number in range(4):
        scenes.unpaid(jordan, at=at, title=f"Course {number}")
        with CaptureQueriesContext(connection) as queries:
            assert "Not paid yet" in text_of(browser.get("/petitions/"))
        counted.append(len(queries))
    assert counted[0] == counted[-1]
