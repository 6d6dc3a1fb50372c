"""The person's account: made once, renamed by the registrar."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from core.errors import Refusal
from core.history import record_history
from trainers.models import Trainer
from trainers.models.person import normalise_email
from trainers.names import LONGEST_NAME, is_a_name

EMAIL_TAKEN = "Another account has this email address."


def create_trainer(
    *,
    email: str,
    name: str,
    by: Trainer | None,
    at: datetime,
    time_zone: str = "America/Phoenix",
    password: str | None = None,
) -> Trainer:
    """Create an account with its unverified address; without a password it is reached by claiming
    or by an emailed code.

    Raises Refusal (field "email") when the address has an account.
    """
    with transaction.atomic():
        try:
            with transaction.atomic():
                trainer = Trainer.objects.create_user(
                    email, password, name=name, time_zone=time_zone, joined_at=at
                )
        except IntegrityError:
            raise Refusal(EMAIL_TAKEN, code="email_taken", field="email") from None
        EmailAddress.objects.create(user=trainer, email=normalise_email(email), primary=True, verified=False)
        record_history(trainer, "joined", trainer=trainer, by=by, at=at)
    return trainer


def rename_trainer(
    trainer: Trainer, *, name: str, by: Trainer | None, at: datetime, reason: str = ""
) -> Trainer:
    """Change the name on the certificate. Raises Refusal (field "name") when it is empty or too
    long.
    """
    name = " ".join(name.split())
    if not is_a_name(name):
        raise Refusal(
            f"Write a name of 1 to {LONGEST_NAME} characters, with letters.", code="name_length", field="name"
        )
    with transaction.atomic():
        trainer = Trainer.objects.select_for_update().get(pk=trainer.pk)
        if trainer.name == name:
            return trainer
        detail = {"name": [trainer.name, name]}
        trainer.name = name
        trainer.save(update_fields=["name"])
        record_history(trainer, "renamed", trainer=trainer, by=by, at=at, reason=reason, detail=detail)
    return trainer
