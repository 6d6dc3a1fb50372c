"""What staff may do to a message: send it again when it failed, and send a copy of one that was
sent.
"""

from core import clock
from outbox.models import Notice
from outbox.resending import address_of, send_again, send_copy
from staff.actions import Action, Answers
from trainers.models import Trainer


def action_to_send_again(notice: Notice, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        send_again(notice, by=by, at=clock.now())
        return "The message is in the outbox again."

    return Action(
        title="Send this message again",
        button="Send it again",
        do=do,
        lines=(f"It goes to {address_of(notice)} within a minute.",),
    )


def action_to_send_copy(notice: Notice, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        send_copy(notice, by=by, at=clock.now())
        return "A copy of the message is in the outbox."

    return Action(
        title="Send this message once more",
        button="Send it once more",
        do=do,
        lines=(
            f"Its very words go to {notice.trainer.email} within a minute.",
            "What it says may have changed since it was first sent.",
        ),
    )
