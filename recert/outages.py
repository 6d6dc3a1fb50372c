"""What people, staff and load balancers read while files can be neither stored nor read, because
the disk is full or object storage does not answer. Nothing that was saved is lost, and everything
without files goes on.
"""

from http import HTTPStatus

from django.core.files.storage import default_storage
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock
from core.unsent import keep_unsent
from documents.errors import StorageAway
from documents.signals import storage_was_away
from outbox.heartbeat import FILES_AWAY, record_part
from recert.middleware import Handler

RETRY_AFTER = "120"  # seconds


class StorageOutage:
    """A middleware that answers "try again" while files are away, and keeps what was typed."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, StorageAway):
            return None
        _note_outage()
        kept = keep_unsent(request) if request.method == "POST" else ""
        response = render(
            request, "documents/away.html", {"kept": kept}, status=HTTPStatus.SERVICE_UNAVAILABLE
        )
        response["Retry-After"] = RETRY_AFTER
        return response


@receiver(storage_was_away)
def _note_outage(**more: object) -> None:
    """Note the outage, so that the page Today shows it for a while."""
    record_part(FILES_AWAY, clock.now())


def missing_storage() -> list[str]:
    """Return what is wrong with the storage of files. Pages without files work without it."""
    found: list[str] = default_storage.trouble()  # type: ignore[attr-defined]  # both of our storages can tell
    return found
