"""How people of an employer are invited, accept and leave."""

from datetime import datetime

from django.db import transaction

from api.services import revoke_keys_made_by
from core.errors import Refusal
from employers.models import Employer, EmployerPerson
from employers.notice_codes import INVITED
from trainers.models import Trainer
from trainers.services.roles import RoleKind, accept_role, end_role, invite_to_role, send_role_again

LEADS = "employers.lead_employers"
VIEWER = RoleKind(EmployerPerson, permission=LEADS, invitation=INVITED)


def invite_employer_person(
    employer: Employer, *, email: str, name: str, by: Trainer | None, at: datetime
) -> EmployerPerson:
    """Invite somebody to see an employer's team, by a mail whose link expires. Raises Refusal for
    the address of a trainer, of a member of staff, and of somebody who has a role already, and for an
    employer that is closed.
    """
    with transaction.atomic():
        if Employer.objects.select_for_update().get(pk=employer.pk).state != Employer.State.OPEN:
            raise Refusal(f"{employer.name} is closed. Nobody can be invited.", code="closed")
        return invite_to_role(VIEWER, employer, email=email, name=name, by=by, at=at)


def send_employer_invitation_again(
    role: EmployerPerson, *, by: Trainer | None, at: datetime
) -> EmployerPerson:
    """Send a new link that expires later; the earlier one is void."""
    return send_role_again(VIEWER, role, by=by, at=at)


def accept_employer_invitation(role: EmployerPerson, *, at: datetime) -> EmployerPerson:
    """Let the invited person see the team. Idempotent. Raises Refusal once the link has expired."""
    return accept_role(role, at=at)


def end_employer_role(
    role: EmployerPerson, *, by: Trainer | None, at: datetime, reason: str
) -> EmployerPerson:
    """End somebody's role at an employer, their sessions, and the keys that they made. Idempotent."""
    who = VIEWER.require_lead(by)
    with transaction.atomic():
        ended = end_role(VIEWER, role, by=who, at=at, reason=reason)
        revoke_keys_made_by(ended.person, keys=ended.employer.api_keys.all(), by=who, at=at)
        return ended
