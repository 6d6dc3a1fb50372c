"""Every model with a stored state: its table, and the trigger that the database has of it (I15)."""

from itertools import product

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction

from ceus import services
from ceus.models import CeuRecord
from core.errors import Refusal
from core.transitions import check_step, step_trigger
from core.triggers import all_triggers
from tests import factories
from tests.ceus.scenes import AT
from tests.guards.changes import refused_by


def has_state(model) -> bool:
    try:
        return bool(model._meta.get_field("state").choices)
    except FieldDoesNotExist:
        return False


WITH_STATE = [model for model in apps.get_models() if has_state(model)]
STATES = ("pending", "accepted", "rejected", "removed")
STEPS = {
    *(("pending", "accepted"), ("pending", "rejected"), ("pending", "removed")),
    *(("accepted", "rejected"), ("accepted", "removed")),
}
BY_A_PROVIDER = ("accepted", "pending")  # only when it takes its report back


@pytest.mark.parametrize("model", WITH_STATE, ids=lambda model: model._meta.label)
def test_every_model_with_a_stored_state_has_all_states_in_transitions_and_a_trigger(model):
    choices = {value for value, _ in model._meta.get_field("state").choices}
    assert set(model.TRANSITIONS) == choices
    assert set().union(*model.TRANSITIONS.values()) <= choices
    assert model.OUT_OF_ORDER.format(state="open", verb="closed").endswith(" closed.")
    assert f"{model._meta.db_table}_steps" in {trigger.name for trigger in all_triggers()}
    assert step_trigger(model).event == "UPDATE"


@pytest.mark.parametrize(
    ("before", "after"), [pair for pair in product(STATES, STATES) if pair[0] != pair[1]]
)
def test_the_database_allows_a_record_only_the_transitions_of_its_table(jordan, before, after):
    record = factories.CeuRecordFactory(credential=jordan.credentials.get(), state=before)
    rows = CeuRecord.objects.filter(pk=record.pk)
    if (before, after) in STEPS:
        check_step(record, after, "moved")
        assert rows.update(state=after) == 1
        return
    if (before, after) != BY_A_PROVIDER:
        with pytest.raises(Refusal, match="cannot be moved"):
            check_step(record, after, "moved")
    with refused_by("ceus_ceurecord_steps"):
        rows.update(state=after)


def test_a_removed_record_stays_removed_when_an_audit_rejects_it(jordan):
    record = factories.CeuRecordFactory(credential=jordan.credentials.get(), state="removed")
    with transaction.atomic():
        services.reject_record(record, by=None, at=AT, reason="No proof.")
    record.refresh_from_db()
    assert record.state == "removed"
