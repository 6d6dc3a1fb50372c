"""A case that passes every check is decided with one click on its review page, which shows the
mail; any other case asks first.
"""

import pytest
from django.urls import reverse

from core.models import HistoryEntry
from documents.models import Document
from outbox.models import Notice
from petitions.models import Decision
from petitions.services import decide_petition, release_petition_decision
from tests.audits.scenes import application_of, open_periods, sent
from tests.cast import colleague
from tests.factories import everything_met
from tests.petitions import scenes as stage
from tests.reading import text_of
from tests.staff.scenes import mail_sent, open_everything

pytestmark = pytest.mark.django_db
NOW = "2027-01-20 10:32"


@pytest.fixture
def petition(jordan, clock_at):
    return stage.submitted(jordan, at=clock_at(NOW))


def review_of(case) -> str:
    return reverse(f"admin:{case._meta.app_label}_{case._meta.model_name}_review", args=[case.pk])


def press(client, offer, **more):
    return client.post(offer.url, {**offer.sent, "confirmed": "yes", **more})


def test_a_clean_petition_is_approved_with_one_click_and_the_mail_shown_on_the_page(petition, reviewer, desk):
    client = desk(reviewer)
    page = client.get(review_of(petition))
    offer = page.context["offer"]
    assert (offer.button, offer.put_forward) == ("Approve 0.4 CEUs", True)
    assert offer.mail.title in text_of(page)
    assert not Decision.objects.exists()
    assert not Notice.objects.filter(kind="petitions.approved").exists()
    assert press(client, offer)["Location"] == "/staff/petitions/petition/"
    decision = Decision.objects.get()
    assert (decision.hundredths, decision.by, decision.state) == (40, reviewer, "pending")
    release_petition_decision(decision, at=decision.effective_at)
    assert mail_sent("petitions.approved").text == offer.mail.text


def test_the_approve_button_grants_only_the_ceus_that_it_names(petition, reviewer, desk):
    offer = desk(reviewer).get(review_of(petition)).context["offer"]
    assert (offer.button, offer.sent["hundredths"]) == ("Approve 0.4 CEUs", "0.4")
    assert (
        press(desk(reviewer), offer, hundredths="0.3").status_code == 422
    )  # another number needs its reason
    assert not Decision.objects.exists()


def test_approving_with_one_click_after_a_colleague_changed_the_case_is_refused(
    petition, reviewer, second_reviewer, desk
):
    offer = desk(reviewer).get(review_of(petition)).context["offer"]
    decide_petition(petition, verdict="deny", by=second_reviewer, at=petition.submitted_at,
                    reason_code="entry_level", words="No.")  # fmt: skip
    answer = press(desk(reviewer), offer)
    assert answer.status_code == 422
    assert "Ben Osei decided about this petition before you." in text_of(answer)
    assert Decision.objects.get().by == second_reviewer


def test_the_approve_button_is_not_emphasized_when_a_check_needs_a_closer_look(
    petition, reviewer, desk, clock_at
):
    stage.submitted(petition.trainer, at=clock_at(NOW), learned="The same day again.")
    offer = desk(reviewer).get(review_of(petition)).context["offer"]
    assert (offer.put_forward, offer.refusal) == (False, "")


def test_approving_with_unviewed_document_pages_asks_first_and_is_recorded_in_history(
    petition, reviewer, desk
):
    agenda = petition.evidence.get(part="agenda").document
    Document.objects.filter(pk=agenda.pk).update(pages=["a" * 64, "b" * 64])
    client = desk(reviewer)
    offer = client.get(review_of(petition)).context["offer"]
    assert not offer.put_forward
    asked = press(client, offer)
    sentence = "Not every page of “Agenda” was opened by you."
    assert (asked.status_code, asked.context["doubts"]) == (200, [sentence])
    assert not Decision.objects.exists()
    assert press(client, offer, anyway="Something else.").status_code == 200
    assert press(client, offer, anyway=sentence).status_code == 302
    kept = HistoryEntry.objects.get(verb="decided").reason
    assert kept == "Not every page of “Agenda” was opened by the reviewer."


