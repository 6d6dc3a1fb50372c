"""How a second person confirms a proposal, or takes it back. The page shows the mail that will be
sent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied

from cases.models import Proposal
from cases.revoking import agree_to_revocation
from cases.two_people import take_back_proposal
from core import clock
from core.templatetags.words import day
from renewals.notice_codes import REOPENED
from renewals.services.reopening import agree_to_reopening
from staff.actions import Action, Answers, preview_notice
from staff.forms import ReasonForm
from trainers.models import Trainer
from trainers.notice_codes import STANDING

WAITS = "It waits for a second person now. Nothing has changed yet."
TAKES_TWO = "Nothing changes and nobody is told before a second person confirms it."


@dataclass(frozen=True)
class Confirming:
    """How proposals of one kind are confirmed: the service, the notice to preview, and what will
    follow.
    """

    agree: Callable[..., Proposal]
    mail: str
    button: str
    done: str
    follows: Callable[[Proposal], Sequence[str]]


def _on_revocation(proposal: Proposal) -> Sequence[str]:
    from_day = day(date.fromisoformat(proposal.answers["on"]))
    return [f"From {from_day} they are not certified and cannot renew."]


def _on_reopening(proposal: Proposal) -> Sequence[str]:
    lines = ["The denial is taken back: the renewal is in review again, and somebody decides."]
    through = proposal.answers.get("through")
    if through:
        new_day = day(date.fromisoformat(through))
        lines.append(f"Its audit is open again, with documents due through {new_day}. A mail says so.")
    return lines


KINDS: Mapping[str, Confirming] = {
    Proposal.Kind.REVOKE: Confirming(
        agree_to_revocation, STANDING, "Revoke this certification", "It is revoked.", _on_revocation
    ),
    Proposal.Kind.REOPEN: Confirming(
        agree_to_reopening, REOPENED, "Reopen this renewal", "The renewal is open again.", _on_reopening
    ),
}


def action_to_confirm(proposal: Proposal, by: Trainer) -> Action:
    _require_permission(proposal, by)
    kind = KINDS[proposal.kind]

    def do(answers: Answers) -> str:
        kind.agree(proposal, by=by, at=clock.now())
        return f"{kind.done} We tell {proposal.trainer.name}."

    return Action(
        title=str(proposal),
        button=kind.button,
        do=do,
        lines=(f"{proposal.by.name} proposed it: {proposal.reason}", *kind.follows(proposal)),
        preview=lambda answers: preview_notice(lambda: do(answers), kind=kind.mail),
        danger=True,
    )


def action_to_take_back(proposal: Proposal, by: Trainer) -> Action:
    _require_permission(proposal, by)

    def do(answers: Answers) -> str:
        take_back_proposal(proposal, by=by, at=clock.now(), **answers)
        return "It is taken back. Nothing has changed, and nobody is told."

    return Action(
        title=f"Take back: {proposal}",
        button="Take it back",
        do=do,
        form=ReasonForm,
        lines=(f"{proposal.by.name} proposed it: {proposal.reason}",),
    )


def _require_permission(proposal: Proposal, by: Any) -> None:
    """Raise PermissionDenied for a person who may not decide about proposals of this kind."""
    if not by.has_perm(proposal.permission):
        raise PermissionDenied
