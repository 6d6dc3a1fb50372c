"""Rules for every mail, checked on each golden example."""

import re

import pytest
from django.conf import settings

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
ALL = pytest.mark.parametrize("example", all_examples(), ids=lambda one: f"{one.kind.kind}/{one.state}")
REMINDERS = [one for one in all_examples() if one.kind.kind in ("renewals.reminder", "renewals.card")]


@ALL
def test_the_subject_of_every_mail_has_at_most_50_characters_even_with_the_longest_date(example):
    assert len(DATE.sub(LONGEST_DATE, mail_of(example).title)) <= 50


@ALL
def test_the_html_of_every_mail_is_small_and_loads_nothing_external(example):
    html = mail_of(example).html
    assert len(html.encode()) <= HTML_BYTES
    assert read(html).tags.isdisjoint({"img", "link", "script", "iframe", "form", "video", "object"})
    assert "url(" not in html
    assert "src=" not in html


@ALL
def test_the_text_and_html_of_every_mail_have_the_same_single_link(example):
    """An optional reminder has a second one, which stops such reminders. A code is typed in, so its mail has none."""
    mail = mail_of(example)
    links = LINK.findall(mail.text)
    assert links == read(mail.html).links
    stops = [one for one in links if "/reminders/stop/" in one]
    assert len(stops) == (example.urgency == Urgency.OPTIONAL)
    assert len(links) - len(stops) == (example.kind.kind != "account.code")
    assert all(one.startswith(settings.PORTAL_URL) for one in links)


@ALL
def test_the_text_and_html_of_every_mail_have_the_same_content(example):
    assert say_the_same(mail_of(example))


@ALL
def test_no_mail_uses_by_or_until_for_a_last_day_or_any_forbidden_word(example):
    mail = mail_of(example)
    said = " ".join(f"{mail.title}\n{mail.text}".split())
    assert BARE.findall(said) == []
    assert FORBIDDEN.findall(LINK.sub("", said)) == []


@ALL
def test_no_mail_has_an_empty_placeholder(example):
    mail = mail_of(example)
    said = f"{mail.title}\n{mail.text}"
    assert "  " not in said.replace("\n    ", "\n")
    assert not re.search(r" [.,:]|\(\)|\{|\}|\n\n\n\n", said)


@pytest.mark.parametrize("example", REMINDERS, ids=lambda one: one.state)
def test_no_link_in_a_reminder_signs_its_reader_in(example):
    """Each leads to a page that is the same for everybody who is signed in."""
    links = [one for one in LINK.findall(mail_of(example).text) if "/reminders/stop/" not in one]
    assert {one.removeprefix(settings.PORTAL_URL) for one in links} <= {
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
