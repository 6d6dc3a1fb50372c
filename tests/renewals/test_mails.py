"""The mails of a renewal: one fact, one date, one link, and only while they are true."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from core import mail
from outbox.models import Notice
from outbox.notices import kind_of
from renewals import services
from renewals.notices import DENIED, LAPSED, RENEWED, RETURNED, UNPAID
from tests.factories import walk_to
from tests.renewals import decided, scenes
from tests.renewals.scenes import moment, submit


def rendered(kind: str) -> mail.Mail:
    notice = Notice.objects.filter(kind=kind).first()
    found = kind_of(kind)
    return mail.render_mail(found.template, found.contexts([notice])[notice.pk])


def still_due(kind: str) -> int:
    return len(kind_of(kind).still_due(list(Notice.objects.filter(kind=kind))))


@pytest.fixture
def unpaid(ready):
    return submit(ready, "2027-03-02")


def test_the_mail_about_an_approved_renewal_names_the_new_last_day_and_links_to_the_certificate(unpaid):
    scenes.pay(unpaid, "2027-03-02")
    told = rendered(RENEWED)
    assert told.title == "Renewed: certified through March 14, 2029"
    assert "The courses for your next renewal count from that day." in told.text
    assert "Your new cycle begins on March 15, 2027." in told.text
    assert "/certificate/" in told.text
    assert "/certificate/" in told.html
    assert still_due(RENEWED) == 1


def test_the_mail_about_an_unpaid_renewal_names_the_amount_and_the_last_day_to_pay(unpaid, clock_at):
    clock_at("2027-03-02 13:00")
    told = rendered(UNPAID)
    assert told.title == "Pay $99 by the end of March 9, 2027"
    assert f"/renew/{unpaid.reference}/" in told.text
    assert "Phoenix time" in told.text
    assert still_due(UNPAID) == 1


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2027-03-02 12:59", set()),
        ("2027-03-02 13:00", {"1h"}),
        ("2027-03-03 11:59", {"1h"}),
        ("2027-03-03 12:00", {"24h"}),
        ("2027-03-05 12:00", {"72h"}),
        ("2027-03-09 23:59", {"72h"}),
        ("2027-03-10 00:00", set()),
    ],
)
def test_after_an_outage_only_the_latest_payment_reminder_is_due_and_none_after_the_last_day(
    unpaid, clock_at, now, said
):
    """Sent on March 2, 2027 at noon, to be paid through March 9."""
    clock_at(now)
    notices = {notice.pk: notice.event for notice in Notice.objects.filter(kind=UNPAID)}
    due = kind_of(UNPAID).still_due(list(Notice.objects.filter(kind=UNPAID)))
    assert {notices[pk] for pk in due} == said


def test_a_mail_also_gives_the_end_of_the_last_day_in_the_trainers_time_zone(unpaid):
    assert "March 9, 2027, Phoenix time.\n" in rendered(UNPAID).text
    unpaid.trainer.time_zone = "America/New_York"
    unpaid.trainer.save()
    told = rendered(UNPAID).text
    assert "March 9, 2027, Phoenix time (1:59 am on March 10, 2027, New York time)." in told


def test_the_payment_reminder_is_not_due_during_or_after_a_payment(unpaid, clock_at):
    clock_at("2027-03-02 13:00")
    visit = scenes.visit(unpaid, "2027-03-02", state="confirming")
    assert still_due(UNPAID) == 0
    walk_to(visit, "declined", ended_at=visit.opened_at)
    assert still_due(UNPAID) == 1
    scenes.settle(unpaid, "2027-03-02")
    assert still_due(UNPAID) == 0


def test_the_mail_about_a_renewal_that_ended_unpaid_names_the_last_day_to_start_again(unpaid):
    services.lapse_application(unpaid, at=moment("2027-03-10"))
    told = rendered(LAPSED)
    assert told.title == "Your renewal ended unpaid on March 9, 2027"
    assert "You can start again through March 13, 2028" in told.text
    assert (still_due(LAPSED), still_due(UNPAID)) == (1, 0)


def test_the_mail_about_a_returned_renewal_has_the_reason_and_is_due_through_the_last_day_to_correct(
    unpaid, reviewer, clock_at
):
    unpaid.cycle.claimed_records.filter(category="education").update(state="rejected")
    application = scenes.pay(unpaid, "2027-03-02")
    decided.return_application(
        application, by=reviewer, at=moment("2027-03-05"), reason="A course is not yours."
    )
    told = rendered(RETURNED)
    assert told.title == "Correction due by the end of April 4, 2027"
    assert "A course is not yours." in told.text
    assert "$99" in told.text
    clock_at("2027-04-04 23:59")
    assert still_due(RETURNED) == 1
    clock_at("2027-04-05 00:00")
    assert still_due(RETURNED) == 0


def test_the_mail_about_a_denied_renewal_names_the_reason_the_fee_and_the_last_day_to_apply_again(
    unpaid, reviewer
):
    unpaid.cycle.claimed_records.filter(category="education").update(state="rejected")
    application = scenes.pay(unpaid, "2027-03-02")
    decided.deny_application(
        application, by=reviewer, at=moment("2027-03-05"), reason="The course is <not> yours."
    )
    told = rendered(DENIED)
    assert told.title == "Not renewed: our decision of March 5, 2027"
    assert "Why: The course is <not> yours." in told.text
    assert "The course is &lt;not&gt; yours." in told.html
    assert "The $99 that you paid is not returned, because our review has begun." in told.text
    assert "You can apply again through March 13, 2028." in told.text


@pytest.mark.parametrize("name", ["renewed", "unpaid", "lapsed", "returned", "denied"])
def test_the_longest_subject_of_a_renewal_mail_has_at_most_50_characters(name):
    day = date(2028, 9, 30)
    row = SimpleNamespace(pay_through=day, correct_through=day, reference="R-ABCDEFGH", expires_on=day)
    words = {"application": row, "next_cycle": row, "total": "$149.50", "decided_on": day}
    assert 20 < len(render_to_string(f"emails/{name}.subject.txt", words).strip()) <= 50


@pytest.mark.parametrize("kind", [RENEWED, UNPAID])
def test_a_renewal_mail_has_the_same_single_link_in_text_and_html(unpaid, kind):
    scenes.pay(unpaid, "2027-03-02")
    told = rendered(kind)
    in_text = set(re.findall(r"http://\S+", told.text))
    in_html = set(re.findall(r'href="(http[^"]+)"', told.html))
    assert len(in_text) == 1
    assert in_text == in_html
    assert len(told.html.encode()) <= 15_000
