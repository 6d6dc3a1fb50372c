"""Courses of somebody with several certifications: under a policy that shares credits, what was
logged for one of them counts for the others, too (docs/decisions/0009-several-certifications.md).

Nothing is copied while a course may still change. Only when a renewal claims a course that was
logged for another certification, it gets a record of its own (`share_record`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from ceus.models import CeuRecord, RecordDocument
from core.history import record_history
from rules.names import fold_title
from rules.policy.families import SeveralCredentials
from rules.policy.load import load_policy
from trainers.lookups import cycles_of_several
from trainers.models import Credential, Cycle, Trainer

Key = tuple[object, ...]


def rule_of_several(cycle: Cycle) -> SeveralCredentials | None:
    """Return what the policy says to people with several credentials, by the version at the cycle's
    start; None when it says nothing.
    """
    return cycle.policy.version_on(cycle.starts_on).families.several


def records_of_people(cycles: Collection[Cycle]) -> dict[int, list[CeuRecord]]:
    """Return the present records of all credentials of the trainers of these cycles, by trainer.
    One query; none without a cycle.
    """
    found: dict[int, list[CeuRecord]] = defaultdict(list)
    if not cycles:
        return found
    trainers = {one.credential.trainer_id for one in cycles}
    rows = CeuRecord.objects.present().filter(credential__trainer__in=trainers).order_by("pk")
    for record in rows.select_related("credential"):
        found[record.credential.trainer_id].append(record)
    return found


def countable_among(cycle: Cycle, records: Iterable[CeuRecord]) -> list[CeuRecord]:
    """Return those of a person's `records` that can count for `cycle`: its own, and what other
    certifications share with it. Each is returned once.
    """
    own: list[CeuRecord] = []
    others: list[CeuRecord] = []
    for one in records:
        (own if one.credential_id == cycle.credential_id else others).append(one)
    usable = [one for one in own if one.claimed_for_id in (None, cycle.pk)]
    if not is_sharing(cycle):
        return usable
    version = cycle.policy.version_on(cycle.starts_on)
    categories = {one.code for one in version.categories}
    known = {key for one in own for key in _keys(one)}
    for one in others:
        if (
            known.isdisjoint(_keys(one))
            and one.category in categories
            and one.completed_on >= cycle.starts_on
            and one.state in CeuRecord.COUNTING
            and _shares(one.credential.policy_code, one.completed_on)
        ):
            usable.append(one)
            known.update(_keys(one))
    return usable


def counted_elsewhere(cycle: Cycle, records: Iterable[CeuRecord]) -> dict[int, tuple[str, ...]]:
    """Return, for each record of the cycle's credential that a renewal of another certification has
    used, by primary key, the titles of those certifications.
    """
    own: dict[Key, int] = {}
    used: dict[int, tuple[str, ...]] = defaultdict(tuple)
    kept = list(records)
    for one in kept:
        if one.credential_id == cycle.credential_id:
            own[_completion(one)] = one.pk
    for one in kept:
        if one.credential_id != cycle.credential_id and one.claimed_for_id and _completion(one) in own:
            used[own[_completion(one)]] += (load_policy(one.credential.policy_code).title,)
    return used


def shared_ids(cycle: Cycle, ids: Collection[int]) -> list[CeuRecord]:
    """Return those of the records with these primary keys that were logged for another
    certification and are shared with `cycle`.
    """
    if not is_sharing(cycle):
        return []
    every = records_of_people([cycle])[cycle.credential.trainer_id]
    others = (one for one in countable_among(cycle, every) if one.credential_id != cycle.credential_id)
    return [one for one in others if one.pk in ids]


def credentials_sharing(record: CeuRecord) -> list[Credential]:
    """Return the other certifications of the record's trainer, by number, whose policies share what
    is logged for another one. Whether the record counts there is a matter of its facts.
    """
    return [
        one.credential
        for one in sorted(cycles_of_several(record.credential.trainer), key=lambda one: one.credential.number)
        if one.credential_id != record.credential_id and is_sharing(one)
    ]


def is_used_by_a_renewal(record: CeuRecord) -> bool:
    """Return whether a renewal that was sent and not approved yet counts the record: for its own
    certification, or for another one that shares it.
    """
    return bool(used_by_renewals([record]))


def used_by_renewals(records: Iterable[CeuRecord]) -> set[int]:
    """Return the primary keys of those `records` that `is_used_by_a_renewal` tells of. One query."""
    claimed = {one.pk: bool(one.claimed_for_id) for one in records}
    free = [pk for pk, is_claimed in claimed.items() if not is_claimed]
    copies = copies_in_open_renewals().filter(shared_from__in=free) if free else CeuRecord.objects.none()
    shared = set(copies.order_by().values_list("shared_from_id", flat=True))
    return {pk for pk, is_claimed in claimed.items() if is_claimed or pk in shared}


def copies_in_open_renewals() -> "QuerySet[CeuRecord]":
    """Return the copies of shared records that a renewal claims which is sent and not approved yet."""
    later = Cycle.objects.filter(
        credential=OuterRef("credential"), starts_on__gt=OuterRef("claimed_for__starts_on")
    )
    return CeuRecord.objects.filter(~Exists(later), shared_from__isnull=False, claimed_for__isnull=False)


def share_record(record: CeuRecord, cycle: Cycle, *, by: Trainer | None, at: datetime) -> CeuRecord:
    """Give the certification of `cycle` a record of its own of what was logged for another one, with
    the same files, the same description, and the moment at which it was reported. The caller opens
    the transaction and has locked the credential.
    """
    shared = CeuRecord.objects.create(
        credential=cycle.credential,
        shared_from_id=record.shared_from_id or record.pk,
        category=record.category,
        course_id=record.course_id,
        title=record.title,
        completed_on=record.completed_on,
        hundredths=record.hundredths,
        valid_through=record.valid_through,
        state=record.state,
        approved=record.approved,
        reported_by_provider=record.reported_by_provider,
        granted=record.granted,
        provider_code=record.provider_code,
        topics=record.topics,
        format=record.format,
        logged_at=record.logged_at,
        logged_by_id=record.logged_by_id,
    )
    for file in record.evidence.current():
        RecordDocument.objects.create(record=shared, document_id=file.document_id, part=file.part)
    trainer, detail = cycle.credential.trainer, {"record": record.pk}
    change = ("", shared.state)
    record_history(shared, "shared", trainer=trainer, by=by, at=at, change=change, detail=detail)
    return shared


def is_sharing(cycle: Cycle) -> bool:
    """Return whether what is logged for other certifications counts for this one, too."""
    rule = rule_of_several(cycle)
    return rule is not None and rule.shared


def _shares(policy_code: str, day: date) -> bool:
    policy = load_policy(policy_code)
    # A course can be older than the policy's file; its first version says what it says about that day.
    rule = policy.version_on(day).families.several
    return rule is not None and rule.shared


def _keys(record: CeuRecord) -> set[Key]:
    """Return what tells whether two records are of one completion."""
    return {("record", record.shared_from_id or record.pk), _completion(record)}


def _completion(record: CeuRecord) -> Key:
    if record.course_id:
        return record.course_id, record.completed_on
    return record.category, fold_title(record.title), record.completed_on
