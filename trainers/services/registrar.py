"""What a registrar changes in a person's account. Only a superuser changes the accounts of people
who work here.
"""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from core.errors import Refusal
from core.models import Erasure, Merge
from trainers.models import Trainer
from trainers.models.person import normalise_email
from trainers.services.account_notices import queue_account_mail
from trainers.services.accounts import EMAIL_TAKEN, record_account_step, rename_trainer
from trainers.services.mailboxes import unmark_address
from trainers.services.people import drop_resets_of, withdraw_invitations_of
from trainers.services.sessions import end_signed_in
from trainers.services.superusers import require_another_superuser

OWN_NAME = "Another registrar must decide about your own name."


def check_registrar(trainer: Trainer, by: Trainer | None) -> None:
    """Raise Refusal unless `by` may change this account. A registrar must not gain a colleague's
    rights by changing it.
    """
    if by is None or not by.has_perm("trainers.change_trainer"):
        raise Refusal("Only a registrar may do this.", code="not_allowed")
    if (trainer.is_staff or trainer.is_superuser) and not by.is_superuser:
        raise Refusal(
            "Only a superuser may change the account of somebody who works here.", code="works_here"
        )
    if Erasure.objects.filter(trainer=trainer, state__in=Erasure.IN_FORCE).exists():
        raise Refusal("The data of this account is erased. It stays as it is.", code="erased")
    if Merge.objects.filter(going=trainer).exists():
        raise Refusal("This account is part of another one now. It stays closed.", code="merged")


def change_name(trainer: Trainer, *, name: str, by: Trainer | None, at: datetime, reason: str) -> Trainer:
    """Change the name on somebody else's certificate without a proof. Idempotent.

    Raises Refusal for one's own name, for which a registrar uses `names/` like everybody (Q28).
    """
    with transaction.atomic():
        trainer = _lock_trainer(trainer, by)
        if by and by.pk == trainer.pk:
            raise Refusal(OWN_NAME, code="own_case")
        return rename_trainer(trainer, name=name, by=by, at=at, reason=reason)


def change_email(trainer: Trainer, *, email: str, by: Trainer | None, at: datetime, reason: str) -> Trainer:
    """Change the address that a person signs in with, and mail the old one. Idempotent. The new
    address is unconfirmed until the person signs in with it.

    Raises Refusal (field "email") when another account has it.
    """
    with transaction.atomic():
        trainer = _lock_trainer(trainer, by)
        before, email = trainer.email, normalise_email(email)
        if before == email:
            return trainer
        trainer.email = email
        _save_email(trainer)
        unmark_address(trainer, by=by, at=at, reason="Another address")
        queue_account_mail("email_changed", before, {"user": trainer}, at=at)
        return record_account_step(
            trainer, "email_changed", by=by, at=at, reason=reason, detail={"email": [before, email]}
        )


def deactivate_trainer(trainer: Trainer, *, by: Trainer | None, at: datetime, reason: str) -> Trainer:
    """Deactivate an account: nobody can sign in to it, and every session ends for good, and so does an
    open invitation to work here, which would open it again. Idempotent.

    The password is removed, because a session is tied to it and would be valid again when the
    account is reactivated. The person then signs in with a mailed code.
    """
    with transaction.atomic():
        trainer = _lock_trainer(trainer, by)
        if not trainer.is_active:
            return trainer
        if by and by.pk == trainer.pk:
            raise Refusal("You cannot close your own account here.", code="own_account")
        require_another_superuser(trainer)
        trainer.is_active = False
        trainer.set_unusable_password()
        trainer.save(update_fields=["is_active", "password"])
        end_signed_in(trainer)
        withdraw_invitations_of(trainer, by=by, at=at)
        return record_account_step(trainer, "deactivated", by=by, at=at, reason=reason)


def reactivate_trainer(trainer: Trainer, *, by: Trainer | None, at: datetime, reason: str) -> Trainer:
    """Reactivate an account. Idempotent."""
    with transaction.atomic():
        trainer = _lock_trainer(trainer, by)
        if trainer.is_active:
            return trainer
        trainer.is_active = True
        trainer.save(update_fields=["is_active"])
        return record_account_step(trainer, "reactivated", by=by, at=at, reason=reason)


def set_roles(
    trainer: Trainer, *, works_here: bool, groups: Iterable[Group], by: Trainer | None, at: datetime
) -> Trainer:
    """Set whether somebody works here, and in which groups, in the place of what an open invitation
    offers. Raises Refusal unless a superuser decides about somebody else.
    """
    groups = sorted(groups, key=lambda group: group.name)
    with transaction.atomic():
        trainer = _lock_trainer(trainer, by)
        if by is None or not by.is_superuser or by.pk == trainer.pk:
            raise Refusal("Another superuser must decide about this.", code="not_allowed")
        before = [trainer.is_staff, *trainer.groups.order_by("name").values_list("name", flat=True)]
        after = [works_here, *(group.name for group in groups)]
        if before == after:
            return trainer
        if not works_here and trainer.is_superuser:
            raise Refusal("Unmake the superuser first.", code="superuser")
        trainer.is_staff = works_here
        trainer.save(update_fields=["is_staff"])
        trainer.groups.set(groups)
        withdraw_invitations_of(trainer, by=by, at=at)
        if not works_here:
            drop_resets_of(trainer, by=by, at=at)
        return record_account_step(trainer, "roles_changed", by=by, at=at, detail={"roles": [before, after]})


def _lock_trainer(trainer: Trainer, by: Trainer | None) -> Trainer:
    trainer = Trainer.objects.select_for_update().get(pk=trainer.pk)
    check_registrar(trainer, by)
    return trainer


def _save_email(trainer: Trainer) -> None:
    try:
        with transaction.atomic():
            trainer.save(update_fields=["email"])
            EmailAddress.objects.filter(user=trainer).delete()
            EmailAddress.objects.create(user=trainer, email=trainer.email, primary=True, verified=False)
    except IntegrityError:
        raise Refusal(EMAIL_TAKEN, code="email_taken", field="email") from None
