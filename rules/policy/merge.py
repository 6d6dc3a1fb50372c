"""How a short policy file is merged with the file that it is based on, and a later version with the
one before: tables key by key, rows by their code.
"""

from typing import Any

# Pairs of keys of which one replaces the other.
OTHERS = {"from": "after", "after": "from", "through": "before", "before": "through"}
OTHERS |= {"value": "none", "none": "value", "amount": "percent", "percent": "amount"}


def merge_tables(below: Any, above: Any) -> Any:
    """Return `below` with everything replaced that `above` states. A row with `remove = true`
    removes the row with its code.
    """
    if isinstance(below, dict) and isinstance(above, dict):
        kept = {key: value for key, value in below.items() if OTHERS.get(key) not in above}
        return {**kept, **{key: merge_tables(below.get(key), value) for key, value in above.items()}}
    if _are_rows(above) and (below is None or _are_rows(below)):
        return _merged_rows(below or [], above)
    return above


def _are_rows(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(row, dict) and isinstance(row.get("code"), str) for row in value)
    )


def _merged_rows(below: list[dict[str, Any]], above: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of both; a code that occurs twice in `above` stays twice, to be refused."""
    rows = list(below)
    seen: set[str] = set()
    for row in above:
        place = next((n for n, one in enumerate(rows) if one["code"] == row["code"]), None)
        if place is None or row["code"] in seen:
            rows.append(merge_tables({}, row))
        else:
            rows[place] = merge_tables(rows[place], row)
        seen.add(row["code"])
    return [row for row in rows if row.get("remove") is not True]
