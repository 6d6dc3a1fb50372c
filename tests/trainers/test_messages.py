"""/messages/: a copy of each mail for its own reader only, and never one that held a code."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from outbox.models import MailEvent, Notice

NOON = datetime(2027, 3, 2, 19, 0, tzinfo=UTC)


def message(trainer, title="Your renewal is not paid", *, age=0, **fields) -> Notice:
    at = NOON - timedelta(hours=age)
    given = {
        "state": "sent",
        "ended_at": at,
        "text": f"{title}, in full.",
        "to_address": trainer.email,
        **fields,
    }
    return Notice.objects.create(
        kind="tests",
        subject=f"tests:{title}",
        event=str(age),
        trainer=trainer,
        send_at=at,
        title=title,
        **given,
    )


def test_messages_are_newest_first_with_times_in_the_readers_time_zone(signed_in, jordan):
    message(jordan, "The older one", age=30)
    message(jordan, "The newer one")
    page = signed_in(jordan).get("/messages/").content.decode()
    assert page.index("The newer one") < page.index("The older one")
    assert '<time datetime="2027-03-02T12:00-07:00">March 2, 2027 at 12:00 pm</time>' in page


def test_the_page_of_a_message_shows_it_in_full(signed_in, jordan):
    notice = message(jordan, text="First line.\n\nOpen the portal:\nhttp://127.0.0.1:8000/home/ <script>")
    page = signed_in(jordan).get(f"/messages/{notice.pk}/").content.decode()
    assert "First line." in page
    assert '<a href="http://127.0.0.1:8000/home/"' in page
    assert "<script>" not in page.split("<main")[1].split("</main>")[0]


def test_a_message_of_another_person_gives_404(signed_in, jordan, stranger):
    notice = message(jordan, "For Jordan alone")
    client = signed_in(stranger)
    assert client.get(f"/messages/{notice.pk}/").status_code == 404
    assert client.get("/messages/999999999/").status_code == 404
    assert "For Jordan alone" not in client.get("/messages/?q=Jordan").content.decode()


@pytest.mark.parametrize(
    "hidden",
    [{"private": True}, {"state": "due", "ended_at": None}, {"state": "superseded"}, {"state": "suppressed"}],
)
def test_unsent_messages_and_messages_with_a_code_are_not_listed(signed_in, jordan, hidden):
    notice = message(jordan, "Not this one", **hidden)
    client = signed_in(jordan)
    assert "Not this one" not in client.get("/messages/").content.decode()
    assert client.get(f"/messages/{notice.pk}/").status_code == 404


def test_a_message_that_could_not_be_delivered_is_listed_as_such(signed_in, jordan):
    notice = message(jordan, state="failed")
    client = signed_in(jordan)
    assert "Email not delivered" in client.get("/messages/").content.decode()
    said = client.get(f"/messages/{notice.pk}/").content.decode()
    assert "We could not deliver this mail to jordan@example.org." in said
    assert "Sent to" not in said


def test_a_bounced_message_is_marked_as_bounced_and_a_delivered_one_is_not(signed_in, jordan):
    returned, arrived = message(jordan, "It came back"), message(jordan, "It arrived", age=1)
    for number, (notice, kind) in enumerate(((returned, "bounced"), (arrived, "delivered"))):
        MailEvent.objects.create(
            event_id=str(number), notice=notice, kind=kind, address=jordan.email, at=NOON + timedelta(hours=1)
        )
    client = signed_in(jordan)
    assert client.get("/messages/").content.decode().count("Email not delivered") == 1
    sentence = "We could not deliver this mail to jordan@example.org."
    assert sentence in client.get(f"/messages/{returned.pk}/").content.decode()
    assert sentence not in client.get(f"/messages/{arrived.pk}/").content.decode()


def test_the_message_search_finds_words_of_the_title_and_the_text(signed_in, jordan):
    message(jordan, "Receipt for $99", age=1)
    message(jordan, "Welcome", age=2, text="Your receipt is kept.")
    message(jordan, "Something else", age=3)
    page = signed_in(jordan).get("/messages/?q=receipt").content.decode()
    assert "Receipt for $99" in page
    assert "Welcome" in page
    assert "Something else" not in page


def test_an_empty_message_list_and_an_empty_search_result_say_so(signed_in, jordan):
    client = signed_in(jordan)
    assert "No messages yet" in client.get("/messages/").content.decode()
    message(jordan, "Receipt for $99")
    nothing2 = client.get("/messages/?q=petition").content.decode()
    assert "No message has these words" in nothing2
    assert "Receipt for $99" not in nothing2


def test_a_message_search_continues_on_the_next_page(signed_in, jordan):
    for age in range(41):
        message(jordan, f"Receipt {age}" if age % 2 else f"Question {age}", age=age)
    page = signed_in(jordan).get("/messages/?q=question").content.decode()
    assert "Page 1 of 2" in page
    assert 'href="?q=question&amp;page=2"' in page
    second = signed_in(jordan).get("/messages/?q=question&page=2").content.decode()
    assert "Question 40" in second
    assert "Receipt" not in second


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999", "٣", "2"])
def test_every_page_number_of_the_message_list_is_answered(signed_in, jordan, number):
    for age in range(21):
        message(jordan, f"Message {age}", age=age)
    assert signed_in(jordan).get("/messages/", {"page": number, "q": ""}).status_code == 200


def test_the_message_list_uses_the_same_number_of_queries_for_fifty_messages_as_for_one(
    signed_in, jordan, django_assert_num_queries
):
    client = signed_in(jordan)
    message(jordan)
    client.get("/messages/")  # notes that it was seen
    with django_assert_num_queries(5):  # session, account, count, page, new messages
        client.get("/messages/")
    for age in range(1, 50):
        message(jordan, f"Message {age}", age=age)
    with django_assert_num_queries(5):
        client.get("/messages/")


def counted(browser, path="/account/") -> str:
    """The name of the envelope in the masthead."""
    return re.search(r'class="envelope"[^>]*aria-label="([^"]*)"', browser.get(path).content.decode())[1]


def test_the_envelope_icon_counts_messages_newer_than_the_last_opened_one(
    signed_in, jordan, stranger, clock_at
):
    clock_at("2027-03-02 12:00")
    message(jordan, "The oldest", age=24 * 31)
    older, newer = message(jordan, "The older one", age=30), message(jordan, "The newer one")
    message(stranger, "For the stranger")
    browser = signed_in(jordan)
    assert counted(browser) == "Messages, 2 new"
    browser.get(f"/messages/{older.pk}/")
    assert counted(browser) == "Messages, 1 new"
    browser.get(f"/messages/{newer.pk}/")
    assert counted(browser) == "Messages"
    assert counted(signed_in(stranger)) == "Messages, 1 new"


def test_the_list_of_messages_marks_all_as_seen_and_a_search_marks_none(signed_in, jordan, clock_at):
    clock_at("2027-03-02 12:00")
    for age in range(11):
        message(jordan, f"Number {age}", age=age)
    browser = signed_in(jordan)
    browser.get("/messages/?q=Number")
    assert counted(browser) == "Messages, 10 or more new"
    browser.get("/messages/")
    assert counted(browser) == "Messages"
