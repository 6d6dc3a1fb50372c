"""The mail about a fee that falls due in a cycle."""

from django.urls import reverse

from core import clock
from outbox.notices import Batch, register_kind_of_rows, subject_pks
from renewals.notice_codes import DUE_FEE
from renewals.services.due_reminders import event_of
from renewals.services.dues import dues_of_all
from rules.dues import OVERDUE, PAID
from rules.more import DueAnswer
from rules.policy.model import Policy
from trainers.models import Credential, Cycle


def due_fee_context(due: DueAnswer, policy: Policy, number: str) -> dict[str, object]:
    """Return what the mail about a due fee needs."""
    return {
        "label": due.label,
        "amount": policy.money(due.cents),
        "due_on": due.due_on,
        "last_on": due.last_on,
        "overdue": due.state == OVERDUE,
        "blocks": due.blocks,
        "why": due.rule.text,
        "number": number,
        "link": reverse("renewals:dues"),
        "link_label": f"Pay {policy.money(due.cents)}",
    }


def _right_dues(batch: Batch) -> dict[int, tuple[Cycle, DueAnswer]]:
    """Return the fee that each notice is about, as long as it is not paid and in force, and its mail is
    the right one for today.
    """
    wanted = subject_pks(batch)
    rows = Cycle.objects.select_related("credential__trainer").in_bulk(set(wanted.values()))
    in_force = [one for one in rows.values() if one.credential.state == Credential.State.IN_FORCE]
    dues = dues_of_all(in_force, {one.pk: clock.today(one.policy.time_zone) for one in in_force})
    found = {}
    for notice in batch:
        cycle = rows.get(wanted[notice.pk])
        if cycle is None or cycle.pk not in dues:
            continue
        unpaid = (one for one in dues[cycle.pk] if one.state != PAID)
        due = next((one for one in unpaid if event_of(one) == notice.event), None)
        if due:
            found[notice.pk] = (cycle, due)
    return found


register_kind_of_rows(
    kind=DUE_FEE,
    label="A yearly fee is due",
    template="due_fee",
    rows=_right_dues,
    context=lambda one: due_fee_context(one[1], one[0].policy, one[0].credential.display_number),
)
