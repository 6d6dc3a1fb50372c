"""How a second person confirms a proposal, or takes it back. The page shows the mail that will be
sent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from cases.merging_accounts import agree_to_merge
from cases.models import Proposal
from cases.revoking import agree_to_revocation
from cases.two_people import accounts_in, take_back_proposal
from core import clock
from core.mail import render_mail
from core.merging import plan_merge
from core.templatetags.words import day
from renewals.notice_codes import REOPENED
from renewals.services.reopening import agree_to_reopening
from staff.actions import Action, Answers, preview_notice
from staff.forms import ReasonForm
from trainers.models import Trainer
from trainers.notice_codes import MERGED, STANDING
from trainers.notices import merged_context

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
    tells_as_well: Callable[[Proposal], Sequence[str]] | None = None  # in another mail


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


def _on_merge(proposal: Proposal) -> Sequence[str]:
    going, staying = accounts_in(proposal)
    plan = plan_merge(going, staying)
    once = f"In both accounts, and kept once: {', '.join(plan.once)}." if plan.once else ""
    goes = f"Ends with the account that goes: {', '.join(plan.goes)}." if plan.goes else ""
    lines = [
        f"The account with {going.email} becomes part of the account with {staying.email}.",
        f"What moves: {', '.join(plan.moves)}." if plan.moves else "Nothing stands in the account that goes.",
        once,
        goes,
        f"Nobody signs in with {going.email} any more. This cannot be taken back.",
    ]
    return [line for line in lines if line]


def _second_mail(proposal: Proposal) -> Sequence[str]:
    going, staying = accounts_in(proposal)
    mail = render_mail("account_merged", merged_context(going.email, staying.email, stays=False, moved=""))
    return [f"A mail to {going.email} says: “{mail.title}”.", *mail.text.split("\n--")[0].split("\n\n")]


KINDS: Mapping[str, Confirming] = {
    Proposal.Kind.REVOKE: Confirming(
        agree_to_revocation, STANDING, "Revoke this certification", "It is revoked.", _on_revocation
    ),
    Proposal.Kind.REOPEN: Confirming(
        agree_to_reopening, REOPENED, "Reopen this renewal", "The renewal is open again.", _on_reopening
    ),
    Proposal.Kind.MERGE: Confirming(
        agree_to_merge, MERGED, "Merge the two accounts", "The accounts are one.", _on_merge, _second_mail
    ),
}


def action_to_confirm(proposal: Proposal, by: Trainer) -> Action:
    _require_permission(proposal, by)
    kind = KINDS[proposal.kind]
    also = kind.tells_as_well

    def do(answers: Answers) -> str:
        kind.agree(proposal, by=by, at=clock.now())
        return f"{kind.done} We tell {proposal.trainer.name}."

    return Action(
        title=f"Confirm: {proposal.get_kind_display().lower()}, {proposal.trainer.name}",
        button=kind.button,
        do=do,
        lines=(f"{proposal.by.name} proposed it: {proposal.reason}", *kind.follows(proposal)),
        preview=lambda answers: preview_notice(lambda: do(answers), kind=kind.mail),
        effects=(lambda answers: also(proposal)) if also else None,
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


def _require_permission(proposal: Proposal, by: Trainer) -> None:
    """Raise PermissionDenied for a person who may not decide about proposals of this kind."""
    if not by.has_perm(proposal.permission):
        raise PermissionDenied
