"""A message is written faster than Django writes it, and reads the same."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import compat32

import pytest
from django.core.mail import EmailMultiAlternatives

from core.mail import Mail, build_message

AT = datetime(2026, 5, 3, 12, 30, tzinfo=UTC)
LINK = "https://portal.example.org/stop/" + "x" * 120
TITLES = [
    "Your certification ends on June 30",
    "Ñandú, weiß, 日本語: your certification",
    "Long " * 29 + "title",
    "a  b,  c; d",
    "=?utf-8?q?not_encoded?=",
]


def built(title: str, to: str, link: str = "") -> EmailMultiAlternatives:
    mail = Mail(title, "Hello.\n\n--=\n--===\nÉ, ẞ and 日本\n.\n", "<p>Hello, É</p>\n")
    return build_message(mail, to=to, message_id="<1@example.org>", at=AT, unsubscribe_link=link)


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("to", ["jo@example.org", "jörg@exämple.org", f"{'a' * 60}@{'b' * 60}.example.org"])
@pytest.mark.parametrize("link", ["", LINK])
def test_a_message_has_the_headers_and_texts_that_django_writes(title, to, link):
    ours, plain = built(title, to, link), built(title, to, link)
    plain.__class__ = EmailMultiAlternatives
    quick = message_from_bytes(ours.message().as_bytes(linesep="\r\n"))
    usual = message_from_bytes(plain.message().as_bytes(linesep="\r\n"))

    def read(message):
        headers = [(name, value) for name, value in message.items() if name != "Content-Type"]
        return headers, message.get_content_type(), [part.get_payload() for part in message.walk()][1:]

    assert read(quick) == read(usual)
    assert [part.items() for part in quick.get_payload()] == [part.items() for part in usual.get_payload()]


def test_a_message_is_written_as_django_writes_it_but_for_the_mark_between_its_parts():
    ours, plain = built(TITLES[0], "jo@example.org", LINK), built(TITLES[0], "jo@example.org", LINK)
    plain.__class__ = EmailMultiAlternatives
    quick, usual = ours.message(), plain.message()
    usual.set_boundary(quick.get_boundary())
    assert usual.policy == compat32
    assert quick.as_bytes(linesep="\r\n") == usual.as_bytes(linesep="\r\n")


def test_two_messages_have_different_marks_between_their_parts():
    marks = {built("Same", "jo@example.org").message().get_boundary() for _ in range(50)}
    assert len(marks) == 50
