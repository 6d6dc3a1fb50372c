"""Which account at the organisation's provider belongs to which colleague. A link is made once, at the
first sign-in, by the verified address; from then on the provider's own name of the account decides.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction

from core.errors import Refusal
from core.history import record_history
from core.models import LONGEST_REASON
from core.transitions import check_words
from trainers.id_tokens import Identity
from trainers.models import Trainer
from trainers.models.person import normalise_email
from trainers.services.account_notices import queue_account_mail
from trainers.services.people import check_may_lead
from trainers.services.sessions import end_sessions

NOT_VERIFIED = "Your email address is not confirmed at {name}. Ask whoever looks after the accounts there."
NO_COLLEAGUE = (
    "This is only for colleagues who work on the portal, and none has this email address. If you are "
    "certified, sign in with your email address. If you work here, ask a lead to invite you."
)
NOT_HERE = "You no longer work on the portal. If you are certified, sign in with your email address."
OTHER_LINK = "Your account here is linked to another account at {name}. Ask a lead to remove that link."


def link_identity(identity: Identity, *, at: datetime) -> SocialAccount:
    """Return the account of `identity`, linked to the colleague with its address if this is its first
    sign-in. Idempotent. Only staff may sign in this way.

    Raises Refusal when the address is not verified there and here, when no colleague has it, when
    the colleague is linked to another account, and when they no longer work here.
    """
    with transaction.atomic():
        found = _link_of(identity)
        if found is None:
            person = _colleague_of(identity)
            found = _link_of(identity)  # another request may have made it before we had the lock
        if found is None:
            found = _link(person, identity, at=at)
    if not (found.user.is_staff and found.user.is_active):
        raise Refusal(NOT_HERE, code="not_here")
    return found


def unlink_identities(person: Trainer, *, by: Trainer | None, at: datetime, reason: str) -> Trainer:
    """Remove the colleague's link to an account at the provider and sign them out. Their next sign-in
    there links anew, by the address. Idempotent.
    """
    reason = check_words(reason, longest=LONGEST_REASON)
    with transaction.atomic():
        person = Trainer.objects.select_for_update().get(pk=person.pk)
        check_may_lead(person, by=by)
        links = SocialAccount.objects.filter(user=person)
        if links.exists():
            links.delete()
            end_sessions(person)
            record_history(person, "identity_unlinked", trainer=person, by=by, at=at, reason=reason)
    return person


def _link_of(identity: Identity) -> SocialAccount | None:
    links = SocialAccount.objects.filter(provider=identity.issuer, uid=identity.subject)
    found: SocialAccount | None = links.select_related("user").first()
    return found


def _colleague_of(identity: Identity) -> Trainer:
    """Return the member of staff with the identity's address, locked. Raises Refusal when there is
    none, and unless both sides have verified the address.
    """
    email = normalise_email(identity.email)
    vouched = email.rpartition("@")[2] in map(str.lower, settings.OIDC_OWN_DOMAINS)
    if not email or not (vouched if identity.is_verified is None else identity.is_verified):
        raise Refusal(NOT_VERIFIED.format(name=settings.OIDC_NAME), code="not_verified")
    person = Trainer.objects.select_for_update().filter(email=email, is_staff=True, is_active=True).first()
    if person is None or not EmailAddress.objects.filter(user=person, email=email, verified=True).exists():
        raise Refusal(NO_COLLEAGUE, code="no_colleague")
    return person


def _link(person: Trainer, identity: Identity, *, at: datetime) -> SocialAccount:
    told = {"user": person, "provider": identity.issuer, "uid": identity.subject, "extra_data": {}}
    try:
        with transaction.atomic():
            made: SocialAccount = SocialAccount.objects.create(**told)
    except IntegrityError:  # trainers_one_identity: a person has one account at an issuer
        raise Refusal(OTHER_LINK.format(name=settings.OIDC_NAME), code="linked_elsewhere") from None
    record_history(person, "identity_linked", trainer=person, by=person, at=at)
    queue_account_mail("identity_linked", person.email, {"user": person}, at=at)
    return made
