"""Our adapters for allauth: they queue its mails in the outbox, write history, and use our
sentences.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse

from core import clock
from core.history import record_history
from trainers import known_devices
from trainers.allauth_internals import address_of_the_code, came_from_provider
from trainers.email_addresses import drop_other_addresses, keep_one_address
from trainers.forms import TOO_MANY
from trainers.lookups import credential_of
from trainers.models import Trainer
from trainers.models.person import normalise_email
from trainers.notice_codes import UNKNOWN
from trainers.sealing import seal_seed, unseal_seed
from trainers.services.account_notices import queue_account_mail
from trainers.services.mailboxes import unmark_address
from trainers.services.sessions import forget_devices

CODE_SENT = "account/messages/login_code_sent.txt"  # allauth's own name of the message
WRONG_CODE = "This is not the code. Check it, or ask for a new one."


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, object]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "This email address and password do not belong together. Check both, or ask for a sign-in code.",
        "email_taken": "Choose another address: this one cannot be used.",
        "enter_current_password": "Enter your current password as it is now.",
        "incorrect_code": WRONG_CODE,
        "incorrect_password": "This is not your password. Try again.",
        "invalid_login": "Enter your email address.",
        "rate_limited": TOO_MANY,
        "same_as_current": "This is the address you already have.",
        "too_many_login_attempts": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        queue_account_mail(template_prefix, email, context, at=clock.now())
        if self.request is not None:
            self.request.asked_for_mail = True

    def add_message(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        """Show the message. When it claims that a code was sent again although nobody has the
        address, take as long as sending a mail would: the time of the answer must not reveal that.
        """
        if CODE_SENT in args and not hasattr(request, "asked_for_mail"):
            queue_account_mail(UNKNOWN, "", {}, at=clock.now())
        super().add_message(request, *args, **kwargs)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Trainer,
        context: dict[str, object] | None = None,
        email: str | None = None,
    ) -> None:
        self.send_mail(template_prefix, email or user.email, {"user": user, **(context or {})})

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count an attempt to sign in: by the address, or by the device if the owner of the address
        has signed in on it before.
        """
        counted_by = known_devices.counted_by(request, credentials.get("email", ""))
        super().pre_authenticate(request, **{**credentials, "email": counted_by})

    def pre_login(self, request: HttpRequest, user: Trainer, **options: object) -> HttpResponse | None:
        """Mark the account's address as verified when the person signs in with a code mailed to it.

        A password does not verify the address: a registrar may have typed a new one since the
        password was chosen. allauth mails a code to an unverified address, and lets the person in
        once it is typed in.
        """
        refused: HttpResponse | None = super().pre_login(request, user, **options)
        if refused is None:
            drop_other_addresses(user)
            if normalise_email(address_of_the_code(request, user)) == user.email:
                keep_one_address(user)
                unmark_address(
                    user, by=user, at=clock.now(), reason="A code that was sent there was typed in"
                )
        return refused

    def reauthenticate(self, user: Trainer, password: str) -> bool:
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def set_password(self, user: Trainer, password: str) -> None:
        with transaction.atomic():
            super().set_password(user, password)
            record_history(user, "password_set", trainer=user, by=user, at=clock.now())

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Replace the account's address by the new one, which was verified, and record that in the
        history.
        """
        trainer = email_address.user
        before = trainer.email
        with transaction.atomic():
            confirmed = bool(super().confirm_email(request, email_address))
            if confirmed:
                unmark_address(trainer, by=trainer, at=clock.now(), reason="The address was confirmed")
            if confirmed and before != trainer.email:
                detail = {"email": [before, trainer.email]}
                record_history(
                    trainer, "email_changed", trainer=trainer, by=trainer, at=clock.now(), detail=detail
                )
        return confirmed

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if request.user.is_staff and credential_of(request.user) is None:
            return reverse("admin:index")
        return resolve_url("renewals:home")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Lead whoever signed in at their organisation to a page that says so: they are still signed
        in there.
        """
        if request.user.is_authenticated and came_from_provider(request, request.user):
            return reverse("trainers:oidc_signed_out")
        return str(super().get_logout_redirect_url(request))

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.mfa.stages.AuthenticateStage": "trainers.allauth_internals.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("trainers:account")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("trainers:account")


class SessionsAdapter(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        """End the sessions that a person chose to end, and forget every device on which the person
        has signed in.
        """
        sessions = list(sessions)
        super().end_sessions(sessions)
        for person in {session.user for session in sessions}:
            forget_devices(person)


class MFAAdapter(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, object]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "You need this to sign in, so it cannot be removed.",
        "cannot_generate_recovery_codes": "Add an authenticator app or a passkey first.",
        "incorrect_code": "This is not the code. Enter the one that your app shows now.",
        "unverified_email": "Sign out, sign in with a code sent by email, then try again.",
    }

    def encrypt(self, text: str) -> str:
        """Return the seed of a second factor encrypted, as it is stored."""
        return seal_seed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored seed decrypted. A seed that was stored before seeds were encrypted is
        returned unchanged.
        """
        return unseal_seed(encrypted_text)

    def generate_authenticator_name(self, user: Trainer, type: object) -> str:
        kept = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {kept + 1}"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Return whether the authenticator may be removed. Staff keep at least one, because the
        staff side requires it.
        """
        return not authenticator.user.is_staff or _has_another(authenticator)


def _has_another(authenticator: Authenticator) -> bool:
    factors = Authenticator.objects.filter(
        user_id=authenticator.user_id, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    )
    return bool(factors.exclude(pk=authenticator.pk).exists())
