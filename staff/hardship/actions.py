"""What staff may do to a relief (a later last day or a waiver) besides granting it: decline it, or
withdraw a waiver.
"""

from core import clock
from core.mail import Mail
from hardship import services
from hardship.models import Relief
from hardship.notice_codes import DECLINED, TAKEN_BACK
from staff.actions import Action, Answers, preview_notice, preview_notice_if_any
from staff.forms import WordsForm
from trainers.models import Trainer


def action_to_decline(relief: Relief, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.decline_relief(relief, by=by, at=clock.now(), **answers)
        told = f", and {relief.trainer.name} is told" if relief.asked_at else ""
        return f"It is declined{told}."

    def preview(answers: Answers) -> Mail | None:
        return preview_notice_if_any(lambda: do(answers), kind=DECLINED)

    stays = "The fee stays." if relief.is_waiver else "The last day stays."
    heard = "" if relief.asked_at else " They hear nothing of it: they did not ask."
    return Action(
        title=f"Decline: {relief.get_what_display().lower()}, {relief.trainer.name}",
        button="Decline it",
        do=do,
        form=WordsForm,
        lines=(f"{stays}{heard}",),
        preview=preview,
        danger=True,
    )


def action_to_take_back(relief: Relief, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        services.take_back_waiver(relief, by=by, at=clock.now(), **answers)
        return f"The waiver is taken back, and {relief.trainer.name} is told."

    return Action(
        title=f"Take back the waiver for {relief.trainer.name}",
        button="Take it back",
        do=do,
        form=WordsForm,
        lines=("The fee is part of the price again. This is possible until they have applied.",),
        preview=lambda answers: preview_notice(lambda: do(answers), kind=TAKEN_BACK),
        danger=True,
    )
