"""Only the gateway knows the provider, and the stand-in shares no code with it."""

import re

import pytest

from tests.throwaway import ROOT

OURS = ("recert", "trainers", "documents", "payments", "ceus", "petitions", "audits", "renewals")


def files_that_say(pattern: str, *folders: str) -> set[str]:
    found = set()
    for folder in folders:
        for file in (ROOT / folder).rglob("*.py"):
            if re.search(pattern, file.read_text(encoding="utf-8"), re.MULTILINE):
                found.add(str(file.parent.relative_to(ROOT)))
    return found


def test_only_the_gateway_imports_the_payment_providers_library():
    assert files_that_say(r"^\s*(import|from) stripe\b", *OURS) == {"payments/gateway"}


@pytest.mark.parametrize("module", ["payments.models", "payments.services", "django.db", "trainers"])
def test_the_payment_stand_in_imports_nothing_of_the_portals_payments_or_database(module):
    assert files_that_say(rf"^\s*(import|from) {re.escape(module)}\b", "demo/standin") == set()
