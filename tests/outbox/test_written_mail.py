"""A message is written faster than Django writes it, and reads the same."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import compat32

import pytest
from django.core.mail import BadHeaderError, EmailMultiAlternatives

from core import mail as core_mail
from core.mail import Mail, QuickMessage, build_message

AT = datetime(2026, 5, 3, 12, 30, tzinfo=UTC)
LINK = "https://portal.example.org/stop/" + "x" * 120
TITLES = [
    "Your certification ends on June 30",
    "Ñandú, weiß, 日本語: your certification",
    "Long " * 29 + "title",
    "a  b,  c; d",
    "=?utf-8?q?not_encoded?=",
]


TEXT = "Hello.\n\n--=\n--===\nÉ, ẞ and 日本\n.\n"
TEXTS = [
    TEXT,
    "Plain\n",
    "No end",
    "a\r\nb\rc\x0bd\u2028e\n",
    "y" * 998,
    "y" * 999,
    "é" * 500,
    "",
    "\n",
    "From here\n",
]


def built(title: str, to: str, link: str = "", text: str = TEXT) -> QuickMessage:
    mail = Mail(title, text, "<p>Hello, É</p>\n")
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


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("to", ["jo@example.org", "jörg@exämple.org"])
@pytest.mark.parametrize("text", TEXTS)
def test_what_leaves_by_smtp_is_the_message_byte_for_byte(title, to, text, monkeypatch):
    monkeypatch.setattr(core_mail, "_new_boundary", lambda: "===same==")
    ours = built(title, to, LINK, text)
    assert ours.as_wire() == ours.message().as_bytes(linesep="\r\n")


def test_a_message_with_two_lines_in_its_subject_does_not_leave():
    with pytest.raises(BadHeaderError):
        built("One\nBcc: other@example.org", "jo@example.org").as_wire()


def test_two_messages_have_different_marks_between_their_parts():
    marks = {built("Same", "jo@example.org").message().get_boundary() for _ in range(50)}
    assert len(marks) == 50
