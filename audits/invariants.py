"""Invariants of draws and audits: every draw can be computed again, last days only move later, and
other people than the trainer decide.
"""

from collections.abc import Iterator

from cryptography.fernet import InvalidToken
from django.db.models import Exists, F, OuterRef, Q

from audits.models import Audit, AuditItem, Decision, Draw, DrawPeriod, Extension
from audits.models.draw import SEAL
from core.constraints import require_value
from core.invariants import Check, forbidden_steps, states_unlike_history
from rules.draw import commitment_of, draw_number, is_selected, seed_of
from rules.last_days import audit_due_on

State = Audit.State


def _broken_commitments() -> Iterator[str]:
    for period in DrawPeriod.objects.order_by("pk").iterator():
        try:
            secret = SEAL.unseal_text(period.sealed_secret)
        except InvalidToken:
            yield f"the secret of {period.code} cannot be read with the keys of the settings"
            continue
        if commitment_of(period.code, secret) != period.commitment:
            yield f"the commitment of {period.code} is not the one of its secret"
        if period.secret and period.secret != secret:
            yield f"{period.code} revealed another secret"


def _draws_that_differ() -> Iterator[str]:
    for period in DrawPeriod.objects.opened().order_by("pk").iterator():
        try:
            seed = seed_of(SEAL.unseal_text(period.sealed_secret), require_value(period.public_value))
        except InvalidToken:
            continue  # _broken_commitments reports it
        rows = period.draws.order_by("pk").values_list("pk", "cycle__draw_id", "x", "selected")
        for pk, draw_id, x, selected in rows.iterator():
            if (x, selected) != (draw_number(seed, draw_id), is_selected(x, period.rate)):
                yield f"draw {pk} of {period.code} cannot be computed again"


def _days_that_moved() -> Iterator[str]:
    for audit in (
        Audit.objects.filter(notified_on__isnull=False).select_related("cycle__credential").iterator()
    ):
        policy = audit.cycle.policy
        first = audit_due_on(audit.first_day, policy.version_on(audit.received_on).audit_days)
        granted = audit.extensions.filter(state=Extension.State.GRANTED).values_list("through", flat=True)
        if audit.due_on != max([first, *map(require_value, granted)]):
            yield f"{audit.reference} is due on {audit.due_on}, and nobody decided so"


def _own_cases() -> Iterator[str]:
    trainer = F("audit__cycle__credential__trainer")
    for model, who in ((Decision, "by"), (AuditItem, "reviewed_by"), (Extension, "by")):
        own = model.objects.filter(**{who: trainer}).order_by("pk")
        for reference in own.values_list("audit__reference", flat=True).iterator():
            yield f"{reference} was decided by its own trainer"


def _closed_by_nobody() -> Iterator[str]:
    released = Q(decisions__state=Decision.State.RELEASED)
    for reference in (
        Audit.objects.filter(state__in=[State.PASSED, State.FAILED])
        .exclude(released)
        .order_by("pk")
        .values_list("reference", flat=True)
        .iterator()
    ):
        yield f"{reference} was closed without a decision"


def _records_of_others() -> Iterator[str]:
    strange = AuditItem.objects.exclude(record__credential=F("audit__cycle__credential")).order_by("pk")
    for reference, record in strange.values_list("audit__reference", "record").iterator():
        yield f"{reference} checks record {record} of somebody else"


def _picked_by_hand() -> Iterator[str]:
    drawn = Draw.objects.audited().filter(cycle=OuterRef("cycle"))
    picked = Audit.objects.filter(~Exists(drawn), kind=Audit.Kind.RANDOM).order_by("pk")
    for reference in picked.values_list("reference", flat=True).iterator():
        yield f"{reference} is said to be random, and its cycle was not drawn"


CHECKS = [
    Check(7, "The secret of a draw period is the one that was committed to", _broken_commitments),
    Check(7, "Every draw can be computed again", _draws_that_differ),
    Check(7, "Who is audited at random was drawn", _picked_by_hand),
    Check(8, "The last day of an audit is the rule's, or was moved by somebody", _days_that_moved),
    Check(11, "An audit is in the state that its history tells", lambda: states_unlike_history(Audit)),
    Check(
        11,
        "A decision about an audit is in the state that its history tells",
        lambda: states_unlike_history(Decision),
    ),
    Check(12, "An audit checks its own trainer's records", _records_of_others),
    Check(14, "Nobody decides their own audit", _own_cases),
    Check(14, "A closed audit has a decision in effect", _closed_by_nobody),
    Check(15, "An audit takes only the steps that there are", lambda: forbidden_steps(Audit)),
    Check(
        15, "A decision about an audit takes only the steps that there are", lambda: forbidden_steps(Decision)
    ),
]
