"""Examples of the message about an endpoint that was switched off."""

from outbox.examples import show_example
from webhooks.models import Endpoint
from webhooks.notice_codes import SWITCHED_OFF
from webhooks.notices import switched_off_context
from webhooks.services.endpoints import GONE, SILENT


def _off(reason: str) -> dict[str, object]:
    endpoint = Endpoint(pk=0, name="Accounting", url="https://books.example.org/hooks", off_reason=reason)
    return switched_off_context(endpoint)


show_example(
    SWITCHED_OFF, "silent", lambda: _off(f"{SILENT} The last answer: It answered 503."),
    trigger="An endpoint took nothing for 5 days",
)  # fmt: skip
show_example(SWITCHED_OFF, "gone", lambda: _off(GONE), trigger="An endpoint answers that it is gone")
