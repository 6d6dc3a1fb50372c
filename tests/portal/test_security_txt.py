"""/.well-known/security.txt names where to report a weakness (RFC 9116)."""

from datetime import UTC, datetime

import pytest
import time_machine

ADDRESS = "/.well-known/security.txt"


@pytest.fixture(autouse=True)
def _on_march_2(db):
    with time_machine.travel(datetime(2027, 3, 2, 17, 0, tzinfo=UTC), tick=False):
        yield


def lines(client) -> list[str]:
    answer = client.get(ADDRESS)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    return answer.content.decode().splitlines()


def test_security_txt_names_the_contact_of_the_portal_and_expires_in_half_a_year(client, settings):
    settings.CONTACT_EMAIL, settings.PORTAL_URL = "help@example.org", "https://portal.example.org"
    assert lines(client) == [
        "Contact: mailto:help@example.org",
        "Expires: 2027-08-31T00:00:00Z",
        "Canonical: https://portal.example.org/.well-known/security.txt",
        "Preferred-Languages: en",
    ]


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ("security@example.org", "Contact: mailto:security@example.org"),
        ("https://example.org/found", "Contact: https://example.org/found"),
    ],
)
def test_security_txt_names_the_contact_and_the_policy_that_the_settings_give(
    client, settings, contact, line
):
    settings.SECURITY_CONTACT, settings.SECURITY_POLICY_URL = contact, "https://example.org/policy"
    said = lines(client)
    assert (said[0], said[-1]) == (line, "Policy: https://example.org/policy")
