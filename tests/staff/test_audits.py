"""Audits on the staff side: a queue, review document by document, closing with the effect shown,
undone in time, never one's own.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from audits import services
from audits.models import Audit, AuditItem, Decision
from outbox.models import MailEvent, Notice
from staff.audits.actions import ROOM
from tests import factories
from tests.audits import scenes as stage
from tests.audits.scenes import moment, open_periods
from tests.reading import text_of
from tests.staff.scenes import confirm, mail_sent, open_everything


@pytest.fixture
def _draw_periods(db):
    open_periods(rate="1")


@pytest.fixture
def sent(jordan, clock_at) -> Audit:
    factories.everything_met(jordan)
    audit = stage.sent(jordan)
    clock_at("2027-01-05 12:00")
    return audit


def page(name: str, audit: Audit) -> str:
    return reverse(f"admin:audits_audit_{name}", args=[audit.pk])


def of_item(name: str, item: AuditItem) -> str:
    return reverse(f"admin:audits_audititem_{name}", args=[item.pk])


def another(number: str, name: str, day: str) -> Audit:
    person = factories.trainer_with_credential(
        number=number, name=name, awarded_on="2021-03-14", expires_on="2027-03-14"
    )
    factories.everything_met(person)
    return stage.sent(person, day)


def accept_all(client, audit: Audit) -> None:
    for item in audit.items.all():
        assert client.post(of_item("accept", item)).status_code == 302


def seen(client, name: str, audit: Audit) -> dict[str, object]:
    return {"seen": client.get(page(name, audit)).context["form"].initial["seen"]}


def test_the_queue_of_audits_begins_with_the_audit_whose_documents_were_sent_first(sent, reviewer, desk):
    another("20000002", "Early Bird", "2027-01-02")
    given_back = another("20000003", "Back Again", "2027-01-01")
    item = given_back.items.first()
    services.judge_item(item, verdict="replace", by=reviewer, at=moment("2027-01-04"), words="It is cut off.")
    services.ask_replacements(given_back, by=reviewer, at=moment("2027-01-04"), through=given_back.due_on)
    client = desk(reviewer)
    told = text_of(client.get("/staff/audits/audit/?shows=open"))
    assert told.index("Early Bird") < told.index("Jordan Rivera") < told.index("Back Again")
    assert "2/2" in told
    assert "Back Again" not in text_of(client.get("/staff/audits/audit/"))


@pytest.mark.parametrize("rows", [1, 5])
def test_the_queue_of_audits_uses_few_queries_for_any_number_of_audits(
    sent, reviewer, desk, rows, django_assert_max_num_queries
):
    for number in range(rows):
        another(f"2000100{number}", f"Number {number}", "2027-01-02")
    client = desk(reviewer)
    client.get("/staff/audits/audit/")
    with django_assert_max_num_queries(8):
        client.get("/staff/audits/audit/")


def test_the_review_shows_each_record_with_its_facts_and_files(sent, reviewer, desk):
    told = text_of(desk(reviewer).get(page("review", sent)))
    for words in (
        "2 documents",
        "2 of 2 not opened by you",
        "Jordan Rivera",
        "The record says",
        "CPR and AED",
    ):
        assert words in told
    assert "The renewal is approved, and the next cycle opens." in told


def test_a_reviewer_accepts_the_documents_of_a_correct_audit_and_passes_it(sent, reviewer, desk):
    client = desk(reviewer)
    accept_all(client, sent)
    confirm(client, page("pass", sent), {**seen(client, "pass", sent), "words": ""})
    decision = Decision.objects.get()
    assert (decision.verdict, decision.by, decision.state) == ("pass", reviewer, "pending")
    assert decision.effective_at - decision.decided_at == timedelta(minutes=10)


def test_all_remaining_documents_are_accepted_with_one_action(sent, reviewer, desk):
    client = desk(reviewer)
    assert "Not decided" in text_of(client.get(page("review", sent)))
    asked = text_of(client.post(page("accept-rest", sent)))
    assert "Go on only if you mean it." in asked
    assert "the history keeps" not in asked
    course = sent.items.get(record__category="education")
    client.post(of_item("refuse", course), {"words": "It names another person."})
    open_everything(reviewer)
    client.post(page("accept-rest", sent))
    assert set(sent.items.values_list("verdict", flat=True)) == {"accepted", "refused"}
    assert "Not decided" not in text_of(client.get(page("review", sent)))


def test_closing_an_audit_with_unreviewed_documents_is_refused_with_their_number(sent, reviewer, desk):
    client = desk(reviewer)
    answer = client.post(page("pass", sent), {**seen(client, "pass", sent), "words": ""})
    assert answer.status_code == 422
    assert "2 documents have not been accepted or refused yet." in text_of(answer)


def test_the_effect_of_a_refused_document_is_shown_before_closing_the_audit(sent, reviewer, desk):
    client = desk(reviewer)
    course = sent.items.get(record__category="education")
    assert client.post(of_item("refuse", course), {"words": ""}).status_code == 422
    client.post(of_item("refuse", course), {"words": "It names another person."})
    client.post(of_item("accept", sent.items.get(record__category="cpr_aed")))
    told = text_of(client.get(page("pass", sent)))
    assert "the renewal goes back for correction" in told


def test_all_replacements_of_an_audit_are_requested_in_one_mail_with_a_last_day(sent, reviewer, desk):
    client = desk(reviewer)
    for item in sent.items.all():
        client.post(of_item("replace", item), {"words": "It is cut off."})
    assert not Notice.objects.filter(kind="audits.replace").exists()
    told = text_of(client.get(page("review", sent)))
    assert "Ask for 2 replacements" in told
    days = {"through_month": "2", "through_day": "20", "through_year": "2027"}
    shown = confirm(client, page("replacements", sent), days)
    assert "February 20, 2027" in shown.text
    assert shown.text == mail_sent("audits.replace").text
    assert Notice.objects.filter(kind="audits.replace").count() == 1
    sent.refresh_from_db()
    assert (sent.state, str(sent.due_on)) == ("replace", "2027-02-20")


def test_a_replacement_day_before_the_due_date_is_refused_at_its_field(sent, reviewer, desk):
    client = desk(reviewer)
    client.post(of_item("replace", sent.items.first()), {"words": "It is cut off."})
    days = {"through_month": "1", "through_day": "20", "through_year": "2027"}
    answer = client.post(page("replacements", sent), days)
    assert answer.status_code == 422
    assert "Choose a day from February 4, 2027" in text_of(answer)


def test_marking_a_document_as_suspected_hands_the_audit_to_a_lead_without_a_mail(sent, reviewer, lead, desk):
    mails = Notice.objects.count()
    desk(reviewer).post(of_item("suspect", sent.items.first()), {"why": "The date was typed over."})
    assert Notice.objects.count() == mails
    assert ROOM.next_waiting(reviewer).endswith("/staff/audits/audit/")
    assert ROOM.next_waiting(lead) == page("review", sent)
    told = text_of(desk(reviewer).get(page("review", sent)))
    assert "A lead decides about this audit" in told
    assert "Pass the audit" not in told
    assert "Pass the audit" in text_of(desk(lead).get(page("review", sent)))


def test_the_review_flags_a_file_that_another_trainer_sent_too(sent, stranger, reviewer, desk):
    mine = sent.items.first().record.evidence.first().document
    factories.DocumentFactory(owner=stranger, sent_sha256=mine.sent_sha256)
    told = text_of(desk(reviewer).get(page("review", sent)))
    assert "The same file was sent by Sam Stranger." in told


def test_the_second_of_two_reviewers_is_refused_with_the_name_of_the_first(sent, reviewer, lead, desk):
    slow, fast = desk(reviewer), desk(lead)
    accept_all(fast, sent)
    page_of_slow = seen(slow, "fail", sent)
    confirm(fast, page("pass", sent), {**seen(fast, "pass", sent), "words": ""})
    answer = slow.post(page("fail", sent), {**page_of_slow, "reason_code": "other", "words": "No."})
    assert answer.status_code == 422
    assert "Lee Lead decided about this audit before you" in text_of(answer)
    assert Decision.objects.get().by == lead


@pytest.mark.parametrize("way", ["one", "rest"])
def test_a_document_changed_since_the_page_was_opened_is_not_accepted(sent, reviewer, desk, way):
    client = desk(reviewer)
    course = sent.items.get(record__category="education")
    shown = client.get(page("review", sent)).context["seen"]
    services.say_unavailable(course, by=sent.trainer, at=moment("2027-01-05"), why="I sent the wrong one.")
    open_everything(reviewer)
    to = of_item("accept", course) if way == "one" else page("accept-rest", sent)
    answer = client.post(to, {"seen": shown})
    assert answer.status_code == 422
    assert "The trainer added something while you had this open. Look again." in text_of(answer)
    assert not sent.items.exclude(verdict="").exists()
    again = client.get(page("review", sent)).context["seen"]
    assert client.post(to, {"seen": again}).status_code == 302


def test_a_double_click_on_passing_an_audit_makes_one_decision(sent, reviewer, desk):
    client = desk(reviewer)
    accept_all(client, sent)
    open_everything(reviewer)
    said = {**seen(client, "pass", sent), "words": "", "confirmed": "yes"}
    assert [client.post(page("pass", sent), said).status_code for _ in range(2)] == [302, 302]
    assert Decision.objects.count() == 1


def test_closing_an_audit_again_with_another_text_keeps_the_first_decision(sent, reviewer, desk):
    client = desk(reviewer)
    accept_all(client, sent)
    open_everything(reviewer)
    said = seen(client, "pass", sent) | {"confirmed": "yes"}
    assert client.post(page("pass", sent), {**said, "words": "All is here."}).status_code == 302
    again = client.post(page("pass", sent), {**said, "words": "Send originals next time."})
    assert again.status_code == 422
    assert "You have decided this already. Take that decision back first." in text_of(again)
    assert "Send originals next time." in again.content.decode()
    assert Decision.objects.get().words == "All is here."


def test_a_pending_decision_about_an_audit_can_be_undone(sent, reviewer, desk):
    client = desk(reviewer)
    accept_all(client, sent)
    confirm(client, page("pass", sent), {**seen(client, "pass", sent), "words": ""})
    assert "Undo" in text_of(client.get(page("review", sent)))
    told = text_of(client.get("/staff/audits/audit/?shows=pending"))
    assert "Decided, pending until 12:10 pm" in told
    assert reviewer.name in told
    client.post(reverse("admin:audits_decision_undo", args=[Decision.objects.get().pk]))
    assert Decision.objects.get().state == "taken_back"


@pytest.mark.parametrize(
    ("verdict", "words", "kind"),
    [("pass", "", "renewals.renewed"), ("fail", "These are altered.", "renewals.denied")],
)
def test_the_page_for_closing_an_audit_previews_the_mail_about_the_renewal(
    sent, reviewer, desk, clock_at, django_capture_on_commit_callbacks, verdict, words, kind
):
    client = desk(reviewer)
    accept_all(client, sent)
    shown = confirm(
        client, page(verdict, sent), {**seen(client, verdict, sent), "reason_code": "other", "words": words}
    )
    assert words in shown.text
    assert not Notice.objects.filter(kind=kind).exists()
    clock_at("2027-01-05 12:10")
    with django_capture_on_commit_callbacks(execute=True):
        services.release_audit_decision(Decision.objects.get(), at=moment("2027-01-05 12:10"))
    assert shown.text == mail_sent(kind).text


def test_a_reviewer_who_opens_their_own_audit_sees_that_somebody_else_must_decide(sent, desk, reviewer):
    person = sent.trainer
    person.is_staff = True
    person.groups.set(reviewer.groups.all())
    person.save()
    told = text_of(desk(person).get(page("review", sent)))
    assert "This is your own audit. Somebody else must decide about it." in told


def test_the_review_of_an_audit_shows_the_delivery_reports_of_its_first_mail(sent, reviewer, desk):
    """Q18: the time began because the mail was taken; the page shows what became of it."""
    notice = Notice.objects.get(kind="audits.opened")
    MailEvent.objects.create(
        event_id="e1",
        notice=notice,
        kind="delivered",
        address=notice.trainer.email,
        at=datetime(2027, 1, 4, 19, 5, tzinfo=UTC),
    )
    text = desk(reviewer).get(page("review", sent)).content.decode()
    assert "delivered on January 4, 2027 at 12:05 pm, Phoenix time" in text
