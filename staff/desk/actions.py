"""What staff may do with one case besides deciding about it. Each action calls one service."""

from django.conf import settings
from django.db.models import QuerySet

from cases import services
from cases.desk import assignment_of, colleagues_who_know, colleagues_with
from cases.locking import credential_of_case
from cases.promises import promise_day
from cases.protocols import DecidedCase
from core import clock
from core.templatetags.words import day
from staff.actions import Action, Answers
from staff.desk.forms import AssigneeForm, NoteForm, assign_form, business_days, hand_on_form, snooze_form
from trainers.models import Trainer

STAYS = (
    "You say that you know {trainer}. From then on you decide about none of their cases, and are offered none. "
    "This stays."
)


def action_to_take(case: DecidedCase, by: Trainer) -> Action:
    """Return the action by which `by` takes the case."""

    def do(answers: Answers) -> str:
        services.take_case(case, by=by, at=clock.now(), instead_of=answers["assignee"])
        return f"{case.reference} is yours."

    return Action(
        title=f"Take {case.reference}",
        button="Take it",
        do=do,
        form=AssigneeForm,
        initial={"assignee": _assignee_pk(case)},
        lines=(_who_has_it(case),),
    )


def action_to_assign(case: DecidedCase, by: Trainer) -> Action:
    """Return the action that assigns the case to a colleague, or to nobody."""

    def do(answers: Answers) -> str:
        to, seen = answers["to"], answers["assignee"]
        if to is None:
            services.unassign_case(case, by=by, at=clock.now(), instead_of=seen)
            return f"{case.reference} is with nobody."
        services.assign_case(case, to=to, by=by, at=clock.now(), instead_of=seen)
        return f"{case.reference} is with {_name(to, by)}."

    return Action(
        title=f"Assign {case.reference}",
        button="Assign it",
        do=do,
        form=assign_form(eligible_colleagues(case), you=by),
        initial={"assignee": _assignee_pk(case), "to": _assignee_pk(case) or None},
        lines=(_who_has_it(case),),
    )


def action_to_hand_on(case: DecidedCase, by: Trainer) -> Action:
    """Return the action by which `by` declares to know the trainer, and passes the case to a colleague."""

    def do(answers: Answers) -> str:
        services.hand_on_case(case, to=answers["to"], by=by, at=clock.now())
        to = answers["to"].name if answers["to"] else "nobody"
        return f"{case.reference} is with {to}. You get no more cases of {trainer.name}."

    trainer = credential_of_case(case).trainer
    return Action(
        title=f"I know this person: hand {case.reference} on",
        button="Hand it on",
        do=do,
        form=hand_on_form(eligible_colleagues(case), you=by),
        lines=(STAYS.format(trainer=trainer.name),),
    )


def action_to_stay_away(trainer: Trainer, by: Trainer) -> Action:
    """Return the action by which `by` declares, on a trainer's page, to know this trainer."""

    def do(answers: Answers) -> str:
        services.record_conflict(trainer, by=by, at=clock.now())
        return f"You get no more cases of {trainer.name}."

    return Action(
        title=f"I know {trainer.name}",
        button="I know them",
        do=do,
        lines=(
            STAYS.format(trainer=trainer.name),
            "What you have of theirs is with nobody then, and waits for whoever is free.",
        ),
        asks_first=True,
    )


def action_to_snooze(case: DecidedCase, by: Trainer) -> Action:
    """Return the action that snoozes the case until a day."""

    def do(answers: Answers) -> str:
        made = services.snooze_case(case, by=by, at=clock.now(), **answers)
        return f"{case.reference} wakes on {day(made.until_on)}."

    due = promise_day(case)
    days = business_days(clock.today(settings.TIME_ZONE), due)
    lines = (f"We have promised an answer through {day(due)}. It wakes then at the latest.",) if due else ()
    if not days:
        lines = ("It cannot be put off: it is due already, or does not wait for us.",)
    return Action(
        title=f"Snooze {case.reference}",
        button="Snooze it" if days else "",
        do=do,
        form=snooze_form(days),
        lines=(*lines, "Whatever happens in the case wakes it earlier.") if days else lines,
    )


def action_to_wake(case: DecidedCase, by: Trainer) -> Action:
    """Return the action that ends the snooze of a case."""

    def do(answers: Answers) -> str:
        services.wake_case(case, by=by, at=clock.now())
        return f"{case.reference} waits again."

    return Action(title=f"Wake {case.reference}", button="Wake it", do=do)


def action_to_note(row: Trainer | DecidedCase, by: Trainer) -> Action:
    """Return the action that writes a note about a case or a trainer."""

    def do(answers: Answers) -> str:
        note = services.add_note(row, text=answers["text"], by=by, at=clock.now())
        told = [one.person.name for one in note.mentions.select_related("person")]
        return f"The note is added, and {' and '.join(told)} hear of it." if told else "The note is added."

    name = row.name if isinstance(row, Trainer) else row.reference
    return Action(title=f"A note about {name}", button="Add the note", do=do, form=NoteForm)


def eligible_colleagues(case: DecidedCase) -> "QuerySet[Trainer]":
    """Return the colleagues to whom a case can be assigned: those who decide about such cases,
    except its trainer and those who know the trainer.
    """
    trainer = credential_of_case(case).trainer
    able = colleagues_with(case.DECIDE).exclude(pk=trainer.pk)
    return able.exclude(pk__in=colleagues_who_know(trainer))


def _assignee_pk(case: DecidedCase) -> int:
    found = assignment_of(case)
    return found.assignee_id if found else 0


def _who_has_it(case: DecidedCase) -> str:
    found = assignment_of(case)
    return f"{found.assignee.name} has it now." if found else "Nobody has it now."


def _name(person: Trainer, you: Trainer) -> str:
    return "you" if person.pk == you.pk else person.name
