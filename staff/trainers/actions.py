"""How staff act on accounts and credentials: each says what follows, and calls one service."""

from typing import Any

from django.http import HttpRequest

from core import clock
from core.templatetags.words import day
from outbox.copies import send_copy
from outbox.models import Notice
from outbox.resending import address_of, send_again
from staff.actions import Act
from staff.trainers.forms import EmailForm, LeadForm, NameForm, ReasonForm, RolesForm, ZoneForm
from trainers.lookups import current_cycle
from trainers.models import Credential, Trainer
from trainers.services import (
    reinstate_credential,
    rename_trainer,
    revoke_credential,
    suspend_credential,
)
from trainers.services.profile import set_time_zone
from trainers.services.registrar import (
    change_email,
    check_registrar,
    deactivate_trainer,
    reactivate_trainer,
    set_roles,
)

HELD = "From that day they are not certified and cannot renew."


def suspend(request: HttpRequest, credential: Credential) -> Act:
    return _step(request, credential, ("Suspend", "suspended"), suspend_credential, HELD, danger=True)


def reinstate(request: HttpRequest, credential: Credential) -> Act:
    line = "From that day they may renew again. The expiration date stays what it was."
    return _step(request, credential, ("Reinstate", "reinstated"), reinstate_credential, line)


def revoke(request: HttpRequest, credential: Credential) -> Act:
    return _step(request, credential, ("Revoke", "revoked"), revoke_credential, HELD, danger=True)


def _step(
    request: HttpRequest,
    credential: Credential,
    words: tuple[str, str],
    service: Any,
    line: str,
    *,
    danger: bool = False,
) -> Act:
    verb, done = words

    def do(answers: dict[str, Any]) -> str:
        service(credential, by=request.user, at=clock.now(), **answers)
        return f"Certification {credential.display_number} is {done}."

    cycle = (
        f"The current cycle of {credential.trainer.name} ends on {day(current_cycle(credential).expires_on)}."
    )
    return Act(
        title=f"{verb} certification {credential.display_number}",
        button=f"{verb} this certification",
        do=do,
        form=LeadForm,
        initial={"on": clock.today(credential.policy.time_zone)},
        lines=(f"It is {credential.get_state_display().lower()} now. {cycle}", line),
        danger=danger,
    )


def change_name(request: HttpRequest, trainer: Trainer) -> Act:
    def do(answers: dict[str, Any]) -> str:
        check_registrar(trainer, request.user)
        rename_trainer(trainer, by=request.user, at=clock.now(), **answers)
        return f"The name is {answers['name']} now."

    return Act(
        title=f"Change the name of {trainer.name}",
        button="Change the name",
        do=do,
        form=NameForm,
        initial={"name": trainer.name},
        lines=("It is printed on the certificate.",),
    )


def change_address(request: HttpRequest, trainer: Trainer) -> Act:
    def do(answers: dict[str, Any]) -> str:
        change_email(trainer, by=request.user, at=clock.now(), **answers)
        return f"They sign in with {answers['email'].lower()} now."

    return Act(
        title=f"Change the email address of {trainer.name}",
        button="Change the address",
        do=do,
        form=EmailForm,
        initial={"email": trainer.email},
        lines=("They sign in with the new address and confirm it with a code. We tell the old one.",),
    )


def change_zone(request: HttpRequest, trainer: Trainer) -> Act:
    def do(answers: dict[str, Any]) -> str:
        check_registrar(trainer, request.user)
        set_time_zone(trainer, by=request.user, at=clock.now(), **answers)
        return "The time zone is changed."

    return Act(
        title=f"Change the time zone of {trainer.name}",
        button="Change the time zone",
        do=do,
        form=ZoneForm,
        initial={"time_zone": trainer.time_zone},
        lines=("Deadlines stay in the policy's zone. Theirs is shown beside it.",),
    )


def deactivate(request: HttpRequest, trainer: Trainer) -> Act:
    def do(answers: dict[str, Any]) -> str:
        deactivate_trainer(trainer, by=request.user, at=clock.now(), **answers)
        return f"{trainer.name} can no longer sign in."

    return Act(
        title=f"Deactivate the account of {trainer.name}",
        button="Deactivate the account",
        do=do,
        form=ReasonForm,
        lines=(
            "They are signed out everywhere and cannot sign in. Nothing on record is removed.",
            "Their password goes. When you reactivate the account, they sign in with a code by email.",
        ),
        danger=True,
    )


def reactivate(request: HttpRequest, trainer: Trainer) -> Act:
    def do(answers: dict[str, Any]) -> str:
        reactivate_trainer(trainer, by=request.user, at=clock.now(), **answers)
        return f"{trainer.name} can sign in again."

    return Act(
        title=f"Reactivate the account of {trainer.name}",
        button="Reactivate the account",
        do=do,
        form=ReasonForm,
        lines=("They sign in with a code by email, and can choose a new password.",),
    )


def change_roles(request: HttpRequest, trainer: Trainer) -> Act:
    def do(answers: dict[str, Any]) -> str:
        set_roles(trainer, by=request.user, at=clock.now(), **answers)
        return "The roles are changed."

    return Act(
        title=f"Change the roles of {trainer.name}",
        button="Change the roles",
        do=do,
        form=RolesForm,
        initial={"works_here": trainer.is_staff, "groups": list(trainer.groups.all())},
    )


def send_once_more(request: HttpRequest, notice: Notice) -> Act:
    def do(answers: dict[str, Any]) -> str:
        send_again(notice, by=request.user, at=clock.now())
        return "The message is in the outbox again."

    return Act(
        title="Send this message again",
        button="Send it again",
        do=do,
        lines=(f"It goes to {address_of(notice)} within a minute.",),
    )


def send_copy_of(request: HttpRequest, notice: Notice) -> Act:
    def do(answers: dict[str, Any]) -> str:
        send_copy(notice, by=request.user, at=clock.now())
        return "A copy of the message is in the outbox."

    return Act(
        title="Send this message once more",
        button="Send it once more",
        do=do,
        lines=(
            f"Its very words go to {notice.trainer.email} within a minute.",
            "What it says may have changed since it was first sent.",
        ),
    )
