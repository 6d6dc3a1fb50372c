"""One email from three templates."""

import smtplib
from datetime import UTC, datetime

import pytest
from django.core.mail import EmailMultiAlternatives
from django.template import TemplateDoesNotExist

from core import mail
from outbox.postbox import Answer, Postbox
from renewals.reminders.letters import ReminderLetter

NOON = datetime(2027, 3, 2, 19, tzinfo=UTC)


def test_markup_in_a_mail_is_plain_in_its_text_and_escaped_in_its_html():
    written = mail.render_mail(
        "account_change", {"heading": "Tom & <b>Jerry</b>\r\nBcc: x", "link": "/account/"}
    )
    assert written.title == "Tom & <b>Jerry</b> Bcc: x"
    assert "Tom & <b>Jerry</b>" in written.text
    assert "Tom &amp; &lt;b&gt;Jerry&lt;/b&gt;" in written.html
    assert "<b>Jerry" not in written.html


def test_a_path_becomes_a_full_url_once_in_each_part_of_a_mail(settings):
    settings.PORTAL_URL = "https://portal.example.org"
    written = mail.render_mail("account_change", {"heading": "Hello", "link": "/account/"})
    for part in (written.text, written.html):
        assert part.count("https://portal.example.org/account/") == 1
        assert part.count("https://") == 1


def test_the_html_frame_of_a_mail_is_small_and_loads_nothing():
    html = mail.render_mail("account_change", {"heading": "Hello"}).html
    assert len(html.encode()) < 5_000
    assert not any(word in html for word in ("<img", "src=", "@import", "url("))


def test_rendering_an_unknown_mail_template_raises_an_error():
    with pytest.raises(TemplateDoesNotExist):
        mail.render_mail("no_such_mail", {})


NUMBERS = ("10000001", "Tom & <b>Jerry</b>", "", "[0 number] \\\\1")


def test_what_is_rendered_once_for_many_says_to_each_what_it_would_say_alone():
    for heading in ("First", "Second & last"):
        letter = {"subject": heading, "heading": heading, "line": "Line.", "fact": "", "dates": ()}
        for number in NUMBERS:
            same = {
                "letter": ReminderLetter(**letter, link="/", link_label="Go"),
                "link": "/",
                "link_label": "Go",
            }
            for stop in ("", "https://portal.example.org/stop/1?a&b"):
                shared = mail.render_mail(
                    "reminder", mail.SharedContext(same, number=number), unsubscribe_link=stop
                )
                assert shared == mail.render_mail(
                    "reminder", {**same, "number": number}, unsubscribe_link=stop
                )


def test_what_is_rendered_once_for_many_is_rendered_again_when_the_organisation_has_changed(settings):
    context = mail.SharedContext({"heading": "Hello", "link": "/"}, number="1")
    settings.ORGANISATION = {"name": "First Body"}
    assert "First Body" in mail.render_mail("account_change", context).html
    settings.ORGANISATION = {"name": "Second Body"}
    assert "Second Body" in mail.render_mail("account_change", context).html


def test_what_is_rendered_once_for_many_is_rendered_once(monkeypatch):
    rendered = []
    plain_render = mail._render
    monkeypatch.setattr(mail, "_render", lambda *of, **how: rendered.append(of) or plain_render(*of, **how))
    for number in ("10000001", "10000002"):
        mail.render_mail(
            "account_change", mail.SharedContext({"heading": "Only here", "link": "/"}, number=number)
        )
    assert len(rendered) == 3


