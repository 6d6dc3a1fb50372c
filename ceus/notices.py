"""The mails about a change of the catalogue (Q32) and about a correction of a record: what changed,
and what that means for the recipient.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.urls import reverse

from ceus.card_facts import label_of_card
from ceus.models import AffectedRecord, CatalogueChange, Correction, HeldCard
from ceus.notice_codes import CARD_REFUSED, CORRECTED, RELISTED
from core.policy_words import opened_with_a_capital
from outbox.notices import Batch, NoticeKind, register_kind, subject_pks
from rules.days import day_in_words
from rules.policy.model import Policy


def relisted_context(
    change: CatalogueChange, affected: Sequence[AffectedRecord], policy: Policy
) -> dict[str, object]:
    """Return what the mail about `change` needs for the owner of the `affected` records."""
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
    return f"It had {before if row.approved_before else f'no {policy.unit.plural}'}. It has {after} now."


def _contexts(batch: Batch) -> dict[int, dict[str, object]]:
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
        contexts=_contexts,
    )
)


def corrected_context(correction: Correction, trainer_id: int) -> dict[str, object]:
    """Return what the mail about a correction needs for one of the trainers whom it affects."""
    mine = correction.credential_after.trainer_id == trainer_id
    return {
        "correction": correction,
        "moved": correction.is_of_another_person,
        "mine": mine,
        "worth": correction.credential_after.policy.unit.words(correction.hundredths_after),
        "changes": [] if correction.is_of_another_person else _pairs_of(correction),
        "link": reverse("ceus:my_courses"),
        "link_label": "Look at your courses",
    }


def _pairs_of(correction: Correction) -> list[tuple[str, str, str]]:
    """Return what each changed fact is called, before and after."""
    unit = correction.credential_after.policy.unit
    pairs: list[tuple[str, str, str]] = [
        (
            "Day",
            day_in_words(correction.completed_on_before),
            day_in_words(correction.completed_on_after),
        ),
        ("Course", correction.title_before, correction.title_after),
        (
            opened_with_a_capital(unit.plural),
            unit.words(correction.hundredths_before),
            unit.words(correction.hundredths_after),
        ),
    ]
    return [pair for pair in pairs if pair[1] != pair[2]]


def _corrected_contexts(batch: Batch) -> dict[int, dict[str, object]]:
    wanted = subject_pks(batch)
    rows = Correction.objects.select_related("credential_before", "credential_after").in_bulk(
        set(wanted.values())
    )
    return {
        notice.pk: corrected_context(rows[wanted[notice.pk]], notice.trainer_id)
        for notice in batch
        if wanted[notice.pk] in rows
    }


register_kind(
    NoticeKind(
        kind=CORRECTED,
        label="A record was corrected",
        template="record_corrected",
        contexts=_corrected_contexts,
    )
)


def refused_card_context(card: HeldCard, label: str) -> dict[str, object]:
    """Return what the mail about a refused card needs."""
    return {
        "card": card,
        "label": label,
        "link": reverse("ceus:cards"),
        "link_label": "Add another card",
    }


def _refused_card_contexts(batch: Batch) -> dict[int, dict[str, object]]:
    wanted = subject_pks(batch)
    rows = HeldCard.objects.select_related("trainer").in_bulk(set(wanted.values()))
    return {
        notice.pk: refused_card_context(rows[wanted[notice.pk]], label_of_card(rows[wanted[notice.pk]]))
        for notice in batch
        if wanted[notice.pk] in rows
    }


register_kind(
    NoticeKind(
        kind=CARD_REFUSED,
        label="A card does not count",
        template="card_refused",
        contexts=_refused_card_contexts,
    )
)
