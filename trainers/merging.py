"""What becomes of certifications, addresses and sign-ins when two accounts become one, and what
prevents a merge.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from core import clock
from core.history import subject_of
from core.merging import MergedTable
from core.transitions import move
from outbox.notices import supersede_notices
from trainers.models import Credential, Cycle, DataFile, EmailChange, Invitation, Trainer
from trainers.notice_codes import ADDRESS
from trainers.services.own_data import let_all_go

MERGED = "The account was merged into another one."
TABLES = [
    MergedTable("trainers.Trainer"),  # the closed account is kept, because history names it as who did what
    MergedTable("trainers.Credential", "certification", "certifications", moves=("trainer",), told=True),
    MergedTable("trainers.Cycle", "cycle", "cycles", path="credential__trainer"),
    MergedTable("trainers.CredentialFact", "fact that the rules ask for", "facts that the rules ask for", path="credential__trainer", stays=("by",)),
    MergedTable("trainers.EmailChange", "change of address", "changes of address", moves=("trainer",), stays=("by",)),
    MergedTable("trainers.DataFile", "file of own data", "files of own data", moves=("trainer",)),
    MergedTable("trainers.Invitation", "invitation to work here", "invitations to work here", moves=("person",), stays=("by",)),
    MergedTable("trainers.FactorReset", "reset of a second factor", "resets of a second factor", moves=("person",), stays=("asked_by", "confirmed_by")),
    MergedTable("trainers.SearchWord", path="trainer", removed=True),  # the other account gets the words of both names
    MergedTable("trainers.Trainer_groups", path="trainer", removed=True),
    MergedTable("trainers.Trainer_user_permissions", path="trainer", removed=True),
    MergedTable("account.EmailAddress", path="user", removed=True),  # kept in core.Merge
    MergedTable("account.EmailConfirmation", path="email_address__user", removed=True),
    MergedTable("mfa.Authenticator", "passkey or authenticator", "passkeys and authenticators", path="user", removed=True),
    MergedTable("usersessions.UserSession", "sign-in", "sign-ins", path="user", removed=True),
    MergedTable("socialaccount.SocialAccount", "link to an organisation", "links to an organisation", path="user", removed=True),
    MergedTable("socialaccount.SocialToken", path="account__user", removed=True),
    MergedTable("trainers.Roster", stays=("sent_by", "confirmed_by")),
    MergedTable("admin.LogEntry", stays=("user",)),
]  # fmt: skip


def find_conflicts(going: Trainer, staying: Trainer, at: datetime) -> Iterator[str]:
    """Yield a sentence for each reason against a merge: an account belongs to staff, a lead has
    suspended or revoked a certification, nobody can sign in to the account that stays, or both have
    a certification to renew.
    """
    for person in (going, staying):
        yield from _of_staff(person)
        for credential in person.credentials.filter(state__in=DECIDED).order_by("pk"):
            state = credential.get_state_display().lower()
            yield f"Certification {credential.display_number} is {state}. Reinstate it first: a merge must not hide that."
    if not staying.is_active:
        yield f"Nobody can sign in to the account of {staying}. Allow sign-in first, or let the other account stay."
    yield from _both_renewable(going, staying, at)


DECIDED = (Credential.State.SUSPENDED, Credential.State.REVOKED)


def _of_staff(person: Trainer) -> Iterator[str]:
    if person.is_staff or person.is_superuser:
        yield f"{person} works here. Accounts of staff are not merged: a superuser must end that first."
    elif Invitation.objects.open().filter(person=person).exists():
        yield f"{person} is invited to work here. Withdraw the invitation first."


def _both_renewable(going: Trainer, staying: Trainer, at: datetime) -> Iterator[str]:
    """Yield a sentence for each policy under which both accounts have a certification that can
    still be renewed.
    """
    mine = {one.policy_code: one for one in _renewable(going, at)}
    for other in _renewable(staying, at):
        if own := mine.get(other.policy_code):
            numbers = " and ".join(sorted((own.display_number, other.display_number)))
            yield (
                f"Certifications {numbers} can both be renewed. One person has one "
                f"{own.policy.title}: wait until one of them has ended, or write to who grants them."
            )


def _renewable(person: Trainer, at: datetime) -> Iterator[Credential]:
    cycles = Cycle.objects.current().filter(credential__trainer=person).select_related("credential")
    for cycle in cycles.order_by("pk"):
        if not cycle.is_for_life and cycle.last_day_to_apply >= clock.date_of(at, cycle.policy.time_zone):
            yield cycle.credential


def prepare_rows(going: Trainer, staying: Trainer, *, by: Trainer, at: datetime) -> None:
    """End what only concerns the account that goes: a change of its address, and its download file."""
    for change in EmailChange.objects.waiting().filter(trainer=going):
        supersede_notices(ADDRESS, subject=subject_of(change), at=at)
        move(change, EmailChange.State.DROPPED, "dropped", trainer=going, by=by, at=at, reason=MERGED)
    DataFile.objects.living().filter(trainer=going).update(expired_at=at)


def finish_rows(staying: Trainer, *, by: Trainer, at: datetime) -> None:
    """Delete, after the commit, the download file that the merge ended. If that fails, the sweep of
    old data deletes it.
    """
    transaction.on_commit(lambda: let_all_go(staying))
