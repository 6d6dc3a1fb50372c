"""Every relation to a person in every installed model has a decision: what becomes of it in a merge."""

from types import FunctionType

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey

from core.merging import MERGES, merged_tables, merging_modules, moved_update
from core.personal_data import personal_tables
from core.triggers import all_triggers
from trainers.models import Trainer

MODELS = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}


def relations(label: str) -> set[str]:
    fields = MODELS[label]._meta.concrete_fields
    return {one.name for one in fields if isinstance(one, ForeignKey) and one.related_model is Trainer}


@pytest.mark.parametrize("label", sorted(label for label in MODELS if relations(label)))
def test_every_foreign_key_to_a_person_has_exactly_one_entry_in_the_merging_registry(label):
    table = merged_tables()[label]
    decided = [*table.moves, *table.own, *table.stays]
    assert len(decided) == len(set(decided))
    if table.removed:
        assert decided == []
        return
    assert set(decided) == relations(label)


def test_every_table_with_personal_data_is_in_the_merging_registry_with_the_same_path_to_its_person():
    """What is in no column of the table itself follows a row that moves."""
    for label, table in personal_tables().items():
        if table.path not in ("", "pk"):
            assert merged_tables()[label].way == table.path, label


def test_every_merging_registry_entry_names_an_existing_model_with_a_singular_and_a_plural():
    for label, table in merged_tables().items():
        assert label in MODELS
        assert bool(table.one) == bool(table.many)
        assert table.way or not (table.one or table.own or table.removed), label


def test_only_triggers_on_tables_whose_rows_move_make_an_exception_for_merges():
    """Which tables spare a merge, from the registry: no other guard has a hole."""
    spared = {one.table for one in all_triggers() if one.spares and moved_update(one.table)}
    assert spared == {
        "cases_assignment", "cases_conflict", "cases_note", "cases_proposal", "cases_snooze", "ceus_heldcard",
        "core_erasure", "core_historyentry", "core_merge", "employers_consent", "employers_employerperson", "employers_listing", "names_namerequest", "outbox_letterrecipient",
        "payments_charge", "payments_ledgerentry", "petitions_petition", "providers_providerperson", "renewals_application",
        "trainers_emailchange", "trainers_factorreset",
    }  # fmt: skip
    for one in all_triggers():
        if one.table in ("audits_draw", "trainers_cycle", "cases_mention", "payments_feedecision"):
            assert f"{MERGES} m" not in one.condition(connection.vendor)


def test_every_public_function_of_a_merging_module_is_one_that_a_merge_calls():
    called = {"find_conflicts", "prepare_rows", "finish_rows"}
    for module in merging_modules():
        own = [one for one in vars(module).values() if isinstance(one, FunctionType)]
        names = {one.__name__ for one in own if one.__module__ == module.__name__}
        assert {name for name in names if not name.startswith("_")} <= called, module.__name__
