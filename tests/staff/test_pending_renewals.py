"""A reviewer's decision about a renewal: read as mailed, undone, and shown as late when it cannot take effect."""

import pytest
from django.urls import reverse

from core import clock
from outbox.models import Notice
from renewals import tasks
from renewals.models import Decision
from tests.payments.scenes import mail_of
from tests.staff.scenes import WORDS, decide, page, rows_of, seen, ten_minutes_later

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("approve", "Renewed: certified through March 14, 2029"),
        ("return", "Correction due by the end of April 1, 2027"),
        ("deny", "Not renewed: our decision of March 2, 2027"),
    ],
)
def test_the_preview_of_a_renewal_decision_shows_the_mail_to_be_sent_and_decides_nothing(
    waiting, reviewer, desk, name, subject
):
    client = desk(reviewer)
    typed = WORDS | seen(client, name, waiting)
    mail = client.post(page(name, waiting), typed).context["mail"]
    assert mail.title == subject
    assert not Decision.objects.exists()
    assert not Notice.objects.filter(kind__in=["renewals.renewed", "renewals.returned", "renewals.denied"])
    decide(client, name, waiting, WORDS)
    ten_minutes_later(waiting)
    notice = Notice.objects.get(kind__in=["renewals.renewed", "renewals.returned", "renewals.denied"])
    assert mail_of(notice).text == mail.text


def test_a_pending_renewal_decision_can_be_undone_on_its_page_and_the_renewal_waits_again(
    waiting, reviewer, desk
):
    client = desk(reviewer)
    decide(client, "deny", waiting, WORDS)
    decision = Decision.objects.get()
    review = client.get(page("review", waiting)).content.decode()
    undo = reverse("admin:renewals_decision_undo", args=[decision.pk])
    assert undo in review
    assert rows_of(client) == []
    assert client.post(undo)["Location"] == page("review", waiting)
    decision.refresh_from_db()
    assert decision.state == "taken_back"
    assert rows_of(client) == [waiting]


def test_a_renewal_decision_that_failed_to_take_effect_says_why_and_is_late_on_today(waiting, reviewer, desk):
    client = desk(reviewer)
    decide(client, "approve", waiting)
    decision = Decision.objects.get()
    waiting.cycle.claimed_records.filter(category="cpr_aed").update(state="rejected")
    with clock.moved_to(decision.effective_at):
        tasks.release_decisions()
        review = client.get(page("review", waiting)).content.decode()
        today = client.get("/staff/").content.decode()
    assert "It could not take effect." in review
    assert "CPR and AED" in review
    assert "Renewals decided, not in effect" in today
