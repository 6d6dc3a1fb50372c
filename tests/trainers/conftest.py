"""A kind of notice of our own, and a post office to send it through."""

from collections.abc import Iterator

import pytest

from outbox import notices
from outbox.notices import NoticeKind, register_kind
from tests.postoffice import PostOffice
from tests.trainers.roster import Desk


class PlainKind:
    """Every notice is still due unless it is named in `done`; `broken` ones raise when their context is asked for."""

    def __init__(self) -> None:
        self.done: set[str] = set()
        self.broken: set[str] = set()
        self.asked = 0
        self.kind = NoticeKind("tests.plain", "Plain", "account_change", self.still_due, self.contexts)

    def still_due(self, batch):
        self.asked += 1
        return {notice.pk for notice in batch if notice.subject not in self.done}

    def contexts(self, batch):
        if any(notice.subject in self.broken for notice in batch):
            raise ValueError("this one cannot be told")
        return {notice.pk: {"heading": f"About {notice.subject}", "link": "/home/"} for notice in batch}


@pytest.fixture
def plain(monkeypatch) -> PlainKind:
    monkeypatch.setattr(notices, "_kinds", dict(notices._kinds))
    made = PlainKind()
    register_kind(made.kind)
    return made


@pytest.fixture
def post_office(settings) -> Iterator[PostOffice]:
    office = PostOffice().open()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 1
    yield office
    office.close()


@pytest.fixture
def desk(db, tmp_path, clock_at) -> Desk:
    """March 2, 2027."""
    clock_at("2027-03-02")
    return Desk(tmp_path)
