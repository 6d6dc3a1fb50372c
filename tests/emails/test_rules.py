"""Rules for every mail, checked on each golden example."""

import re
from functools import cache

from django.conf import settings

from core.mail import Mail
from outbox.examples import Example, Urgency, all_examples, mail_of
from tests.emails.reading import DATE, LINK, read, say_the_same

LONGEST_DATE = "September 30, 2026"
HTML_BYTES = 15 * 1024
BARE = re.compile(
    rf"\b(?:by|until)\s+(?:then|that day|{DATE.pattern}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)", re.I
)
FORBIDDEN = re.compile(
    r"\b(?:please note|oops|invalid|lapsed|grace period|delinquent|user|member|submission|null|none)\b", re.I
)
REMINDERS = [one for one in all_examples() if one.kind.kind in ("renewals.reminder", "renewals.card")]


@cache
def mails() -> dict[str, tuple[Example, Mail]]:
    """Every example with its mail, by its kind and state."""
    return {f"{one.kind.kind}/{one.state}": (one, mail_of(one)) for one in all_examples()}


def test_the_subject_of_every_mail_has_at_most_50_characters_even_with_the_longest_date():
    lengths = {name: len(DATE.sub(LONGEST_DATE, mail.title)) for name, (_, mail) in mails().items()}
    assert {name: length for name, length in lengths.items() if length > 50} == {}


def test_the_html_of_every_mail_is_small_and_loads_nothing_external():
    for name, (_, mail) in mails().items():
        assert len(mail.html.encode()) <= HTML_BYTES, name
        loading = {"img", "link", "script", "iframe", "form", "video", "object"}
        assert (name, read(mail.html).tags & loading) == (name, set())
        assert "url(" not in mail.html, name
        assert "src=" not in mail.html, name


def test_the_text_and_html_of_every_mail_have_the_same_single_link():
    """An optional reminder has a second one, which stops such reminders. A code is typed in, so its mail has none."""
    for name, (example, mail) in mails().items():
        links = LINK.findall(mail.text)
        assert (name, links) == (name, read(mail.html).links)
        stops = [one for one in links if "/reminders/stop/" in one]
        assert len(stops) == (example.urgency == Urgency.OPTIONAL), name
        assert len(links) - len(stops) == (example.kind.kind != "account.code"), name
        assert all(one.startswith(settings.PORTAL_URL) for one in links), name


def test_the_text_and_html_of_every_mail_have_the_same_content():
    assert [name for name, (_, mail) in mails().items() if not say_the_same(mail)] == []


def test_no_mail_uses_by_or_until_for_a_last_day_or_any_forbidden_word():
    for name, (_, mail) in mails().items():
        said = " ".join(f"{mail.title}\n{mail.text}".split())
        assert (name, BARE.findall(said)) == (name, [])
        assert (name, FORBIDDEN.findall(LINK.sub("", said))) == (name, [])


def test_no_mail_has_an_empty_placeholder():
    for name, (_, mail) in mails().items():
        said = f"{mail.title}\n{mail.text}"
        assert "  " not in said.replace("\n    ", "\n"), name
        assert not re.search(r" [.,:]|\(\)|\{|\}|\n\n\n\n", said), name


def test_no_link_in_a_reminder_signs_its_reader_in():
    """Each leads to a page that is the same for everybody who is signed in."""
    links = {link for one in REMINDERS for link in LINK.findall(mail_of(one).text)}
    assert {link.removeprefix(settings.PORTAL_URL) for link in links if "/reminders/stop/" not in link} == {
        "/renew/check/",
        "/my-courses/add/",
        "/card/",
        "/start-again/",
    }


def _subject(state: str) -> str:
    return mail_of(next(one for one in REMINDERS if one.state == state)).title


def test_reminder_subjects_differ_for_complete_and_incomplete_trainers():
    assert _subject("before-30-complete") == "30 days left to renew for $99, June 30, 2026"
    assert _subject("before-30-incomplete") == "30 days left, 0.4 CEUs to go: June 30, 2026"
    assert _subject("before-30-card") == "30 days left, card needed: June 30, 2026"


def test_every_reminder_of_the_calendar_has_an_example_mail():
    """22 days for a renewal and 3 for a card, each at least once."""
    triggers = {(one.kind.kind, one.trigger) for one in REMINDERS}
    assert len(triggers) == 25


def test_reminders_sent_after_the_course_completion_deadline_name_that_day():
    late = [one for one in REMINDERS if re.match(r"(additional|closing).*-incomplete", one.state)]
    assert len(late) == 7
    for one in late:
        assert "Only courses that you completed through September 28, 2026 count." in mail_of(one).text


def test_reminders_do_not_ask_for_ceus_that_an_open_petition_would_add():
    for one in REMINDERS:
        if one.state.endswith("-petition"):
            text = mail_of(one).text
            assert "You need 0.4 more CEUs" not in text
            assert "If we count it, your renewal is complete at once." in text


def test_an_example_mail_describes_its_urgency_in_words():
    assert Example(None, "s", "S", "t", "now", dict, Urgency.EARLY).urgency_words == "Early reminder"