def test_a_mail_has_its_given_message_id_and_is_marked_as_automatic():
    written = mail.Mail("Title", "Text\n", "<p>Text</p>\n")
    built = mail.build_message(
        written, to="jordan@example.org", message_id="<abc@example.org>", at=NOON
    ).message()
    assert built["Message-ID"] == "<abc@example.org>"
    assert built["Date"] == "Tue, 02 Mar 2027 19:00:00 +0000"
    assert built["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in built.get_payload()] == ["text/plain", "text/html"]


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize(
    ("stage", "said", "answer"),
    [
        ("on_rcpt", "550 5.1.1 No such mailbox", Answer.REFUSED),
        ("on_rcpt", "553 5.1.3 Bad address", Answer.REFUSED),
        ("on_rcpt", "450 4.2.1 Busy", Answer.LATER),
        ("on_rcpt", "452 4.2.2 Mailbox full", Answer.LATER),
        ("on_rcpt", "421 4.3.2 Closing", Answer.DOWN),
        ("on_data", "554 5.6.0 Bad content", Answer.REFUSED),
        ("on_data", "451 4.3.0 Later", Answer.LATER),
        ("on_data", "421 4.3.2 Closing", Answer.DOWN),
        ("on_mail", "530 5.7.0 Authentication required", Answer.DOWN),
        ("on_mail", "451 4.3.0 Later", Answer.DOWN),
        ("on_mail", "552 5.3.4 Too big", Answer.REFUSED),
        ("on_data", "250 OK", Answer.ACCEPTED),
    ],
)
def test_every_smtp_answer_leads_to_the_expected_outcome(post_office, stage, said, answer, together):
    post_office.takes_together = together
    setattr(post_office, stage, lambda envelope: said)
    with Postbox() as postbox:
        assert postbox.send(message_to("jordan@example.org")).answer is answer


@pytest.mark.parametrize("stage", ["on_mail", "on_rcpt", "on_data"])
@pytest.mark.parametrize("takes_data_for_nobody", [False, True])
@pytest.mark.parametrize("together", [False, True])
def test_the_mail_after_a_refused_one_leaves_over_the_same_connection(
    post_office, stage, takes_data_for_nobody, together
):
    post_office.takes_together, post_office.takes_data_for_nobody = together, takes_data_for_nobody
    answers = iter(["552 5.3.4 Too big", "250 OK"])
    setattr(post_office, stage, lambda envelope: next(answers))
    with Postbox() as postbox:
        outcomes = [postbox.send(message_to(f"{name}@example.org")).answer for name in ("jordan", "sam")]
    assert outcomes == [Answer.REFUSED, Answer.ACCEPTED]
    assert [one["To"] for one in post_office.accepted if one["To"]] == ["sam@example.org"]
    assert post_office.connections == 1


def test_a_server_that_takes_commands_together_gets_a_mail_in_two_parts(post_office, monkeypatch):
    post_office.takes_together = True
    sent = []
    plain_send = smtplib.SMTP.send
    monkeypatch.setattr(
        smtplib.SMTP, "send", lambda self, words: sent.append(words) or plain_send(self, words)
    )
    with Postbox() as postbox:
        assert [postbox.send(message_to("jordan@example.org")).answer for _ in range(2)] == [
            Answer.ACCEPTED
        ] * 2
        first, second = sent[-2:]
    assert first.startswith("mail FROM:<recertification@example.org> size=")
    assert first.endswith("\r\nrcpt TO:<jordan@example.org>\r\ndata\r\n")
    assert second.endswith(b"\r\n.\r\n")


@pytest.mark.parametrize("together", [False, True])
def test_a_line_that_is_one_dot_arrives_as_it_was_written(post_office, together):
    post_office.takes_together = together
    with Postbox() as postbox:
        assert postbox.send(message_to("jordan@example.org", "One\n.\n..two\n")).answer is Answer.ACCEPTED
    [arrived] = post_office.accepted
    assert arrived.get_body(("plain",)).get_content().splitlines() == ["One", ".", "..two"]


def message_to(address: str, text: str = "Text\n") -> EmailMultiAlternatives:
    written = mail.Mail("Title", text, "<p>Text</p>\n")
    return mail.build_message(written, to=address, message_id="<abc@example.org>", at=NOON)


def test_a_recipient_refused_by_a_server_that_hangs_up_then_stays_refused(post_office, monkeypatch):
    post_office.takes_together = True
    post_office.on_rcpt = lambda envelope: "550 5.1.1 No such user"
    answers = []

    def hang_up(self):
        if len(answers) == 2:
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
        answers.append(plain_reply(self))
        return answers[-1]

    with Postbox() as postbox:
        assert postbox.send(message_to("sam@example.org")).answer is Answer.REFUSED
        answers.clear()
        plain_reply = smtplib.SMTP.getreply
        monkeypatch.setattr(smtplib.SMTP, "getreply", hang_up)
        assert postbox.send(message_to("jordan@example.org")).answer is Answer.REFUSED
