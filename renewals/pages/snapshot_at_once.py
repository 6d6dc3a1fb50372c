"""The snapshot of a trainer, made from columns of the trainer's own row: for pages that show many other
things and should not query for each part of the snapshot.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, prefetch_related_objects

from audits.models import Audit, AuditItem
from ceus.models import CeuRecord
from ceus.sharing import countable_among, rule_of_several
from ceus.standing import facts_of_person, facts_of_records
from core.gathered import Gathered
from hardship.models import Relief
from hardship.standing import granted_in
from petitions.models import Petition
from renewals.models import Application
from renewals.pages.snapshot import Snapshot, shows_audit, snapshot_from_rows, snapshot_with_audit
from trainers.circumstances import circumstances_of
from trainers.models import Cycle, Trainer

THEIRS = OuterRef("pk")
SNAPSHOT: Mapping[str, Gathered[Any]] = {
    "its_records": Gathered(CeuRecord.objects.present().filter(credential__trainer=THEIRS)),
    "its_reliefs": Gathered(
        Relief.objects.granted().of_price().filter(cycle__credential__trainer=THEIRS).order_by("pk")
    ),
    "its_applications": Gathered(
        Application.objects.for_home().filter(cycle__credential__trainer=THEIRS),
        related=("cycle", "charge"),
        also=("is_audited", "fee_moved"),
    ),
    "its_petitions": Gathered(
        Petition.objects.agreed_to().filter(credential__trainer=THEIRS).order_by("completed_on", "pk"),
        related=("charge",),
    ),
    "its_audits": Gathered(Audit.objects.announced().filter(cycle__credential__trainer=THEIRS)),
    "its_audited": Gathered(
        AuditItem.objects.filter(audit__in=Audit.objects.announced(), record__credential__trainer=THEIRS),
        related=("record", "record__credential", "record__course", "record__course__provider"),
    ),
}


def snapshot_of_row(row: Trainer, cycle: Cycle, *, today: date) -> Snapshot:
    """Return the snapshot of the trainer `row`, annotated with the columns of `SNAPSHOT`; `cycle` is the
    current cycle.

    It makes one query for the credentials of the records where a policy says something to people with
    several, one for the evidence while an audit is open, one for questions while there are
    petitions, and one while a payment is awaited.
    """
    found = {name: column.read(getattr(row, name)) for name, column in SNAPSHOT.items()}
    key = cycle.credential_id
    granted = granted_in(one for one in found["its_reliefs"] if one.cycle_id == cycle.pk)
    latest = next((one for one in found["its_applications"] if one.cycle.credential_id == key), None)
    petitions = tuple(one for one in found["its_petitions"] if one.credential_id == key)
    prefetch_related_objects(petitions, "questions")
    if rule_of_several(cycle):
        prefetch_related_objects(found["its_records"], "credential")
        facts = facts_of_person(cycle, found["its_records"], granted, circumstances_of(cycle))
    else:
        facts = facts_of_records(cycle, countable_among(cycle, found["its_records"]), granted)
    snapshot = snapshot_from_rows(cycle, facts, latest, petitions, today=today)
    audit = _audit_of(latest, found["its_audits"])
    items = [one for one in found["its_audited"] if audit and one.audit_id == audit.pk]
    prefetch_related_objects(items, "record__evidence")
    return snapshot_with_audit(snapshot, audit, items)


def _audit_of(latest: Application | None, audits: list[Audit]) -> Audit | None:
    if latest is None or not shows_audit(latest):
        return None
    audit = next(one for one in audits if one.cycle_id == latest.cycle_id)
    audit.cycle = latest.cycle
    return audit
