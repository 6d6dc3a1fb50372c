"""The mails to an employer's people: their invitation, a certification that is about to end, and a
consent that ended; and that to a trainer whose entry in the directory staff changed.
"""

from typing import NamedTuple

from django.urls import reverse

from core import clock
from core.deadlines import full_day
from core.policy_words import in_policy_words
from employers.links import LINKS
from employers.models import Consent, EmployerPerson
from employers.notice_codes import CONSENT_ENDED, ENDING, ENTRY, INVITED
from outbox.notices import Batch, event_parts, register_kind_of_rows, subject_pks
from trainers.models import Credential, Cycle
from trainers.role_notices import register_role_invitation

YOUR_TEAM = "Look at your team"


class _Ending(NamedTuple):
    role: EmployerPerson
    cycle: Cycle


class _Ended(NamedTuple):
    role: EmployerPerson
    consent: Consent


def ending_context(role: EmployerPerson, cycle: Cycle) -> dict[str, object]:
    """Return what the mail about a certification that is about to end needs."""
    return {
        "employer": role.employer.name,
        "name": cycle.credential.trainer.name,
        "certification": cycle.credential.policy.title,
        "through": full_day(cycle.expires_on),
        "link": reverse("employers:home"),
        "link_label": YOUR_TEAM,
    }


def consent_ended_context(role: EmployerPerson, consent: Consent) -> dict[str, object]:
    """Return what the mail about a consent that ended needs."""
    return {
        "employer": role.employer.name,
        "name": consent.trainer.name,
        "link": reverse("employers:home"),
        "link_label": YOUR_TEAM,
    }


def entry_context(what: str, words: str) -> dict[str, object]:
    """Return what the mail about an entry in the directory needs: `what` was done, and the words of staff."""
    return {
        "what": what,
        "words": words,
        "link": reverse("employers:listing"),
        "link_label": "Your entry in the directory",
    }


def _active_roles(batch: Batch) -> dict[int, EmployerPerson]:
    """Return the role that the event of each notice names, while it is active."""
    wanted = {notice.pk: int(event_parts(notice.event)[1]) for notice in batch}
    rows = EmployerPerson.objects.active().select_related("employer", "person")
    found = rows.in_bulk(set(wanted.values()))
    return {pk: found[role] for pk, role in wanted.items() if role in found}


def _endings(batch: Batch) -> dict[int, _Ending]:
    """Return what each notice is about while it is true: a cycle that is the current one and has not
    ended, of a certification in force, whose holder still lets the employer see it.
    """
    wanted, roles = subject_pks(batch), _active_roles(batch)
    rows = Cycle.objects.current().filter(credential__state=Credential.State.IN_FORCE)
    cycles = rows.select_related("credential__trainer").in_bulk(set(wanted.values()))
    trainers = {one.credential.trainer_id for one in cycles.values()}
    standing = Consent.objects.standing().filter(trainer__in=trainers)
    pairs = set(standing.values_list("employer", "trainer"))
    found = {pk: _Ending(role, cycles[wanted[pk]]) for pk, role in roles.items() if wanted[pk] in cycles}
    return {
        pk: one
        for pk, one in found.items()
        if (one.role.employer_id, one.cycle.credential.trainer_id) in pairs and not _is_over(one.cycle)
    }


def _is_over(cycle: Cycle) -> bool:
    return cycle.expires_on < clock.today(cycle.credential.policy.time_zone)


def _ended(batch: Batch) -> dict[int, _Ended]:
    """Return the consent of each notice, unless the trainer gave a new one meanwhile."""
    wanted, roles = subject_pks(batch), _active_roles(batch)
    rows = Consent.objects.filter(state=Consent.State.ENDED).select_related("trainer")
    consents = rows.in_bulk(set(wanted.values()))
    again = Consent.objects.standing().filter(trainer__in={one.trainer_id for one in consents.values()})
    pairs = set(again.values_list("employer", "trainer"))
    return {
        pk: _Ended(role, consents[wanted[pk]])
        for pk, role in roles.items()
        if wanted[pk] in consents and (role.employer_id, consents[wanted[pk]].trainer_id) not in pairs
    }


register_role_invitation(
    LINKS, kind=INVITED, label="An invitation to see an employer's team", template="employer_invited"
)
register_kind_of_rows(
    kind=ENDING,
    label="A certification of a team is about to end",
    template="employer_ending",
    rows=_endings,
    context=lambda one: ending_context(*one),
)
register_kind_of_rows(
    kind=CONSENT_ENDED,
    label=in_policy_words("{a_holder} no longer shows an employer their certification"),
    template="employer_consent_ended",
    rows=_ended,
    context=lambda one: consent_ended_context(*one),
)
register_kind_of_rows(
    kind=ENTRY,
    label="Staff changed an entry in the directory",
    template="directory_entry",
    rows=lambda batch: {notice.pk: notice.payload for notice in batch},
    context=lambda payload: entry_context(payload["what"], payload["words"]),
)
