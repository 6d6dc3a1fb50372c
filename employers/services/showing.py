"""A trainer shows their certification on other sites, and stops that."""

import secrets
from datetime import datetime

from django.db import transaction

from core.errors import NOT_YOURS, Refusal
from core.history import record_history
from core.transitions import move
from employers.models import Widget
from employers.models.widget import CODE_LENGTH
from trainers.models import Credential, Trainer


def start_widget(credential: Credential, *, by: Trainer, at: datetime) -> Widget:
    """Show the state of a credential at an address of its own, until its holder stops that.
    Idempotent. Raises Refusal for anybody but the holder.
    """
    with transaction.atomic():
        trainer, credential = _lock_credential(credential, by)
        widget = Widget.objects.select_for_update().filter(credential=credential).first()
        if widget is None:
            code = secrets.token_hex(CODE_LENGTH // 2)
            widget = Widget.objects.create(credential=credential, code=code, made_at=at)
            record_history(widget, "shown", trainer=trainer, by=by, at=at, change=("", widget.state))
            return widget
        if widget.state == Widget.State.SHOWN:
            return widget
        return move(widget, Widget.State.SHOWN, "shown", trainer=trainer, by=by, at=at)


def stop_widget(credential: Credential, *, by: Trainer, at: datetime) -> None:
    """Stop showing a credential at the address of its widget. Idempotent. Raises Refusal for anybody but
    the holder.
    """
    with transaction.atomic():
        trainer, credential = _lock_credential(credential, by)
        _stop(trainer, credentials=[credential], by=by, at=at)


def stop_widgets_of(trainer: Trainer, *, by: Trainer | None, at: datetime) -> None:
    """Show nothing any more of a trainer whose account ends. Only inside a transaction, with the
    trainer locked.
    """
    _stop(trainer, credentials=list(trainer.credentials.all()), by=by, at=at)


def _stop(trainer: Trainer, *, credentials: list[Credential], by: Trainer | None, at: datetime) -> None:
    shown = Widget.objects.select_for_update().filter(credential__in=credentials, state="shown")
    for widget in shown.order_by("pk"):
        move(widget, Widget.State.HIDDEN, "hidden", trainer=trainer, by=by, at=at)


def _lock_credential(credential: Credential, by: Trainer) -> tuple[Trainer, Credential]:
    trainer = Trainer.objects.select_for_update(no_key=True).get(pk=by.pk)
    found = Credential.objects.known().filter(pk=credential.pk, trainer=trainer).first()
    if found is None or not trainer.is_active:
        raise Refusal(NOT_YOURS, code="not_allowed")
    return trainer, found
