"""A trainer's own pages: ask with a reason and a proof, see where it stands, withdraw (Q34)."""

import pytest

from hardship.models import Relief
from tests.hardship.scenes import asked, granted
from tests.reading import text_of

TYPED = {
    "what": "application:",
    "kind": "illness",
    "through_month": "6",
    "through_day": "30",
    "through_year": "2028",
    "why": "I am in hospital.",
}


@pytest.fixture
def browser(jordan, signed_in, clock_at):
    clock_at("2027-03-01")
    return signed_in(jordan)


def test_a_request_for_more_time_with_evidence_is_sent_and_shown(browser, picture, storage):
    answer = browser.post("/more-time/ask/", {**TYPED, "proof": picture()}, follow=True)
    words = text_of(answer)
    assert "We have your request. We will write to you." in words
    assert "I am in hospital." in words
    assert Relief.objects.get().evidence.count() == 1


def test_requesting_an_earlier_last_day_is_refused_at_its_field_with_the_input_kept(browser):
    answer = browser.post("/more-time/ask/", {**TYPED, "through_year": "2027"})
    assert answer.status_code == 422
    assert "The last day is March 13, 2028 now. Choose a later one." in text_of(answer)
    assert "I am in hospital." in answer.content.decode()


def test_a_request_about_a_fee_needs_no_date(browser):
    browser.post("/more-time/ask/", {"what": "fee:", "kind": "disaster", "why": "The flood."})
    assert (Relief.objects.get().what, Relief.objects.get().asked_through) == ("fee", None)


def test_a_trainer_withdraws_a_request_on_its_page(browser, jordan):
    relief = asked(jordan)
    words = text_of(browser.post(f"/more-time/{relief.pk}/withdraw/", follow=True))
    assert "Your request is withdrawn. Everything stays as it was." in words


def test_another_trainers_request_and_a_missing_one_both_give_404(stranger, jordan, lead, signed_in):
    relief = granted(jordan, lead)
    browser = signed_in(stranger)
    for pk in (relief.pk, 0, 10**30):
        assert browser.get(f"/more-time/{pk}/").status_code == 404
        assert browser.post(f"/more-time/{pk}/withdraw/").status_code == 404


def test_the_trainer_sees_granted_extensions_but_not_those_only_proposed(browser, jordan, reviewer, lead):
    from tests.hardship.scenes import proposed

    proposed(jordan, reviewer, what="both")
    granted(jordan, lead)
    words = text_of(browser.get("/more-time/"))
    assert "you can apply to renew through June 30, 2028." in words
    assert "complete" not in words
    assert "you can apply through June 30, 2028." in text_of(browser.get("/home/"))
