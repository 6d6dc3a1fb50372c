"""The append-only guards let pass an update that only empties listed columns of somebody being erased; each refuses
everything else, by name (Q33).
"""

import pytest
from django.db import IntegrityError, transaction

from audits.models import Audit, Decision, Extension
from core import clock
from core.models import Erasure, HistoryEntry
from names.models import NameRequest
from payments.models import Charge, FeeDecision, LedgerEntry, ProviderEvent, Refund
from petitions.models import Decision as PetitionDecision
from petitions.models import Petition
from trainers.services.erasing import erase_trainer, request_erasure

pytestmark = pytest.mark.django_db
GUARDS = {
    "core_historyentry_no_update": (HistoryEntry, "reason", "[erased]", {"verb": "x"}),
    "payments_ledgerentry_no_update": (LedgerEntry, "reason", "[erased]", {"amount_cents": 1}),
    "payments_charge_fixed": (Charge, "description", "[erased]", {"amount_cents": 1}),
    "payments_feedecision_no_update": (FeeDecision, "reason", "[erased]", {"kept_cents": 1}),
    "payments_refund_fixed": (Refund, "reason", "[erased]", {"amount_cents": 1}),
    "payments_event_fixed": (ProviderEvent, "payload", {}, {"type": "x"}),
    "names_namerequest_fixed": (NameRequest, "before", "[erased]", {"requested_at": clock.now()}),
    "petitions_facts_fixed": (Petition, "learned", "[erased]", {"asked_hundredths": 1}),
    "petitions_decision_fixed": (PetitionDecision, "words", "[erased]", {"hundredths": 1}),
    "audits_decision_fixed": (Decision, "words", "[erased]", {"verdict": "fail"}),
    "audits_extension_fixed": (Extension, "words", "[erased]", {"why": "x"}),
}


def change(model, pk, **columns) -> None:
    with transaction.atomic():
        assert model._base_manager.filter(pk=pk).update(**columns) == 1


def row_of(model):
    """The first row of the lived life."""
    return model._base_manager.order_by("pk").first().pk


def refusals(attempt) -> dict[str, bool]:
    """Whether each guard refuses, by its own name, what `attempt` does to a row of its table."""
    said = {}
    for guard in GUARDS:
        try:
            attempt(guard)
        except IntegrityError as error:
            said[guard] = guard in str(error)
        else:
            said[guard] = False
    return said


def empty(guard: str) -> None:
    model, column, constant, _ = GUARDS[guard]
    change(model, row_of(model), **{column: constant})


ALL_REFUSE = dict.fromkeys(GUARDS, True)


def test_without_an_erasure_the_database_refuses_to_blank_protected_columns(lived):
    assert refusals(empty) == ALL_REFUSE


def test_while_an_erasure_waits_for_a_second_lead_the_database_refuses_to_blank_columns(lived, lead):
    Erasure.objects.create(trainer=lived, asked_by=lead, asked_at=clock.now())
    assert refusals(empty) == ALL_REFUSE


def test_during_one_persons_erasure_the_database_refuses_to_blank_columns_of_another(lived, stranger):
    request_erasure(stranger, by=stranger, at=clock.now())
    assert refusals(empty) == ALL_REFUSE


def test_an_erasure_allows_only_setting_listed_columns_to_their_constants(lived):
    request_erasure(lived, by=lived, at=clock.now())

    def write_something_else(guard: str) -> None:
        model, column, constant, _ = GUARDS[guard]
        change(model, row_of(model), **{column: {"x": 1} if isinstance(constant, dict) else "Something else"})

    def change_more(guard: str) -> None:
        model, column, constant, other = GUARDS[guard]
        change(model, row_of(model), **{column: constant, **other})

    def change_another(guard: str) -> None:
        model, _, _, other = GUARDS[guard]
        change(model, row_of(model), **other)

    for attempt in (write_something_else, change_more, change_another):
        assert refusals(attempt) == ALL_REFUSE
    assert refusals(empty) == dict.fromkeys(GUARDS, False)


def test_an_erasure_does_not_allow_deleting_rows(lived):
    request_erasure(lived, by=lived, at=clock.now())
    for model in (HistoryEntry, LedgerEntry, Petition, Audit):
        with pytest.raises(IntegrityError, match=r"_no_delete|_kept"), transaction.atomic():
            model._base_manager.filter(pk=row_of(model))._raw_delete("default")


def test_the_database_refuses_to_change_or_delete_a_finished_erasure(lived, stranger):
    erasure = erase_trainer(request_erasure(lived, by=lived, at=clock.now()), at=clock.now())
    for changes in ({"numbers": []}, {"trainer": stranger}):
        with pytest.raises(IntegrityError, match="core_erasure_fixed"):
            change(Erasure, erasure.pk, **changes)
    with pytest.raises(IntegrityError, match="core_erasure_steps"):
        change(Erasure, erasure.pk, state="asked")
    with pytest.raises(IntegrityError, match="core_erasure_kept"), transaction.atomic():
        Erasure.objects.filter(pk=erasure.pk)._raw_delete("default")


def test_the_audit_of_an_erased_trainer_keeps_its_dates(lived):
    request_erasure(lived, by=lived, at=clock.now())
    with pytest.raises(IntegrityError, match="audits_facts_fixed"):
        change(Audit, Audit.objects.get().pk, reference="A-1")
