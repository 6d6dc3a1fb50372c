"""The codes that a colleague's authenticator app shows."""

import time
from collections.abc import Callable, Iterator

import pytest
import time_machine

from trainers.allauth_internals import totp_code


@pytest.fixture
def app_code() -> Iterator[Callable[[str], str]]:
    """`app_code(secret)` is what an authenticator app shows. The machine's clock stands still meanwhile: a code
    read at the end of its half minute would be refused when it is sent.
    """
    with time_machine.travel(time.time(), tick=False):
        yield lambda secret: totp_code(secret, unix_time=int(time.time()))[0]
