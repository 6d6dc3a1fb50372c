"""What staff may do to accounts and credentials. The page of each action states the consequences;
the action then calls one service.
"""

from collections.abc import Callable
from datetime import date

from cases.revoking import propose_revocation
from core import clock
from core.errors import Refusal
from core.policy_words import fitting_policies
from core.templatetags.words import day
from rules.asking import needs_birthday
from staff.actions import Action, Answers, preview_notice, preview_notice_if_any
from staff.forms import ReasonForm
from staff.today import policy_today
from staff.trainers.forms import (
    EmailForm,
    LeadForm,
    NameForm,
    PolicyForm,
    PolicyWithBirthdayForm,
    RolesForm,
    ZoneForm,
)
from staff.two_people.actions import TAKES_TWO, WAITS
from trainers.lookups import current_cycle
from trainers.models import Credential, EmailChange, Trainer
from trainers.notice_codes import ADDRESS, NAME, POLICY, STANDING
from trainers.services.addresses import ask_email_change, drop_email_change
from trainers.services.credentials import reinstate_credential, suspend_credential
from trainers.services.policies import first_day_of_next, switch_policy
from trainers.services.profile import set_time_zone
from trainers.services.registrar import (
    change_name,
    check_registrar,
    deactivate_trainer,
    reactivate_trainer,
    set_roles,
)

NOT_CERTIFIED = "From that day they are not certified and cannot renew."


# --- credentials


def action_to_suspend(credential: Credential, by: Trainer) -> Action:
    words = ("Suspend", "suspended")
    return _state_action(credential, by, words, suspend_credential, NOT_CERTIFIED, danger=True)


def action_to_reinstate(credential: Credential, by: Trainer) -> Action:
    line = "From that day they may renew again. The expiration date stays what it was."
    return _state_action(credential, by, ("Reinstate", "reinstated"), reinstate_credential, line)


