"""Tell an employer's people that a certification of their team is about to end."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from core import clock
from core.history import subject_prefix
from employers.models import Consent, EmployerPerson
from employers.notice_codes import ENDING
from outbox.models import Notice
from outbox.notices import queue_notice
from outbox.planning import morning_slots
from rules.policy.load import load_policy
from rules.policy.model import Policy
from trainers.given_statuses import cycle_has_status
from trainers.models import Credential, Cycle


def queue_ending_notices(*, at: datetime) -> int:
    """Queue a mail to each person of an employer about each certification of its team that ends
    within the policy's days; return how many are new. One for each cycle and person, whatever
    happens to the consent.
    """
    standing = Consent.objects.standing().values("trainer")
    codes = Credential.objects.filter(trainer__in=standing).order_by().values_list("policy_code", flat=True)
    return sum(_queue_under(load_policy(code), at) for code in sorted(set(codes.distinct())))


def ending_cycles(policy: Policy, today: date) -> "QuerySet[Cycle]":
    """Return the current cycles under this policy that end from `today` on and within its days, without those
    of whom nothing ends that an employer relies on: their holder has another status, such as inactive.
    """
    last = today + timedelta(days=policy.version_on(today).employer_notice_days)
    in_force = {"credential__policy_code": policy.code, "credential__state": Credential.State.IN_FORCE}
    found = Cycle.objects.current().filter(**in_force, expires_on__range=(today, last))
    return found.exclude(cycle_has_status())


def _queue_under(policy: Policy, at: datetime) -> int:
    cycles = ending_cycles(policy, clock.date_of(at, policy.time_zone)).order_by("expires_on", "pk")
    owners = dict(cycles.values_list("pk", "credential__trainer"))
    consents = Consent.objects.standing().filter(trainer__in=owners.values())
    employers = defaultdict(set)
    for trainer, employer in consents.values_list("trainer", "employer"):
        employers[trainer].add(employer)
    roles = defaultdict(list)
    for role in EmployerPerson.objects.active().select_related("person").order_by("pk"):
        roles[role.employer_id].append(role)
    subjects = {pk: f"{subject_prefix(Cycle)}{pk}" for pk in owners}
    known = set(
        Notice.objects.filter(kind=ENDING, subject__in=subjects.values()).values_list("subject", "event")
    )
    slots, count = morning_slots(at, policy.time_zone), 0
    for pk, owner in owners.items():
        for role in (one for employer in sorted(employers[owner]) for one in roles[employer]):
            subject, event = subjects[pk], f"role:{role.pk}"
            if (subject, event) not in known:
                send_at = slots[pk % len(slots)]
                queue_notice(
                    ENDING, subject=subject, event=event, trainer=role.person, send_at=send_at, private=True
                )
                count += 1
    return count
