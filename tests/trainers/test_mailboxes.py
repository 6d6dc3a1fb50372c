"""An address that a mail server refuses for good is marked, and unmarked when it works again."""

from collections import Counter
from datetime import timedelta

import pytest

from core import clock
from core.models import HistoryEntry
from outbox.models import Notice
from outbox.notices import queue_notice
from outbox.resending import address_of, send_again
from outbox.sender import send_due
from tests.postoffice import ACCEPT
from tests.trainers.scenes import (
    ROBIN,
    ask_for_address,
    confirm_person,
    enter_code,
    last_code,
    mailed_code,
    row,
    with_password,
)
from trainers.models import Trainer
from trainers.services.mailboxes import mark_address
from trainers.services.registrar import change_email

GONE = "550 5.1.1 No such mailbox"


@pytest.fixture(autouse=True)
def _nine_o_clock(clock_at):
    clock_at("2027-03-02 09:00")


@pytest.fixture
def put(jordan, plain):
    def put(number: int, trainer=None, **fields) -> Notice:
        fields.setdefault("send_at", clock.now())
        return queue_notice(
            "tests.plain", subject=f"thing:{number}", event="once", trainer=trainer or jordan, **fields
        )

    return put


@pytest.fixture
def marked(jordan) -> Trainer:
    """Jordan, whose address refused a mail an hour ago."""
    at = clock.now() - timedelta(hours=1)
    return mark_address(jordan, address="jordan@example.org", words=GONE, at=at)


def trouble(trainer: Trainer) -> str:
    return Trainer.objects.get(pk=trainer.pk).mail_trouble


def is_marked(trainer: Trainer) -> bool:
    return Trainer.objects.get(pk=trainer.pk).mail_trouble_at is not None


def verbs(trainer: Trainer) -> list[str]:
    told = HistoryEntry.objects.filter(trainer=trainer, verb__in=("mail_refused", "mail_accepted"))
    return list(told.order_by("pk").values_list("verb", flat=True))


def test_a_refused_address_is_marked_undeliverable_once_with_the_servers_reply_and_history(
    put, post_office, jordan, stranger, clock_at
):
    first = clock.now()
    post_office.on_rcpt = lambda envelope: GONE
    put(1)
    put(2)
    assert send_due() == Counter(failed=2)
    clock_at("2027-03-03 09:00")
    put(3)
    send_due()
    jordan.refresh_from_db()
    assert (jordan.mail_trouble_at, jordan.mail_trouble) == (first, GONE)
    entry = HistoryEntry.objects.get(trainer=jordan, verb="mail_refused")
    assert (entry.by, entry.at, entry.detail) == (None, first, {"address": jordan.email, "words": GONE})
    assert (is_marked(stranger), verbs(stranger)) == (False, [])


@pytest.mark.parametrize(
    ("answer", "is_about_the_mailbox", "stage"),
    [
        (GONE, True, "on_data"),
        ("554 5.6.0 Bad content", False, "on_data"),
        ("552 Too big", False, "on_data"),
        ("550 No such user here", True, "on_rcpt"),
        ("551 User has moved", True, "on_rcpt"),
        ("553 Mailbox name not allowed", True, "on_rcpt"),
        ("556 Domain takes no mail", True, "on_rcpt"),
        ("552 5.2.2 Mailbox full", True, "on_rcpt"),
        ("550 5.2.1 Mailbox disabled", True, "on_rcpt"),
        ("554 5.1.10 Null MX", True, "on_rcpt"),
        ("550 5.4.1 Recipient address rejected: Access denied", True, "on_rcpt"),
        ("552 Too much mail data", False, "on_rcpt"),
        ("552 5.2.3 Message too long", False, "on_rcpt"),
        ("552 5.3.4 Message too big", False, "on_rcpt"),
        ("550 5.1.8 Bad sender", False, "on_rcpt"),
        ("550 5.7.1 Relaying denied", False, "on_rcpt"),
        ("554 5.7.1 Spam", False, "on_rcpt"),
        ("554 Transaction failed", False, "on_rcpt"),
        ("503 Bad sequence", False, "on_rcpt"),
        ("450 4.1.1 Greylisted", False, "on_rcpt"),
    ],
)
def test_only_a_permanent_refusal_of_the_mailbox_marks_the_address_as_undeliverable(
    put, post_office, jordan, answer, is_about_the_mailbox, stage
):
    setattr(post_office, stage, lambda envelope: answer)
    put(1)
    outcome = send_due()
    assert stage == "on_rcpt" or outcome == Counter(failed=1)
    assert is_marked(jordan) is is_about_the_mailbox
    if is_about_the_mailbox:
        assert trouble(jordan) == answer


def test_an_address_marked_undeliverable_still_gets_later_mails(put, post_office, marked):
    put(1)
    assert send_due() == Counter(sent=1)
    assert is_marked(marked), "a relay takes everything: that proves nothing"


def test_a_refused_address_without_an_account_marks_no_account(put, post_office, jordan):
    post_office.on_rcpt = lambda envelope: GONE
    put(1, to_address="new@example.org", private=True)
    send_due()
    assert not is_marked(jordan)


