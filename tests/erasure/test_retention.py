"""What is kept how long, to the day: mails, sign-ins, uploads, evidence, files of own data (Q33)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailConfirmation
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core import clock, retention
from core.invariants import all_checks
from core.retention import figures_on, let_old_go
from documents.models import Document, UploadHour
from documents.parser import make_safe
from documents.services import receive_upload, store_document
from documents.sweep import remove_unclaimed
from outbox import heartbeat
from outbox.models import MailEvent, Notice
from tests import factories
from tests.erasure.scenes import files_in
from tests.petitions import scenes as petition_scenes
from tests.reading import text_of
from trainers.models import Cycle, DataFile
from trainers.services.own_data import ask_for_data_file, build_data_file
from trainers.tasks import let_go_what_is_over

pytestmark = pytest.mark.django_db
SENT = datetime(2024, 3, 2, 19, 0, tzinfo=UTC)


def test_the_retention_periods_are_those_of_the_published_interpretations():
    figures = figures_on(datetime(2027, 3, 2, tzinfo=UTC))
    assert (
        figures.mail_copy_years, figures.refused_upload_days, figures.evidence_cycles, figures.session_days,
        figures.data_file_days,
    ) == (3, 1, 2, 14, 7)  # fmt: skip
    assert settings.SESSION_COOKIE_AGE == 14 * 86_400


def test_the_privacy_page_states_the_retention_periods_of_the_policy(client, clock_at):
    clock_at("2027-03-02")
    page = text_of(client.get("/privacy/"))
    for words in (
        "The copies of our mails to you: 3 years.", "or that we refused: 1 day",
        "a course or a card: 2 cycles after the one that it counted for", "14 days after your last visit",
        "The file with your own data: 7 days", "Having it erased",
    ):  # fmt: skip
        assert words in page


def notice(person, ended_at: datetime) -> Notice:
    made = Notice.objects.create(
        kind="renewals.renewed", subject="x", event=str(ended_at), trainer=person, send_at=ended_at, state="sent",
        ended_at=ended_at, title="Renewed", text="Dear Jordan", html="<p>", to_address=person.email,
        payload={"name": "Jordan"}, last_error="",
    )  # fmt: skip
    MailEvent.objects.create(
        event_id=f"e{made.pk}", notice=made, kind="bounced", address=person.email, words="No", at=ended_at
    )
    return made


@pytest.mark.parametrize(
    ("now", "kept"),
    [(datetime(2027, 3, 2, 19, 0, tzinfo=UTC), True), (datetime(2027, 3, 2, 19, 0, 1, tzinfo=UTC), False)],
)
def test_the_text_of_a_mail_is_erased_after_three_years_but_its_record_stays(jordan, now, kept):
    made = notice(jordan, SENT)
    let_old_go(now)
    made.refresh_from_db()
    words = (made.title, made.text, made.html, made.to_address, made.payload)
    assert words == (
        ("Renewed", "Dear Jordan", "<p>", "jordan@example.org", {"name": "Jordan"})
        if kept
        else ("", "", "", "", {})
    )
    assert (made.kind, made.state, made.ended_at) == ("renewals.renewed", "sent", SENT)
    assert MailEvent.objects.get().address == ("jordan@example.org" if kept else "")


def test_an_expired_session_is_deleted_with_its_ip_address_and_browser(jordan, signed_in):
    key = signed_in(jordan).session.session_key
    UserSession.objects.create(user=jordan, session_key=key, ip="192.0.2.7", user_agent="Firefox")
    UserSession.objects.filter(session_key=key).update(created_at=datetime(2025, 3, 2, 19, 0, tzinfo=UTC))
    Session.objects.filter(session_key=key).update(expire_date=datetime(2025, 3, 16, 19, 0, tzinfo=UTC))
    let_old_go(datetime(2025, 3, 16, 19, 0, tzinfo=UTC))
    assert (Session.objects.count(), UserSession.objects.count()) == (1, 1)
    let_old_go(datetime(2025, 3, 16, 19, 0, 1, tzinfo=UTC))
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)


def test_a_demo_set_to_a_later_day_does_not_delete_live_sessions(jordan, signed_in):
    browser = signed_in(jordan)
    let_old_go(datetime(2190, 1, 1, tzinfo=UTC))
    assert browser.get("/account/").status_code == 200


def test_unconfirmed_address_changes_and_hourly_upload_counts_are_deleted_when_old(jordan):
    address = jordan.emailaddress_set.get()
    EmailConfirmation.objects.create(email_address=address, key="k")
    EmailConfirmation.objects.update(created=SENT)
    UploadHour.objects.create(owner=jordan, hour=SENT)
    let_old_go(SENT + timedelta(hours=24))
    assert (EmailConfirmation.objects.count(), UploadHour.objects.count()) == (1, 1)
    let_old_go(SENT + timedelta(days=14, seconds=1))
    assert (EmailConfirmation.objects.count(), UploadHour.objects.count()) == (0, 0)


# --- evidence


def evidence(person, *, claimed_for: Cycle | None, uploaded_at: datetime = SENT) -> Document:
    """A certificate with bytes in storage."""
    record = factories.CeuRecordFactory(credential=person.credentials.get(), parts=())
    name = default_storage.save("2024/03/02/1900-aa.pdf", ContentFile(b"%PDF"))
    for beside in ("2024/03/02/1900-aa.sent", "2024/03/02/1900-aa.1.webp", "2024/03/02/1900-aa.small.webp"):
        default_storage.save(beside, ContentFile(b"x"))
    default_storage.save("2024/03/02/1900-ab.pdf", ContentFile(b"of somebody else"))
    document = factories.DocumentFactory(owner=person, stored_as=name, uploaded_at=uploaded_at, pages=["x"])
    record.evidence.create(document=document, part="certificate")
    type(record).objects.filter(pk=record.pk).update(claimed_for=claimed_for)
    return document


def test_evidence_is_erased_two_cycles_after_the_end_of_the_cycle_in_which_it_counted(stranger, storage):
    cycle = stranger.credentials.get().cycles.get()
    document = evidence(stranger, claimed_for=cycle)
    assert cycle.expires_on == date(2027, 6, 30)
    let_old_go(datetime(2031, 6, 30, 23, 0, tzinfo=UTC))
    document.refresh_from_db()
    assert document.erased_at is None
    now = datetime(2031, 7, 1, 12, 0, tzinfo=UTC)
    let_old_go(now)
    document.refresh_from_db()
    assert (document.erased_at, document.files_removed) == (now, False)
    assert len(files_in(storage)) == 5, "the row says so first"
    let_old_go(now + timedelta(hours=1))
    document.refresh_from_db()
    assert document.files_removed
    assert files_in(storage) == ["2024/03/02/1900-ab.pdf"]
    assert document.original_name == "certificate.pdf"


def test_evidence_is_kept_for_the_longest_cycles_of_the_portals_policies(stranger, storage, follow_body):
    rules = 'total = { value = "2.0" }\nfees = [{ code = "renewal", amount = "99.00" }]\n'
    follow_body(rules, beside={"long": rules + 'cycle = { length = "5 years" }\n'})
    document = evidence(stranger, claimed_for=stranger.credentials.get().cycles.get())
    let_old_go(datetime(2037, 6, 30, 23, 0, tzinfo=UTC))
    assert Document.objects.filter(pk=document.pk, erased_at=None).exists()
    let_old_go(datetime(2037, 7, 1, 12, 0, tzinfo=UTC))
    assert not Document.objects.filter(pk=document.pk, erased_at=None).exists()


def test_evidence_that_counted_for_no_cycle_is_erased_three_cycles_after_its_upload(stranger, storage):
    document = evidence(stranger, claimed_for=None, uploaded_at=datetime(2027, 3, 2, 19, 0, tzinfo=UTC))
    let_old_go(datetime(2033, 3, 2, 12, 0, tzinfo=UTC))
    assert Document.objects.filter(pk=document.pk, erased_at=None).exists()
    let_old_go(datetime(2033, 3, 3, 12, 0, tzinfo=UTC))
    assert not Document.objects.filter(pk=document.pk, erased_at=None).exists()


def test_evidence_of_an_open_petition_is_kept(jordan, storage):
    petition_scenes.submitted(jordan, at=datetime(2027, 1, 11, 19, tzinfo=UTC))
    Document.objects.filter(owner=jordan).update(uploaded_at=SENT)
    let_old_go(datetime(2040, 1, 1, tzinfo=UTC))
    assert not Document.objects.exclude(erased_at=None).exists()


def test_a_file_erased_after_its_retention_gets_410_with_a_sentence_and_logs_no_error(
    jordan, storage, signed_in, caplog
):
    document = evidence(jordan, claimed_for=None)
    Document.objects.filter(pk=document.pk).update(erased_at=SENT)
    for address in ("download", "pages/1", "thumbnail"):
        pages = {"download": f"/documents/{document.pk}/", "pages/1": f"/documents/{document.pk}/pages/1/"}
        answer = signed_in(jordan).get(pages.get(address, f"/documents/{document.pk}/thumbnail/"))
        assert answer.status_code == 410
        assert "We do not keep this file any more" in text_of(answer)
    document.refresh_from_db()
    assert list(document.page_numbers) == [], "no page shows a picture that is gone"
    assert [one.name for one in caplog.records if one.levelname == "ERROR"] == []


def test_invariant_12_accepts_an_erased_document_only_without_its_files(jordan, storage):
    document = evidence(jordan, claimed_for=None)
    checks = [one for one in all_checks() if one.number == 12 and "document" in one.name.lower()]
    Document.objects.filter(pk=document.pk).update(erased_at=SENT, files_removed=True)
    (said,) = [sentence for one in checks for sentence in one.find()]
    assert said.startswith(f"document {document.pk} is erased, and a file of 2024/03/02/1900-aa.pdf is there")
    Document.objects.filter(pk=document.pk).update(files_removed=False)
    let_old_go(SENT + timedelta(hours=1))
    assert [sentence for one in checks for sentence in one.find()] == []


# --- the file with one's own data


def test_a_file_of_a_trainers_own_data_is_deleted_after_seven_days_and_its_row_too(jordan, storage):
    file = ask_for_data_file(jordan, by=jordan, at=SENT, kept_for=timedelta(days=7))
    build_data_file(file, at=SENT, page=lambda person: person.name)
    assert len(files_in(storage)) == 1
    let_old_go(SENT + timedelta(days=7))
    assert (DataFile.objects.count(), len(files_in(storage))) == (1, 1)
    let_old_go(SENT + timedelta(days=7, seconds=1))
    assert (DataFile.objects.count(), files_in(storage)) == (0, [])


# --- the sweep


def test_a_failing_retention_rule_stops_no_other_and_staff_see_it_after_a_day(
    jordan, root, signed_in, clock_at, monkeypatch
):
    clock_at("2027-03-02")
    let_go_what_is_over()
    assert heartbeat.seen_at("retention") == clock.now()
    desk = signed_in(root)
    made = notice(jordan, SENT - timedelta(days=1))

    def fail(pks, at):
        raise OSError("the disk is full")

    clock_at("2027-03-03 12:01")
    UploadHour.objects.create(owner=jordan, hour=SENT)
    with monkeypatch.context() as during:
        broken = [retention.Kind(one.name, one.over, fail if one.name == "Counts of uploads" else one.let_go)
                  for one in retention.kinds_of_retention()]  # fmt: skip
        during.setattr(retention, "kinds_of_retention", lambda: iter(broken))
        gone = let_go_what_is_over()
    assert (gone["Copies of mails"], "Counts of uploads" in gone) == (1, False)
    made.refresh_from_db()
    assert made.text == ""
    assert "Old data is kept too long" in text_of(desk.get("/staff/"))
    let_go_what_is_over()
    assert "Old data is kept too long" not in text_of(desk.get("/staff/"))


def test_the_retention_check_reports_data_overdue_for_deletion_by_two_days(jordan, clock_at):
    clock_at("2027-03-04 12:01")
    notice(jordan, datetime(2024, 3, 2, 19, 0, tzinfo=UTC))
    (check,) = [one for one in all_checks() if one.name == "Nothing is kept longer than the policy says"]
    assert list(check.find()) == [
        "Copies of mails: something should have been let go two days ago",
        "Reports of the mail provider: something should have been let go two days ago",
    ]
    let_old_go(clock.now())
    assert list(check.find()) == []


def test_one_retention_sweep_deletes_more_than_one_batch(jordan, monkeypatch):
    monkeypatch.setattr("core.retention.BATCH", 2)
    for hour in range(5):
        UploadHour.objects.create(owner=jordan, hour=SENT - timedelta(hours=hour))
    assert let_old_go(SENT + timedelta(days=3))["Counts of uploads"] == 5


def test_an_upload_never_attached_to_a_form_is_deleted_after_the_one_day_of_the_policy(
    jordan, storage, picture, clock_at
):
    at = clock_at("2027-03-02")
    receive_upload(picture(), owner=jordan, at=at, make_safe=make_safe)
    kept = store_document(
        receive_upload(picture(), owner=jordan, at=at, make_safe=make_safe), owner=jordan, by=jordan, at=at
    )
    count = len(files_in(storage))
    assert remove_unclaimed(at=at + timedelta(hours=25)) == 0
    assert remove_unclaimed(at=at + timedelta(hours=25, minutes=1)) == count // 2
    assert default_storage.exists(kept.stored_as)
