"""What a trainer reads about their own account, certification, sign-ins and history."""

from collections.abc import Iterator
from typing import Any

from allauth.usersessions.models import UserSession

from core.history import subject_of, subject_prefix
from core.merging import accounts_of, addresses_of
from core.models import HistoryEntry
from core.my_data import Entry, HistoryEvent, Section
from core.templatetags.words import at, day, place
from rules.days import through_words
from rules.given_status import status_words
from trainers.countries import country_names
from trainers.models import Credential, Cycle, Trainer

TITLES = {
    "joined": "The account was made",
    "renamed": "The name was changed",
    "changed_by_roster": "A list of your certifying body changed something",
    "email_changed": "The email address was changed",
    "time_zone_changed": "The time zone was changed",
    "password_set": "A password was set",
    "reminders_on": "Optional reminders were switched on",
    "reminders_off": "Optional reminders were switched off",
    "mail_refused": "A mail server refused our mail to you",
    "mail_accepted": "Mail to you arrives again",
    "feed_made": "The calendar address was made",
    "feed_replaced": "The calendar address was replaced",
    "feed_removed": "The calendar address was removed",
    "deactivated": "The account was closed",
    "reactivated": "The account was opened again",
    "merged": "Another account of yours became part of this one",
    "granted": "The certification was granted",
    "role_changed": "Your role here was changed",
    "work_ended": "Your work here ended",
    "identity_linked": "Your account was linked to the one at your organisation",
    "identity_unlinked": "The link to your account at your organisation was removed",
    "superuser_made": "You were made a superuser",
    "superuser_unmade": "You are a superuser no more",
    "suspended": "The certification was suspended",
    "reinstated": "The certification was reinstated",
    "revoked": "The certification was revoked",
    "policy_planned": "Other rules were chosen from the next cycle on",
    "policy_switched": "The certification follows other rules",
    "facts_set": "What the rules ask about you was changed",
}
WITH_REASON = ("suspended", "reinstated", "revoked", "policy_planned", "facts_set")


def sections_of(trainer: Trainer) -> Iterator[Section]:
    """Yield the account, the certifications, the sign-ins and the history."""
    zone = trainer.time_zone
    yield Section(10, "You", [_account(trainer)])
    yield Section(20, "Your certification", [_credential(one) for one in trainer.credentials.all()])
    signed_in = UserSession.objects.filter(user=trainer).order_by("-created_at")
    yield Section(90, "Where you signed in", [_session(one, zone) for one in signed_in])
    accounts = [f"{subject_prefix(Trainer)}{key}" for key in accounts_of(trainer)]
    subjects = [*accounts, *map(subject_of, trainer.credentials.all())]
    told = HistoryEntry.objects.filter(trainer=trainer, subject__in=subjects, verb__in=TITLES).order_by("-pk")
    events = tuple(
        HistoryEvent(TITLES[row.verb], at(row.at, zone), row.reason if row.verb in WITH_REASON else "")
        for row in told
    )
    yield Section(95, "What was changed", [Entry("Your account and certification", events=events)])


def _account(trainer: Trainer) -> Entry:
    rows = (
        ("Email address", trainer.email),
        (
            "Address of an account that is part of this one",
            ", ".join(addresses_of(trainer) - {trainer.email}),
        ),
        ("New address that waits", ", ".join(one.after for one in trainer.email_changes.waiting())),
        ("Time zone", place(trainer.time_zone)),
        ("Account since", at(trainer.joined_at, trainer.time_zone)),
        ("Last signed in", at(trainer.last_login, trainer.time_zone) if trainer.last_login else ""),
        ("Optional reminders", "On" if trainer.wants_reminders else "Off"),
        ("Day of birth", day(trainer.born_on) if trainer.born_on else ""),
        ("Country", country_names().get(trainer.country, trainer.country)),
        ("Member", "Yes" if trainer.is_member else ""),
        ("Our mail came back", trainer.mail_trouble),
        ("Calendar address", "On" if trainer.feed_nonce else "Off"),
    )
    return Entry(trainer.name, rows)


def _credential(credential: Credential) -> Entry:
    cycles = "; ".join(map(_cycle_words, credential.cycles.all()))
    rows = (
        ("Certification", credential.policy.title),
        ("Awarded", day(credential.awarded_on)),
        ("State", credential.get_state_display()),
        ("Cycles", cycles),
        *((_label_of(credential, one.code), one.value) for one in credential.facts.all()),
        ("Draw ids", ", ".join(one.draw_id for one in credential.cycles.all())),
    )
    return Entry(credential.display_number, rows)


def _cycle_words(cycle: Cycle) -> str:
    """Return the days of a cycle, by which way it was renewed, and its status in place of active."""
    path, way = cycle.status_path, status_words(cycle.renewed_by)
    words = (
        f"{day(cycle.starts_on)} {through_words(cycle.expires_on)}",
        f"renewed by the way “{way}”" if way else "",
        status_words(str(path.status)) if path else "",
    )
    return ", ".join(filter(None, words))


def _label_of(credential: Credential, code: str) -> str:
    """Return what the policy calls one of its own facts; its code when it is no longer asked."""
    labels = {one.code: one.label for one in credential.policy.own_facts}
    return labels.get(code, code.replace("_", " "))


def _session(session: Any, zone: str) -> Entry:
    rows = (("Network address", session.ip), ("Browser", session.user_agent))
    return Entry(at(session.created_at, zone), rows)
