"""Rows gathered as a column are what their own query returns, on either database."""

from typing import Any

import pytest
from django.db.models import Model, OuterRef, QuerySet

from ceus.models import CeuRecord
from core.gathered import Gathered
from core.models import HistoryEntry
from outbox.models import Notice
from petitions.models import Petition
from tests import factories
from tests.petitions import scenes as petitions
from tests.renewals.scenes import moment
from trainers.models import Cycle, Trainer

pytestmark = pytest.mark.django_db
KINDS = {  # of each model: the way to its trainer, a row that comes along, and an order
    CeuRecord: ("credential__trainer", "course", ("-completed_on", "-pk")),
    Petition: ("trainer", "charge", ("pk",)),
    HistoryEntry: ("trainer", "by", ("-at", "-pk")),
    Notice: ("trainer", "trainer", ("-send_at", "pk")),
    Cycle: ("credential__trainer", "credential", ("pk",)),
}


@pytest.fixture
def lived(jordan, stranger, clock_at):
    clock_at("2027-03-02")
    for person in (jordan, stranger):
        factories.everything_met(person)
        petitions.submitted(person, at=moment("2027-03-02"))
    return jordan


def columns_of(row: Model | None) -> list[Any] | None:
    return [getattr(row, one.attname) for one in row._meta.concrete_fields] if row else None


def gather(person: Trainer, column: Gathered[Any]) -> list[Any]:
    return column.read(Trainer.objects.annotate(found=column).get(pk=person.pk).found)


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_rows_gathered_in_one_column_equal_the_rows_of_their_query_in_the_same_order(
    lived, model, django_assert_num_queries
):
    way, related, order = KINDS[model]

    def rows_of(whom: Any) -> QuerySet[Any]:
        return model.objects.filter(**{way: whom}).order_by(*order)[:3]

    with django_assert_num_queries(1):
        found = gather(lived, Gathered(rows_of(OuterRef("pk")), related=(related,)))
        with_it = [(columns_of(one), columns_of(getattr(one, related))) for one in found]
    own = [(columns_of(one), columns_of(getattr(one, related))) for one in rows_of(lived)]
    assert with_it == own
    assert own


def test_gathered_rows_of_a_person_without_any_are_an_empty_list(stranger):
    nothing = Petition.objects.filter(trainer=OuterRef("pk"))
    assert gather(stranger, Gathered(nothing, related=("charge",))) == []


def test_gathered_rows_limited_to_some_columns_read_the_other_columns_on_access(
    lived, django_assert_num_queries
):
    mails = Notice.objects.filter(trainer=OuterRef("pk"))
    first = gather(lived, Gathered(mails, only=("title", "trainer")))[0]
    with django_assert_num_queries(0):
        assert first.trainer_id == lived.pk
    with django_assert_num_queries(1):
        assert first.kind
