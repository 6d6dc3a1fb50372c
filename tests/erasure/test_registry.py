"""Every text column of every installed model has a line: what it becomes, or why it stays (Q33)."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import ForeignKey, OneToOneField

from core.erasing import spared_update
from core.personal_data import PersonalTable, personal_tables
from core.triggers import all_triggers
from trainers.models import Trainer

TEXTS = (
    models.CharField, models.TextField, models.JSONField, models.FileField, models.GenericIPAddressField,
    models.BinaryField, models.UUIDField,
)  # fmt: skip
MODELS = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}


def text_columns(model: type[models.Model]) -> set[str]:
    return {one.name for one in model._meta.concrete_fields if isinstance(one, TEXTS)}


@pytest.mark.parametrize("label", sorted(MODELS))
def test_every_text_column_has_exactly_one_entry_in_the_personal_data_registry(label):
    columns = text_columns(MODELS[label])
    table = personal_tables().get(label, PersonalTable(label))
    if table.removed:
        return
    assert columns - set(table.empties) - set(table.keeps) == set()
    assert set(table.empties) & set(table.keeps) == set()


@pytest.mark.parametrize("label", sorted(personal_tables()))
def test_every_personal_data_entry_names_an_existing_column_and_a_reason_for_keeping_it(label):
    table = personal_tables()[label]
    columns = {one.name for one in MODELS[label]._meta.concrete_fields}
    assert set(table.empties) | set(table.keeps) <= columns
    assert all(len(why) > 5 for why in table.keeps.values())
    assert not (table.empties and not (table.path or table.also)), "nobody's rows would be found"


def test_a_new_text_column_without_a_personal_data_entry_is_reported():
    class Later(models.Model):
        secret = models.CharField(max_length=5)

        class Meta:
            app_label = "erasure_tests"
            managed = False

        def __str__(self) -> str:
            return self.secret

    try:
        assert text_columns(Later) == {"secret"}
        assert "erasure_tests.Later" not in personal_tables()
    finally:
        del apps.all_models["erasure_tests"]
        apps.clear_cache()


def test_every_model_with_a_foreign_key_to_a_person_has_an_erasure_path_or_concerns_only_staff():
    by_staff = {
        "admin.LogEntry",
        "badges.SigningKey",
        "cases.PolicyDraft",
        "ceus.CatalogueChange",
        "employers.ApiKey",
        "outbox.Letter",
        "payments.ProviderEvent",
        "providers.ApiKey",
        "providers.Batch",
        "providers.CourseRequest",
        "providers.Decision",
        "providers.IssuerKey",
        "trainers.Roster",
        "webhooks.Endpoint",
        "journal.JournalKey",
    }
    pointing = {
        label
        for label, model in MODELS.items()
        if any(
            isinstance(one, ForeignKey | OneToOneField) and one.related_model is Trainer
            for one in model._meta.get_fields()
        )
    }
    assert {label for label in pointing if not personal_tables()[label].path} == by_staff


def test_only_triggers_on_tables_with_erased_columns_make_an_exception_for_erasures():
    """Which tables spare an erasure, from the registry: no other guard has a hole."""
    spared = {one.table for one in all_triggers() if one.spares and spared_update(one.table)}
    assert spared == {
        "audits_audit", "audits_decision", "audits_extension", "audits_audititem", "cases_note", "cases_proposal",
        "cases_snooze", "ceus_correction", "ceus_heldcard", "core_historyentry", "core_merge", "employers_listing",
        "hardship_relief", "names_namerequest", "outbox_letter", "payments_charge", "payments_checkoutsession", "payments_difference", "payments_feedecision", "payments_ledgerentry", "payments_providerevent", "payments_refund",
        "petitions_decision", "petitions_petition", "providers_completion", "renewals_application", "renewals_decision", "trainers_emailchange", "trainers_trainer",
    }  # fmt: skip
    for one in all_triggers():
        if one.table in ("audits_draw", "core_erasure", "trainers_cycle", "audits_drawperiod"):
            assert "core_erasure e" not in one.condition(connection.vendor)
