"""How colleagues are invited, change their role and leave. Nobody gives a role above their own;
only a superuser changes leads and superusers.
"""

from datetime import datetime, timedelta

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group
from django.db import transaction

from core.errors import Refusal
from core.history import record_history, subject_of
from core.models import LONGEST_REASON, Erasure
from core.transitions import check_words, move
from outbox.notices import queue_notice, supersede_notices
from trainers.models import FactorReset, Invitation, Trainer
from trainers.models.person import normalise_email
from trainers.notice_codes import INVITED
from trainers.services.accounts import check_name, create_trainer, record_account_step
from trainers.services.sessions import end_sessions
from trainers.services.superusers import require_another_superuser

LEAD = "lead"
LINK_LASTS = timedelta(hours=24)
LEADS = "trainers.lead_people"
State = Invitation.State


def may_lead(person: Trainer, role: str = "", *, by: Trainer | None) -> bool:
    """Return whether `by` may change a colleague and give them `role`. Superusers may for everybody
    else, leads for colleagues below them.
    """
    if by is None or by.pk == person.pk or not by.is_active:
        return False
    if by.is_superuser:
        return True
    theirs = {group.name for group in person.groups.all()} if person.pk else set()
    return by.has_perm(LEADS) and not person.is_superuser and LEAD not in (theirs | {role})


def check_may_lead(person: Trainer, role: str = "", *, by: Trainer | None) -> None:
    """Raise Refusal unless `by` may change this colleague and give them `role`."""
    if not may_lead(person, role, by=by):
        own = by is not None and by.pk == person.pk
        sentence = (
            "Somebody else must decide about you."
            if own
            else "Only a superuser may do this for a lead or a superuser."
        )
        raise Refusal(sentence, code="not_allowed")


def invite_colleague(
    *, email: str, name: str, role: str, by: Trainer | None, at: datetime, as_superuser: bool = False
) -> Invitation:
    """Invite somebody to work here, by a mail whose link expires. Without `by` an operator invites
    on the command line, and no mail is sent.

    Raises Refusal for an address of somebody who works here already.
    """
    check_name(name)
    with transaction.atomic():
        person = Trainer.objects.select_for_update().filter(email=normalise_email(email)).first()
        if person is None:
            person = create_trainer(email=email, name=name, by=by, at=at)
        if by is not None:
            check_may_lead(person, role, by=by)
        _check_may_come(person)
        if role:
            _group(role)
        invitation = Invitation.objects.create(
            person=person,
            role=role,
            as_superuser=as_superuser,
            by=by,
            sent_at=at,
            link_ends_at=at + LINK_LASTS,
        )
        record_history(
            invitation,
            "invited",
            trainer=person,
            by=by,
            at=at,
            change=("", State.SENT),
            detail={"role": role},
        )
        if by is not None:
            _queue_link(invitation, at=at)
    return invitation


def send_invitation_again(invitation: Invitation, *, by: Trainer | None, at: datetime) -> Invitation:
    """Send a new link that expires later; the earlier one is void."""
    with transaction.atomic():
        invitation, person = _lock(invitation)
        check_may_lead(person, invitation.role, by=by)
        if invitation.state != State.SENT:
            raise Refusal("This invitation has ended. Invite them again.", code="out_of_order")
        supersede_notices(INVITED, subject=subject_of(invitation), at=at)
        invitation.times_sent += 1
        invitation.by, invitation.sent_at, invitation.link_ends_at = by, at, at + LINK_LASTS
        invitation.save()
        record_history(
            invitation, "invited_again", trainer=person, by=by, at=at, detail={"role": invitation.role}
        )
        _queue_link(invitation, at=at)
    return invitation


def withdraw_invitation(invitation: Invitation, *, by: Trainer | None, at: datetime) -> Invitation:
    """End an invitation; its link is void. Idempotent."""
    with transaction.atomic():
        invitation, person = _lock(invitation)
        check_may_lead(person, invitation.role, by=by)
        if invitation.state == State.WITHDRAWN:
            return invitation
        supersede_notices(INVITED, subject=subject_of(invitation), at=at)
        return move(invitation, State.WITHDRAWN, "withdrawn", trainer=person, by=by, at=at)


def withdraw_operators_invitations(*, email: str, at: datetime) -> None:
    """End the earlier invitations of an operator on the command line to this address; their links
    are void.
    """
    with transaction.atomic():
        found = Invitation.objects.open().filter(by__isnull=True, person__email=normalise_email(email))
        for one in found.order_by("pk"):
            invitation, person = _lock(one)
            move(invitation, State.WITHDRAWN, "withdrawn", trainer=person, by=None, at=at)


