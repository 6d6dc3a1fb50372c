"""Notices that are due."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from core import clock
from outbox.models import Notice
from outbox.notices import queue_notice


@pytest.fixture
def put(jordan, plain) -> Callable[..., Notice]:
    """`put(1)` queues a notice to Jordan that has been due for 99 seconds; a lower number is due earlier."""

    def put(number: int, **fields) -> Notice:
        fields.setdefault("send_at", clock.now() + timedelta(seconds=number - 100))
        return queue_notice("tests.plain", subject=f"thing:{number}", event="once", trainer=jordan, **fields)

    return put
