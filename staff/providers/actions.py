"""What staff do about the people and the reports of providers. Each action calls one service."""

from ceus.models import Provider
from core import clock
from core.policy_words import fill_policy_words, in_policy_words
from providers import services
from providers.models import Completion, IssuerKey
from providers.notice_codes import INVITED
from staff.actions import Action, Answers
from staff.forms import ReasonForm
from staff.organisations.people import RoleActions
from staff.providers.forms import IssuerKeyForm, OtherBodyForm
from trainers.models import Trainer

DIFFERS = "The report differs from a renewal that was sent. Nothing was taken back."
TAKEN_BACK = "The provider took it back after the renewal was sent."
PEOPLE = RoleActions(
    invite=services.invite_provider_person,
    send_again=services.send_provider_invitation_again,
    end=services.end_provider_role,
    notice=INVITED,
    invite_title="Invite somebody to report for {organisation}",
    sees=in_policy_words(
        "They see the courses and reports of this provider, and of {holders} only a number with its name."
    ),
    ended="{name} reports for {organisation} no more.",
    stays="What they reported stays.",
)


def action_to_keep(completion: Completion, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.decide_completion_for_staff(completion, keep=True, by=by, at=clock.now(), **answers)
        return "It stays as it is."

    why = DIFFERS if completion.differs else TAKEN_BACK
    return Action(
        title="Keep the record as it is",
        button="Keep it",
        do=do,
        form=ReasonForm,
        lines=(why, "The record stays as it is, and what the provider says now has no effect."),
    )


def action_to_take_off(completion: Completion, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.decide_completion_for_staff(completion, keep=False, by=by, at=clock.now(), **answers)
        return fill_policy_words("It no longer counts. The {holder} gets a mail.")

    why = DIFFERS if completion.differs else TAKEN_BACK
    return Action(
        title="Take off what the provider reported",
        button="Take it off",
        do=do,
        form=ReasonForm,
        lines=(
            why,
            fill_policy_words(
                "Only what no renewal claims can be taken off. What the {holder} logged before is restored."
            ),
        ),
        danger=True,
    )


def action_to_add_key(provider: Provider, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.add_issuer_key(provider, by=by, at=clock.now(), **answers)
        return "The key is added."

    return Action(
        title=f"Add a key with which {provider.name} signs badges",
        button="Add the key",
        do=do,
        form=IssuerKeyForm,
        lines=(
            fill_policy_words(
                "A badge that {a_holder} uploads and this key signed counts at once, as a report of the provider."
            ),
        ),
    )


def action_to_add_body(by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.add_issuer_key(None, by=by, at=clock.now(), **answers)
        return "The key is added."

    return Action(
        title="Add a key of another body",
        button="Add the key",
        do=do,
        form=OtherBodyForm,
        lines=(
            fill_policy_words(
                "What it signed, and {a_holder} uploads, becomes a petition that is filled in."
            ),
        ),
    )


def action_to_end_key(key: IssuerKey, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.end_issuer_key(key, by=by, at=clock.now())
        return "The key is believed no more."

    return Action(
        title=f"End the key of {key.owner_name}",
        button="End the key",
        do=do,
        lines=("Files that it signed are refused from now on. What was counted stays.",),
        danger=True,
    )
