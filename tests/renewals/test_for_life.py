"""A renewal for life: chosen, paid, corrected, audited and approved like any other; then the certification
has no last day, wherever it is shown, and nothing is left to renew.
"""

import json
import re
from datetime import date

import pytest
from django.urls import reverse

from audits.models import Audit
from badges.services import ensure_key
from employers.pages.team import csv_rows, members_of
from employers.services.showing import start_widget
from hardship.checks import check_latest
from outbox.models import Notice
from petitions.services import send_petition
from renewals.models import Application
from renewals.notice_codes import REMINDER, RENEWED
from renewals.pages.application import renewed_through
from renewals.services import correct_application
from renewals.services.badges import make_badge
from renewals.services.deciding import advance_audited_renewals
from renewals.services.submission import start_application
from renewals.status import certification_on
from rules.days import FOR_LIFE_THROUGH
from rules.for_life import NOTHING_TO_RENEW
from tests.audits.scenes import closed, open_periods
from tests.bodies import let_follow
from tests.payments.scenes import mail_of
from tests.petitions.scenes import draft
from tests.reading import refused_with, text_of
from tests.renewals import scenes
from tests.renewals.decided import approve_application, return_application
from tests.renewals.together import broken
from trainers.models import Cycle
from trainers.services.credentials import suspend_credential
from trainers.services.cycles import open_next_cycle
from trainers.services.policies import switch_policy

pytestmark = pytest.mark.django_db
LIFE = """total = { value = "2.0" }
fees = [{ code = "renewal", amount = "99.00" }, { code = "life", amount = "399.00" }]
dues = [{ code = "yearly", amount = "40.00", first = "S", every = "1 year", blocks = false }]
paths = [
    { code = "credits", text = "By courses." },
    { code = "life", text = "After many years.", credits = false, adds = ["life"], in_place_of = ["renewal"], lifetime = true },
]
"""
BY_HAND = 'values = { auto_approve = { value = false, label = "At once", clause = "house", text = "People look." } }\n'
DAY = "2027-03-02"
NOON = scenes.moment(DAY)
FAR = re.compile(r"9000-|, 9000|/9000|899\d-|, 899\d")  # the day that stands for "never"


def following(version: str, jordan, follow_body, rate: str = "0") -> Cycle:
    cycle = let_follow(jordan.credentials.get(), follow_body(version))
    open_periods(rate=rate, policy_code="body")
    return cycle


@pytest.fixture
def cycle(jordan, stranger, follow_body, clock_at) -> Cycle:
    clock_at(DAY)
    return following(LIFE, jordan, follow_body)


def send_for_life(jordan, signed_in) -> Application:
    assert signed_in(jordan).post("/renew/way/life/").status_code == 302
    return scenes.submit(jordan, DAY)


@pytest.fixture
def for_life(cycle, jordan, signed_in) -> Application:
    """Jordan's renewal for life, approved on 2027-03-02; the cycle before ended on 2027-03-14."""
    return scenes.pay(send_for_life(jordan, signed_in), DAY)


def test_a_trainer_chooses_the_way_for_life_pays_its_fee_and_is_certified_without_an_end(
    cycle, jordan, signed_in
):
    browser = signed_in(jordan)
    assert "Today it costs $399. It is for life" in text_of(browser.get("/renew/way/life/"))
    sent = send_for_life(jordan, signed_in)
    checked = scenes.pay(sent, DAY)
    assert (checked.state, checked.fee_total_cents, checked.assessment["dates"]["next_cycle"]) == (
        "approved",
        39900,
        None,
    )
    opened = Cycle.objects.latest_of(cycle.credential)
    assert (opened.starts_on, opened.is_for_life, opened.remind_on) == (date(2027, 3, 15), True, None)
    assert renewed_through(checked) == FOR_LIFE_THROUGH
    assert broken() == []
    assert open_next_cycle(cycle, by=None, at=NOON) == opened
    with refused_with(NOTHING_TO_RENEW, "for_life"):
        start_application(opened, by=jordan, at=NOON)


def test_before_it_is_sent_the_page_says_that_the_next_cycle_is_for_life(cycle, jordan, signed_in):
    browser = signed_in(jordan)
    browser.post("/renew/way/life/")
    said = text_of(browser.get("/renew/check/"))
    assert "Next cycle March 15, 2027 for life" in said
    assert "Way to renew Life" in said
    assert "will not count" not in said


PAGES = {
    "/home/": "You are certified for life There is nothing to renew any more.",
    "/renew/check/": NOTHING_TO_RENEW,
    "/start-again/": NOTHING_TO_RENEW,
    "/certificate/": "is certified from March 15, 2027 for life .",
    "/renew/": "For life",
    "/transcript/": "March 15, 2027 for life",
    "/my-courses/": "0 CEUs since March 15, 2027",
    "/more-time/ask/": "Your certification is for life",
    "/dues/": "",
    "/calculator/": "",
    "/account/data/": "March 15, 2027 for life",
}


@pytest.mark.parametrize("day", [DAY, "2041-06-01"])
def test_every_page_of_the_trainer_says_for_life_on_the_day_and_years_later(
    for_life, jordan, signed_in, clock_at, day
):
    browser = signed_in(jordan)
    clock_at(day)
    answers = {path: browser.get(path) for path in PAGES}
    assert {one.status_code for one in answers.values()} == {200}
    assert [path for path, words in PAGES.items() if words not in text_of(answers[path])] == []
    assert [path for path, one in answers.items() if FAR.search(one.content.decode())] == []


