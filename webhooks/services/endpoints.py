"""Endpoints: added, changed, paused, given a new secret, switched off after long failure, ended."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Coalesce

from core.errors import Refusal
from core.history import record_history, subject_of
from core.people import Person
from core.transitions import check_step, check_words, move
from outbox.notices import queue_notice
from webhooks.addresses import check_url
from webhooks.events import events_for
from webhooks.models import Delivery, Endpoint
from webhooks.models.endpoint import LONGEST_NAME
from webhooks.notice_codes import SWITCHED_OFF
from webhooks.owners import kind_of_owner, require_manager
from webhooks.posting import Answer
from webhooks.signing import SEAL, new_secret

State = Endpoint.State
MOST_ENDPOINTS = 10  # of one owner
OVERLAP = timedelta(days=1)  # in which the secret before signs as well
HOLD = timedelta(minutes=1)  # after a failure that is the endpoint's own
OFF_AFTER = timedelta(days=5)  # of nothing but failures
GONE = "It answered that nothing is taken there any more (410)."
SILENT = "Nothing was taken for 5 days."


def make_endpoint(
    owner: str, *, name: str, url: str, events: Sequence[str], by: Person, at: datetime
) -> Endpoint:
    """Add an endpoint with a new secret. Raises Refusal for an address to which nothing is sent, for
    unknown events, and when the owner has too many endpoints.
    """
    require_manager(owner, by)
    told = _checked(owner, name, url, events)
    with transaction.atomic():
        theirs = Endpoint.objects.open().filter(owner=owner).order_by("pk")
        list(
            theirs.select_for_update()
        )  # whoever adds the last one makes others wait; counted anew after that
        if theirs.count() >= MOST_ENDPOINTS:
            sentence = f"There are {MOST_ENDPOINTS} endpoints already. End one that is used no more."
            raise Refusal(sentence, code="too_many")
        sealed = SEAL.seal_text(new_secret())
        made = Endpoint.objects.create(owner=owner, **told, secret_sealed=sealed, made_by=by, made_at=at)
        record_history(made, "made", trainer=None, by=by, at=at, change=("", made.state), detail=told)
        return made


def change_endpoint(
    endpoint: Endpoint, *, name: str, url: str, events: Sequence[str], by: Person, at: datetime
) -> Endpoint:
    """Change what an endpoint is called, where it is and what it hears of. Idempotent."""
    with transaction.atomic():
        endpoint = _lock_endpoint(endpoint, by)
        if endpoint.state == State.ENDED:
            raise Refusal("An endpoint that has ended is not changed.", code="out_of_order")
        told = _checked(endpoint.owner, name, url, events)
        before = {field: getattr(endpoint, field) for field in told}
        if before == told:
            return endpoint
        Endpoint.objects.filter(pk=endpoint.pk).update(**told)
        endpoint.refresh_from_db()
        detail = {"before": before, "after": told}
        record_history(endpoint, "changed", trainer=None, by=by, at=at, detail=detail)
        return endpoint


def pause_endpoint(endpoint: Endpoint, *, by: Person, at: datetime) -> Endpoint:
    """Pause an endpoint: what happens meanwhile waits for it. Idempotent."""
    with transaction.atomic():
        endpoint = _lock_endpoint(endpoint, by)
        if endpoint.state == State.PAUSED:
            return endpoint
        return move(endpoint, State.PAUSED, "paused", trainer=None, by=by, at=at)


def resume_endpoint(endpoint: Endpoint, *, by: Person, at: datetime) -> Endpoint:
    """Send to an endpoint again that was paused or switched off; what waited leaves at once.
    Idempotent.
    """
    with transaction.atomic():
        endpoint = _lock_endpoint(endpoint, by)
        if endpoint.state == State.ACTIVE:
            return endpoint
        check_step(endpoint, State.ACTIVE, "resumed")
        endpoint.failing_since, endpoint.hold_until, endpoint.off_reason = None, None, ""
        waiting = Delivery.objects.unsent().filter(endpoint=endpoint).unleased(at)
        waiting.update(send_at=at, retry_at=None, attempts=0)
        return move(endpoint, State.ACTIVE, "resumed", trainer=None, by=by, at=at)


def end_endpoint(endpoint: Endpoint, *, by: Person, at: datetime) -> Endpoint:
    """End an endpoint for good: its secret is forgotten, and what waits is not sent. Idempotent."""
    with transaction.atomic():
        endpoint = _lock_endpoint(endpoint, by)
        if endpoint.state == State.ENDED:
            return endpoint
        endpoint.secret_sealed = endpoint.old_secret_sealed = ""
        endpoint.old_secret_until = None
        Delivery.objects.unsent().filter(endpoint=endpoint).update(
            state=Delivery.State.DROPPED, ended_at=at, leased_until=None, last_error="The endpoint has ended."
        )
        return move(endpoint, State.ENDED, "ended", trainer=None, by=by, at=at)


def rotate_endpoint_secret(endpoint: Endpoint, *, by: Person, at: datetime) -> Endpoint:
    """Give an endpoint a new secret. For a day everything is signed with both, so that the receiver
    can change over. Raises Refusal within that day: the oldest secret would end too early.
    """
    with transaction.atomic():
        endpoint = _lock_endpoint(endpoint, by)
        if endpoint.state == State.ENDED:
            raise Refusal("An endpoint that has ended has no secret.", code="out_of_order")
        if endpoint.old_secret_until and at < endpoint.old_secret_until:
            raise Refusal("The secret was replaced less than a day ago.", code="out_of_order")
        endpoint.old_secret_sealed, endpoint.old_secret_until = endpoint.secret_sealed, at + OVERLAP
        endpoint.secret_sealed = SEAL.seal_text(new_secret())
        endpoint.save(update_fields=["secret_sealed", "old_secret_sealed", "old_secret_until"])
        record_history(endpoint, "secret replaced", trainer=None, by=by, at=at)
        return endpoint


def reveal_secret(endpoint: Endpoint, *, by: Person, at: datetime) -> str:
    """Return the secret of an endpoint for its receiver; who has read it is in the history."""
    with transaction.atomic():
        endpoint = _lock_endpoint(endpoint, by)
        if endpoint.state == State.ENDED:
            raise Refusal("An endpoint that has ended has no secret.", code="out_of_order")
        record_history(endpoint, "secret shown", trainer=None, by=by, at=at)
        return SEAL.unseal_text(endpoint.secret_sealed)


def secrets_in_use(endpoint: Endpoint, at: datetime) -> list[str]:
    """Return the secrets that sign at a moment, the newest first."""
    old = endpoint.old_secret_until is not None and at < endpoint.old_secret_until
    sealed = [endpoint.secret_sealed, *([endpoint.old_secret_sealed] if old else [])]
    return [SEAL.unseal_text(one) for one in sealed]


def record_answer(endpoint: Endpoint, *, answer: Answer, at: datetime) -> None:
    """Store how the endpoint answered. One that took nothing for 5 days, or that says that it is gone,
    is switched off.
    """
    row = Endpoint.objects.filter(pk=endpoint.pk)
    if answer.is_taken:
        row.update(last_ok_at=at, failing_since=None, hold_until=None)
        return
    hold = at + max(HOLD, timedelta(seconds=answer.pause)) if answer.is_endpoints_fault else None
    row.update(failing_since=Coalesce("failing_since", at), hold_until=hold)
    if answer.is_gone:
        switch_off_endpoint(endpoint, why=GONE, at=at)
    elif row.filter(failing_since__lte=at - OFF_AFTER).exists():
        switch_off_endpoint(endpoint, why=f"{SILENT} The last answer: {answer.words}"[:300], at=at)


def switch_off_endpoint(endpoint: Endpoint, *, why: str, at: datetime) -> Endpoint:
    """Switch an endpoint off that does not work, and tell its people. Idempotent."""
    with transaction.atomic():
        endpoint = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
        if endpoint.state != State.ACTIVE:
            return endpoint
        endpoint.off_reason = why
        endpoint = move(endpoint, State.OFF, "switched off", trainer=None, by=None, at=at, reason=why)
        for person in kind_of_owner(endpoint.owner).people_of(endpoint.owner):
            queue_notice(
                SWITCHED_OFF,
                subject=subject_of(endpoint),
                event=f"{at.isoformat()}:{person.pk}",
                trainer=person,
                send_at=at,
            )
        return endpoint


def reseal_endpoint(endpoint: Endpoint) -> bool:
    """Seal an endpoint's secrets with the newest key; return whether one had another key. Raises
    core.sealing.UNREADABLE when no key of the settings fits.
    """
    with transaction.atomic():
        endpoint = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
        fields = [name for name in ("secret_sealed", "old_secret_sealed") if getattr(endpoint, name)]
        stale = [name for name in fields if not SEAL.is_newest(getattr(endpoint, name))]
        for name in stale:
            setattr(endpoint, name, SEAL.seal_text(SEAL.unseal_text(getattr(endpoint, name))))
        if stale:
            endpoint.save(update_fields=stale)
        return bool(stale)


def _checked(owner: str, name: str, url: str, events: Sequence[str]) -> dict[str, object]:
    """Return the values of an endpoint. Raises Refusal for those that cannot be stored."""
    name = check_words(name, field="name", what="what receives it", longest=LONGEST_NAME)
    url = url.strip()
    check_url(url)
    if not events or set(events) - set(events_for(owner)):
        raise Refusal("Choose what it hears of.", code="events", field="events")
    return {"name": name, "url": url, "events": sorted(set(events))}


def _lock_endpoint(endpoint: Endpoint, by: Person) -> Endpoint:
    """Return the endpoint read again under lock. Raises Refusal for a person who may not change it."""
    endpoint = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    require_manager(endpoint.owner, by)
    return endpoint
