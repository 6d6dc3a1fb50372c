"""A sweep goes on after a row that failed, and ends when its own time is over."""

import pytest
from celery.exceptions import SoftTimeLimitExceeded

from core.errors import Refusal
from core.sweeps import sweep_rows


class Row:
    def __init__(self, name: str, error: Exception | None = None) -> None:
        self.name, self.error, self.state = name, error, "due"


def step(row: Row) -> Row:
    if row.error:
        raise row.error
    row.state = "done"
    return row


def sweep(*rows: Row, recorded: list[str]) -> None:
    """Sweep the rows; `recorded` gets the names of those whose error was recorded."""
    sweep_rows(rows, step, failed=lambda row, error: recorded.append(row.name))


@pytest.mark.parametrize("error", [Refusal("Not yet."), ZeroDivisionError()])
def test_an_error_in_one_row_of_a_sweep_is_recorded_and_the_next_row_is_processed(error):
    rows, recorded = (Row("first", error), Row("second")), []
    sweep(*rows, recorded=recorded)
    assert recorded == ["first"]
    assert [row.state for row in rows] == ["due", "done"]


def test_a_sweep_past_its_time_limit_stops_without_recording_an_error_on_its_current_row():
    rows, recorded = (Row("first"), Row("second", SoftTimeLimitExceeded()), Row("third")), []
    with pytest.raises(SoftTimeLimitExceeded):
        sweep(*rows, recorded=recorded)
    assert recorded == []
    assert [row.state for row in rows] == ["done", "due", "due"]


def test_a_failure_to_record_a_rows_error_does_not_stop_the_sweep():
    rows = Row("first", ZeroDivisionError()), Row("second")

    def fail(row: Row, error: Exception) -> None:
        raise KeyError(row.name)

    assert sweep_rows(rows, step, moved="name", failed=fail) == 0
    assert rows[1].state == "done"