def test_the_public_check_the_widget_the_badge_and_the_team_give_no_last_day(
    for_life, jordan, client, clock_at
):
    at, credential = clock_at("2041-06-01"), jordan.credentials.get()
    checked = client.post("/verify/", {"number": "11934482", "family_name": "Rivera"})
    assert "Certified for life" in text_of(checked)
    ensure_key(at=at)
    widget = start_widget(credential, by=jordan, at=at)
    facts = client.get(f"/widgets/{widget.code}.json").json()
    assert (facts["state"], facts["through"], facts["for_life"]) == ("in_force", None, True)
    make_badge(credential, by=jordan, at=at)
    badge = client.get(f"/badges/{credential.check_code}.json").content
    assert "validUntil" not in json.loads(badge)
    (member,) = members_of([Cycle.objects.current().get(credential=credential)], at)
    assert (member.state, member.line) == ("In force", "Certified for life")
    assert list(csv_rows([member])) == [("Jordan Rivera", "Body Trainer", "In force", "for life", "")]


def test_the_mail_says_for_life_no_reminder_follows_and_the_calendar_is_empty(for_life, jordan, clock_at):
    mail = mail_of(Notice.objects.get(kind=RENEWED))
    assert mail.title == "Renewed: certified for life"
    assert mail.text.startswith("You are certified for life.\n")
    assert "You need not renew again." in mail.text
    clock_at("2028-09-20")
    scenes.plan_and_send(scenes.moment("2028-09-20"))
    assert not Notice.objects.filter(kind=REMINDER).exists()
    assert scenes.feed_entries(jordan) == {}


def test_a_renewal_for_life_is_returned_corrected_and_approved(
    jordan, stranger, reviewer, follow_body, clock_at, signed_in
):
    clock_at(DAY)
    cycle = following(LIFE + BY_HAND, jordan, follow_body)
    sent = scenes.pay(send_for_life(jordan, signed_in), DAY)
    returned = return_application(sent, by=reviewer, at=NOON, reason="Please say since when you teach.")
    later = scenes.moment("2027-03-20")
    corrected = correct_application(returned, by=jordan, at=later)
    assert (corrected.state, Cycle.objects.current().get(credential=cycle.credential)) == ("in_review", cycle)
    approve_application(corrected, by=reviewer, at=later)
    opened = Cycle.objects.latest_of(cycle.credential)
    assert (opened.starts_on, opened.is_for_life) == (date(2027, 3, 15), True)


def test_a_renewal_for_life_that_is_drawn_is_approved_when_its_audit_passes(
    jordan, stranger, reviewer, follow_body, clock_at, signed_in
):
    clock_at(DAY)
    cycle = following(LIFE, jordan, follow_body, rate="1")
    sent = scenes.pay(send_for_life(jordan, signed_in), DAY)
    audit = Audit.objects.get(cycle=cycle)
    assert (sent.state, audit.state) == ("in_review", "sent")  # there is no document to send
    closed(audit, "pass", reviewer, at=DAY)
    advance_audited_renewals(audit, at=NOON)
    assert Cycle.objects.latest_of(cycle.credential).is_for_life
    assert broken() == []


def test_a_certification_for_life_can_be_suspended_and_has_no_day_to_move(for_life, jordan, lead, stranger):
    credential = jordan.credentials.get()
    with refused_with("It is for life: no next cycle begins.", "for_life"):
        switch_policy(credential, policy="body", by=lead, at=NOON, reason="Another body.")
    with refused_with("This certification is for life: no last day can be moved.", "for_life"):
        check_latest(Cycle.objects.latest_of(credential))
    suspend_credential(credential, by=lead, at=NOON, on=date(2027, 3, 2), reason="As asked.")
    cycle = Cycle.objects.latest_of(jordan.credentials.get())
    told = certification_on(date(2027, 3, 2), cycle.credential, cycle, None)
    assert (told.certified, told.not_since) == (False, date(2027, 3, 2))


def test_no_petition_is_paid_and_no_course_is_needed_for_a_certification_for_life(for_life, jordan):
    asked = draft(jordan, at=NOON)
    with refused_with(NOTHING_TO_RENEW, "for_life"):
        send_petition(asked, by=jordan, at=NOON, attestation_version="")
    assert asked.charge is None


def test_staff_read_for_life_on_the_page_of_the_person_and_in_the_lists(for_life, jordan, lead, signed_in):
    desk = signed_in(lead)
    pages = [
        reverse("admin:trainers_trainer_change", args=[jordan.pk]),
        reverse("admin:trainers_cycle_changelist"),
        reverse("admin:trainers_credential_change", args=[jordan.credentials.get().pk]),
    ]
    for path in pages:
        answer = desk.get(path, follow=True)
        assert "for life" in answer.content.decode(), path
        assert not FAR.search(answer.content.decode()), path


def test_other_rules_that_were_planned_are_not_followed_after_a_renewal_for_life(cycle, jordan, signed_in):
    jordan.credentials.update(next_policy_code="nasm-cpt")
    scenes.pay(send_for_life(jordan, signed_in), DAY)
    credential = jordan.credentials.get()
    assert (credential.policy_code, credential.next_policy_code) == ("body", "")
    assert Cycle.objects.latest_of(credential).policy_code == "body"
    assert broken() == []


def test_somebody_certified_for_life_is_offered_no_way_to_renew(for_life, jordan, signed_in):
    browser = signed_in(jordan)
    assert "Your certification is for life, so there is nothing to renew." in text_of(
        browser.get("/renew/way/")
    )
    assert browser.get("/renew/way/life/").status_code == 302
