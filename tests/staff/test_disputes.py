"""Disputes, warnings and fees that went back as staff work on them: lists, Today, and who decides what (Q31)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from outbox.models import Notice
from payments.models import FeeDecision, ProviderEvent
from payments.services import receive_event
from renewals.models import Application
from renewals.services.fees import decide_approved_fee, decide_open_fee
from tests import factories
from tests.payments.scenes import event
from tests.reading import source_of, state_of, text_of
from tests.renewals import scenes as steps
from tests.staff.scenes import DAY
from trainers.services import reinstate_credential

pytestmark = pytest.mark.django_db
NOON = steps.moment(DAY)
DUE = NOON + timedelta(days=9)


def told(kind, application, *, name, **more):
    payment = application.charge.ledger.get(kind="payment").provider_ref
    thing = {"id": name, "livemode": False, "payment_intent": payment, **more}
    return receive_event(event(kind, thing, name=f"evt_{name}_{kind}_{more.get('status')}", at=NOON), at=NOON)


def dispute(application, status="needs_response"):
    kind = "closed" if status in ("won", "lost") else "created"
    fields = {"amount": 9900, "currency": "usd", "reason": "fraudulent", "status": status}
    due = {"evidence_details": {"due_by": int(DUE.timestamp())}}
    return told(f"charge.dispute.{kind}", application, name="dp_1", **fields, **due)


def page(name, row):
    return reverse(f"admin:payments_{row._meta.model_name}_{name}", args=[row.pk])


def today(client):
    return {one.label: one for one in client.get("/staff/").context["queues"]}


@pytest.fixture
def approved(jordan, clock_at) -> Application:
    clock_at(DAY)
    factories.everything_met(jordan)
    return steps.renew(jordan, DAY)


def test_today_shows_a_dispute_with_its_last_day_and_links_to_the_list(waiting, finance, desk):
    dispute(waiting)
    client = desk(finance)
    queue = today(client)["Disputes to answer"]
    assert (queue.count, queue.late, queue.line) == (1, 0, "The first by the end of March 11, 2027")
    listed = text_of(client.get(queue.url))
    assert "Jordan Rivera" in listed
    assert "March 11, 2027: 9 days left" in listed


@pytest.mark.parametrize(
    ("day", "words", "late"),
    [
        ("2027-03-10", "March 11, 2027: tomorrow", 0),
        ("2027-03-11", "March 11, 2027: today", 0),
        ("2027-03-12", "March 11, 2027: 1 day late", 1),
        ("2027-03-20", "March 11, 2027: 9 days late", 1),
    ],
)
def test_the_last_day_to_answer_a_dispute_is_shown_with_the_days_left_or_late(
    waiting, finance, desk, clock_at, day, words, late
):
    dispute(waiting)
    clock_at(day)
    client = desk(finance)
    queue = today(client)["Disputes to answer"]
    assert queue.late == late
    listed = client.get(queue.url)
    assert words in text_of(listed)
    assert ("tag-bad" in source_of(listed)) == bool(late)


def test_the_page_of_a_dispute_links_to_the_provider_and_to_its_charge(waiting, finance, desk, settings):
    settings.STRIPE_API_BASE = ""
    dispute(waiting)
    row = waiting.charge.disputes.get()
    shown = source_of(desk(finance).get(page("change", row)))
    assert 'href="https://dashboard.stripe.com/test/disputes/dp_1"' in shown
    assert f'href="{page("change", waiting.charge)}"' in shown
    dispute(waiting, "lost")
    assert "dashboard.stripe.com" not in source_of(desk(finance).get(page("change", row)))


def test_a_fraud_warning_is_on_today_until_somebody_dismisses_it(waiting, finance, desk):
    told("radar.early_fraud_warning.created", waiting, name="issfr_1", fraud_type="made_with_stolen_card")
    client = desk(finance)
    queues = today(client)
    assert (queues["Fraud warnings"].count, queues["Payments to match"].count) == (1, 0)
    assert "The bank warns of fraud (made with stolen card)." in text_of(
        client.get(queues["Fraud warnings"].url)
    )
    warning = ProviderEvent.objects.get(type="radar.early_fraud_warning.created")
    answer = client.post(page("dismiss", warning), {"reason": "It is their own card."}, follow=True)
    assert "The message is put away." in text_of(answer)
    assert today(client)["Fraud warnings"].count == 0


def test_finance_can_let_a_renewal_continue_without_its_fee(waiting, finance, reviewer, desk):
    dispute(waiting)
    client = desk(finance)
    queue = today(client)["Fees that went back"]
    assert queue.count == 1
    assert "Renewal of certification 1193 4482" in text_of(client.get(queue.url))
    address = page("decide_fee", waiting.charge)
    assert f'href="{address}"' in source_of(client.get(page("change", waiting.charge)))
    done = client.post(address, {"verdict": "keep", "reason": "They paid by check."}, follow=True)
    assert f"{waiting.reference} is in review now." in text_of(done)
    assert today(client)["Fees that went back"].count == 0
    assert desk(reviewer).get(page("decide_fee", waiting.charge)).status_code == 403


def test_finance_can_deny_a_renewal_with_a_lost_fee_after_a_mail_preview(waiting, finance, desk):
    dispute(waiting, "lost")
    client, address = desk(finance), page("decide_fee", waiting.charge)
    said = {"verdict": "end", "reason": "Your bank took the fee back."}
    preview = client.post(address, said)
    assert "Your bank took the $99 that you paid back." in preview.context["mail"].text
    client.post(address, {**said, "confirmed": "yes"})
    assert state_of(waiting) == "denied"


def test_a_lead_can_decide_about_an_approved_renewal_with_a_lost_fee_after_a_mail_preview(
    approved, lead, finance, desk
):
    dispute(approved, "lost")
    client, address = desk(lead), page("decide_closed_fee", approved.charge)
    queue = today(client)["Fees gone after approval"]
    assert queue.count == 1
    assert f'href="{address}"' in source_of(client.get(page("change", approved.charge)))
    said = {"verdict": "end", "reason": "The bank took it."}
    preview = client.post(address, said)
    assert preview.context["mail"].title == "Suspended on March 2, 2027"
    client.post(address, {**said, "confirmed": "yes"})
    assert state_of(approved.cycle.credential) == "suspended"
    assert Notice.objects.filter(kind="renewals.fee_decided").count() == 1
    assert today(client)["Fees gone after approval"].count == 0
    assert desk(finance).get(address).status_code == 403


def test_the_queue_of_returned_fees_shows_since_when_they_wait_and_which_are_late(
    waiting, finance, desk, clock_at
):
    dispute(waiting)
    client = desk(finance)
    queue = today(client)["Fees that went back"]
    assert (queue.oldest, queue.late) == (NOON, 0)
    clock_at("2027-03-16")
    assert today(client)["Fees that went back"].late == 0
    clock_at("2027-03-17")
    assert today(client)["Fees that went back"].late == 1


def test_winning_a_dispute_that_caused_a_suspension_queues_the_case_for_a_lead_to_reinstate(
    approved, lead, desk, clock_at
):
    dispute(approved, "lost")
    decide_approved_fee(approved, verdict="end", reason="The bank took it.", by=lead, at=NOON)
    client = desk(lead)
    assert today(client)["Fees here again"].count == 0
    clock_at("2027-03-05")
    dispute(approved, "won")
    queue = today(client)["Fees here again"]
    assert (queue.count, queue.late) == (1, 0)
    assert "Renewal of certification 1193 4482" in text_of(client.get(queue.url))
    credential = approved.cycle.credential
    address = reverse("admin:trainers_credential_change", args=[credential.pk])
    assert f'href="{address}"' in source_of(client.get(page("change", approved.charge)))
    by_lead = {"by": lead, "at": steps.moment("2027-03-05"), "on": date(2027, 3, 5)}
    reinstate_credential(credential, **by_lead, reason="The fee is here.")
    assert today(client)["Fees here again"].count == 0


def test_winning_a_dispute_that_caused_a_denial_queues_the_case_for_a_lead_to_reopen(
    waiting, finance, lead, desk
):
    dispute(waiting, "lost")
    decide_open_fee(waiting, verdict="end", reason="The bank took it.", by=finance, at=NOON)
    client = desk(lead)
    assert today(client)["Fees here again"].count == 0
    dispute(waiting, "won")
    assert today(client)["Fees here again"].count == 1
    shown = source_of(client.get(page("change", waiting.charge)))
    assert f'href="{reverse("admin:renewals_application_change", args=[waiting.pk])}"' in shown


@pytest.mark.parametrize(
    ("left_out", "sentence"), [("verdict", "Choose what becomes of it."), ("reason", "Write the reason.")]
)
def test_a_fee_decision_without_a_verdict_is_refused_at_its_field(waiting, finance, desk, left_out, sentence):
    dispute(waiting)
    said = {"verdict": "keep", "reason": "Why.", "confirmed": "yes"} | {left_out: ""}
    answer = desk(finance).post(page("decide_fee", waiting.charge), said)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert FeeDecision.objects.count() == 0


def test_two_leads_decide_about_a_fee_lost_in_a_dispute_and_only_the_first_succeeds(
    approved, lead, second_lead, desk
):
    dispute(approved, "lost")
    address = page("decide_closed_fee", approved.charge)
    said = {"verdict": "keep", "confirmed": "yes"}
    desk(lead).post(address, {**said, "reason": "It is a mistake of the bank."})
    answer = desk(second_lead).post(address, {**said, "verdict": "end", "reason": "It is gone."})
    assert answer.status_code == 422
    assert "has decided this while you had it open" in text_of(answer)
    assert FeeDecision.objects.count() == 1


def test_the_page_of_a_charge_offers_no_refund_of_a_disputed_payment(waiting, finance, desk):
    dispute(waiting)
    shown = source_of(desk(finance).get(page("change", waiting.charge)))
    assert "Give money back" not in shown
    assert "Disputed at your bank" in shown


@pytest.mark.parametrize("page", ["decide_fee", "decide_closed_fee"])
def test_the_fee_decision_page_of_a_charge_without_a_known_subject_gives_404(db, root, desk, page):
    charge = factories.ChargeFactory(state="paid", paid_at=factories.LONG_AGO)
    assert desk(root).get(reverse(f"admin:payments_charge_{page}", args=[charge.pk])).status_code == 404
