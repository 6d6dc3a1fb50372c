"""What the list of colleagues says about each of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Q, QuerySet

from core import clock
from core.deadlines import clock_time, full_day, moment_words
from core.gathered import Gathered
from core.history import subject_prefix
from core.models import HistoryEntry
from rules.units import count_of
from staff.history import HistoryLine, history_line
from staff.roles import SENTENCES, SUPERUSER
from trainers.models import FactorReset, Invitation, Trainer

SHOWN = 200
LATELY = 8
FACTORS = {Authenticator.Type.WEBAUTHN: "passkey", Authenticator.Type.TOTP: "app"}
THEIRS: Mapping[str, Gathered[Any]] = {  # what belongs to a colleague, as columns of their row
    "its_groups": Gathered(Group.objects.filter(user=OuterRef("pk"))),
    "its_factors": Gathered(
        Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS), only=("type",)
    ),
    "its_offers": Gathered(Invitation.objects.open().filter(person=OuterRef("pk")), related=("by",)),
    "its_links": Gathered(SocialAccount.objects.filter(user=OuterRef("pk")), only=("provider",)),
    "its_resets": Gathered(FactorReset.objects.open().filter(person=OuterRef("pk")), related=("asked_by",)),
}
VERBS = (
    *("role_changed", "work_ended", "superuser_made", "superuser_unmade"),
    *("identity_linked", "identity_unlinked"),
)


@dataclass(frozen=True, slots=True)
class Colleague:
    """One colleague as a row: the name, what they may do, how they sign in, and when they last
    did.
    """

    person: Trainer
    role: str
    sentence: str
    factor: str
    factor_is_set: bool
    last_sign_in: str
    note: str
    invitation: Invitation | None
    reset: FactorReset | None
    linked_to: tuple[str, ...] = ()  # the issuers at which they have signed in


def people_here() -> "QuerySet[Trainer]":
    """Return everybody who works here or is invited."""
    every = Trainer.objects.order_by()
    invited = every.filter(pk__in=Invitation.objects.open().values("person")).values("pk")
    staff, superusers = every.filter(is_staff=True).values("pk"), every.filter(is_superuser=True).values("pk")
    chosen = Trainer.objects.filter(pk__in=staff.union(superusers, invited))
    return chosen.annotate(**THEIRS).order_by("name", "pk")


def people_once_here() -> "QuerySet[Trainer]":
    """Return everybody who was invited or given roles at some time."""
    given = HistoryEntry.objects.filter(trainer=OuterRef("pk"), verb__in=("roles_changed", "work_ended"))
    invited = Invitation.objects.filter(person=OuterRef("pk"))
    return Trainer.objects.filter(Exists(invited) | Exists(given))


def colleague_row(person: Trainer, *, viewer: Trainer) -> Colleague:
    """Return a person of `people_here` as a row for `viewer`."""
    theirs = {name: column.read(getattr(person, name)) for name, column in THEIRS.items()}
    offer: Invitation | None = next(iter(theirs["its_offers"]), None)
    reset: FactorReset | None = next(iter(theirs["its_resets"]), None)
    found = [FACTORS[one.type] for one in theirs["its_factors"]]
    factor = "lost" if reset else " and ".join(sorted(set(found))) or "not set"
    if offer and not person.is_staff:
        role, sentence = role_words([offer.role], offer.as_superuser)
        who = (
            "by you"
            if offer.by_id == viewer.pk
            else f"by {offer.by.name}"
            if offer.by
            else "on the command line"
        )
        ended = clock.now() >= offer.link_ends_at
        when = moment_words(offer.link_ends_at, settings.TIME_ZONE)
        note = f"Invited {who}. The link {'ended' if ended else 'ends'} {when}"
        return Colleague(person, role, sentence, "–", True, "Never", note, offer, None)
    role, sentence = role_words([group.name for group in theirs["its_groups"]], person.is_superuser)
    return Colleague(
        person, role, sentence, factor, bool(found) and not reset, sign_in_words(person.last_login),
        _note_words(reset, bool(found), viewer), None, reset, tuple(one.provider for one in theirs["its_links"]),
    )  # fmt: skip


def sign_in_words(moment: datetime | None) -> str:
    """Return when somebody last signed in, such as "Today, 8:31 am". Django dates it by the real
    clock, also in the demo.
    """
    if moment is None:
        return "Never"
    zone = settings.TIME_ZONE
    day, today = clock.date_of(moment, zone), clock.date_of(clock.real_now(), zone)
    return f"Today, {clock_time(moment, zone)}" if day == today else full_day(day)


def recent_history(limit: int = LATELY) -> list[tuple[HistoryLine, Trainer | None]]:
    """Return the newest history about colleagues. Each kind of row is found by an index, because
    the history of trainers is much longer.
    """
    rows = HistoryEntry.objects.order_by()
    kinds = (
        rows.filter(subject__startswith=subject_prefix(Invitation)),
        rows.filter(subject__startswith=subject_prefix(FactorReset)),
        rows.filter(subject__startswith=subject_prefix(Trainer), verb__in=VERBS),
    )
    first, *others = (one.values("pk") for one in kinds)
    entries = HistoryEntry.objects.filter(pk__in=first.union(*others))
    return _lines(entries.select_related("by", "trainer").order_by("-at", "-pk")[:limit])


def lately_about(person: Trainer) -> list[tuple[HistoryLine, Trainer | None]]:
    """Return the rows of history about one colleague's role and sign-in, newest first."""
    subjects = (subject_prefix(Invitation), subject_prefix(FactorReset))
    about = Q(subject__startswith=subjects[0]) | Q(subject__startswith=subjects[1])
    entries = HistoryEntry.objects.filter(about | Q(verb__in=VERBS), trainer=person)
    return _lines(entries.select_related("by", "trainer").order_by("-at", "-pk")[:SHOWN])


def summary_words(rows: Sequence[Colleague]) -> str:
    """Return how many people work here and how many are invited."""
    invited = sum(row.invitation is not None for row in rows)
    here = len(rows) - invited
    works = f"{count_of(here, 'person works', 'people work')} here"
    return f"{works}, {invited} {'is' if invited == 1 else 'are'} invited. Two-person rules need two people, whatever roles one person has."


def _lines(entries: Iterable[HistoryEntry]) -> list[tuple[HistoryLine, Trainer | None]]:
    return [(history_line(entry), entry.trainer) for entry in entries]


def role_words(roles: list[str], superuser: bool) -> tuple[str, str]:
    """Return the roles of a person, such as "Lead and superuser", and what they may do."""
    named = [role.capitalize() for role in sorted(filter(None, roles))]
    sentences = [SENTENCES.get(role, "") for role in sorted(filter(None, roles))]
    if superuser:
        named, sentences = [*named, "Superuser"], [*sentences, SUPERUSER]
    head = " and ".join([named[0], *(one.lower() for one in named[1:])]) if named else "No role"
    return head, " ".join(filter(None, sentences)) or "Opens the desk and sees nothing there."


def _note_words(reset: FactorReset | None, has_factor: bool, viewer: Trainer) -> str:
    if reset is None:
        return "" if has_factor else "May not open the desk until it is set"
    if reset.asked_by_id == viewer.pk:
        return "You asked for a reset. It waits for a second person, not you"
    return f"{reset.asked_by.name} asked for a reset. It waits for a second person"
