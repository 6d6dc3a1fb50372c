"""What a mail provider reports about our messages, each event once. Runs only where a provider is
configured.
"""

import hashlib
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from core import clock
from core.access import View, webhook
from outbox.models import MailEvent, Notice
from outbox.postbox import LONGEST_ERROR, one_line
from outbox.recipients import recipient_answers

Kind = MailEvent.Kind
# By anymail's name of the event. The others (queued, deferred, opened, …) change nothing here.
KINDS = {
    "delivered": Kind.DELIVERED,
    "bounced": Kind.BOUNCED,
    "rejected": Kind.BOUNCED,  # the provider no longer even tries this address
    "complained": Kind.COMPLAINED,
}
LONGEST_ID, LONGEST_ADDRESS = 200, 254
COMPLAINED = "Reported one of our mails as unwanted"


def connect_provider() -> None:
    """Listen to anymail's events; called when the app is ready."""
    from anymail.signals import tracking

    tracking.connect(_receive, dispatch_uid="outbox.bounces")


def provider_view() -> View:
    """Return anymail's view for the events of EMAIL_PROVIDER. Raises ImproperlyConfigured for an
    unknown provider.
    """
    from anymail.urls import urlpatterns

    name = f"{settings.EMAIL_PROVIDER}_tracking_webhook"
    found = [pattern.callback for pattern in urlpatterns if pattern.name == name]
    if not found:
        raise ImproperlyConfigured(f"EMAIL_PROVIDER must name a provider that anymail knows, not {name}.")
    return webhook(found[0])


def record_event(
    *, event_id: str, kind: str, message_id: str, address: str, words: str, at: datetime
) -> MailEvent:
    """Record a provider's event and act on it once. Idempotent; events may arrive in any order.

    An address whose mail bounced is marked. A person who reports a mail as unwanted gets no
    optional mails any more.
    """
    notice = Notice.objects.filter(message_id__in=_spellings(message_id)).select_related("trainer").first()
    address = address.strip().lower()[:LONGEST_ADDRESS]
    facts = {"notice": notice, "kind": kind, "address": address, "words": words[:LONGEST_ERROR], "at": at}
    with transaction.atomic():
        event, is_new = MailEvent.objects.get_or_create(event_id=event_id, defaults=facts)
        person = notice.trainer if notice else recipient_answers().with_address(address)
        if is_new and person and kind == Kind.BOUNCED:
            recipient_answers().mark_refused(person, address=address, words=event.words, at=at)
        if is_new and person and kind == Kind.COMPLAINED:
            recipient_answers().stop_optional(person, at=clock.now(), reason=COMPLAINED)
    return event


def _receive(sender: object, event: Any, esp_name: str, **_: object) -> None:
    kind = KINDS.get(event.event_type)
    if kind is None:
        return
    now = clock.now()
    message_id, address = one_line(str(event.message_id or "")), one_line(str(event.recipient or ""))
    said = event.mta_response or event.description or event.reject_reason or ""
    record_event(
        event_id=_name_of(esp_name, event, message_id, address),
        kind=kind,
        message_id=message_id,
        address=address,
        words=one_line(str(said)),
        at=min(event.timestamp or now, now),
    )


def _name_of(esp_name: str, event: Any, message_id: str, address: str) -> str:
    """Return the provider's id of the event. When there is none, or none that we can store, return
    one made from the event's content.
    """
    given = one_line(str(event.event_id or ""))
    name = f"{esp_name}:{given}"
    if given and len(name) <= LONGEST_ID:
        return name
    told = (esp_name, given, event.event_type, message_id, address, str(event.timestamp))
    return f"{esp_name}:{hashlib.sha256('|'.join(told).encode()).hexdigest()}"[:LONGEST_ID]


def _spellings(message_id: str) -> list[str]:
    """Return the ways in which our rows may write this Message-ID: providers may leave out its
    angle brackets.
    """
    bare = message_id.strip("<> ")
    return [f"<{bare}>"] if bare else []
