"""The mail to whoever a change of the catalogue concerns: what changed, and what it means for them (Q32)."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from ceus.models import AffectedRecord, CatalogueChange
from ceus.notice_codes import RELISTED
from outbox.notices import Batch, NoticeKind, register_kind, subject_pks
from rules.days import day_in_words
from rules.policy.model import Policy


def relisted_context(
    change: CatalogueChange, affected: Sequence[AffectedRecord], policy: Policy
) -> dict[str, Any]:
    """Return what the mail about `change` needs for the person of the `affected` records."""
    return {
        "what": _what_changed(change, policy),
        "records": [(row.record, _meaning(row, policy)) for row in affected],
        "changed": change.records == CatalogueChange.Records.CHANGED,
        "reason": change.reason,
        "link": reverse("ceus:my_courses"),
        "link_label": "Look at your courses",
    }


def _what_changed(change: CatalogueChange, policy: Policy) -> list[str]:
    name, found = f"“{change.course or change.provider}”", []
    if change.ceus_from and change.hundredths_after:
        worth = policy.unit.words(change.hundredths_after)
        found.append(
            f"{name} gives {worth} when it is completed on {day_in_words(change.ceus_from)} or later."
        )
    if change.from_after:
        last = change.through_after
        until = f"through {day_in_words(last)}" if last else "on"
        found.append(f"{name} is approved from {day_in_words(change.from_after)} {until}.")
    return found or [f"{name} is listed with another provider."]


def _meaning(row: AffectedRecord, policy: Policy) -> str:
    before, after = (policy.unit.words(one) for one in (row.hundredths_before, row.hundredths_after))
    if not row.is_changed:
        return f"It stays at {after}." if row.approved_after else "It does not count, as before."
    if not row.approved_after:
        return f"It had {before}. It no longer counts, because it was not approved on that day."
    return f"It had {before if row.approved_before else 'no CEUs'}. It has {after} now."


def _contexts(batch: Batch) -> dict[int, dict[str, Any]]:
    wanted = subject_pks(batch)
    found: dict[tuple[int, int], list[AffectedRecord]] = defaultdict(list)
    rows = AffectedRecord.objects.filter(
        change__in=set(wanted.values()),
        record__credential__trainer__in={notice.trainer_id for notice in batch},
    ).select_related("record__credential", "change__course", "change__provider")
    for row in rows.order_by("record__completed_on", "pk"):
        found[row.change_id, row.record.credential.trainer_id].append(row)
    contexts = {}
    for notice in batch:
        affected = found.get((wanted[notice.pk], notice.trainer_id))
        if affected:
            first = affected[0]
            contexts[notice.pk] = relisted_context(first.change, affected, first.record.credential.policy)
    return contexts


register_kind(
    NoticeKind(
        kind=RELISTED,
        label="The list of courses changed for a logged course",
        template="relisted",
        still_due=lambda batch: {notice.pk for notice in batch},
        contexts=_contexts,
    )
)
