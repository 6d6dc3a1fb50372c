"""Messages that are forged, too old or unreadable are refused and change nothing."""

import hmac
from datetime import timedelta

import pytest

from payments.models import ProviderEvent
from payments.views import LARGEST_MESSAGE
from tests.payments.scenes import KEY, NOON, SECRET, TRUE, as_bytes, everything, paid, post, signature

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("secrets")]


def genuine(session) -> bytes:
    return as_bytes(paid(session))


def signed(body, **changes):
    return body, signature(body, SECRET, **changes)


def under(change):
    """The genuine message under a header that `change` makes of its right one."""
    return lambda s: (genuine(s), change(signature(genuine(s), SECRET)))


def signed_with(secret):
    return lambda s: (genuine(s), signature(genuine(s), secret))


NOW, YESTERDAY = f"t={int(NOON.timestamp())}", NOON - timedelta(days=1)
FORGED = {
    "no signature header": under(lambda right: None),
    "an empty signature": under(lambda right: ""),
    "no signature, only a time": under(lambda right: NOW),
    "no time": under(lambda right: right.partition(",")[2]),
    "a time that is no number": under(lambda right: "t=now,v1=00"),
    "another secret": signed_with("whsec_of_somebody_else"),
    "our API key as the secret": signed_with(KEY),
    "an empty secret": signed_with(""),
    "a secret of two that was taken out of use": signed_with("whsec_the_old_one"),
    "the signature of another message": lambda s: (genuine(s), signed(as_bytes(paid(s, name="evt_2")))[1]),
    "half of the signature": under(lambda right: right[:-32]),
    "the secret itself as the signature": under(lambda right: f"{NOW},v1={SECRET}"),
    "a signature over the body without its time": lambda s: (
        genuine(s),
        f"{NOW},v1={hmac.new(SECRET.encode(), genuine(s), 'sha256').hexdigest()}",
    ),
    "an older scheme": under(lambda right: right.replace("v1=", "v0=")),
    "301 seconds old": lambda s: signed(genuine(s), at=NOON - timedelta(seconds=301)),
    "301 seconds ahead": lambda s: signed(genuine(s), at=NOON + timedelta(seconds=301)),
    "three days old": lambda s: signed(genuine(s), at=NOON - timedelta(days=3)),
    "an old signature with a new time": lambda s: (
        genuine(s),
        f"{NOW}," + signature(genuine(s), SECRET, YESTERDAY).partition(",")[2],
    ),
    "two times, the first one old": lambda s: (
        genuine(s),
        signature(genuine(s), SECRET, YESTERDAY) + f",{NOW}",
    ),
    "another amount in a signed body": lambda s: (
        genuine(s).replace(b"12900", b"99900"),
        signature(genuine(s), SECRET),
    ),
    "one space more": lambda s: (genuine(s) + b" ", signature(genuine(s), SECRET)),
    "not JSON": lambda s: signed(b"id=evt_1&type=checkout.session.completed"),
    "nothing": lambda s: signed(b""),
    "not UTF-8": lambda s: signed(b'{"id": "\xff\xfe"}'),
    "a list": lambda s: signed(b"[" + genuine(s) + b"]"),
    "a number": lambda s: signed(b"12900"),
    "null": lambda s: signed(b"null"),
    "nested ten thousand deep": lambda s: signed(
        b'{"id": "e", "type": "t", "data": ' + b"[" * 10_000 + b"]" * 10_000 + b"}"
    ),
    "a NUL in the id": lambda s: signed(TRUE.replace(b"evt_x", b"evt_\\u0000")),
    "a NUL inside": lambda s: signed(TRUE.replace(b"{}", b'{"name": ["a\\u0000b"]}')),
    "a NUL in a key": lambda s: signed(TRUE.replace(b"{}", b'{"a\\u0000b": 1}')),
    "half of a surrogate pair": lambda s: signed(TRUE.replace(b"{}", b'{"name": "\\ud800"}')),
    "NaN": lambda s: signed(TRUE.replace(b"{}", b'{"amount_total": NaN}')),
    "minus infinity": lambda s: signed(TRUE.replace(b"{}", b'{"amount_total": -Infinity}')),
    "a number beyond all bounds": lambda s: signed(TRUE.replace(b"{}", b'{"amount_total": 1e999}')),
    "a number of 5,000 digits": lambda s: signed(
        TRUE.replace(b"{}", b'{"amount_total": ' + b"9" * 5000 + b"}")
    ),
    "no id": lambda s: signed(TRUE.replace(b'"id"', b'"name"')),
    "an id that is a number": lambda s: signed(TRUE.replace(b'"evt_x"', b"7")),
    "an empty id": lambda s: signed(TRUE.replace(b"evt_x", b"")),
    "an id of 256 characters": lambda s: signed(TRUE.replace(b"evt_x", b"e" * 256)),
    "no type": lambda s: signed(TRUE.replace(b'"type"', b'"kind"')),
    "a type of 81 characters": lambda s: signed(TRUE.replace(b'"y"', b'"' + b"y" * 81 + b'"')),
    "too large": lambda s: signed(TRUE.replace(b"{}", b'{"name": "' + b"x" * LARGEST_MESSAGE + b'"}')),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_or_unreadable_webhook_message_changes_nothing(session, name):
    before = everything()
    body, header = FORGED[name](session)
    answer = post(body, header)
    assert answer.status_code == (413 if name == "too large" else 400)
    assert answer["Content-Type"] == "text/plain"
    assert everything() == before
    assert not ProviderEvent.objects.exists()


def test_a_webhook_message_of_exactly_the_maximum_size_is_accepted(session):
    rest = LARGEST_MESSAGE - len(TRUE.replace(b"{}", b'{"name": ""}'))
    body, header = signed(TRUE.replace(b"{}", b'{"name": "' + b"x" * rest + b'"}'))
    assert len(body) == 256_000
    assert post(body, header).status_code == 200


def test_the_tests_cover_at_least_40_forged_messages():
    assert len(FORGED) >= 40
