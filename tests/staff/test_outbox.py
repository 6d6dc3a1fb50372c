"""The outbox on the staff side: sent messages, hidden codes, and failed messages sent again."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from core.models import HistoryEntry
from outbox.models import MailEvent, Notice
from outbox.sender import send_due
from tests import factories
from tests.reading import state_of
from tests.staff.scenes import notice
from trainers.models import Trainer

pytestmark = pytest.mark.django_db
ALL = "/staff/outbox/notice/?shows=all"


def page(name: str, row: Notice) -> str:
    return reverse(f"admin:outbox_notice_{name}", args=[row.pk])


def test_the_staff_page_of_a_message_shows_it_as_it_was_sent(jordan, onlooker, desk):
    text = desk(onlooker).get(page("change", notice(jordan, "sent"))).content.decode()
    assert "Hello Jordan" in text
    assert "You are renewed" in text


def test_the_heading_of_a_sent_message_is_its_subject_and_of_a_waiting_one_its_kind(jordan, onlooker, desk):
    sent, waiting = notice(jordan, "sent"), notice(jordan, "due", 1)
    Notice.objects.filter(pk=waiting.pk).update(title="")
    assert "<h1>You are renewed</h1>" in desk(onlooker).get(page("change", sent)).content.decode()
    text = desk(onlooker).get(page("change", waiting)).content.decode()
    assert "<h1>Renewed</h1>" in text
    assert ">Messages</a>" in text
    assert "renewals.renewed to" not in text


def test_the_staff_page_of_a_message_with_a_code_shows_neither_code_nor_text(jordan, root, desk):
    fields = {"private": True, "payload": {"code": "482913", "mail": "login_code"}}
    row = notice(jordan, "due", **fields)
    Notice.objects.filter(pk=row.pk).update(text="Your code is 482913", title="Your sign-in code")
    for address in (page("change", row), reverse("admin:outbox_notice_changelist"), page("history", row)):
        assert "482913" not in desk(root).get(address).content.decode()
    assert "this message carried a code" in desk(root).get(page("change", row)).content.decode()


def test_staff_can_send_a_failed_message_again(jordan, registrar, desk, clock_at):
    moment = clock_at("2027-03-02")
    row = notice(jordan, "failed")
    desk(registrar).post(page("send-again", row))
    row.refresh_from_db()
    assert (row.state, row.attempts, row.send_at, row.last_error, row.ended_at) == (
        "due",
        0,
        moment,
        "",
        None,
    )
    assert HistoryEntry.objects.get(verb="sent_again").by == registrar


@pytest.mark.parametrize("state", ["sent", "superseded", "suppressed"])
def test_only_a_failed_message_can_be_sent_again(jordan, registrar, desk, state):
    row = notice(jordan, state)
    response = desk(registrar).post(page("send-again", row))
    assert response.status_code == 422
    assert "Only a message that failed and held no code can be sent again." in response.content.decode()
    assert state_of(row) == state


def test_a_message_with_a_code_cannot_be_sent_again(jordan, registrar, desk):
    row = notice(jordan, "failed", private=True)
    assert desk(registrar).post(page("send-again", row)).status_code == 422


def test_sending_many_messages_again_sends_only_those_that_failed(jordan, registrar, desk):
    rows = [notice(jordan, state) for state in ("failed", "sent", "due", "superseded")]
    rows.append(notice(jordan, "failed", 1, private=True))
    chosen = {"action": "send_these_again", "_selected_action": [row.pk for row in rows]}
    asked = desk(registrar).post(ALL, chosen).content.decode()
    assert "This applies to 1 of 5: those that failed and held no code." in asked
    assert "<li>Jordan Rivera, jordan@example.org: You are renewed</li>" in asked
    assert Notice.objects.filter(state="due").count() == 1
    chosen["confirmed"] = "yes"
    told = desk(registrar).post(ALL, chosen, follow=True)
    assert "1 in the outbox again, 4 left as they were." in told.content.decode()
    assert Notice.objects.filter(state="due").count() == 2


def test_a_bulk_action_applies_to_at_most_100_messages(jordan, registrar, desk):
    rows = [notice(jordan, "failed", number) for number in range(103)]
    chosen = {"action": "send_these_again", "_selected_action": [rows[0].pk], "select_across": "1"}
    asked = desk(registrar).post(reverse("admin:outbox_notice_changelist"), chosen).content.decode()
    assert "This applies to 100 of 100" in asked
    assert asked.count('name="_selected_action"') == 100


@pytest.mark.parametrize(
    ("selected", "status"), [([], 200), (["x"], 302), (["999999"], 422), (["99999999999999999999999"], 302)]
)
def test_a_bulk_action_with_invalid_primary_keys_causes_no_server_error(
    jordan, registrar, desk, selected, status
):
    chosen = {"action": "send_these_again", "_selected_action": selected}
    assert desk(registrar).post(reverse("admin:outbox_notice_changelist"), chosen).status_code == status


def test_staff_without_the_permission_cannot_send_a_message_again(jordan, reviewer, desk):
    row = notice(jordan, "failed")
    client = desk(reviewer)
    assert client.post(page("send-again", row)).status_code == 403
    chosen = {"action": "send_these_again", "_selected_action": [row.pk], "confirmed": "yes"}
    client.post(reverse("admin:outbox_notice_changelist"), chosen)
    assert state_of(row) == "failed"


def shown(client, shows: str) -> set[str]:
    response = client.get(reverse("admin:outbox_notice_changelist"), {"shows": shows})
    assert response.status_code == 200
    return {row.event for row in response.context["cl"].result_list}


def test_the_list_of_messages_can_be_filtered_by_state(jordan, onlooker, desk, clock_at):
    moment = clock_at("2027-03-02")
    for state in ("due", "sent", "failed", "superseded", "suppressed"):
        notice(jordan, state)
    later = notice(jordan, "due", 1)
    Notice.objects.filter(pk=later.pk).update(send_at=moment + timedelta(minutes=1), event="later")
    back = notice(jordan, "sent", 2)
    Notice.objects.filter(pk=back.pk).update(event="came back")
    MailEvent.objects.create(
        event_id="e1",
        notice=back,
        kind="bounced",
        address="jordan@example.org",
        words="550 no such user",
        at=moment,
    )
    client = desk(onlooker)
    assert shown(client, "due") == {"due"}
    assert shown(client, "later") == {"later"}
    assert shown(client, "sent") == {"sent", "came back"}
    assert shown(client, "failed") == {"failed"}
    assert shown(client, "bounced") == {"came back"}
    assert shown(client, "not-needed") == {"superseded"}
    assert shown(client, "not-wanted") == {"suppressed"}
    assert shown(client, "nonsense") == {
        "due",
        "later",
        "sent",
        "came back",
        "failed",
        "superseded",
        "suppressed",
    }


def test_the_page_of_a_message_shows_its_delivery_reports(jordan, onlooker, desk, clock_at):
    moment = clock_at("2027-03-02")
    row = notice(jordan, "sent")
    MailEvent.objects.create(
        event_id="e1",
        notice=row,
        kind="bounced",
        address="jordan@example.org",
        words="550 <b>no</b>",
        at=moment,
    )
    text = desk(onlooker).get(page("change", row)).content.decode()
    assert "Came back" in text
    assert "550 &lt;b&gt;no&lt;/b&gt;" in text


def test_the_list_of_messages_loads_no_texts_and_uses_the_same_number_of_queries_for_many(
    jordan, root, desk, django_assert_max_num_queries
):
    client = desk(root)
    address = reverse("admin:outbox_notice_changelist")
    client.get(address)
    for number in range(60):
        notice(jordan, "sent", number)
    with django_assert_max_num_queries(8) as asked:
        client.get(address)
    assert not [one for one in asked.captured_queries if '"outbox_notice"."text"' in one["sql"]]


def test_people_with_undeliverable_addresses_can_be_listed(jordan, stranger, root, desk, clock_at):
    clock_at("2027-03-02")
    Trainer.objects.filter(pk=jordan.pk).update(
        mail_trouble_at=factories.LONG_AGO, mail_trouble="550 no such user"
    )
    response = desk(root).get(reverse("admin:trainers_trainer_changelist"), {"mail": "trouble"})
    assert list(response.context["cl"].result_list) == [jordan]
    page = desk(root).get(reverse("admin:trainers_trainer_change", args=[jordan.pk]))
    assert "550 no such user" in page.content.decode()


def test_a_copy_of_a_sent_message_has_the_text_of_the_original(jordan, registrar, desk, clock_at):
    clock_at("2027-03-02")
    row = notice(jordan, "sent")
    Notice.objects.filter(pk=row.pk).update(html="<p>Hello <b>Jordan</b></p>")
    assert b"Its very words go to jordan@example.org" in desk(registrar).get(page("send-copy", row)).content
    for _ in range(2):
        desk(registrar).post(page("send-copy", row))
    send_due()
    (letter,) = mail.outbox
    assert (letter.subject, letter.body, letter.to) == (
        "You are renewed",
        "Hello Jordan\n",
        ["jordan@example.org"],
    )
    assert letter.alternatives[0].content == "<p>Hello <b>Jordan</b></p>\n"
    desk(registrar).post(page("send-copy", row))
    send_due()
    assert len(mail.outbox) == 2
    assert HistoryEntry.objects.filter(verb="sent_again", by=registrar).count() == 2


@pytest.mark.parametrize("state", ["due", "failed", "superseded", "suppressed"])
def test_sending_a_copy_of_a_message_that_was_never_sent_is_refused(jordan, registrar, desk, state):
    assert desk(registrar).post(page("send-copy", notice(jordan, state))).status_code == 422
    assert not Notice.objects.filter(kind="trainers.copy").exists()


def test_sending_a_copy_of_an_optional_message_to_a_trainer_who_switched_those_off_is_refused(
    jordan, registrar, desk
):
    Trainer.objects.filter(pk=jordan.pk).update(wants_reminders=False)
    answer = desk(registrar).post(page("send-copy", notice(jordan, "sent", urgency="optional")))
    assert (answer.status_code, Notice.objects.filter(kind="trainers.copy").count()) == (422, 0)
    assert "They have switched optional reminders off." in answer.content.decode()
    desk(registrar).post(page("send-copy", notice(jordan, "sent", 1)))
    assert Notice.objects.filter(kind="trainers.copy").count() == 1


def test_the_page_for_sending_a_message_again_shows_the_trainers_current_address(jordan, registrar, desk):
    Trainer.objects.filter(pk=jordan.pk).update(email="rivera@example.org")
    row = notice(jordan, "failed", to_address="jordan@example.org")
    assert b"It goes to rivera@example.org" in desk(registrar).get(page("send-again", row)).content


def test_copying_a_message_with_a_code_is_refused(jordan, registrar, desk):
    assert desk(registrar).post(page("send-copy", notice(jordan, "sent", private=True))).status_code == 422


def test_staff_without_the_permission_cannot_copy_a_message(jordan, reviewer, desk):
    row = notice(jordan, "sent")
    assert desk(reviewer).post(page("send-copy", row)).status_code == 403
    assert "Send again" not in desk(reviewer).get(page("change", row)).content.decode()
