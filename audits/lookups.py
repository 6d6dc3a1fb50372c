"""Lookups from a trainer to their own audits."""

from django.http import Http404

from audits.models import Audit, AuditItem
from trainers.models import Trainer


def audit_of(trainer: Trainer, reference: str) -> Audit:
    """Return the trainer's audit with this reference.

    Raises the same Http404 for another trainer's audit and for one that does not exist.
    """
    found = (
        Audit.objects.owned_by(trainer)
        .select_related("cycle__credential__trainer")
        .filter(reference=reference)
    )
    audit = found.first()
    if audit is None:
        raise Http404("There is no such audit.")
    return audit


def item_of(audit: Audit, pk: int) -> AuditItem:
    """Return one item of an audit by its primary key; raises Http404."""
    item = audit.items.select_related("record__course").filter(pk=pk).first()
    if item is None:
        raise Http404("There is no such document.")
    item.audit = audit
    return item


def credential_of_audit(trainer: Trainer, ref: str, **_: object) -> int | None:
    """Return the primary key of the credential of the trainer's audit; None without one."""
    found = Audit.objects.owned_by(trainer).filter(reference=ref)
    return found.values_list("cycle__credential", flat=True).first()
