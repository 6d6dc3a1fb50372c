"""Examples of the mail about a request for another name."""

from names.models import NameRequest
from names.notice_codes import REFUSED
from names.notices import refused_context
from outbox.examples import show_example


def _refused() -> dict[str, object]:
    words = "The photo is cut off, so we cannot read the name. Send the whole page."
    return refused_context(NameRequest(before="Jordan Rivera", after="Jordan Cole", words=words))


show_example(REFUSED, "refused", _refused, trigger="A registrar refuses a request for another name")