def action_to_revoke(credential: Credential, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        propose_revocation(credential, by=by, at=clock.now(), **answers)
        return WAITS

    return Action(
        title=f"Revoke certification {credential.display_number}",
        button="Propose to revoke it",
        do=do,
        form=LeadForm,
        initial={"on": policy_today(credential)},
        lines=(*_state_lines(credential, NOT_CERTIFIED), TAKES_TWO),
        danger=True,
    )


def _state_action(
    credential: Credential,
    by: Trainer,
    words: tuple[str, str],
    service: Callable[..., object],
    line: str,
    *,
    danger: bool = False,
) -> Action:
    verb, done = words

    def do(answers: Answers) -> str:
        service(credential, by=by, at=clock.now(), **answers)
        return f"Certification {credential.display_number} is {done}."

    return Action(
        title=f"{verb} certification {credential.display_number}",
        button=f"{verb} this certification",
        do=do,
        form=LeadForm,
        initial={"on": policy_today(credential)},
        lines=_state_lines(credential, line),
        preview=lambda answers: preview_notice(lambda: do(answers), kind=STANDING),
        danger=danger,
    )


def _state_lines(credential: Credential, line: str) -> tuple[str, str]:
    cycle, name = current_cycle(credential), credential.trainer.name
    ends = f"The current cycle of {name} ends on {day(cycle.expires_on)}."
    if cycle.is_for_life:
        ends = f"The certification of {name} is for life."
    return f"It is {credential.get_state_display().lower()} now. {ends}", line


def action_to_switch(credential: Credential, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        switch_policy(credential, by=by, at=clock.now(), **answers)
        since = f"From {day(first_day)}" if first_day else "From its next renewal on"
        return f"{since} it follows the rules that you chose."

    planned, cycle = credential.next_policy_code, current_cycle(credential)
    first_day = first_day_of_next(credential)
    begins = f"The next cycle begins {_on_day(first_day)}. The running one stays as it is."
    now = f"It follows {credential.policy.title} ({credential.policy_code})."
    return Action(
        title=f"Rules of certification {credential.display_number}",
        button="Choose these rules",
        do=do,
        form=PolicyWithBirthdayForm if _asks_birthday(credential) else PolicyForm,
        initial={"policy": planned or credential.policy_code},
        lines=(
            f"{now} Chosen for the next cycle: {planned}." if planned else now,
            "It is for life: no next cycle begins." if cycle.is_for_life else begins,
        ),
        preview=lambda answers: preview_notice_if_any(lambda: do(answers), kind=POLICY),
    )


def _on_day(first_day: date | None) -> str:
    if first_day:
        return f"on {day(first_day)}"
    return "on the day on which its renewal is received or approved, as the rules of the running one say"


def _asks_birthday(credential: Credential) -> bool:
    """Return whether a day of birth is unknown from which some policy that can be chosen counts."""
    return credential.trainer.born_on is None and any(map(needs_birthday, fitting_policies()))


# --- accounts


def action_to_change_name(trainer: Trainer, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        change_name(trainer, by=by, at=clock.now(), **answers)
        return f"The name is {answers['name']} now."

    return Action(
        title=f"Change the name of {trainer.name}",
        button="Change the name",
        do=do,
        form=NameForm,
        initial={"name": trainer.name},
        preview=lambda answers: preview_notice_if_any(lambda: do(answers), kind=NAME),
        present=trainer.name,
        lines=("It is printed on the certificate.",),
    )


def action_to_change_email(trainer: Trainer, by: Trainer) -> Action:
    waiting = EmailChange.objects.waiting().filter(trainer=trainer).first()

    def do(answers: Answers) -> str:
        change = ask_email_change(trainer, by=by, at=clock.now(), **answers)
        return f"We sent a link to {change.after}. Until it is opened they sign in with {change.before}."

    return Action(
        title=f"Change the email address of {trainer.name}",
        button="Ask the new address",
        do=do,
        form=EmailForm,
        initial={"email": waiting.after if waiting else trainer.email},
        preview=lambda answers: preview_notice(lambda: do(answers), kind=ADDRESS),
        present=waiting.after if waiting else trainer.email,
        lines=(
            "Nothing changes before whoever reads the new address opens the link that we send there.",
            "We tell the old address at once, and again when it is changed.",
            *([f"A change to {waiting.after} waits: take it back first."] if waiting else []),
        ),
    )


def action_to_drop_email(trainer: Trainer, by: Trainer) -> Action:
    waiting = EmailChange.objects.waiting().filter(trainer=trainer).first()

    def do(answers: Answers) -> str:
        if waiting is None:
            raise Refusal("No change of address waits.", code="nothing")
        drop_email_change(waiting, by=by, at=clock.now(), **answers)
        return "It is taken back. The link does not work any more."

    return Action(
        title=f"Take back the new address of {trainer.name}",
        button="Take it back",
        do=do,
        form=ReasonForm,
        lines=(f"A change to {waiting.after} waits." if waiting else "No change of address waits.",),
    )


def action_to_change_zone(trainer: Trainer, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        check_registrar(trainer, by)
        set_time_zone(trainer, by=by, at=clock.now(), **answers)
        return "The time zone is changed."

    return Action(
        title=f"Change the time zone of {trainer.name}",
        button="Change the time zone",
        do=do,
        form=ZoneForm,
        initial={"time_zone": trainer.time_zone},
        present=trainer.time_zone,
        lines=("Deadlines stay in the policy's zone. Theirs is shown beside it.",),
    )


def action_to_deactivate(trainer: Trainer, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        deactivate_trainer(trainer, by=by, at=clock.now(), **answers)
        return f"{trainer.name} can no longer sign in."

    return Action(
        title=f"Deactivate the account of {trainer.name}",
        button="Deactivate the account",
        do=do,
        form=ReasonForm,
        lines=(
            "They are signed out everywhere and cannot sign in. Nothing on record is removed.",
            "Their password is removed. When you reactivate the account, they sign in with a code by email.",
        ),
        danger=True,
    )


def action_to_reactivate(trainer: Trainer, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        reactivate_trainer(trainer, by=by, at=clock.now(), **answers)
        return f"{trainer.name} can sign in again."

    return Action(
        title=f"Reactivate the account of {trainer.name}",
        button="Reactivate the account",
        do=do,
        form=ReasonForm,
        lines=("They sign in with a code by email, and can choose a new password.",),
    )


def action_to_change_roles(trainer: Trainer, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        set_roles(trainer, by=by, at=clock.now(), **answers)
        return "The roles are changed."

    groups = list(trainer.groups.order_by("name"))
    works = "works here" if trainer.is_staff else "does not work here"
    return Action(
        title=f"Change the roles of {trainer.name}",
        button="Change the roles",
        do=do,
        form=RolesForm,
        initial={"works_here": trainer.is_staff, "groups": groups},
        present=", ".join([works, *map(str, groups)]),
    )
