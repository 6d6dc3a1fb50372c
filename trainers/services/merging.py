"""Merging two accounts of one person: everything moves to the one that stays, and the other one is closed.

Two people have agreed to it (`cases/merging_accounts.py`); the database refuses it otherwise. It is one transaction, so
that a process that is killed leaves two accounts or one.
"""

from datetime import datetime

from django.db import transaction

from core.errors import Refusal
from core.faults import faultpoint
from core.history import record_history, subject_of
from core.merging import finish_merge, merge_conflicts, move_rows, plan_merge, prepare_merge
from core.models import Merge
from outbox.notices import queue_notice
from trainers.circumstances import COLUMNS
from trainers.models import Credential, Trainer
from trainers.notice_codes import MERGED
from trainers.services.searching import index_names
from trainers.services.sessions import end_signed_in

CLOSED = "merged-{}@merged.invalid"
TOLD = ("name", "email", "wants_reminders")  # of both accounts, in the history


def lock_accounts(*people: Trainer) -> list[Trainer]:
    """Return the people in the order of the arguments, locked and read again.

    Rows are locked in the order of their primary keys, credentials before people, so that two
    callers never wait for each other.
    """
    keys = sorted(person.pk for person in people)
    list(Credential.objects.select_for_update().filter(trainer__in=keys).order_by("pk"))
    found = {one.pk: one for one in Trainer.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [found[person.pk] for person in people]


def check_can_merge(going: Trainer, staying: Trainer, *, at: datetime) -> None:
    """Raise Refusal with the first reason why these accounts cannot become one."""
    if going.pk == staying.pk:
        raise Refusal("Choose another account: this one is the same.", code="same")
    for sentence in merge_conflicts(going, staying, at=at):
        raise Refusal(sentence, code="conflict")


def merge_accounts(
    going: Trainer, staying: Trainer, *, by: Trainer | None, at: datetime, reason: str
) -> Merge:
    """Move everything of `going` to `staying`, close `going`, and mail both addresses. Idempotent.

    Raises Refusal when `check_can_merge` does. Only inside the transaction in which a second person
    confirms the merge.
    """
    going, staying = lock_accounts(going, staying)
    merge = Merge.objects.filter(going=going, staying=staying).first()
    if merge:
        return merge
    check_can_merge(going, staying, at=at)
    plan = plan_merge(going, staying)
    before: dict[str, object] = {name: getattr(going, name) for name in TOLD}
    email = going.email
    prepare_merge(going, staying, by=by, at=at)
    _close(going)
    merge = Merge.objects.create(going=going, staying=staying, email=email, at=at)
    move_rows(merge)
    faultpoint("merging.moved")
    finish_merge(staying, by=by, at=at)
    _keep_wishes(staying, before)
    _keep_facts(staying, going)
    index_names([staying.pk])
    after = {name: getattr(staying, name) for name in TOLD}
    detail = {**{name: [before[name], after[name]] for name in TOLD}, "moved": ", ".join(plan.moves)}
    record_history(staying, "merged", trainer=staying, by=by, at=at, reason=reason, detail=detail)
    _queue_merge_mails(merge, ", ".join(plan.told))
    return merge


def move_late_rows(merge: Merge, *, at: datetime) -> Merge:
    """Move what a request that had begun before the merge wrote for the closed account. Idempotent."""
    with transaction.atomic():
        lock_accounts(merge.going, merge.staying)
        prepare_merge(merge.going, merge.staying, by=None, at=at)
        if move_rows(merge):
            finish_merge(merge.staying, by=None, at=at)
            index_names([merge.staying_id])
    return merge


def _close(going: Trainer) -> None:
    """End every session of the account, and let nobody sign in to it. Its address becomes free;
    `core.Merge` stores it.
    """
    end_signed_in(going)
    going.email, going.is_active, going.feed_nonce = CLOSED.format(going.pk), False, ""
    going.mail_trouble_at, going.mail_trouble = None, ""
    going.wants_reminders = going.wants_weekly_report = False
    going.set_unusable_password()
    going.save()


def _keep_wishes(staying: Trainer, before: dict[str, object]) -> None:
    """Switch optional reminders off for the account that stays when either account had them off."""
    if staying.wants_reminders and not before["wants_reminders"]:
        staying.wants_reminders = False
        staying.save(update_fields=["wants_reminders"])


def _keep_facts(staying: Trainer, going: Trainer) -> None:
    """Store for the account that stays what only the other one knew of the person."""
    columns = [name for name in COLUMNS.values() if getattr(going, name) and not getattr(staying, name)]
    for name in columns:
        setattr(staying, name, getattr(going, name))
    if columns:
        staying.save(update_fields=columns)


def _queue_merge_mails(merge: Merge, moved: str) -> None:
    """Queue the two mails: one to the address that stays, and one to the other, which can no longer
    sign in.
    """
    for event, address in (("going", merge.email), ("staying", merge.staying.email)):
        queue_notice(
            MERGED,
            subject=subject_of(merge),
            event=event,
            trainer=merge.staying,
            send_at=merge.at,
            payload={"moved": moved},
            to_address=address,
        )
