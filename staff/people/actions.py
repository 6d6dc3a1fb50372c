"""What leads and superusers do to a colleague. Each action calls one service."""

from collections.abc import Callable, Iterator

from core import clock
from core.errors import Refusal
from staff.actions import Action, Answers, preview_notice
from staff.forms import ReasonForm
from staff.people.forms import InviteForm, RoleForm, roles_for, with_roles
from staff.roles import SUPERUSER
from trainers.models import FactorReset, Invitation, Trainer
from trainers.notice_codes import CHANGE, INVITED
from trainers.services.factors import ask_for_reset, confirm_reset, drop_reset
from trainers.services.identities import unlink_identities
from trainers.services.people import (
    change_role,
    end_work,
    invite_colleague,
    may_lead,
    send_invitation_again,
    withdraw_invitation,
)
from trainers.services.superusers import make_superuser, unmake_superuser

NEW_LINK = "The mail has a link that works for 24 hours. They sign in with a code and set up a second factor."
Maker = Callable[[Trainer, Trainer], Action]


def action_to_invite(by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        invite_colleague(by=by, at=clock.now(), **answers)
        return f"{answers['name']} is invited."

    return Action(
        title="Invite a colleague",
        button="Send the invitation",
        do=do,
        form=with_roles(InviteForm, roles_for(by)),
        preview=lambda answers: preview_notice(lambda: do(answers), kind=INVITED),
        lines=(NEW_LINK,),
    )


def action_to_invite_again(person: Trainer, by: Trainer) -> Action:
    invitation = _open_invitation(person)

    def do(answers: Answers) -> str:
        send_invitation_again(invitation, by=by, at=clock.now())
        return f"{person.name} gets a new link. The one before works no more."

    return Action(
        title=f"Send the invitation of {person.name} again",
        button="Send it again",
        do=do,
        preview=lambda answers: preview_notice(lambda: do(answers), kind=INVITED),
        lines=(NEW_LINK, "The link that was sent before works no more."),
    )


def action_to_withdraw(person: Trainer, by: Trainer) -> Action:
    invitation = _open_invitation(person)

    def do(answers: Answers) -> str:
        withdraw_invitation(invitation, by=by, at=clock.now())
        return f"The invitation of {person.name} is withdrawn."

    return Action(
        title=f"Withdraw the invitation of {person.name}",
        button="Withdraw the invitation",
        do=do,
        lines=("Its link works no more. They hear nothing of it.",),
        danger=True,
    )


def action_to_change_role(person: Trainer, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        change_role(person, by=by, at=clock.now(), **answers)
        return f"{person.name} is {answers['role']} now."

    roles = ", ".join(sorted(group.name for group in person.groups.all()))
    return Action(
        title=f"Change the role of {person.name}",
        button="Change the role",
        do=do,
        form=with_roles(RoleForm, roles_for(by, person)),
        initial={"role": roles},
        present=roles,
        lines=("The change takes effect on their next click.",),
    )


def action_to_end_work(person: Trainer, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        end_work(person, by=by, at=clock.now(), **answers)
        return f"{person.name} no longer works here."

    return Action(
        title=f"End the work of {person.name} here",
        button="End their work here",
        do=do,
        form=ReasonForm,
        lines=(
            "They are signed out everywhere and lose their roles. What they decided stays.",
            "Their own certification, if they have one, stays as it is.",
        ),
        danger=True,
    )


def action_to_ask_for_reset(person: Trainer, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        ask_for_reset(person, by=by, at=clock.now(), **answers)
        return "A second person must confirm the reset now."

    return Action(
        title=f"Reset the second factor of {person.name}",
        button="Ask for the reset",
        do=do,
        form=ReasonForm,
        lines=(
            "Make sure that it is them: call them, or see them. Whoever reads their mail could take their place.",
            "A second person confirms it. Then they are signed out and set up a new one.",
        ),
    )


def action_to_confirm_reset(person: Trainer, by: Trainer) -> Action:
    reset = _open_reset(person)

    def do(answers: Answers) -> str:
        confirm_reset(reset, by=by, at=clock.now())
        return f"{person.name} can set up a new second factor."

    return Action(
        title=f"Confirm the reset for {person.name}",
        button="Reset the second factor",
        do=do,
        preview=lambda answers: preview_notice(lambda: do(answers), kind=CHANGE),
        lines=(f"{reset.asked_by.name} asked for it. Make sure yourself that it is them.",),
        danger=True,
    )


def action_to_drop_reset(person: Trainer, by: Trainer) -> Action:
    reset = _open_reset(person)

    def do(answers: Answers) -> str:
        drop_reset(reset, by=by, at=clock.now())
        return "Nothing is reset."

    return Action(
        title=f"Drop the reset for {person.name}",
        button="Drop the reset",
        do=do,
        lines=("They keep the second factor that they have.",),
    )


def action_to_unlink(person: Trainer, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        unlink_identities(person, by=by, at=clock.now(), **answers)
        return f"The link of {person.name} is removed."

    return Action(
        title=f"Remove the link of {person.name} to the organisation's sign-in",
        button="Remove the link",
        do=do,
        form=ReasonForm,
        lines=(
            "They are signed out everywhere. Their next sign-in at the organisation links the account there that has their email address then.",
        ),
        danger=True,
    )


def action_to_make_superuser(person: Trainer, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        make_superuser(person, by=by, at=clock.now(), **answers)
        return f"{person.name} is a superuser now."

    return Action(
        title=f"Make {person.name} a superuser",
        button="Make them a superuser",
        do=do,
        form=ReasonForm,
        lines=(f"A superuser: {SUPERUSER[0].lower()}{SUPERUSER[1:]}",),
        danger=True,
    )


def action_to_unmake_superuser(person: Trainer, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        unmake_superuser(person, by=by, at=clock.now(), **answers)
        return f"{person.name} is a superuser no more."

    return Action(
        title=f"Let {person.name} be a superuser no more",
        button="Unmake the superuser",
        do=do,
        form=ReasonForm,
        lines=("They keep their role.",),
        danger=True,
    )


ACTIONS: dict[str, tuple[str, Maker]] = {
    "role": ("Change role…", action_to_change_role),
    "ask-reset": ("Reset second factor…", action_to_ask_for_reset),
    "confirm-reset": ("Confirm the reset…", action_to_confirm_reset),
    "drop-reset": ("Drop the reset…", action_to_drop_reset),
    "unlink": ("Remove the link to the organisation…", action_to_unlink),
    "make-superuser": ("Make a superuser…", action_to_make_superuser),
    "unmake-superuser": ("Unmake the superuser…", action_to_unmake_superuser),
    "end": ("End their work here…", action_to_end_work),
    "invite-again": ("Send the invitation again…", action_to_invite_again),
    "withdraw": ("Withdraw the invitation…", action_to_withdraw),
}


def possible_actions(
    person: Trainer,
    *,
    viewer: Trainer,
    invitation: Invitation | None,
    reset: FactorReset | None,
    is_linked: bool = False,
) -> Iterator[str]:
    """Yield the names of the actions that `viewer` may take on a colleague now."""
    if viewer.pk == person.pk:
        return
    may = may_lead(person, invitation.role if invitation else "", by=viewer)
    if invitation:
        yield from ("invite-again", "withdraw") if may else ()
        return
    if reset:
        yield from ("confirm-reset", "drop-reset") if reset.asked_by_id != viewer.pk else ("drop-reset",)
    else:
        yield "ask-reset"
    if viewer.is_superuser:
        yield "unmake-superuser" if person.is_superuser else "make-superuser"
    if may:
        yield from ("role", "end", "unlink") if is_linked else ("role", "end")


def _open_invitation(person: Trainer) -> Invitation:
    found = Invitation.objects.open().filter(person=person).first()
    if found is None:
        raise Refusal("There is no open invitation.", code="out_of_order")
    return found


def _open_reset(person: Trainer) -> FactorReset:
    found = FactorReset.objects.open().filter(person=person).select_related("asked_by").first()
    if found is None:
        raise Refusal("No reset is asked for.", code="out_of_order")
    return found
