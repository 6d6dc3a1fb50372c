"""A way to renew that makes a certification inactive through the next cycle: chosen, paid, said on every page of the
holder in the policy's word, and left by a way that only they may take.
"""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from core.models import HistoryEntry
from outbox.models import Notice
from renewals.models import Application
from renewals.notice_codes import RENEWED
from renewals.status import Certification, certification_on, certifications_of
from tests import factories
from tests.payments.scenes import mail_of
from tests.reading import text_of
from tests.renewals import scenes
from tests.renewals.together import broken
from tests.resting import DAY, INSIDE, LAST, OVER, WAY_BACK, follow_resting, rest, send_by
from trainers.models import Cycle

pytestmark = pytest.mark.django_db
INACTIVE = "Your certification is inactive through March 14, 2029"


@pytest.fixture
def cycle(jordan, stranger, follow_body, clock_at) -> Cycle:
    clock_at(DAY)
    return follow_resting(jordan, follow_body)


@pytest.fixture
def resting(cycle, jordan, signed_in) -> Cycle:
    """The inactive cycle, which begins on March 15, 2027."""
    return rest(jordan, signed_in(jordan))


def on(day: str, jordan) -> Certification:
    """The certification at noon of a day, the same alone and among many."""
    latest = Cycle.objects.latest_of(jordan.credentials.get())
    application = Application.objects.filter(cycle=latest).first()
    alone = certification_on(date.fromisoformat(day), latest.credential, latest, application)
    assert certifications_of([latest], scenes.moment(day)) == {latest.pk: alone}
    return alone


def told(found: Certification) -> tuple[bool, str | None, str]:
    return (
        found.certified,
        str(found.through) if found.through else None,
        found.given.line if found.given else "",
    )


def test_whoever_has_not_chosen_it_is_not_renewed_as_inactive(cycle, jordan, signed_in):
    browser = signed_in(jordan)
    assert "You need 2 more CEUs. Renew through March 14" in text_of(browser.get("/home/"))
    page = text_of(browser.get("/renew/check/"))
    assert "Something is still missing" in page


def test_before_it_is_chosen_and_sent_the_pages_say_what_it_makes_of_the_certification(
    cycle, jordan, signed_in
):
    browser = signed_in(jordan)
    for path in ("/renew/way/", "/renew/way/inactive/"):
        assert "Your certification is then inactive in the next cycle: nobody who checks it reads" in text_of(
            browser.get(path)
        )
    assert "/renew/way/back/" not in browser.get("/renew/way/").content.decode()
    assert browser.get("/renew/way/back/").status_code == 302
    browser.post("/renew/way/inactive/")
    assert (
        "Renewed this way, your certification is inactive in the next cycle, through March 14, 2029. Whoever checks "
        "it reads so, and not that you are certified. Whoever does not work may rest."
        in text_of(browser.get("/renew/check/"))
    )


def test_the_certification_is_active_to_the_end_then_inactive_then_expired(resting, jordan):
    assert (resting.starts_on, resting.renewed_by) == (date(2027, 3, 15), "inactive")
    assert told(on(DAY, jordan)) == (True, "2027-03-14", "")
    assert told(on("2027-03-14", jordan)) == (True, "2027-03-14", "")
    for day in ("2027-03-15", INSIDE, LAST):
        assert told(on(day, jordan)) == (False, None, "Inactive through March 14, 2029")
    after = on(OVER, jordan)
    assert (after.certified, after.given, after.not_since, str(after.without_since)) == (
        False,
        None,
        None,
        OVER,
    )
    assert broken() == []


def test_the_mail_and_the_page_of_the_renewal_say_inactive_and_offer_no_certificate(
    resting, jordan, signed_in
):
    mail = mail_of(Notice.objects.get(kind=RENEWED))
    assert mail.title == "Renewed: inactive through March 14, 2029"
    assert mail.text.startswith(
        "Your certification is inactive from March 15, 2027, through March 14, 2029. Whoever does not work may rest.\n"
    )
    assert "certificate" not in mail.text.lower().replace("certification", "")
    sent = Application.objects.get()
    page = text_of(signed_in(jordan).get(f"/renew/{sent.reference}/"))
    assert "Your certification is renewed as inactive through March 14, 2029" in page
    assert "You are certified through March 14, 2027. From March 15, 2027 it is inactive" in page


PAGES = {
    "/home/": f"Inactive {INACTIVE} Whoever does not work may rest.",
    "/certificate/": "There is no certificate for a certification that is inactive.",
    "/renew/check/": f"{INACTIVE}. You can renew from",
    "/renew/": "Certificates",
    "/calculator/": "",
    "/account/data/": "",
    "/transcript/": "March 15, 2027 through March 14, 2029 , inactive",
}


