"""What leads do with a checked roster: apply it, have it checked again, discard it."""

from django import forms

from core import clock
from core.forms import PlainForm
from core.policy_words import fill_policy_words
from staff.actions import Action, Answers
from trainers.models import Roster, Trainer
from trainers.services.rosters import check_appliable, confirm_roster, drop_roster, repeat_check


class MarkForm(PlainForm):
    """A form that posts the mark of the check that the page showed."""

    mark = forms.CharField(
        max_length=64,
        widget=forms.HiddenInput,
        error_messages={
            "required": "Open the page of the roster again: it was not said which check you saw."
        },
    )


def action_to_apply(roster: Roster, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        confirm_roster(roster, mark=answers["mark"], by=by, at=clock.now())
        return "The roster is being applied."

    changed = f"{roster.changed or 0:,} are changed" if roster.changed != 1 else "1 is changed"
    return Action(
        title="Apply the roster",
        button="Apply it",
        do=do,
        form=MarkForm,
        initial={"mark": roster.mark},
        check=lambda answers: check_appliable(roster),
        lines=(
            f"{roster.name}, sent by {roster.sent_by.name}: {roster.new or 0:,} new, {changed}, "
            f"{roster.unchanged or 0:,} stay as they are.",
            "It is applied whole, and only if it would still do exactly what you saw. Otherwise nothing is written, "
            "and it is shown to you again.",
            fill_policy_words("A changed name is mailed to its {holder}. A roster cannot be taken back."),
        ),
        asks_first=True,
        danger=True,
    )


def action_to_check_again(roster: Roster, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        repeat_check(roster, by=by, at=clock.now())
        return "The roster is being checked again."

    line = "The file is compared once more with what is stored now."
    return Action(title="Check the roster again", button="Check it again", do=do, lines=(line,))


def action_to_drop(roster: Roster, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        drop_roster(roster, by=by, at=clock.now())
        return "The roster is dropped. Nothing of it was written."

    line = "Nothing of it is written. To apply it later, send the file again."
    return Action(title="Drop the roster", button="Drop it", do=do, lines=(line,), danger=True)
