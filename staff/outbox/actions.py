"""What staff may do to a message: send a failed one again, and send a copy of one that was sent."""

from collections.abc import Sequence

from core import clock
from core.errors import refusal_of
from outbox.models import Notice
from outbox.notices import kind_of
from outbox.resending import address_of, send_again, send_copy
from staff.actions import Action, Answers
from staff.forms import chosen_form
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


def action_to_send_these_again(chosen: Sequence[Notice], by: Trainer) -> Action:
    """Return the action that sends the failed messages among `chosen` again. The others are left
    unchanged, and so are failed ones that had a sign-in code.
    """
    failed = [notice for notice in chosen if notice.state == Notice.State.FAILED and not notice.private]

    def do(answers: Answers) -> str:
        sent = sum(_send_if_possible(notice, by) for notice in failed)
        return f"{sent} in the outbox again, {len(chosen) - sent} left as they were."

    return Action(
        title="Send these messages again",
        button=f"Send {len(failed)} again" if failed else "",
        do=do,
        form=chosen_form(chosen),
        lines=(
            f"This applies to {len(failed)} of {len(chosen)}: those that failed and held no code. They go out within a "
            "minute.",
        ),
        rows=[f"{notice.trainer.name}, {address_of(notice)}: {title_of(notice)}" for notice in failed],
        asks_first=True,
    )


def title_of(notice: Notice) -> str:
    """Return the title of a message in a list."""
    try:
        return notice.title or kind_of(notice.kind).label
    except LookupError:
        return notice.kind


def _send_if_possible(notice: Notice, by: Trainer) -> bool:
    """Send a message again; return whether that was possible."""
    return refusal_of(lambda: send_again(notice, by=by, at=clock.now())) is None