def test_every_page_of_the_holder_says_inactive_and_none_certified(resting, jordan, signed_in, clock_at):
    browser = signed_in(jordan)
    clock_at(INSIDE)
    answers = {path: text_of(browser.get(path, follow=True)) for path in PAGES}
    assert [path for path, words in PAGES.items() if words not in answers[path]] == []
    assert [
        path for path, said in answers.items() if "You are certified" in said or "tified through" in said
    ] == []
    assert browser.get("/certificate/").context["certificates"][0].starts_on == date(2025, 3, 15)
    assert browser.get(f"/certificate/{resting.pk}/").status_code == 404


def test_before_the_inactive_cycle_the_certificate_is_that_of_the_running_one(resting, jordan, signed_in):
    browser = signed_in(jordan)
    assert "is certified from March 15, 2025 through March 14, 2027" in text_of(browser.get("/certificate/"))
    said = text_of(browser.get("/home/"))
    assert (
        "You are certified through March 14, 2027 From March 15, 2027 it is inactive, through March 14, 2029."
        in said
    )


def test_only_who_is_inactive_comes_back_and_stays_inactive_until_the_next_cycle_begins(
    resting, jordan, stranger, signed_in, clock_at
):
    browser = signed_in(jordan)
    clock_at(WAY_BACK)
    assert "Back The way back needs no courses. Today it costs $124. Your way" in text_of(
        browser.get("/renew/way/")
    )
    assert browser.get("/renew/way/credits/").status_code == 302
    assert "You can renew now" in text_of(browser.get("/home/"))
    sent = scenes.pay(send_by("back", jordan, browser, WAY_BACK), WAY_BACK)
    assert (sent.state, sent.fee_total_cents) == ("approved", 12400)
    assert (
        told(on(WAY_BACK, jordan))
        == told(on(LAST, jordan))
        == (False, None, "Inactive through March 14, 2029")
    )
    assert told(on(OVER, jordan)) == (True, "2031-03-14", "")
    home = text_of(browser.get("/home/"))
    assert (
        f"{INACTIVE} Whoever does not work may rest. From March 15, 2029 you are certified, through March 14, 2031."
        in home
    )
    assert "You get one from March 15, 2029." in text_of(browser.get("/certificate/"))
    clock_at(OVER)
    assert "is certified from March 15, 2029 through March 14, 2031" in text_of(browser.get("/certificate/"))
    assert browser.get("/renew/way/back/").status_code == 302
    assert broken() == []


def test_who_was_inactive_twice_is_so_through_the_second_time(resting, jordan, signed_in, clock_at):
    clock_at(WAY_BACK)
    scenes.pay(send_by("inactive", jordan, signed_in(jordan), WAY_BACK), WAY_BACK)
    assert told(on(WAY_BACK, jordan)) == (False, None, "Inactive through March 14, 2031")


def test_an_undecided_renewal_keeps_the_inactive_inactive(
    resting, jordan, stranger, follow_body, signed_in, clock_at
):
    clock_at(WAY_BACK)
    follow_resting(
        jordan,
        follow_body,
        'values = { auto_approve = { value = false, label = "At once", clause = "house", text = "People look." } }\n',
    )
    sent = scenes.pay(send_by("back", jordan, signed_in(jordan), WAY_BACK), WAY_BACK)
    assert sent.state == "in_review"
    assert told(on(OVER, jordan)) == (False, None, "Inactive while a renewal is being decided")
    clock_at(OVER)
    assert "Your certification is inactive while a renewal is being decided." in text_of(
        signed_in(jordan).get("/home/")
    )


def test_a_suspended_one_is_suspended_and_a_reinstated_one_inactive_again(resting, jordan, lead, clock_at):
    clock_at(INSIDE)
    factories.walk_to(jordan.credentials.get(), "suspended", state_on=date(2028, 5, 1))
    found = on(INSIDE, jordan)
    assert (found.certified, found.given, str(found.without_since)) == (False, None, "2028-05-01")


def test_the_way_of_a_cycle_is_in_its_history_and_never_changes(resting):
    entry = HistoryEntry.objects.filter(verb="cycle_opened").latest("pk")
    assert entry.detail["status"] == "inactive"
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        Cycle.objects.filter(pk=resting.pk).update(renewed_by="")


def test_other_rules_that_do_not_know_the_status_are_not_followed_after_it(cycle, jordan, signed_in):
    jordan.credentials.update(next_policy_code="nasm-cpt")
    opened = rest(jordan, signed_in(jordan))
    credential = jordan.credentials.get()
    assert (credential.policy_code, credential.next_policy_code, opened.policy_code) == ("body", "", "body")
    entry = HistoryEntry.objects.get(verb="policy_planned")
    assert entry.reason == "It was renewed as inactive, which Certified Personal Trainer does not know."
