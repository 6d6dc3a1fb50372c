"""The functions that racing processes call on an audit or on the draw."""

from itertools import count

from django.db import transaction

from audits import services
from audits.models import Audit, Decision, DrawPeriod
from tests.renewals.scenes import moment
from trainers.models import Cycle, Trainer

LAST_MOMENT, AFTERWARDS = moment("2027-02-03 23:59:59"), moment("2027-02-04 00:15")
_turns = count()


def send(pk: str) -> str:
    audit = Audit.objects.get(pk=pk)
    return services.send_documents(audit, by=audit.trainer, at=moment("2027-01-05")).state


def close(pk: str, *emails: str) -> str:
    turn = next(_turns) % 2
    by = Trainer.objects.get(email=emails[turn])
    words = ("", "They name another person.")[turn]
    audit = Audit.objects.get(pk=pk)
    verdict = ("pass", "fail")[turn]
    return services.close_audit(audit, verdict=verdict, by=by, at=moment("2027-01-06"), words=words).verdict


def release_or_take_back(pk: str) -> str:
    decision = Decision.objects.select_related("by", "audit").get(pk=pk)
    if next(_turns) % 2:
        return services.release_audit_decision(decision, at=decision.effective_at).state
    return services.take_back_decision(decision, by=decision.by, at=decision.decided_at).state


def send_or_sweep(pk: str) -> str:
    audit = Audit.objects.get(pk=pk)
    if next(_turns) % 2:
        return services.close_overdue_audit(audit, at=AFTERWARDS).state
    return services.send_documents(audit, by=audit.trainer, at=LAST_MOMENT).state


def draw_cycle(pk: str) -> str:
    with transaction.atomic():
        drawn = services.draw_cycle(Cycle.objects.get(pk=pk), at=moment("2027-01-05"))
    return drawn.x if drawn else "waits"


def draw_or_close(code: str, *cycles: str) -> str:
    """Close the draw period in the first call of each process; draw in its last moment in the later calls."""
    turn = next(_turns)
    if turn == 0:
        period = DrawPeriod.objects.get(code=code)
        return services.close_period(period, at=moment("2027-01-01 00:00")).state
    with transaction.atomic():
        drawn = services.draw_cycle(Cycle.objects.get(pk=cycles[turn - 1]), at=moment("2026-12-31 23:59:59"))
    return "drawn" if drawn else "waits"


def keep_periods(code: str) -> str:
    from rules.policy.load import load_policy

    services.keep_periods(load_policy(code), at=moment("2026-10-01"))
    return "kept"
