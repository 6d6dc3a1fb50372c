"""Examples of the messages to and from staff: the digest, the weekly report, a letter and the mail
about a note.
"""

from datetime import date

from django.urls import reverse

from cases.models import Mention, Note
from cases.notice_codes import MENTIONED
from core.policy_words import in_policy_words
from outbox.examples import show_example
from outbox.letters import LETTER, letter_context
from outbox.models import Letter
from petitions.models import Petition
from staff.digest import DIGEST, digest_context
from staff.mentions import mentioned_context
from staff.reports.figures import Figure
from staff.reports.span import Span
from staff.reports.weekly import WEEKLY
from staff.today import QueueSummary
from trainers.models import Trainer


def _digest() -> dict[str, object]:
    queues = [
        QueueSummary("Petitions to decide", 18, "", "Answer the oldest first", late=2),
        QueueSummary("Messages that failed", 1, "", "Look at the address, then send them again", late=1),
    ]
    return {**digest_context(queues), "today": date(2026, 9, 30)}


show_example(
    DIGEST.kind,
    "two-queues",
    _digest,
    trigger="Something is late on this person's desk",
    sent="9 am on weekdays, in the portal's zone",
)


def _weekly() -> dict[str, object]:
    span = Span(date(2026, 9, 21), date(2026, 9, 27))
    figures = [
        Figure("Renewed", "71", "", "6 more"),
        Figure("On time", "89 %", "", "63 of 71; was 87 %"),
        Figure("Petitions decided", "22", "", "18 approved", late=2),
    ]
    link = f"{reverse('admin:reports')}?days={span}"
    return {"span": span, "figures": figures, "link": link, "link_label": "Open the report"}


show_example(
    WEEKLY.kind,
    "a-week",
    _weekly,
    trigger="A week has ended, and this person wants the report",
    sent="8 am on Mondays, in the portal's zone",
)


def _mentioned(about: Petition | Trainer) -> dict[str, object]:
    return mentioned_context(Mention(note=Note(by=Trainer(name="Robin Reviewer"))), about)


show_example(
    MENTIONED,
    "about-a-case",
    lambda: _mentioned(Petition(pk=12, reference="P-4TN8WC")),
    trigger="A colleague names them with @ in a note",
)
show_example(
    MENTIONED,
    "about-a-person",
    lambda: _mentioned(Trainer(pk=7)),
    trigger=in_policy_words("A colleague names them with @ in a note about {a_holder}"),
)


def _letter() -> dict[str, object]:
    words = "Hello {first name},\n\nour office is closed on December 24. The portal works as always."
    letter = Letter(title="We are closed on December 24, 2026", words=words)
    return letter_context(letter, {"first name": "Jordan"})


show_example(
    LETTER.kind,
    "a-letter",
    _letter,
    trigger="A lead wrote a letter, and it was approved",
    sent="At once, in batches",
)
