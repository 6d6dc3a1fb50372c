"""What the sender does with each answer of a real mail server (I9, I10)."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError

from core import clock
from outbox.models import Notice
from outbox.sender import send_due
from tests.postoffice import ACCEPT, HANG_UP, SILENCE
from tests.reading import state_of

NINE = "2027-03-02 09:00"


@pytest.fixture(autouse=True)
def _nine_o_clock(clock_at):
    clock_at(NINE)


def refuses(subject: str, answer: str):
    """An `on_data` that answers so to the message about `subject` and accepts the others."""
    return lambda envelope: answer if f"About {subject}".encode() in envelope.content else ACCEPT


def test_a_due_notice_is_sent_and_stores_a_copy(put, post_office, jordan):
    notice = put(1)
    assert send_due() == Counter(sent=1)
    assert state_of(notice) == "sent"
    assert (notice.title, notice.to_address) == ("About thing:1", "jordan@example.org")
    assert (notice.ended_at, notice.leased_until, notice.attempts) == (clock.now(), None, 0)
    message = post_office.accepted[0]
    assert message["Message-ID"] == notice.message_id
    assert message["To"] == "jordan@example.org"
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert text == notice.text
    assert message.get_body(("html",)).get_content().replace("\r\n", "\n") == notice.html


def test_no_notice_is_sent_before_its_time(put, post_office):
    notice = put(1, send_at=clock.now() + timedelta(seconds=1))
    assert send_due() == Counter()
    assert state_of(notice) == "due"
    assert post_office.connections == 0


def test_many_mails_use_one_connection_oldest_first(put, post_office):
    for number in (3, 1, 2, 4, 5):
        put(number)
    assert send_due(limit=2) == Counter(sent=5)
    assert [message["Subject"] for message in post_office.accepted] == [
        f"About thing:{number}" for number in (1, 2, 3, 4, 5)
    ]
    assert post_office.connections == 1


def test_a_batch_is_checked_once_and_notices_no_longer_due_are_superseded(put, plain, post_office):
    notices = [put(number) for number in range(1, 6)]
    plain.done = {"thing:2", "thing:4"}
    assert send_due() == Counter(sent=3, superseded=2)
    assert [state_of(notice) for notice in notices] == ["sent", "superseded", "sent", "superseded", "sent"]
    assert plain.asked == 1


def test_the_content_of_a_private_notice_is_erased_once_it_is_sent(put, post_office):
    notice = put(1, private=True, payload={"code": "ABC-123"}, to_address="new@example.org")
    send_due()
    assert state_of(notice) == "sent"
    assert (notice.payload, notice.title, notice.text, notice.html) == ({}, "", "", "")
    assert post_office.addresses() == ["new@example.org"]


def test_a_person_with_a_closed_account_gets_no_mail(put, post_office, jordan):
    notice = put(1)
    jordan.is_active = False
    jordan.save()
    assert send_due() == Counter(suppressed=1)
    assert state_of(notice) == "suppressed"


def test_a_permanently_refused_address_fails_the_notice_at_once_and_keeps_its_copy(put, post_office):
    notice = put(1)
    post_office.on_rcpt = lambda envelope: "550 5.1.1 No such mailbox"
    assert send_due() == Counter(failed=1)
    assert state_of(notice) == "failed"
    assert "550" in notice.last_error
    assert notice.title == "About thing:1"


def test_a_temporarily_refused_message_is_retried_later_and_parked_after_five_attempts(
    put, post_office, clock_at
):
    post_office.on_data = refuses("thing:1", "450 4.2.1 Mailbox busy")
    slow = put(1, send_at=clock.now() - timedelta(days=1))
    put(2)
    assert send_due() == Counter(sent=1, **{"put off": 1})  # the server may be the reason: not counted
    assert (state_of(slow), slow.attempts, slow.retry_at) == ("due", 0, clock.now() + timedelta(minutes=1))
    for attempt, minutes in enumerate((1, 10, 60, 360), start=1):
        clock_at(f"2027-03-0{2 + attempt}")
        put(20 + attempt)
        assert send_due() == Counter(sent=1, **{"put off": 1})  # others got through: counted
        assert (state_of(slow), slow.attempts) == ("due", attempt)
        assert slow.retry_at == clock.now() + timedelta(minutes=minutes)
        assert send_due() == Counter()
    clock_at("2027-03-07")
    put(30)
    assert send_due() == Counter(sent=1, failed=1)
    assert (state_of(slow), slow.attempts) == ("failed", 5)
    assert "450" in slow.last_error


def test_a_notice_that_cannot_be_rendered_is_parked_while_others_are_sent(put, plain, post_office, clock_at):
    plain.broken = {"thing:2"}
    first, poison, last = put(1), put(2), put(3)
    assert send_due() == Counter(sent=2, **{"put off": 1})
    assert [state_of(first), state_of(poison), state_of(last)] == ["sent", "due", "sent"]
    for day in (3, 4, 5):
        clock_at(f"2027-03-0{day}")
        assert send_due() == Counter(**{"put off": 1})
    clock_at("2027-03-06")
    assert send_due() == Counter(failed=1)
    assert state_of(poison) == "failed"
    assert poison.last_error == "ValueError: this one cannot be told"


def test_a_notice_to_an_impossible_address_does_not_stop_other_notices(put, post_office):
    poison = put(1, to_address="jordan@example.org\nBcc: everybody@example.org")
    others = put(2), put(3)
    assert send_due() == Counter(sent=2, **{"put off": 1})
    assert [state_of(one) for one in (poison, *others)] == ["due", "sent", "sent"]
    assert poison.attempts == 1
    assert poison.last_error.startswith("ValueError: Invalid address")
    assert post_office.addresses() == ["jordan@example.org"] * 2


def test_a_mail_that_cannot_be_rendered_because_the_database_is_down_counts_no_attempt(
    put, post_office, monkeypatch
):
    def fail(*_: object, **own: str) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    notice = put(1)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("outbox.sender.mail.render_mail", fail)
        with pytest.raises(OperationalError):
            send_due()
    assert (state_of(notice), notice.attempts) == ("due", 0)


def test_a_notice_of_an_unregistered_kind_stays_due(put, post_office):
    notice = put(1)
    Notice.objects.filter(pk=notice.pk).update(kind="tests.forgotten")
    assert send_due() == Counter(**{"put off": 1})
    assert state_of(notice) == "due"


@pytest.mark.parametrize("answer", ["450 4.3.0 Later", "421 4.3.2 Closing", HANG_UP, SILENCE])
def test_a_mail_server_outage_uses_up_no_attempt_and_everything_is_sent_afterwards(
    put, post_office, clock_at, answer, settings
):
    settings.EMAIL_TIMEOUT = 0.2
    notices = [put(number) for number in range(1, 7)]
    post_office.on_data = lambda envelope: answer
    for minute in range(8):
        clock_at(f"2027-03-02 09:0{minute}")
        send_due()
    assert {state_of(notice) for notice in notices} == {"due"}
    assert {notice.attempts for notice in notices} == {0}
    post_office.on_data = lambda envelope: ACCEPT
    clock_at("2027-03-02 09:09")  # at most a pause later
    assert send_due() == Counter(sent=6)
    assert [state_of(notice) for notice in notices] == ["sent"] * 6


def test_an_unreachable_mail_server_leaves_notices_due_and_unleased(put, post_office):
    post_office.close()
    notices = [put(1), put(2)]
    assert send_due() == Counter(released=2)
    for notice in notices:
        assert state_of(notice) == "due"
        assert (notice.attempts, notice.leased_until, notice.retry_at) == (0, None, None)


def test_a_batch_stops_after_three_temporary_refusals_in_a_row(put, post_office):
    for number in range(10):
        put(number)
    asked = []
    post_office.on_data = lambda envelope: asked.append(1) or "451 4.3.0 Later"
    assert send_due() == Counter({"put off": 3, "released": 7})
    assert len(asked) == 3


def test_a_refused_sender_address_counts_as_an_outage_and_not_as_an_attempt(put, post_office):
    notice = put(1)
    post_office.on_mail = lambda envelope: "550 5.7.1 We know nobody of this name"
    send_due()
    assert (state_of(notice), notice.attempts) == ("due", 0)


def test_a_connection_dropped_after_each_mail_is_reopened_and_no_mail_is_duplicated(put, post_office):
    post_office.hangs_up_after_each = True
    notices = [put(number) for number in range(5)]
    assert send_due() == Counter(sent=5)
    assert len(post_office.accepted) == 5
    assert len({message["Message-ID"] for message in post_office.accepted}) == 5
    assert {notice.attempts for notice in notices} == {0}


def test_a_server_that_limits_mails_per_connection_gets_the_rest_on_new_connections(put, post_office):
    taken = []
    post_office.on_data = lambda envelope: (
        "421 4.7.0 Too many messages"
        if len(taken) % 3 == 2 and not taken.append(0)
        else taken.append(1) or ACCEPT
    )
    for number in range(6):
        put(number)
    assert send_due()["sent"] == 6
    assert post_office.connections >= 3


def test_a_mail_alone_in_its_batch_uses_up_an_attempt_only_after_three_days_of_deferral(
    put, post_office, clock_at
):
    post_office.on_rcpt = lambda envelope: "451 4.3.0 Later"
    notice = put(1, send_at=clock.now())
    clock_at("2027-03-05 09:00")
    send_due()
    assert (state_of(notice), notice.attempts) == ("due", 0)
    clock_at("2027-03-05 09:02")
    send_due()
    assert (state_of(notice), notice.attempts) == ("due", 1)


def test_the_send_command_prints_the_outcome_of_each_notice(put, post_office, capsys):
    call_command("send_notices")
    put(1)
    put(2)
    call_command("send_notices")
    assert capsys.readouterr().out.splitlines() == ["Nothing was due.", "2 sent."]
