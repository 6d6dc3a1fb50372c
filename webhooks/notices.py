"""The message that an endpoint was switched off."""

from outbox.notices import Batch, register_kind_of_rows, subject_pks
from webhooks.models import Endpoint
from webhooks.notice_codes import SWITCHED_OFF
from webhooks.owners import kind_of_owner


def switched_off_context(endpoint: Endpoint) -> dict[str, object]:
    """Return what the message needs."""
    return {
        "endpoint": endpoint,
        "link": kind_of_owner(endpoint.owner).page_of(endpoint),
        "link_label": "Look at the endpoint",
    }


def _switched_off(batch: Batch) -> dict[int, Endpoint]:
    keys = subject_pks(batch)
    rows = Endpoint.objects.filter(state=Endpoint.State.OFF).in_bulk(set(keys.values()))
    return {notice: rows[pk] for notice, pk in keys.items() if pk in rows}


register_kind_of_rows(
    kind=SWITCHED_OFF,
    label="A webhook was switched off",
    template="webhook_off",
    rows=_switched_off,
    context=switched_off_context,
)
