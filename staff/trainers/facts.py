"""What staff state about a person where the policy asks for it, such as whether they are a member."""

from collections.abc import Iterator

from django.urls import reverse

from core import clock
from core.errors import Refusal
from staff.actions import Action, ActionLink, Answers
from staff.forms import ReasonForm
from staff.trainers.acting import may_change_account
from staff.trainers.doing import RECORD, Person, person_actions
from trainers.circumstances import facts_asked_of, known_facts
from trainers.fact_forms import fact_form_class, initial_answers
from trainers.lookups import cycle_of
from trainers.models import Trainer
from trainers.pages.facts import fact_rows
from trainers.services.facts import set_facts

NOTHING = "The rules of this certification ask for nothing about its owner."


@person_actions(RECORD, 25)
def state_facts(person: Person) -> Iterator[ActionLink]:
    """Yield the link, where the policy may ask for facts. No query."""
    credential = person.credential
    if (
        credential
        and credential.policy.wide
        and may_change_account(person)
        and person.may("trainers.change_trainer")
    ):
        yield ActionLink(
            "What the rules ask…", reverse("admin:trainers_trainer_facts", args=[person.trainer.pk])
        )


def action_to_set_facts(trainer: Trainer, by: Trainer) -> Action:
    """Return the action by which a registrar states or corrects what the policy asks about a person."""
    cycle = cycle_of(trainer)
    asked = facts_asked_of(cycle) if cycle else ()
    known = known_facts(cycle.credential, asked) if cycle else {}

    def do(answers: Answers) -> str:
        if cycle is None or not asked:
            raise Refusal(NOTHING, code="nothing")
        reason = answers.pop("reason")
        set_facts(cycle.credential, answers=answers, by=by, at=clock.now(), reason=reason)
        return "It is saved. The rules count with it from now on."

    rows = fact_rows(asked, known)
    return Action(
        title=f"What the rules ask about {trainer.name}",
        button="Save",
        do=do,
        form=fact_form_class(asked, ReasonForm),
        initial=initial_answers(known),
        present="; ".join(f"{one.label}: {one.value}" for one in rows),
        lines=("What is left out counts as not so. Charges that were made stay as they are.",)
        if asked
        else (NOTHING,),
    )
