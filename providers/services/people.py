"""How people of a provider are invited, accept and leave."""

from datetime import datetime

from django.db import transaction

from api.services import revoke_keys_made_by
from ceus.models import Provider
from providers.models import ProviderPerson
from providers.notice_codes import INVITED
from trainers.models import Trainer
from trainers.services.roles import RoleKind, accept_role, end_role, invite_to_role, send_role_again

LEADS = "providers.lead_providers"
REPORTER = RoleKind(ProviderPerson, permission=LEADS, invitation=INVITED)


def require_provider_lead(by: Trainer | None) -> Trainer:
    """Return `by`; raise Refusal unless they may lead the people and requests of providers."""
    return REPORTER.require_lead(by)


def invite_provider_person(
    provider: Provider, *, email: str, name: str, by: Trainer | None, at: datetime
) -> ProviderPerson:
    """Invite somebody to report for a provider, by a mail whose link expires. Raises Refusal for
    the address of a trainer, of a member of staff, and of somebody who has a role already.
    """
    return invite_to_role(REPORTER, provider, email=email, name=name, by=by, at=at)


def send_provider_invitation_again(
    role: ProviderPerson, *, by: Trainer | None, at: datetime
) -> ProviderPerson:
    """Send a new link that expires later; the earlier one is void."""
    return send_role_again(REPORTER, role, by=by, at=at)


def accept_provider_invitation(role: ProviderPerson, *, at: datetime) -> ProviderPerson:
    """Let the invited person report for the provider. Idempotent. Raises Refusal once the link has
    expired.
    """
    return accept_role(role, at=at)


def end_provider_role(
    role: ProviderPerson, *, by: Trainer | None, at: datetime, reason: str
) -> ProviderPerson:
    """End somebody's role at a provider, their sessions, and the keys that they made. Idempotent.
    What they reported stays.
    """
    who = REPORTER.require_lead(by)
    with transaction.atomic():
        ended = end_role(REPORTER, role, by=who, at=at, reason=reason)
        revoke_keys_made_by(ended.person, keys=ended.provider.api_keys.all(), by=who, at=at)
        return ended
