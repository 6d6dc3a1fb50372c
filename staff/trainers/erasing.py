"""How two leads have the data of a person erased who asked for it in writing (Q33)."""

from collections.abc import Sequence

from core import clock
from core.models import Erasure
from core.personal_data import open_things
from staff.actions import Action, Answers, preview_notice
from staff.forms import ReasonForm, text_area
from trainers.models import Trainer
from trainers.notice_codes import ERASED
from trainers.services.erasing import agree_to_erasure, check_may_erase, drop_erasure, propose_erasure

FOLLOWS = (
    "The certification ends, nobody signs in any more, and one last mail goes out. Then the name, the address, every "
    "text, file and copy of a mail go. Numbers, dates, decisions and payments stay without a name.",
    "It cannot be taken back. A second lead must confirm it.",
)


class ErasureForm(ReasonForm):
    """The form for the reason of an erasure, such as the letter that asked for it."""

    reason = text_area(
        "Reason", "Kept until the data is erased, then it goes, too.", "Write the reason.", rows=3
    )


def action_to_propose(trainer: Trainer, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        propose_erasure(trainer, by=by, at=clock.now(), **answers)
        return "A second lead must confirm it now."

    return Action(
        title=f"Erase the data of {trainer.name}",
        button="Ask for the erasure",
        do=do,
        check=lambda answers: _check(trainer, by),
        form=ErasureForm,
        lines=(*FOLLOWS, *_waits(trainer)),
        danger=True,
    )


def action_to_agree(erasure: Erasure, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        agree_to_erasure(erasure, by=by, at=clock.now())
        return "It is confirmed. The data goes as soon as the last mail has left."

    asked_by = erasure.asked_by.name if erasure.asked_by else ""
    return Action(
        title=f"Erase the data of {erasure.trainer.name}",
        button="Erase it for good",
        do=do,
        preview=lambda answers: preview_notice(lambda: do(answers), kind=ERASED),
        lines=(f"{asked_by} asked for it.", FOLLOWS[0], "It cannot be taken back.", *_waits(erasure.trainer)),
        danger=True,
    )


def action_to_drop(erasure: Erasure, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        drop_erasure(erasure, by=by, at=clock.now(), **answers)
        return "Nothing is erased."

    return Action(
        title=f"Do not erase the data of {erasure.trainer.name}",
        button="Drop it",
        do=do,
        form=ReasonForm,
        lines=("Nothing has been erased yet, and nothing will be.",),
    )


def _check(trainer: Trainer, by: Trainer) -> None:
    check_may_erase(trainer, by)


def _waits(trainer: Trainer) -> Sequence[str]:
    return [f"It has to wait: {thing.for_staff}" for thing in open_things(trainer)]
