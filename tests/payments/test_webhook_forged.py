"""Messages that are forged, too old or unreadable are refused and change nothing."""

import hmac
from datetime import timedelta

import pytest

from payments.models import ProviderEvent
from payments.views import LARGEST_MESSAGE
from tests.payments.scenes import KEY, NOON, SECRET, TRUE, as_bytes, everything, paid, post, signature

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("secrets")]


def other_body(session):
    body = as_bytes(paid(session))
    return body.replace(b"12900", b"99900"), signature(body, SECRET)


def signed(body, **changes):
    return body, signature(body, SECRET, **changes)


FORGED = {
    "no signature header": lambda s: (as_bytes(paid(s)), None),
    "an empty signature": lambda s: (as_bytes(paid(s)), ""),
    "no signature, only a time": lambda s: (as_bytes(paid(s)), f"t={int(NOON.timestamp())}"),
    "no time": lambda s: (as_bytes(paid(s)), signature(as_bytes(paid(s)), SECRET).partition(",")[2]),
    "a time that is no number": lambda s: (as_bytes(paid(s)), "t=now,v1=00"),
    "another secret": lambda s: (as_bytes(paid(s)), signature(as_bytes(paid(s)), "whsec_of_somebody_else")),
    "our API key as the secret": lambda s: (as_bytes(paid(s)), signature(as_bytes(paid(s)), KEY)),
    "an empty secret": lambda s: (as_bytes(paid(s)), signature(as_bytes(paid(s)), "")),
    "the signature of another message": lambda s: (
        as_bytes(paid(s)),
        signature(as_bytes(paid(s, name="evt_2")), SECRET),
    ),
    "half of the signature": lambda s: (as_bytes(paid(s)), signature(as_bytes(paid(s)), SECRET)[:-32]),
    "the secret itself as the signature": lambda s: (
        as_bytes(paid(s)),
        f"t={int(NOON.timestamp())},v1={SECRET}",
    ),
    "a signature over the body without its time": lambda s: (
        as_bytes(paid(s)),
        f"t={int(NOON.timestamp())},v1={hmac.new(SECRET.encode(), as_bytes(paid(s)), 'sha256').hexdigest()}",
    ),
    "a secret of two that was taken out of use": lambda s: (
        as_bytes(paid(s)),
        signature(as_bytes(paid(s)), "whsec_the_old_one"),
    ),
    "an older scheme": lambda s: (
        as_bytes(paid(s)),
        signature(as_bytes(paid(s)), SECRET).replace("v1=", "v0="),
    ),
    "301 seconds old": lambda s: signed(as_bytes(paid(s)), at=NOON - timedelta(seconds=301)),
    "301 seconds ahead": lambda s: signed(as_bytes(paid(s)), at=NOON + timedelta(seconds=301)),
    "three days old": lambda s: signed(as_bytes(paid(s)), at=NOON - timedelta(days=3)),
    "an old signature with a new time": lambda s: (
        as_bytes(paid(s)),
        f"t={int(NOON.timestamp())},"
        + signature(as_bytes(paid(s)), SECRET, NOON - timedelta(days=1)).partition(",")[2],
    ),
    "two times, the first one old": lambda s: (
        as_bytes(paid(s)),
        signature(as_bytes(paid(s)), SECRET, NOON - timedelta(days=1)) + f",t={int(NOON.timestamp())}",
    ),
    "another amount in a signed body": other_body,
    "one space more": lambda s: (as_bytes(paid(s)) + b" ", signature(as_bytes(paid(s)), SECRET)),
    "not JSON": lambda s: signed(b"id=evt_1&type=checkout.session.completed"),
    "nothing": lambda s: signed(b""),
    "not UTF-8": lambda s: signed(b'{"id": "\xff\xfe"}'),
    "a list": lambda s: signed(b"[" + as_bytes(paid(s)) + b"]"),
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
def test_a_forged_or_unreadable_message_changes_nothing(session, name):
    before = everything()
    body, header = FORGED[name](session)
    answer = post(body, header)
    assert answer.status_code == (413 if name == "too large" else 400)
    assert answer["Content-Type"] == "text/plain"
    assert everything() == before
    assert not ProviderEvent.objects.exists()


def test_there_are_at_least_40_forgeries():
    assert len(FORGED) >= 40
