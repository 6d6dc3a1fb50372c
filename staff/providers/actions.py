"""What staff do about the people and the reports of providers. Each action calls one service."""

from ceus.models import Provider
from core import clock
from providers import services
from providers.models import Completion, ProviderPerson
from providers.notice_codes import INVITED
from staff.actions import Action, Answers, preview_notice
from staff.forms import ReasonForm
from staff.providers.forms import InvitePersonForm
from trainers.models import Trainer

NEW_LINK = "The mail has a link that works for 7 days. They sign in with a code and set up a second factor."
SEES = "They see the courses and reports of this provider, and of trainers only a number with its name."


def action_to_invite(provider: Provider, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.invite_provider_person(provider, by=by, at=clock.now(), **answers)
        return f"{answers['name']} is invited."

    return Action(
        title=f"Invite somebody to report for {provider.name}",
        button="Send the invitation",
        do=do,
        form=InvitePersonForm,
        preview=lambda answers: preview_notice(lambda: do(answers), kind=INVITED),
        lines=(NEW_LINK, SEES),
    )


def action_to_invite_again(role: ProviderPerson, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.send_provider_invitation_again(role, by=by, at=clock.now())
        return f"{role.person.name} gets a new link. The one before works no more."

    return Action(
        title=f"Send the invitation of {role.person.name} again",
        button="Send it again",
        do=do,
        preview=lambda answers: preview_notice(lambda: do(answers), kind=INVITED),
        lines=(NEW_LINK, "The link that was sent before works no more."),
    )


def action_to_end_role(role: ProviderPerson, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.end_provider_role(role, by=by, at=clock.now(), **answers)
        return f"{role.person.name} reports for {role.provider.name} no more."

    return Action(
        title=f"End the role of {role.person.name} at {role.provider.name}",
        button="End the role",
        do=do,
        form=ReasonForm,
        lines=("They are signed out everywhere, and their account is closed. What they reported stays.",),
        danger=True,
    )


def action_to_keep(completion: Completion, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.decide_held_completion(completion, keep=True, by=by, at=clock.now(), **answers)
        return "It stays as it is."

    return Action(
        title="Keep what the provider took back",
        button="Keep it",
        do=do,
        form=ReasonForm,
        lines=("The record stays as it is, and the provider’s correction has no effect.",),
    )


def action_to_take_off(completion: Completion, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.decide_held_completion(completion, keep=False, by=by, at=clock.now(), **answers)
        return "It no longer counts. The trainer gets a mail."

    return Action(
        title="Take off what the provider took back",
        button="Take it off",
        do=do,
        form=ReasonForm,
        lines=("Only what no renewal claims can be taken off. What the trainer logged before is restored.",),
        danger=True,
    )
