"""The calendar feed of a trainer (RFC 5545). It shows the dates of the cases that Home shows, and
computes none.

Half of the feed's secret URL is a signature, so a copy of the database does not reveal the URL.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from icalendar import Calendar, Event

from audits.pages.audit import audit_path, stays_words
from core import clock
from core.deadlines import ONE_DAY
from core.links import full_address, path_of
from core.policy_words import card_name
from renewals.pages.home import DOCUMENTS, DOCUMENTS_NOTE, label_of, note_of
from renewals.pages.lower import asks_for_nothing
from renewals.pages.sentences import ends_elsewhere
from renewals.pages.snapshot import Snapshot, State, application_path, snapshot_of
from trainers.certifications import links_within
from trainers.lookups import current_cycle
from trainers.models import Credential, Trainer

ASK_AGAIN_AFTER = timedelta(hours=6)
SETTLED = ("confirming", "paid", "waived")
_signer = Signer(salt="renewals.pages.calendar_feed", sep=".")


@dataclass(frozen=True, slots=True)
class Boundary:
    """A calendar entry for one whole day. `kind` and `subject` identify it, so that a calendar app
    moves the entry when its date changes.
    """

    kind: str
    subject: str
    on: date
    title: str
    why: str
    path: str


def feed_address(trainer: Trainer) -> str:
    """Return the full URL of the trainer's feed; empty when they have none."""
    if not trainer.feed_nonce:
        return ""
    token = _signer.sign(f"{trainer.pk}-{trainer.feed_nonce}")
    return full_address(reverse("renewals:feed", args=[token]))


def subscription_address(address: str) -> str:
    """Return the URL with the scheme `webcal`, which calendar apps open."""
    return f"webcal://{address.partition('://')[2]}"


def trainer_of(token: str) -> Trainer | None:
    """Return the trainer of a feed's token; None for a token that we did not sign, that was
    replaced or removed, or whose account is closed.
    """
    try:
        pk, _, nonce = _signer.unsign(token).partition("-")
    except BadSignature:
        return None
    if not nonce:
        return None  # a trainer without a feed has an empty nonce
    return Trainer.objects.filter(pk=pk, feed_nonce=nonce, is_active=True).first()


def boundaries_for(trainer: Trainer, *, at: datetime) -> tuple[Boundary, ...]:
    """Return a calendar entry for every day that still matters to the trainer, by date. Of several
    certifications, each title names the one that it is about.
    """
    found: list[Boundary] = []
    credentials = list(trainer.credentials.all())
    for credential in credentials:
        credential.trainer = trainer
        with links_within(credential if len(credentials) > 1 else None):
            entries = tuple(boundaries_of(_case(credential, at)))
        if len(credentials) > 1:
            number = credential.display_number
            entries = tuple(replace(one, title=f"{one.title}, {number}") for one in entries)
        found += entries
    return tuple(sorted(found, key=lambda one: (one.on, one.kind, one.subject)))


def boundaries_of(snapshot: Snapshot) -> Iterator[Boundary]:
    """Yield the calendar entries of one credential: the days of its cycle while it can be renewed,
    and the last days to pay, correct, answer or send documents.
    """
    yield from _renewal(snapshot)
    yield from _courses(snapshot)
    yield from _card(snapshot)
    yield from _audit(snapshot)
    yield from _questions(snapshot)
    yield from _application(snapshot)


