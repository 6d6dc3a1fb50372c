"""What a CEU record refuses, each with its sentence."""

from datetime import date

from ceus.services.changes import change_record
from ceus.services.logging import log_card
from tests import factories
from tests.ceus.scenes import AT, TODAY
from tests.reading import refused_with


def test_a_removed_record_is_not_changed(jordan):
    record = factories.CeuRecordFactory(credential=jordan.credentials.get(), state="removed")
    with refused_with("You removed this. Log it again if you need it.", "removed"):
        change_record(record, completed_on=date(2026, 5, 3), by=jordan, at=AT, today=TODAY)


def test_a_card_that_the_policy_does_not_ask_for_is_not_logged(jordan, a_file, monkeypatch):
    monkeypatch.setattr("ceus.services.logging.card_category", lambda *_: None)
    days = {"completed_on": date(2026, 5, 3), "valid_through": date(2028, 5, 3)}
    with refused_with("Your certification does not ask for a card.", "no_card_asked"):
        log_card(
            jordan.credentials.get(), **days, front=a_file(), back=a_file(), by=jordan, at=AT, today=TODAY
        )
