"""How people of organisations are invited, accept and leave. Such an account is used for nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic

from django.db import IntegrityError, transaction

from core.errors import Refusal
from core.history import record_history, subject_of
from core.models import LONGEST_REASON
from core.policy_words import fill_policy_words
from core.transitions import check_words, move
from outbox.notices import queue_notice, supersede_notices
from trainers.models import Trainer
from trainers.models.person import normalise_email
from trainers.models.role import OrganisationRole, RoleRow
from trainers.services.accounts import check_name, create_trainer
from trainers.services.sessions import end_sessions

LINK_LASTS = timedelta(days=7)
State = OrganisationRole.State


@dataclass(frozen=True)
class RoleKind(Generic[RoleRow]):
    """A kind of role: its model, the permission of those who lead it, and the notice of an
    invitation.
    """

    model: type[RoleRow]
    permission: str
    invitation: str

    def require_lead(self, by: Trainer | None) -> Trainer:
        """Return `by` if they may invite people of this kind and end their roles; otherwise raise Refusal."""
        if by is None or not by.has_perm(self.permission):
            raise Refusal("Only a registrar or a lead may do this.", code="not_allowed")
        return by


def open_roles_of(person: Trainer) -> Iterator[OrganisationRole]:
    """Yield the invited and active roles of a person, of every kind."""
    for model in OrganisationRole.__subclasses__():
        roles: Any = model._default_manager
        yield from roles.open().filter(person=person)


def invite_to_role(
    kind: RoleKind[RoleRow], organisation: Any, *, email: str, name: str, by: Trainer | None, at: datetime
) -> RoleRow:
    """Invite somebody to a role at an organisation, by a mail whose link expires. Raises Refusal for
    the address of a trainer, of a member of staff, and of somebody who has such a role already.
    """
    who = kind.require_lead(by)
    check_name(name)
    with transaction.atomic():
        person = Trainer.objects.select_for_update().filter(email=normalise_email(email)).first()
        if person is None:
            person = create_trainer(email=email, name=name, by=who, at=at)
        _check_may_come(person)
        if not person.is_active:
            person.is_active = True
            person.save(update_fields=["is_active"])
        told = {"invited_by": who, "invited_at": at, "link_ends_at": at + LINK_LASTS}
        where = {kind.model.ORGANISATION: organisation}
        try:
            with transaction.atomic():
                role = kind.model._default_manager.create(person=person, **where, **told)
        except IntegrityError:
            raise Refusal("They are invited already.", code="invited", field="email") from None
        detail = {kind.model.ORGANISATION: organisation.name}
        record_history(role, "invited", trainer=person, by=who, at=at, change=("", role.state), detail=detail)
        _queue_link(kind, role, person, at=at)
    return role


def send_role_again(kind: RoleKind[RoleRow], role: RoleRow, *, by: Trainer | None, at: datetime) -> RoleRow:
    """Send a new link that expires later; the earlier one is void."""
    who = kind.require_lead(by)
    with transaction.atomic():
        role, person = _lock_role(role)
        if role.state != State.INVITED:
            raise Refusal("This invitation has ended. Invite them again.", code="out_of_order")
        supersede_notices(kind.invitation, subject=subject_of(role), at=at)
        role.times_sent += 1
        role.link_ends_at = at + LINK_LASTS
        role.save(update_fields=["times_sent", "link_ends_at"])
        record_history(role, "invited again", trainer=person, by=who, at=at)
        _queue_link(kind, role, person, at=at)
    return role


def accept_role(role: RoleRow, *, at: datetime) -> RoleRow:
    """Let the invited person in. Idempotent. Raises Refusal once the link has expired."""
    with transaction.atomic():
        role, person = _lock_role(role)
        if role.state == State.ACTIVE:
            return role
        if not role.waits_at(at):
            raise Refusal("This link has ended. Ask whoever invited you for a new one.", code="ended")
        return move(role, State.ACTIVE, "accepted", trainer=person, by=person, at=at)


def end_role(
    kind: RoleKind[RoleRow], role: RoleRow, *, by: Trainer | None, at: datetime, reason: str
) -> RoleRow:
    """End somebody's role, and their sessions. Idempotent. What they did stays."""
    who = kind.require_lead(by)
    reason = check_words(reason, longest=LONGEST_REASON)
    with transaction.atomic():
        role, person = _lock_role(role)
        if role.state == State.ENDED:
            return role
        supersede_notices(kind.invitation, subject=subject_of(role), at=at)
        move(role, State.ENDED, "ended", trainer=person, by=who, at=at, reason=reason)
        if not (person.is_staff or person.credentials.exists()):  # it was made for this role alone
            person.is_active = False
            person.save(update_fields=["is_active"])
        end_sessions(person)
        return role


def _check_may_come(person: Trainer) -> None:
    if person.is_staff or person.is_superuser or person.credentials.exists():
        sentence = fill_policy_words(
            "This address belongs to {a_holder} or to staff. Use another one, such as their work address."
        )
        raise Refusal(sentence, code="of_another", field="email")
    if person.groups.exists() or person.invitations.open().exists():
        raise Refusal("They are invited to work here.", code="of_another", field="email")
    if person.erasures.exclude(state="dropped").exists():
        raise Refusal("The data of this account is erased.", code="erased", field="email")
    if any(open_roles_of(person)):
        sentence = "They are invited already. Send the invitation again."
        raise Refusal(sentence, code="invited", field="email")


def _lock_role(role: RoleRow) -> tuple[RoleRow, Trainer]:
    person = Trainer.objects.select_for_update().get(pk=role.person_id)
    found = type(role)._default_manager.select_for_update(of=("self",)).get(pk=role.pk)
    found.person = person
    return found, person


def _queue_link(kind: RoleKind[RoleRow], role: RoleRow, person: Trainer, *, at: datetime) -> None:
    queue_notice(
        kind.invitation,
        subject=subject_of(role),
        event=f"link:{role.times_sent}",
        trainer=person,
        send_at=at,
        private=True,
        to_address=person.email,
    )
