"""The published file of the draw: one line of JSON for each period, in the form that
docs/verify_draw.py reads. It contains no personal data.
"""

import json
from collections.abc import Iterator

from audits.models import DrawPeriod
from rules.acts import BY_RATE


def line_of(period: DrawPeriod) -> str:
    """Return one period as a line of JSON, with its draws sorted by draw id. `secret` is null until
    it is revealed, `public_value` until the period is opened with one.
    """
    rows = period.draws.order_by("cycle__draw_id").values_list("cycle__draw_id", "x", "selected", "chance")
    return json.dumps(
        {
            "policy": period.policy_code,
            "period": period.code,
            "commitment": period.commitment,
            "secret": period.secret or None,
            "public_value": period.public_value or None,
            "rate": period.rate,
            "rows": [_row(*row) for row in rows],
        }
    )


def _row(draw_id: str, x: str, selected: bool, chance: str) -> dict[str, object]:
    """Return one draw; `chance` is left out where the rate alone decides."""
    row: dict[str, object] = {"draw_id": draw_id, "x": x, "selected": selected}
    return row if chance == BY_RATE else {**row, "chance": chance}


def period_lines(code: str | None = None) -> Iterator[str]:
    """Yield a line for each announced period, the oldest first; with `code` only for that period.

    Raises LookupError for an unknown code.
    """
    periods = DrawPeriod.objects.order_by("first_on", "pk")
    if code is not None:
        periods = periods.filter(code=code)
        if not periods:
            raise LookupError(f"There is no draw period {code}.")
    for period in periods:
        yield line_of(period)
