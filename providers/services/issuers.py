"""The public keys of others: staff add and end them."""

from datetime import datetime

from django.db import IntegrityError, transaction

from badges.encoding import pem_of
from ceus.models import Provider
from core.errors import Refusal
from core.history import record_history
from core.transitions import check_words
from providers.models import IssuerKey
from providers.models.issuer_key import LONGEST_DID
from providers.services.people import require_provider_lead
from trainers.models import Trainer

BAD_DID = "Write the issuer as its credentials name it, such as did:web:example.org."
KNOWN = "This key of this issuer is here already."


def add_issuer_key(
    provider: Provider | None, *, did: str, public_key: str, by: Trainer | None, at: datetime, name: str = ""
) -> IssuerKey:
    """Store a key whose signatures are believed: those of reports of `provider`, or without one those
    of the body called `name`.

    Raises Refusal for a key that cannot be read, and for one that is here already.
    """
    who = require_provider_lead(by)
    if provider is None:
        name = check_words(name, field="name", what="the name of the body", longest=120)
    did, public_key = did.strip(), public_key.strip()
    if not did.startswith("did:") or len(did) > LONGEST_DID or any(one.isspace() for one in did):
        raise Refusal(BAD_DID, code="did", field="did")
    try:
        pem_of(public_key)
    except Refusal as refusal:
        raise Refusal(str(refusal), code="public_key", field="public_key") from None
    try:
        with transaction.atomic():
            key = IssuerKey.objects.create(
                provider=provider, name=name, did=did, public_key=public_key, added_by=who, added_at=at
            )
            detail = {"did": did}
            record_history(key, "added", trainer=None, by=who, at=at, detail=detail)
            return key
    except IntegrityError:
        raise Refusal(KNOWN, code="known", field="public_key") from None


def end_issuer_key(key: IssuerKey, *, by: Trainer | None, at: datetime) -> IssuerKey:
    """Believe a key no more. What was counted with it stays. Idempotent."""
    who = require_provider_lead(by)
    with transaction.atomic():
        key = IssuerKey.objects.select_for_update().get(pk=key.pk)
        if key.ended_at:
            return key
        key.ended_at, key.ended_by = at, who
        key.save(update_fields=["ended_at", "ended_by"])
        record_history(key, "ended", trainer=None, by=who, at=at)
        return key
