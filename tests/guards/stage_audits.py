"""The rows of audits and draws that the database guards."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from audits.models import Audit, AuditItem, Draw, DrawPeriod, Extension
from audits.models import Decision as AuditDecision

AT = datetime(2027, 1, 4, 19, 0, tzinfo=UTC)
DAY = date(2027, 1, 4)


def add_audits(stage: SimpleNamespace) -> None:
    _add_draws(stage)
    about = {"kind": "random", "renewal": "R-1", "received_on": DAY, "made_at": AT}
    stage.audit = Audit.objects.create(
        **about, reference="A-1", cycle=stage.cycle, notified_on=DAY, due_on=date(2027, 2, 3)
    )
    stage.ended_audit = Audit.objects.create(
        **about, reference="A-9", cycle=stage.cycle, state="ended", ended_at=AT
    )
    stage.item = AuditItem.objects.create(audit=stage.audit, record=stage.record)
    stage.extension = Extension.objects.create(audit=stage.audit, why="Away.", asked_at=AT)
    stage.granted = Extension.objects.create(
        audit=stage.audit, state="granted", through=date(2027, 1, 20), by=stage.reviewer, words="Granted."
    )
    decided = {"audit": stage.audit, "verdict": "pass", "by": stage.reviewer}
    stage.audit_decision = AuditDecision.objects.create(**decided, decided_at=AT, effective_at=AT)
    stage.audit_decided = AuditDecision.objects.create(
        **decided, decided_at=AT, effective_at=AT, state="released", ended_at=AT
    )


def _add_draws(stage: SimpleNamespace) -> None:
    stage.period = DrawPeriod.objects.get()
    made = {
        "policy_code": "tests",
        "rate": "0.1",
        "commitment": "c",
        "sealed_secret": "s",
        "announced_at": AT,
    }
    stage.announced = DrawPeriod.objects.create(
        **made, code="2031-Q1", first_on=date(2031, 1, 1), last_on=date(2031, 3, 31)
    )
    stage.closed = DrawPeriod.objects.create(
        **made,
        code="2032-Q1",
        first_on=date(2032, 1, 1),
        last_on=date(2032, 3, 31),
        opened_at=AT,
        public_value="7",
        closed_at=AT,
        secret="5e",
    )
    stage.draw = Draw.objects.create(
        cycle=stage.cycle, period=stage.period, x="0" * 16, selected=True, drawn_at=AT
    )
    Draw.objects.create(
        cycle=stage.fee_gone.cycle, period=stage.period, x="f" * 16, selected=False, drawn_at=AT
    )