def withdraw_invitations_of(person: Trainer, *, by: Trainer | None, at: datetime) -> None:
    """End the open invitation of a person whose account closes, or who was given roles otherwise. The
    caller has locked the person.
    """
    for invitation in Invitation.objects.select_for_update(of=("self",)).open().filter(person=person):
        supersede_notices(INVITED, subject=subject_of(invitation), at=at)
        move(invitation, State.WITHDRAWN, "withdrawn", trainer=person, by=by, at=at)


def drop_resets_of(person: Trainer, *, by: Trainer | None, at: datetime) -> None:
    """End the reset of a second factor that nobody confirmed, of a person who leaves. The caller has
    locked the person.
    """
    for reset in FactorReset.objects.select_for_update(of=("self",)).open().filter(person=person):
        move(reset, FactorReset.State.DROPPED, "reset_dropped", trainer=person, by=by, at=at)


def accept_invitation(invitation: Invitation, *, at: datetime) -> Invitation:
    """Let the invited person work here, in the role of the invitation. Idempotent.

    Raises Refusal when the link has expired, and when the person who sent the invitation may no
    longer do so.
    """
    with transaction.atomic():
        invitation, person = _lock(invitation)
        if invitation.state == State.ACCEPTED:
            return invitation
        if not invitation.waits_at(at):
            raise Refusal("This link has ended. Ask whoever invited you for a new one.", code="ended")
        if invitation.by is not None:
            check_may_lead(person, invitation.role, by=invitation.by)
        person.is_active = person.is_staff = True
        person.is_superuser = invitation.as_superuser
        person.save(update_fields=["is_active", "is_staff", "is_superuser"])
        person.groups.set([_group(invitation.role)] if invitation.role else [])
        return move(
            invitation,
            State.ACCEPTED,
            "accepted",
            trainer=person,
            by=person,
            at=at,
            detail={"role": invitation.role},
        )


def change_role(person: Trainer, *, role: str, by: Trainer | None, at: datetime, reason: str) -> Trainer:
    """Replace a colleague's role by another. Idempotent. Raises Refusal unless `by` may give it."""
    reason = check_words(reason, longest=LONGEST_REASON)
    with transaction.atomic():
        person = Trainer.objects.select_for_update().get(pk=person.pk)
        check_may_lead(person, role, by=by)
        if not person.is_staff:
            raise Refusal("They do not work here. Invite them.", code="not_here")
        before = sorted(person.groups.values_list("name", flat=True))
        if before == [role]:
            return person
        person.groups.set([_group(role)])
        return record_account_step(
            person, "role_changed", by=by, at=at, reason=reason, detail={"role": [", ".join(before), role]}
        )


def end_work(person: Trainer, *, by: Trainer | None, at: datetime, reason: str) -> Trainer:
    """End somebody's work here: remove roles, sessions and the open reset of a second factor, and
    close an account without a certification. Idempotent.

    Raises Refusal for the last superuser, and when `by` may not change this colleague.
    """
    reason = check_words(reason, longest=LONGEST_REASON)
    with transaction.atomic():
        check_may_lead(person, by=by)
        require_another_superuser(person)
        person = Trainer.objects.select_for_update().get(pk=person.pk)
        check_may_lead(person, by=by)
        if not (person.is_staff or person.is_superuser):
            return person
        roles = sorted(person.groups.values_list("name", flat=True))
        person.is_staff = person.is_superuser = False
        person.is_active = person.credentials.exists()
        person.save(update_fields=["is_staff", "is_superuser", "is_active"])
        person.groups.clear()
        person.user_permissions.clear()
        SocialAccount.objects.filter(user=person).delete()
        end_sessions(person)
        drop_resets_of(person, by=by, at=at)
        return record_account_step(
            person, "work_ended", by=by, at=at, reason=reason, detail={"role": [", ".join(roles), ""]}
        )


def _check_may_come(person: Trainer) -> None:
    if person.is_staff:
        raise Refusal("They work here already. Change their role instead.", code="works_here", field="email")
    if Invitation.objects.open().filter(person=person).exists():
        raise Refusal("They are invited already. Send the invitation again.", code="invited", field="email")
    if Erasure.objects.filter(trainer=person, state__in=Erasure.IN_FORCE).exists():
        raise Refusal("The data of this account is erased.", code="erased", field="email")


def _group(role: str) -> Group:
    found = Group.objects.filter(name=role).first()
    if found is None:
        raise Refusal("Choose a role from the list.", code="no_role", field="role")
    return found


def _lock(invitation: Invitation) -> tuple[Invitation, Trainer]:
    person = Trainer.objects.select_for_update().get(pk=invitation.person_id)
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("by").get(pk=invitation.pk)
    locked.person = person
    return locked, person


def _queue_link(invitation: Invitation, *, at: datetime) -> None:
    queue_notice(
        INVITED,
        subject=subject_of(invitation),
        event=f"link:{invitation.times_sent}",
        trainer=invitation.person,
        send_at=at,
        private=True,
        to_address=invitation.person.email,
    )