def test_the_refusal_of_a_mail_with_a_code_stores_only_the_smtp_status(put, post_office, jordan):
    post_office.on_data = lambda envelope: "550 Refused: your text ABC-123"
    put(1, private=True)
    send_due()
    assert (is_marked(jordan), trouble(jordan)) == (True, "550")


def test_a_mail_servers_reply_is_stored_without_control_characters_and_shortened(put, post_office, jordan):
    post_office.on_rcpt = lambda envelope: f"550 5.1.1 \x07\x1b[31m<b>no</b> {'x' * 400}"
    put(1)
    send_due()
    assert trouble(jordan).startswith("550 5.1.1 [31m<b>no</b> xxx")
    assert len(trouble(jordan)) == 300


def test_an_accepted_message_that_staff_sent_again_removes_the_undeliverable_mark(
    put, post_office, jordan, registrar
):
    post_office.on_rcpt = lambda envelope: GONE
    notice = put(1)
    send_due()
    send_again(notice, by=registrar, at=clock.now())
    assert send_due() == Counter(failed=1)
    assert is_marked(jordan)
    post_office.on_rcpt = lambda envelope: ACCEPT
    send_again(notice, by=registrar, at=clock.now())
    assert send_due() == Counter(sent=1)
    assert (is_marked(jordan), trouble(jordan)) == (False, "")
    assert verbs(jordan) == ["mail_refused", "mail_accepted"]


def test_a_message_sent_again_goes_to_the_trainers_current_address(put, post_office, jordan, registrar):
    post_office.on_rcpt = lambda envelope: GONE
    notice = put(1)
    send_due()
    post_office.on_rcpt = lambda envelope: ACCEPT
    change_email(jordan, email="rivera@example.org", by=registrar, at=clock.now(), reason="By telephone")
    send_again(notice, by=registrar, at=clock.now())
    send_due()
    notice.refresh_from_db()
    assert (notice.state, notice.to_address) == ("sent", "rivera@example.org")


def test_sending_the_notice_of_an_address_change_again_sends_it_to_the_old_address(
    post_office, jordan, registrar
):
    post_office.on_rcpt = lambda envelope: GONE
    change_email(jordan, email="rivera@example.org", by=registrar, at=clock.now(), reason="By telephone")
    send_due()
    post_office.on_rcpt = lambda envelope: ACCEPT
    notice = Notice.objects.get(kind="account.change")
    assert (notice.state, address_of(notice)) == ("failed", "jordan@example.org")
    send_again(notice, by=registrar, at=clock.now())
    send_due()
    notice.refresh_from_db()
    assert (notice.state, notice.to_address) == ("sent", "jordan@example.org")


def test_entering_a_code_mailed_to_an_address_removes_its_undeliverable_mark(client, marked):
    code = mailed_code(client, marked)
    assert is_marked(marked)
    enter_code(client, code)
    assert not is_marked(marked)
    assert verbs(marked) == ["mail_refused", "mail_accepted"]


def test_signing_in_with_a_password_keeps_the_address_marked_undeliverable(client, marked):
    assert with_password(client, "jordan@example.org").status_code == 302
    assert is_marked(marked)


def test_a_new_address_entered_by_the_trainer_is_not_marked_undeliverable(client, marked):
    ask_for_address(confirm_person(client, marked), "rivera@example.org")
    assert is_marked(marked)
    client.post("/account/confirm-email/", {"code": last_code(marked)})
    assert not is_marked(marked)
    marked.refresh_from_db()
    assert marked.email == "rivera@example.org"


def test_a_new_address_entered_by_a_registrar_is_not_marked_undeliverable(marked, stranger, registrar):
    changed = change_email(
        marked, email="rivera@example.org", by=registrar, at=clock.now(), reason="By telephone"
    )
    assert (changed.email, is_marked(changed), trouble(changed)) == ("rivera@example.org", False, "")


def test_only_a_new_address_in_the_roster_removes_the_undeliverable_mark_and_not_a_new_name(desk):
    desk.bring_in(ROBIN)
    robin = Trainer.objects.get(email="robin@example.org")
    mark_address(robin, address=robin.email, words=GONE, at=clock.now())
    desk.bring_in(row(name="Robin V. Vale"))
    assert (is_marked(robin), trouble(robin)) == (True, GONE)
    desk.bring_in(row(name="Robin V. Vale", email="vale@example.org"))
    assert (is_marked(robin), trouble(robin)) == (False, "")


def test_a_bounce_older_than_the_latest_confirmation_does_not_mark_the_address(client, marked, clock_at):
    enter_code(client, mailed_code(client, marked))
    before, after = clock.now() - timedelta(minutes=1), clock.now() + timedelta(minutes=1)
    mark_address(marked, address="jordan@example.org", words=GONE, at=before)
    assert not is_marked(marked)
    mark_address(marked, address="jordan@example.org", words=GONE, at=after)
    assert is_marked(marked)


def test_a_bounced_address_in_capitals_marks_the_account_too(jordan):
    mark_address(jordan, address="Jordan@Example.ORG", words=GONE, at=clock.now())
    assert is_marked(jordan)
