"""The names that providers wrote beside numbers: kept for a year from the report, then emptied by the sweep."""

from datetime import UTC, datetime

import pytest
from django.db import Error, transaction

from core.retention import late_kinds, let_old_go
from providers.models import Completion
from tests.providers.scenes import AT, report, row

pytestmark = pytest.mark.django_db
KIND = "Names that providers wrote"


def names() -> list[str]:
    return list(Completion.objects.order_by("pk").values_list("name", flat=True))


@pytest.fixture
def reported(jordan, stranger):
    """Two rows of June 1, 2026, of which staff must decide about the second."""
    report(row(), row(number="2000 0001", name="Sam Stranger", line=2))
    Completion.objects.filter(line=2).update(state="for_staff", state_at=AT)


def test_a_reported_name_is_emptied_after_a_year_unless_staff_still_need_it(reported):
    assert let_old_go(datetime(2027, 6, 1, 19, 0, tzinfo=UTC))[KIND] == 0
    assert names() == ["Jordan Rivera", "Sam Stranger"]
    assert KIND in late_kinds(datetime(2027, 6, 4, tzinfo=UTC))
    assert let_old_go(datetime(2027, 6, 1, 19, 1, tzinfo=UTC))[KIND] == 1
    assert names() == ["", "Sam Stranger"]
    Completion.objects.filter(line=2).update(state="kept")
    assert let_old_go(datetime(2027, 6, 2, tzinfo=UTC))[KIND] == 1
    assert names() == ["", ""]
    assert KIND not in late_kinds(datetime(2028, 1, 1, tzinfo=UTC))


def test_a_name_is_only_let_go_and_never_replaced(reported):
    for name in ("Somebody Else", "jordan rivera"):
        with pytest.raises(Error, match="only let go"), transaction.atomic():
            Completion.objects.filter(line=1).update(name=name)
