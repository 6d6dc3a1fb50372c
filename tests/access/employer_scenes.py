"""The scenes in which an employer's person fills in forms, and staff do about organisations."""

import pytest

from providers.models import ProviderPerson
from tests.employers.scenes import consent, gina, lakeside, leave_a_key, role_of_gina
from tests.providers.scenes import harbor, penny
from trainers.models import Trainer


@pytest.fixture
def viewer(db) -> Trainer:
    """Gina, who sees the team of Lakeside Gym."""
    return gina()


@pytest.fixture
def at_lakeside(viewer, jordan, clock_at) -> dict[str, object]:
    """Jordan lets Lakeside Gym see the certification, and a program of the gym has a key."""
    clock_at("2026-06-15 12:00")
    consent(jordan)
    people = {
        f"admin:employers_employerperson_{act}.object_id": role_of_gina().pk for act in ("again", "end")
    }
    return {"object_id": lakeside().pk, "pk": leave_a_key().pk, **people}


@pytest.fixture
def at_harbor(jordan, clock_at) -> dict[str, object]:
    """Penny reports for Harbor Fitness Academy."""
    clock_at("2026-06-15 12:00")
    role = ProviderPerson.objects.get(person=penny())
    people = {f"admin:providers_providerperson_{act}.object_id": role.pk for act in ("again", "end")}
    return {"object_id": harbor().pk, **people}
