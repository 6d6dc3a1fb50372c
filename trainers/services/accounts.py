"""Create a person's account, and change the person's name."""

from collections.abc import Mapping
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from core.errors import Refusal
from core.history import record_history
from rules.names import LONGEST_NAME, clean_name, is_a_name
from trainers.models import Trainer
from trainers.models.person import normalise_email
from trainers.services.account_notices import queue_name_mail

EMAIL_TAKEN = "Another account has this email address."
RENAMED = "renamed"  # set here: a roster leaves such a name alone


def create_trainer(
    *,
    email: str,
    name: str,
    by: Trainer | None,
    at: datetime,
    time_zone: str = "America/Phoenix",
    password: str | None = None,
) -> Trainer:
    """Create an account with an unverified address. Without a password the person gets in by the
    first visit or a mailed code.

    Raises Refusal (field "email") when another account has the address.
    """
    with transaction.atomic():
        try:
            with transaction.atomic():
                trainer = Trainer.objects.create_user(
                    email, password, name=clean_name(name), time_zone=time_zone, joined_at=at
                )
        except IntegrityError:
            raise Refusal(EMAIL_TAKEN, code="email_taken", field="email") from None
        EmailAddress.objects.create(user=trainer, email=normalise_email(email), primary=True, verified=False)
        record_history(trainer, "joined", trainer=trainer, by=by, at=at)
    return trainer


def check_name(name: str) -> None:
    """Raise Refusal (field "name") for a name that cannot be printed."""
    if not is_a_name(name):
        raise Refusal(
            f"Write a name of 1 to {LONGEST_NAME} characters, with letters.", code="name_length", field="name"
        )


def rename_trainer(
    trainer: Trainer,
    *,
    name: str,
    by: Trainer | None,
    at: datetime,
    reason: str = "",
    requested: bool = False,
) -> Trainer:
    """Change the name on the certificate and mail the trainer the old and the new one (Q28).

    With `requested` the mail says that the trainer asked for it. Raises Refusal (field "name") when
    the name is empty or too long. Whether a trainer may change it without a proof is decided in
    `names/`.
    """
    name = clean_name(name)
    check_name(name)
    with transaction.atomic():
        trainer = Trainer.objects.select_for_update().get(pk=trainer.pk)
        if trainer.name == name:
            return trainer
        detail = {"name": [trainer.name, name]}
        trainer.name = name
        trainer.save(update_fields=["name"])
        entry = record_history(trainer, RENAMED, trainer=trainer, by=by, at=at, reason=reason, detail=detail)
        queue_name_mail(trainer, entry, requested=requested)
    return trainer


def record_account_step(
    person: Trainer,
    verb: str,
    *,
    by: Trainer | None,
    at: datetime,
    reason: str = "",
    detail: Mapping[str, object] | None = None,
) -> Trainer:
    """Record a change of an account in its own history; return the account."""
    record_history(person, verb, trainer=person, by=by, at=at, reason=reason, detail=detail)
    return person
