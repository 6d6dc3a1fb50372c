"""The scenes in which a policy asks for more than courses: facts about the person, and cards of several kinds."""

from datetime import date

import pytest

from ceus.models import HeldCard
from tests import factories
from tests.bodies import ASKING, ASKING_HEAD, let_follow
from trainers.models import Trainer

WAYS = """paths = [{ code = "credits", text = "By courses." }, { code = "exam", text = "By the exam.", credits = false }]
dues = [{ code = "yearly", label = "Yearly fee", amount = "50.00", text = "Fifty a year.", first = "S", every = "1 year" }]
"""


@pytest.fixture
def asks_facts(jordan, follow_body, clock_at) -> dict[str, object]:
    """Jordan follows a body that asks for facts, and has several ways to renew and yearly fees."""
    clock_at("2026-06-15")
    let_follow(jordan.credentials.get(), follow_body(ASKING + WAYS, ASKING_HEAD))
    return {"object_id": jordan.credentials.get().pk, "code": "exam", "number": 1}


@pytest.fixture
def asks_cards(jordan, follow_body, clock_at) -> dict[str, object]:
    """Jordan has a card of one kind, under a body that asks for two."""
    at = clock_at("2026-06-15")
    let_follow(jordan.credentials.get(), follow_body(name="shared-credits"))
    held = {"trainer": Trainer.objects.get(pk=jordan.pk), "kind": "cpr", "valid_from": date(2024, 5, 3)}
    document = factories.DocumentFactory(owner=jordan)
    return {"pk": HeldCard.objects.create(**held, document=document, added_at=at).pk}
