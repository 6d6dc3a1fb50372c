"""How people of a provider are invited, accept and leave. Such an account is used for nothing else."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from ceus.models import Provider
from core.errors import Refusal
from core.history import record_history, subject_of
from core.models import LONGEST_REASON
from core.transitions import check_words, move
from outbox.notices import queue_notice, supersede_notices
from providers.models import ProviderPerson
from providers.notice_codes import INVITED
from trainers.models import Trainer
from trainers.models.person import normalise_email
from trainers.services.accounts import check_name, create_trainer
from trainers.services.sessions import end_sessions

LEADS = "providers.lead_providers"
LINK_LASTS = timedelta(days=7)
State = ProviderPerson.State


def require_provider_lead(by: Trainer | None) -> Trainer:
    """Return `by`; raise Refusal unless they may lead the people and requests of providers."""
    if by is None or not by.has_perm(LEADS):
        raise Refusal("Only a registrar or a lead may do this.", code="not_allowed")
    return by


def invite_provider_person(
    provider: Provider, *, email: str, name: str, by: Trainer | None, at: datetime
) -> ProviderPerson:
    """Invite somebody to report for a provider, by a mail whose link expires. Raises Refusal for
    the address of a trainer, of a member of staff, and of somebody who reports for a provider
    already.
    """
    who = require_provider_lead(by)
    check_name(name)
    with transaction.atomic():
        person = Trainer.objects.select_for_update().filter(email=normalise_email(email)).first()
        if person is None:
            person = create_trainer(email=email, name=name, by=who, at=at)
        _check_may_come(person)
        if not person.is_active:
            person.is_active = True
            person.save(update_fields=["is_active"])
        try:
            with transaction.atomic():
                role = ProviderPerson.objects.create(
                    person=person,
                    provider=provider,
                    invited_by=who,
                    invited_at=at,
                    link_ends_at=at + LINK_LASTS,
                )
        except IntegrityError:
            raise Refusal("They are invited already.", code="invited", field="email") from None
        detail = {"provider": provider.name}
        record_history(role, "invited", trainer=person, by=who, at=at, change=("", role.state), detail=detail)
        _queue_link(role, at=at)
    return role


def send_provider_invitation_again(
    role: ProviderPerson, *, by: Trainer | None, at: datetime
) -> ProviderPerson:
    """Send a new link that expires later; the earlier one is void."""
    who = require_provider_lead(by)
    with transaction.atomic():
        role = _lock_role(role)
        if role.state != State.INVITED:
            raise Refusal("This invitation has ended. Invite them again.", code="out_of_order")
        supersede_notices(INVITED, subject=subject_of(role), at=at)
        role.times_sent += 1
        role.link_ends_at = at + LINK_LASTS
        role.save(update_fields=["times_sent", "link_ends_at"])
        record_history(role, "invited again", trainer=role.person, by=who, at=at)
        _queue_link(role, at=at)
    return role


def accept_provider_invitation(role: ProviderPerson, *, at: datetime) -> ProviderPerson:
    """Let the invited person report for the provider. Idempotent. Raises Refusal once the link has
    expired.
    """
    with transaction.atomic():
        role = _lock_role(role)
        if role.state == State.ACTIVE:
            return role
        if role.state != State.INVITED or at >= role.link_ends_at:
            raise Refusal("This link has ended. Ask whoever invited you for a new one.", code="ended")
        return move(role, State.ACTIVE, "accepted", trainer=role.person, by=role.person, at=at)


def end_provider_role(
    role: ProviderPerson, *, by: Trainer | None, at: datetime, reason: str
) -> ProviderPerson:
    """End somebody's role at a provider, and their sessions. Idempotent. What they reported stays."""
    who = require_provider_lead(by)
    reason = check_words(reason, longest=LONGEST_REASON)
    with transaction.atomic():
        role = _lock_role(role)
        if role.state == State.ENDED:
            return role
        supersede_notices(INVITED, subject=subject_of(role), at=at)
        move(role, State.ENDED, "ended", trainer=role.person, by=who, at=at, reason=reason)
        if not (role.person.is_staff or role.person.credentials.exists()):  # it was made for this role alone
            role.person.is_active = False
            role.person.save(update_fields=["is_active"])
        end_sessions(role.person)
        return role


def _check_may_come(person: Trainer) -> None:
    if person.is_staff or person.is_superuser or person.credentials.exists():
        sentence = (
            "This address belongs to a trainer or to staff. Use another one, such as their work address."
        )
        raise Refusal(sentence, code="of_another", field="email")
    if person.groups.exists() or person.invitations.open().exists():
        raise Refusal("They are invited to work here.", code="of_another", field="email")
    if person.erasures.exclude(state="dropped").exists():
        raise Refusal("The data of this account is erased.", code="erased", field="email")
    if ProviderPerson.objects.open().filter(person=person).exists():
        sentence = "They are invited already. Send the invitation again."
        raise Refusal(sentence, code="invited", field="email")


def _lock_role(role: ProviderPerson) -> ProviderPerson:
    person = Trainer.objects.select_for_update().get(pk=role.person_id)
    locked = ProviderPerson.objects.select_for_update(of=("self",)).select_related("provider")
    found = locked.get(pk=role.pk)
    found.person = person
    return found


def _queue_link(role: ProviderPerson, *, at: datetime) -> None:
    queue_notice(
        INVITED,
        subject=subject_of(role),
        event=f"link:{role.times_sent}",
        trainer=role.person,
        send_at=at,
        private=True,
        to_address=role.person.email,
    )
