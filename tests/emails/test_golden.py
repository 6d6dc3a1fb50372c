"""Every mail in every state, word for word. After a change: `pytest tests/emails --write-goldens`, then read what git shows."""

import pytest

from outbox.examples import Example, all_examples, mail_of
from outbox.notices import notice_kinds
from tests.emails.reading import GOLDEN, golden_of, path_of

PORTAL = "https://portal.example.org"
ELSEWHERE = {"tests.plain"}  # registered by other tests


@pytest.fixture(autouse=True)
def _portal(settings):
    settings.PORTAL_URL, settings.CONTACT_EMAIL = PORTAL, "help@example.org"


def name_of(example: Example) -> str:
    return f"{example.kind.kind}/{example.state}"


@pytest.mark.parametrize("example", all_examples(), ids=name_of)
def test_each_example_mail_equals_its_golden_file(example, writes_goldens):
    """Without a database: an example that asked one would fail here."""
    path, written = path_of(example), golden_of(mail_of(example))
    if writes_goldens:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written, encoding="utf-8")
    assert path.exists(), f"{path} is missing: pytest tests/emails --write-goldens"
    assert written == path.read_text(encoding="utf-8")


def test_every_kind_of_notice_has_an_example_mail():
    assert {one.kind for one in notice_kinds()} - ELSEWHERE == {one.kind.kind for one in all_examples()}


def test_every_golden_file_belongs_to_an_example_mail(writes_goldens):
    left = set(GOLDEN.rglob("*.txt")) - {path_of(one) for one in all_examples()}
    if writes_goldens:
        for path in left:
            path.unlink()
        left = set()
    assert left == set()
