"""A prepared query returns what its query set returns, and is compiled and prepared once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.models import BigIntegerField, DateField, Exists, OuterRef
from django.test.utils import CaptureQueriesContext

from ceus.models import CeuRecord
from core.prepared import PreparedQuery, PreparedUpdate
from petitions.models import Petition
from tests import factories
from tests.petitions import scenes as petitions
from tests.renewals.scenes import moment

pytestmark = pytest.mark.django_db
BY_HAND = date(2026, 1, 2)


def records_since(credential, day):
    """Return the records of a credential completed from a day on, with their course and an annotation."""
    same = CeuRecord.objects.filter(credential=OuterRef("credential"), pk=OuterRef("pk"))
    found = CeuRecord.objects.filter(credential=credential, completed_on__gte=day)
    return found.annotate(known=Exists(same)).select_related("course").order_by("-completed_on", "pk")


def seen(records) -> list[tuple[object, ...]]:
    return [(one, one.title, one.completed_on, one.course and one.course.title, one.known) for one in records]


@pytest.fixture
def lived(jordan, stranger):
    for person in (jordan, stranger):
        factories.everything_met(person)
        factories.CeuRecordFactory(credential=person.credentials.get(), completed_on=BY_HAND)
    return jordan.credentials.get()


def since() -> PreparedQuery[CeuRecord]:
    return PreparedQuery(records_since, credential=BigIntegerField(), day=DateField())


def test_a_prepared_query_returns_the_rows_of_its_query_set_for_each_value_in_one_query(
    lived, stranger, django_assert_num_queries
):
    query = since()
    for credential in (lived, stranger.credentials.get(), lived):
        for day in (BY_HAND, date(2026, 6, 1), date(2100, 1, 1)):
            with django_assert_num_queries(1):
                found = seen(query.all(credential=credential.pk, day=day))
            assert found == seen(records_since(credential.pk, day))
    assert len(query.all(credential=lived.pk, day=BY_HAND)) == lived.ceu_records.count()


def test_a_prepared_query_returns_the_tuples_of_values_list_and_nothing_for_nobody(lived):
    query = PreparedQuery(
        lambda credential: (
            CeuRecord.objects.filter(credential=credential)
            .order_by("pk")
            .values_list("completed_on", "title")
        ),
        credential=BigIntegerField(),
    )
    assert query.all(credential=lived.pk) == list(
        lived.ceu_records.order_by("pk").values_list("completed_on", "title")
    )
    assert query.all(credential=0) == []
    assert query.first(credential=0) is None


def test_a_prepared_query_reads_what_is_left_out_of_its_rows_when_it_is_used(
    lived, django_assert_num_queries
):
    query = PreparedQuery(
        lambda credential: CeuRecord.objects.filter(credential=credential).only("title").order_by("pk")[:1],
        credential=BigIntegerField(),
    )
    first = lived.ceu_records.order_by("pk")[0]
    with django_assert_num_queries(1):
        found = query.first(credential=lived.pk)
        assert found.title == first.title
    with django_assert_num_queries(1):
        assert found.completed_on == first.completed_on


def test_a_prepared_query_also_reads_what_its_query_set_prefetches(
    jordan, clock_at, django_assert_num_queries
):
    clock_at("2027-03-02")
    asked = petitions.submitted(jordan, at=moment("2027-03-02"))
    query = PreparedQuery(
        lambda trainer: Petition.objects.filter(trainer=trainer).prefetch_related("questions"),
        trainer=BigIntegerField(),
    )
    with django_assert_num_queries(2):
        found = query.all(trainer=jordan.pk)
        assert [list(one.questions.all()) for one in found] == [[]]
    assert found == [asked]


def test_a_prepared_update_changes_the_rows_of_its_values_alone_and_says_how_many(lived, stranger):
    query = PreparedUpdate(
        lambda credential, day: CeuRecord.objects.filter(credential=credential, completed_on=day),
        ("title", "completed_on"),
        credential=BigIntegerField(),
        day=DateField(),
    )
    changes = {"title": "50 % & more", "completed_on": date(2026, 1, 3)}
    assert query.run(changes, credential=lived.pk, day=BY_HAND) == 1
    assert query.run(changes, credential=lived.pk, day=BY_HAND) == 0
    assert lived.ceu_records.get(title="50 % & more").completed_on == date(2026, 1, 3)
    assert stranger.credentials.get().ceu_records.filter(completed_on=BY_HAND).count() == 1


def test_a_prepared_query_builds_its_query_set_once(lived):
    built = []

    def build(credential):
        built.append(credential)
        return CeuRecord.objects.filter(credential=credential)

    query = PreparedQuery(build, credential=BigIntegerField())
    for _ in range(3):
        query.all(credential=lived.pk)
    assert len(built) == 1


def test_threads_share_a_prepared_query_and_each_reads_over_its_own_connection(
    real_database, lived, stranger
):
    query, own = since(), (lived, stranger.credentials.get())

    def ask(number: int) -> bool:
        try:
            credential = own[number % 2].pk
            found = query.all(credential=credential, day=BY_HAND)
            return len(found) > 1 and {one.credential_id for one in found} == {credential}
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(ask, range(12)))


def test_the_log_of_statements_has_a_prepared_one_with_its_values(lived):
    changes = {"title": "Squats", "completed_on": date(2026, 1, 3)}
    update = PreparedUpdate(
        lambda pk: CeuRecord.objects.filter(pk=pk), ("title", "completed_on"), pk=BigIntegerField()
    )
    with CaptureQueriesContext(connection) as asked:
        since().all(credential=lived.pk, day=BY_HAND)
        update.run(changes, pk=987654321)
    read, written = (one["sql"] for one in asked)
    assert read.startswith("SELECT")
    assert "2026-01-02" in read
    assert written.startswith("UPDATE")
    assert "Squats" in written
    assert "987654321" in written


@pytest.mark.postgres
def test_postgresql_prepares_a_query_once_for_a_connection_and_again_after_a_rollback(lived):
    query = since()

    def prepared() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%\"known\"%%'", []
            )
            return cursor.fetchone()[0]

    for day in (BY_HAND, date(2026, 6, 1)):
        query.all(credential=lived.pk, day=day)
    assert prepared() == 1
    with transaction.atomic():
        transaction.set_rollback(True)
    assert len(query.all(credential=lived.pk, day=BY_HAND)) > 1
