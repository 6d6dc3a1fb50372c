"""The mail about a refused request for a name. An approved request has no mail of its own: the mail
about the changed name mentions the request.
"""

from django.urls import reverse

from names.models import NameRequest
from names.notice_codes import REFUSED
from outbox.notices import Batch, NoticeKind, register_kind, subject_pks


def refused_context(request: NameRequest) -> dict[str, object]:
    """Return what the mail about a refused request needs."""
    return {"request": request, "link": reverse("names:change"), "link_label": "Look at your name"}


def _contexts(batch: Batch) -> dict[int, dict[str, object]]:
    wanted = subject_pks(batch)
    rows = NameRequest.objects.in_bulk(set(wanted.values()))
    return {pk: refused_context(rows[row]) for pk, row in wanted.items() if row in rows}


register_kind(
    NoticeKind(
        kind=REFUSED,
        label="A request for another name was refused",
        template="name_refused",
        contexts=_contexts,
    )
)
