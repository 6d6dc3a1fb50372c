"""The outbox: what was told to whom, codes hidden, and failed messages sent again."""

import pytest
from django.urls import reverse

from tests import factories
from trainers.models import HistoryEntry, Notice

pytestmark = pytest.mark.django_db


def notice(trainer, state: str, number: int = 0, **fields) -> Notice:
    ended = None if state == "due" else factories.LONG_AGO
    return Notice.objects.create(
        kind="renewals.renewed",
        subject=f"renewals.application:{number}",
        event=state,
        trainer=trainer,
        send_at=factories.LONG_AGO,
        state=state,
        ended_at=ended,
        title="You are renewed",
        text="Hello Jordan",
        last_error="550 no such user" if state == "failed" else "",
        attempts=5 if state == "failed" else 0,
        **fields,
    )


def page(name: str, row: Notice) -> str:
    return reverse(f"admin:trainers_notice_{name}", args=[row.pk])


def test_a_message_is_shown_as_it_was_sent(jordan, onlooker, desk):
    text = desk(onlooker).get(page("change", notice(jordan, "sent"))).content.decode()
    assert "Hello Jordan" in text
    assert "You are renewed" in text


def test_a_message_with_a_code_shows_neither_code_nor_text(jordan, root, desk):
    fields = {"private": True, "payload": {"code": "482913", "mail": "login_code"}}
    row = notice(jordan, "due", **fields)
    Notice.objects.filter(pk=row.pk).update(text="Your code is 482913", title="Your sign-in code")
    for address in (page("change", row), reverse("admin:trainers_notice_changelist"), page("history", row)):
        assert "482913" not in desk(root).get(address).content.decode()
    assert "this message carried a code" in desk(root).get(page("change", row)).content.decode()


def test_a_failed_message_is_sent_again(jordan, registrar, desk, clock_at):
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
def test_only_a_failed_message_is_sent_again(jordan, registrar, desk, state):
    row = notice(jordan, state)
    response = desk(registrar).post(page("send-again", row))
    assert response.status_code == 422
    assert "Only a message that failed and held no code can be sent again." in response.content.decode()
    row.refresh_from_db()
    assert row.state == state


def test_a_code_is_never_sent_again(jordan, registrar, desk):
    row = notice(jordan, "failed", private=True)
    assert desk(registrar).post(page("send-again", row)).status_code == 422


def test_many_are_sent_again_and_the_others_left(jordan, registrar, desk):
    rows = [notice(jordan, state) for state in ("failed", "sent", "due", "superseded")]
    rows.append(notice(jordan, "failed", 1, private=True))
    chosen = {"action": "send_these_again", "_selected_action": [row.pk for row in rows] + ["x", "999999"]}
    chosen["_selected_action"] = [row.pk for row in rows]
    told = desk(registrar).post(reverse("admin:trainers_notice_changelist"), chosen, follow=True)
    assert "2 in the outbox again, 3 left as they were." in told.content.decode()
    assert Notice.objects.filter(state="due").count() == 2


@pytest.mark.parametrize("selected", [[], ["x"], ["999999"], ["99999999999999999999999"]])
def test_a_bulk_action_on_nonsense_is_a_sentence(jordan, registrar, desk, selected):
    chosen = {"action": "send_these_again", "_selected_action": selected}
    assert desk(registrar).post(reverse("admin:trainers_notice_changelist"), chosen).status_code < 500


def test_only_those_who_may_send_again(jordan, reviewer, desk):
    row = notice(jordan, "failed")
    client = desk(reviewer)
    assert client.post(page("send-again", row)).status_code == 403
    chosen = {"action": "send_these_again", "_selected_action": [row.pk]}
    client.post(reverse("admin:trainers_notice_changelist"), chosen)
    row.refresh_from_db()
    assert row.state == "failed"
