"""Changes of a name (Q28): a trainer may respell it a few times in a cycle; for anything else they
file a request that a registrar decides.
"""

from datetime import datetime

from django.db import transaction

from core.errors import Refusal, require_self
from core.history import record_history, subject_of
from core.transitions import check_step, check_words, move
from documents.services import store_document
from documents.waiting import WaitingFile
from names.allowance import free_changes_left, name_on_record
from names.models import LONGEST_WORDS, NameRequest
from names.notice_codes import REFUSED
from outbox.notices import queue_notice
from rules.names import clean_name, is_respelled
from trainers.models import Trainer
from trainers.services.accounts import check_name, rename_trainer
from trainers.services.registrar import OWN_NAME, check_registrar

DECIDE = "names.decide_namerequest"
State = NameRequest.State


def change_own_name(
    trainer: Trainer, *, name: str, proof: WaitingFile | None, by: Trainer, at: datetime
) -> NameRequest | None:
    """Change a name at once and return None where no proof is needed; otherwise file a request and
    return it. Idempotent.

    Raises Refusal for somebody else's name, for a name that cannot be printed (field "name"), while
    another request waits (field "name"), and for a missing proof (field "proof").
    """
    name = clean_name(name)
    require_self(by, trainer.pk)
    check_name(name)
    with transaction.atomic():
        trainer = Trainer.objects.select_for_update().get(pk=trainer.pk)
        waiting = NameRequest.objects.owned_by(trainer).open().first()
        if waiting and waiting.after == name:
            return waiting
        if name == trainer.name:
            return None
        if waiting:
            raise Refusal(
                "You have asked for another name already. Withdraw that request first.",
                code="waiting",
                field="name",
            )
        if _is_free(trainer, name, at):
            rename_trainer(trainer, name=name, by=by, at=at)
            return None
        return _request(trainer, name, proof, by=by, at=at)


def withdraw_name_request(request: NameRequest, *, by: Trainer, at: datetime) -> NameRequest:
    """Withdraw a waiting request; the name on the certificate stays. Idempotent."""
    with transaction.atomic():
        request = _lock_name_request(request)
        require_self(by, request.trainer_id)
        if request.state == State.WITHDRAWN:
            return request
        return move(request, State.WITHDRAWN, "withdrawn", trainer=request.trainer, by=by, at=at)


def approve_name_request(request: NameRequest, *, by: Trainer | None, at: datetime) -> NameRequest:
    """Put the requested name on the certificate, and mail the trainer that it was changed as they
    asked. Idempotent.

    Raises Refusal when `by` is no registrar, when the request is their own, and when it no longer
    waits.
    """
    with transaction.atomic():
        request = _lock_name_request(request)
        _check_decider(request, by)
        if request.state == State.APPROVED:
            return request
        check_step(request, State.APPROVED, "approved")
        reason = f"Request of {request.requested_at:%Y-%m-%d}"
        rename_trainer(request.trainer, name=request.after, by=by, at=at, reason=reason, requested=True)
        request.decided_by = by
        return move(request, State.APPROVED, "approved", trainer=request.trainer, by=by, at=at)


def refuse_name_request(request: NameRequest, *, words: str, by: Trainer | None, at: datetime) -> NameRequest:
    """Refuse a request with words that the trainer gets by mail. Idempotent.

    Raises Refusal when `by` is no registrar, when the request is their own or no longer waits, and
    when `words` are empty.
    """
    with transaction.atomic():
        request = _lock_name_request(request)
        _check_decider(request, by)
        if request.state == State.REFUSED:
            return request
        check_step(request, State.REFUSED, "refused")
        request.words = check_words(words, field="words", what="the reason", longest=LONGEST_WORDS)
        request.decided_by = by
        move(request, State.REFUSED, "refused", trainer=request.trainer, by=by, at=at, reason=request.words)
        queue_notice(
            REFUSED, subject=subject_of(request), event="refused", trainer=request.trainer, send_at=at
        )
        return request


def _is_free(trainer: Trainer, name: str, at: datetime) -> bool:
    left = free_changes_left(trainer, at=at)
    return left is None or (left > 0 and is_respelled(name_on_record(trainer), name))


def _request(
    trainer: Trainer, name: str, proof: WaitingFile | None, *, by: Trainer, at: datetime
) -> NameRequest:
    if proof is None:
        why = (
            "You have used your free changes"
            if is_respelled(name_on_record(trainer), name)
            else "This is another name"
        )
        raise Refusal(f"{why}, so attach a proof. A registrar looks at it.", code="proof", field="proof")
    request = NameRequest.objects.create(
        trainer=trainer,
        before=trainer.name,
        after=name,
        proof=store_document(proof, owner=trainer, by=by, at=at),
        requested_at=at,
    )
    detail = {"name": [trainer.name, name]}
    record_history(
        request, "requested", trainer=trainer, by=by, at=at, change=("", State.REQUESTED), detail=detail
    )
    return request


def _lock_name_request(request: NameRequest) -> NameRequest:
    """Return the request under lock, after its trainer."""
    trainer = Trainer.objects.select_for_update().get(pk=request.trainer_id)
    request = NameRequest.objects.select_for_update().get(pk=request.pk)
    request.trainer = trainer
    return request


def _check_decider(request: NameRequest, by: Trainer | None) -> None:
    if by is None or not by.has_perm(DECIDE):
        raise Refusal("Only a registrar may do this.", code="not_allowed")
    if by.pk == request.trainer_id:
        raise Refusal(OWN_NAME, code="own_case")
    check_registrar(request.trainer, by)