def test_a_petition_that_cannot_be_approved_says_why_and_has_no_approve_button(
    petition, reviewer, desk, clock_at
):
    first = stage.submitted(petition.trainer, at=clock_at(NOW), learned="The same event.")
    stage.decided(first, "approve", by=colleague("reviewer"), at=clock_at(NOW))
    page = desk(reviewer).get(review_of(petition))
    assert "on that day already counts" in page.context["offer"].refusal
    assert ">Approve 0.4 CEUs" not in page.content.decode()


def test_the_review_shows_the_trainers_ceus_now_and_after_an_approval(petition, reviewer, desk):
    told = text_of(desk(reviewer).get(review_of(petition)))
    assert "0.0 of 2.0 now. Approved: 0.4 of 2.0." in told


def test_only_the_person_who_decided_sees_the_bar_with_undo(petition, reviewer, second_reviewer, desk):
    client = desk(reviewer)
    press(client, client.get(review_of(petition)).context["offer"])
    assert "Approved: 0.4 CEUs for Jordan Rivera." in text_of(client.get("/staff/petitions/petition/"))
    assert "Approved: 0.4 CEUs" not in text_of(desk(second_reviewer).get("/staff/petitions/petition/"))


@pytest.fixture
def audit(jordan, clock_at):
    open_periods(rate="1")
    everything_met(jordan)
    made = sent(jordan)
    clock_at("2027-01-05 12:00")
    return made


@pytest.fixture
def _draw_periods(db):
    """Audits open their own."""


def accept(client, audit):
    """Accept what the review page shows, and return where that leads."""
    page = client.get(review_of(audit))
    row = page.context["review"].row
    url = reverse("admin:audits_audititem_accept", args=[row.item.pk])
    return row, client.post(url, {"seen": page.context["seen"]})["Location"]


def test_accepting_a_document_opens_the_next_unreviewed_document(audit, reviewer, desk):
    client = desk(reviewer)
    first, second = audit.items.order_by("record__completed_on", "pk")
    row, location = accept(client, audit)
    assert (row.item, location) == (first, f"{review_of(audit)}?item={second.pk}")
    row, location = accept(client, audit)
    assert (row.item, location) == (second, f"{review_of(audit)}?item={second.pk}")


def test_an_audit_whose_documents_were_all_opened_is_passed_with_one_click(audit, reviewer, desk):
    client = desk(reviewer)
    open_everything(reviewer)
    for _ in audit.items.all():
        accept(client, audit)
    offer = client.get(review_of(audit)).context["offer"]
    assert offer.put_forward
    assert press(client, offer).status_code == 302
    assert audit.decisions.get().verdict == "pass"


def test_passing_an_audit_with_unopened_documents_names_them_and_asks_for_confirmation(audit, reviewer, desk):
    client = desk(reviewer)
    for _ in audit.items.all():
        accept(client, audit)
    page = client.get(review_of(audit))
    assert "2 of 2 were not opened by you." in text_of(page)
    offer = page.context["offer"]
    assert not offer.put_forward
    asked = press(client, offer)
    assert asked.status_code == 200
    assert not audit.decisions.exists()
    sentence = asked.context["doubts"][0]
    assert sentence.startswith("2 of 2 were not opened by you: CPR and AED, ")
    assert press(client, offer, anyway=sentence).status_code == 302
    kept = HistoryEntry.objects.get(verb="decided").reason
    assert kept.startswith("2 of 2 were not opened by the reviewer: CPR and AED, ")


def test_the_renewal_review_shows_an_open_audit_and_a_denial_asks_before_ending_it(audit, reviewer, desk):
    renewal, client = application_of(audit), desk(reviewer)
    page = client.get(review_of(renewal))
    assert f"{audit.reference} , documents sent. It decides about this renewal." in text_of(page)
    assert "must be closed first" in page.context["offer"].refusal
    url = reverse("admin:renewals_application_deny", args=[renewal.pk])
    seen = client.get(url).context["form"].initial["seen"]
    said = {"reason_code": "documents", "words": "", "seen": seen, "confirmed": "yes"}
    asked = client.post(url, said)
    assert f"Its audit {audit.reference} is open. A denial ends that audit too" in asked.context["doubts"][0]
    assert not renewal.decisions.exists()
    assert client.post(url, {**said, "anyway": asked.context["doubts"][0]}).status_code == 302
    assert renewal.decisions.get().reason_code == "documents"
