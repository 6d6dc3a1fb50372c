"""What staff state about a person where the policy asks for it, such as whether they are a member."""

from collections.abc import Iterator

from core import clock
from core.errors import Refusal
from staff.actions import Action, ActionLink, Answers
from staff.forms import ReasonForm
from staff.trainers.acting import may_change_account, page_of_credential
from staff.trainers.doing import RECORD, Person, person_actions
from trainers.circumstances import facts_asked_of, known_facts
from trainers.fact_forms import fact_form_class, initial_answers
from trainers.lookups import current_cycle
from trainers.models import Credential, Trainer
from trainers.pages.facts import fact_rows
from trainers.services.facts import set_facts

NOTHING = "The rules of this certification ask for nothing about its owner."


@person_actions(RECORD, 25)
def state_facts(person: Person) -> Iterator[ActionLink]:
    """Yield the link of each certification whose policy may ask for facts. No query."""
    if not may_change_account(person) or not person.may("trainers.change_trainer"):
        return
    for credential in person.credentials:
        if credential.policy.wide:
            page = page_of_credential("facts", credential)
            yield from person.links_of(credential, ("What the rules ask…", page))


def action_to_set_facts(credential: Credential, by: Trainer) -> Action:
    """Return the action by which a registrar states or corrects what the policy of a certification asks
    about its holder.
    """
    asked = facts_asked_of(current_cycle(credential))
    known = known_facts(credential, asked)

    def do(answers: Answers) -> str:
        if not asked:
            raise Refusal(NOTHING, code="nothing")
        reason = answers.pop("reason")
        set_facts(credential, answers=answers, by=by, at=clock.now(), reason=reason)
        return "It is saved. The rules count with it from now on."

    rows = fact_rows(asked, known)
    return Action(
        title=f"What the rules of {credential.display_number} ask about {credential.trainer.name}",
        button="Save",
        do=do,
        form=fact_form_class(asked, ReasonForm),
        initial=initial_answers(known),
        present="; ".join(f"{one.label}: {one.value}" for one in rows),
        lines=("What is left out counts as not so. Charges that were made stay as they are.",)
        if asked
        else (NOTHING,),
    )
