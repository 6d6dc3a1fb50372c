"""What staff do about employers and their people, and about entries of the directory. Each action calls one
service.
"""

from collections.abc import Callable

from core import clock
from core.policy_words import in_policy_words
from employers import services
from employers.models import Employer, Listing
from employers.notice_codes import ENTRY, INVITED
from staff.actions import Action, Answers, preview_notice
from staff.forms import ReasonForm, WordsForm
from staff.organisations.people import RoleActions
from trainers.models import Trainer

PEOPLE = RoleActions(
    invite=services.invite_employer_person,
    send_again=services.send_employer_invitation_again,
    end=services.end_employer_role,
    notice=INVITED,
    invite_title="Invite somebody to see the team of {organisation}",
    sees=in_policy_words(
        "They see name, certification, state and last day of {holders} who consented, and nothing else."
    ),
    ended="{name} sees the team of {organisation} no more.",
)


def action_to_close(employer: Employer, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.close_employer(employer, by=by, at=clock.now(), **answers)
        return f"{employer.name} is closed."

    return Action(
        title=f"Close {employer.name}",
        button="Close the employer",
        do=do,
        form=ReasonForm,
        lines=(
            "Its people are signed out and their accounts closed, and its programs' keys revoked. It sees no certification any more.",
            "This cannot be undone: add the employer under another name if it comes back.",
        ),
        danger=True,
    )


def action_to_take_off(listing: Listing, by: Trainer) -> Action:
    line = "It is gone at once. They cannot make a new one until somebody here allows it."
    return _about_entry(
        listing, by, services.take_off_listing, "Take {} off the directory", line, danger=True
    )


def action_to_empty_city(listing: Listing, by: Trainer) -> Action:
    line = f"“{listing.city}” is gone at once. The rest of the entry stays, and they can write another city."
    return _about_entry(listing, by, services.empty_listed_city, "Empty the city of {}", line)


def action_to_allow_again(listing: Listing, by: Trainer) -> Action:
    line = (
        "They can put themselves into the directory again. The entry that was taken off does not come back."
    )
    return _about_entry(listing, by, services.reinstate_listing, "Let {} enter again", line)


def _about_entry(
    listing: Listing,
    by: Trainer,
    service: Callable[..., object],
    title: str,
    line: str,
    *,
    danger: bool = False,
) -> Action:
    def do(answers: Answers) -> str:
        service(listing, by=by, at=clock.now(), **answers)
        return "Done. They get a mail."

    said = title.format(listing.trainer.name)
    return Action(
        title=said,
        button=said,
        do=do,
        form=WordsForm,
        lines=(line,),
        preview=lambda answers: preview_notice(lambda: do(answers), kind=ENTRY),
        danger=danger,
    )
