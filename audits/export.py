"""What anyone may check: each period as one line of JSON, as docs/verify_draw.py reads it. It names
nobody.
"""

import json
from collections.abc import Iterator

from audits.models import DrawPeriod


def line_of(period: DrawPeriod) -> str:
    """Return one period with every draw in it, in order of draw ids; `secret` and `public_value`
    are null until they exist.
    """
    rows = period.draws.order_by("cycle__draw_id").values_list("cycle__draw_id", "x", "selected")
    return json.dumps(
        {
            "period": period.code,
            "commitment": period.commitment,
            "secret": period.secret or None,
            "public_value": period.public_value or None,
            "rate": period.rate,
            "rows": [{"draw_id": draw_id, "x": x, "selected": selected} for draw_id, x, selected in rows],
        }
    )


def period_lines(code: str | None = None) -> Iterator[str]:
    """Yield a line for every announced period, the oldest first, or the one named; raises
    LookupError when there is none of that name.
    """
    periods = DrawPeriod.objects.order_by("first_on", "pk")
    if code is not None:
        periods = periods.filter(code=code)
        if not periods:
            raise LookupError(f"There is no draw period {code}.")
    for period in periods:
        yield line_of(period)