def calendar_of(boundaries: Iterable[Boundary], *, at: datetime) -> bytes:
    """Return the calendar file as bytes. DTSTAMP is the moment of this answer: of two versions of
    an entry a calendar app takes the newer, so that it shows the changed date.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Recertification portal//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", "Recertification")
    calendar.add("x-wr-calname", "Recertification")
    calendar.add("refresh-interval", ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for one in boundaries:
        calendar.add_component(_event(one, at))
    return bytes(calendar.to_ical())


def fingerprint_of(boundaries: Iterable[Boundary]) -> str:
    """Return a hash of the entries: a calendar app asks by it whether anything has changed."""
    return sha256(repr(tuple(boundaries)).encode()).hexdigest()


def _event(one: Boundary, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.kind}-{one.subject}@{urlsplit(settings.PORTAL_URL).hostname}")
    event.add("dtstamp", at)
    event.add("dtstart", one.on)
    event.add("dtend", one.on + ONE_DAY)
    event.add("summary", one.title)
    event.add("description", one.why)
    event.add("url", full_address(one.path))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _case(credential: Credential, at: datetime) -> Snapshot:
    return snapshot_of(current_cycle(credential), today=clock.date_of(at, credential.policy.time_zone))


def _renewal(snapshot: Snapshot) -> Iterator[Boundary]:
    """Yield the first day of the first window, and for each window its last day with its price."""
    if not snapshot.can_still_renew or snapshot.in_hand or asks_for_nothing(snapshot):
        return
    home, windows = path_of("renewals:home"), snapshot.standing.windows
    first = windows[0]
    yield _of_cycle(snapshot, "opens", first.first_on, "First day you can renew", first.text, home)
    tiers = [window.tier for window in windows]
    for number, window in enumerate(windows):
        again = tiers[:number].count(window.tier)  # a price that changes within a window splits it into two
        kind = f"{window.tier}-{again + 1}" if again else window.tier
        yield _of_cycle(
            snapshot, kind, window.last_on, label_of(snapshot, window), note_of(snapshot, window), home
        )


def _courses(snapshot: Snapshot) -> Iterator[Boundary]:
    """Yield the last day for courses, while one may still be needed."""
    is_done = snapshot.in_hand is not None and snapshot.is_complete
    if not snapshot.can_still_renew or is_done or asks_for_nothing(snapshot):
        return
    on = snapshot.standing.dates.completion_deadline
    rule = snapshot.policy.version_on(snapshot.cycle.starts_on).earning.text
    title = "Last day to finish courses for this renewal"
    why = f"{rule}{ends_elsewhere(snapshot, on)}"
    yield _of_cycle(snapshot, "courses", on, title, why, path_of("ceus:my_courses"))


def _card(snapshot: Snapshot) -> Iterator[Boundary]:
    category, on = snapshot.card_category, snapshot.card_through
    if category is None or on is None or not snapshot.can_still_renew or snapshot.in_hand:
        return
    why = "Your card must be current on the day we receive your renewal."
    title = f"Last day of your {card_name(category)}"
    yield _of_cycle(snapshot, "card", on, title, f"{why}{ends_elsewhere(snapshot, on)}", path_of("ceus:card"))


def _audit(snapshot: Snapshot) -> Iterator[Boundary]:
    audit, on = snapshot.audit, snapshot.documents_through
    if audit is None or on is None:
        return
    why = f"{stays_words(audit)} {DOCUMENTS_NOTE}{ends_elsewhere(snapshot, on)}"
    path = audit_path("audit", audit)
    yield Boundary("audit", audit.reference, on, f"{DOCUMENTS} ({audit.reference})", why, path)


def _questions(snapshot: Snapshot) -> Iterator[Boundary]:
    for petition in snapshot.petitions:
        on = petition.question_through
        if on is None:
            continue
        fee = ", and the fee is not returned" if petition.agreement.charge.due_cents else ""
        why = f"Without an answer we close the petition{fee}."
        title = f"Last day to answer us about “{petition.title}” ({petition.reference})"
        path = reverse("petitions:petition", args=[petition.reference])
        yield Boundary(
            "question", petition.reference, on, title, f"{why}{ends_elsewhere(snapshot, on)}", path
        )


def _application(snapshot: Snapshot) -> Iterator[Boundary]:
    """Yield the last day to pay for a renewal in hand, or to correct it."""
    application = snapshot.in_hand
    if application is None:
        return
    price = snapshot.money(application.due_cents)
    if application.state == State.SUBMITTED and snapshot.payment not in SETTLED:
        kind, on, title = "payment", application.submission.pay_through, f"Last day to pay {price}"
        why = "We hold your place and this price. After that day this renewal ends, and a new one has its own day and price."
    elif application.state == State.RETURNED:
        kind, on, title = "correction", application.last_day_to_correct, "Last day to correct your renewal"
        stays = f"Your price of {price} stays. " if application.due_cents else ""
        why = f"{stays}If it is not corrected in time, we cannot renew your certification."
    else:
        return
    path = application_path("application", application.reference)
    title = f"{title} ({application.reference})"
    yield Boundary(kind, application.reference, on, title, f"{why}{ends_elsewhere(snapshot, on)}", path)


def _of_cycle(snapshot: Snapshot, kind: str, on: date, title: str, why: str, path: str) -> Boundary:
    number = f"Certification {snapshot.credential.display_number}."
    return Boundary(kind, f"cycle-{snapshot.cycle.pk}", on, title, f"{why}\n{number}", path)
