"""What leads do about the keys that sign badges. Each action calls one service."""

from badges.models import SigningKey
from badges.services import distrust_key, ensure_key, rotate_key
from core import clock
from core.forms import PlainForm
from renewals.models import Badge
from staff.actions import Action, Answers
from staff.forms import ReasonForm
from trainers.models import Trainer


def action_to_make_first(by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        key = ensure_key(by=by, at=clock.now())
        return f"{key.name} signs badges now."

    return Action(
        title="Make the first key",
        button="Make the key",
        do=do,
        form=PlainForm,
        lines=("It is made with the first badge in any case.",),
    )


def action_to_replace(key: SigningKey, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        new = rotate_key(key, by=by, at=clock.now())
        return f"{new.name} signs badges now. What {key.name} signed stays valid."

    return Action(
        title=f"Replace {key.name}",
        button="Replace the key",
        do=do,
        form=PlainForm,
        lines=(
            "A new key signs from now on. The private half of this one is forgotten and cannot come back.",
            "Its public half stays published, so badges that people downloaded stay valid.",
            "If somebody may have copied this key, distrust it instead.",
        ),
        danger=True,
    )


def action_to_distrust(key: SigningKey, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        new = distrust_key(key, by=by, at=clock.now(), **answers)
        return f"Nothing that {key.name} signed is valid now. {new.name} signs badges."

    made = Badge.objects.filter(made_at__lte=key.retired_at) if key.retired_at else Badge.objects.all()
    return Action(
        title=f"Distrust {key.name}",
        button="Distrust the key",
        do=do,
        form=ReasonForm,
        lines=(
            "Do this when somebody may have copied the key. It cannot be undone.",
            "No badge, list or passport that it signed is valid any more, wherever somebody checks it. Programs may keep the list of our keys for an hour.",
            f"Badges that were made {'before it retired' if key.retired_at else 'so far'}: {made.count():,}. It may have signed their files. Their pages go on, and their holders get a mail: to download the files again, signed with the new key.",
        ),
        danger=True,
    )
