"""The review page of a case only reads: it writes nothing and locks nothing, shows the mail of the decision
that it offers, and takes as many queries for many cases as for one.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audits.models import Draw
from outbox.models import Notice
from renewals.services import decide_application
from tests import factories
from tests.audits.scenes import application_of, closed, judge, open_periods, release, sent
from tests.payments.scenes import mail_of
from tests.petitions import scenes as stage
from tests.reading import refused_with
from tests.renewals.scenes import moment
from tests.staff.scenes import DAY, another_waiting, open_everything, ten_minutes_later

pytestmark = pytest.mark.django_db
PETITION, AUDIT, RENEWAL = 32, 30, 29  # queries of a page that offers a decision with its mail


@pytest.fixture
def _draw_periods(db):
    """Each test opens its own."""


@pytest.fixture
def drawn_by_nobody(db) -> None:
    open_periods(rate="0")


def review_of(case) -> str:
    return reverse(f"admin:{case._meta.app_label}_{case._meta.model_name}_review", args=[case.pk])


def queries_of_review(client, case) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(review_of(case)).context["offer"].mail
    done = [one["sql"] for one in asked if not one["sql"].startswith("SELECT") or "FOR UPDATE" in one["sql"]]
    assert done == []
    return len(asked)


def test_opening_the_review_of_a_petition_writes_nothing(
    drawn_by_nobody, jordan, stranger, desk, reviewer, clock_at
):
    client, case = desk(reviewer), stage.submitted(jordan, at=clock_at(DAY))
    found = queries_of_review(client, case)
    for number in range(4):
        stage.submitted(stranger, at=moment(DAY), title=f"Course {number}")
    assert (found, queries_of_review(client, case)) == (PETITION, PETITION)


def test_opening_the_review_of_a_renewal_writes_nothing(drawn_by_nobody, by_hand, desk, reviewer, clock_at):
    clock_at(DAY)
    client, case = desk(reviewer), another_waiting("50000001")
    found = queries_of_review(client, case)
    another_waiting("50000002")
    assert (found, queries_of_review(client, case)) == (RENEWAL, RENEWAL)
    offer = client.get(review_of(case)).context["offer"]
    client.post(offer.url, {**offer.sent, "confirmed": "yes"})
    ten_minutes_later(case)
    assert mail_of(Notice.objects.get(kind="renewals.renewed", trainer=case.trainer)).text == offer.mail.text


def test_opening_the_review_of_an_audit_writes_nothing(jordan, stranger, desk, reviewer, clock_at):
    open_periods(rate="1")
    found = []
    for trainer in (jordan, stranger):
        factories.everything_met(trainer)
        case = sent(trainer)
        judge(case, reviewer)
        clock_at("2027-01-05 12:00")
        found.append(queries_of_review(desk(reviewer), case))
    assert found == [AUDIT, AUDIT]


def test_passing_an_audit_sends_the_mail_that_its_review_page_showed(
    jordan, desk, reviewer, clock_at, django_capture_on_commit_callbacks
):
    open_periods(rate="1")
    factories.everything_met(jordan)
    case = sent(jordan)
    judge(case, reviewer)
    clock_at("2027-01-05 12:00")
    client = desk(reviewer)
    offer = client.get(review_of(case)).context["offer"]
    client.post(offer.url, {**offer.sent, "confirmed": "yes", "anyway": " ".join(offer.doubts)})
    with django_capture_on_commit_callbacks(execute=True):
        release(case.decisions.get())
    assert mail_of(Notice.objects.get(kind="renewals.renewed")).text == offer.mail.text


def test_the_review_of_an_audit_shows_no_mail_when_a_person_must_approve_the_renewal(
    by_hand, jordan, desk, reviewer, clock_at
):
    open_periods(rate="1")
    factories.everything_met(jordan)
    case = sent(jordan)
    judge(case, reviewer)
    clock_at("2027-01-05 12:00")
    offer = desk(reviewer).get(review_of(case)).context["offer"]
    assert (offer.mail, offer.refusal) == (None, "")
    assert application_of(case).state == "in_review"


def test_an_audit_whose_renewal_would_then_be_returned_is_passed_only_after_a_preview(
    jordan, desk, reviewer, clock_at
):
    open_periods(rate="1")
    factories.everything_met(jordan)
    case = sent(jordan)
    judge(case, reviewer, verdict="refused", words="It is somebody else's.")
    clock_at("2027-01-05 12:00")
    open_everything(reviewer)
    client = desk(reviewer)
    page = client.get(review_of(case))
    assert page.context["offer"] is None
    assert "The mail is shown before it is passed." in page.content.decode()
    form = reverse("admin:audits_audit_pass", args=[case.pk])
    seen = client.get(form).context["form"].initial["seen"]
    mail = client.post(form, {"seen": seen, "words": ""}).context["mail"]
    assert mail.title == "Correction due by the end of February 4, 2027"  # and not its later reminder
    assert not case.decisions.exists()


def test_the_review_of_a_renewal_computes_its_audit_draw_without_storing_it(
    by_hand, desk, reviewer, clock_at
):
    clock_at(DAY)
    case = another_waiting("50000003")
    client = desk(reviewer)
    assert "no draw period is open" in client.get(review_of(case)).context["offer"].refusal
    open_periods(rate="0")
    assert client.get(review_of(case)).context["offer"].mail
    assert not Draw.objects.filter(cycle=case.cycle).exists()


def test_an_approval_that_counts_a_record_which_no_audit_checked_is_refused_by_page_and_service(
    by_hand, jordan, desk, reviewer, clock_at
):
    open_periods(rate="1")
    factories.everything_met(jordan)
    case = sent(jordan)
    judge(case, reviewer)
    at = clock_at("2027-01-05 12:00")
    closed(case, "pass", reviewer)
    renewal = application_of(case)
    assert desk(reviewer).get(review_of(renewal)).context["offer"].mail
    lost = renewal.cycle.claimed_records.filter(category="education")
    lost.update(claimed_for=None, state="rejected")
    factories.CeuRecordFactory(credential=jordan.credentials.get(), hundredths=190)
    refusal = desk(reviewer).get(review_of(renewal)).context["offer"].refusal
    assert refusal.startswith("It counts a record that no audit has looked at.")
    with refused_with(refusal, "audit"):
        decide_application(renewal, verdict="approve", by=reviewer, at=at)
    assert not renewal.decisions.exists()
