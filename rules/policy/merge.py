"""How a short policy file is merged with the file that it is based on, and a later version with the
one before: tables key by key, rows by their code.
"""

# Pairs of keys of which one replaces the other.
OTHERS = {"from": "after", "after": "from", "through": "before", "before": "through"}
REMOVES_NOTHING = "removes nothing"  # of a row whose `remove` finds no row; no key in a file has a space
OTHERS |= {"value": "none", "none": "value", "amount": "percent", "percent": "amount"}


def merge_tables(below: dict[str, object], above: dict[str, object]) -> dict[str, object]:
    """Return `below` with everything replaced that `above` states. A row with `remove = true`
    removes the row with its code.
    """
    kept = {key: value for key, value in below.items() if OTHERS.get(key) not in above}
    return {**kept, **{key: _merged(below.get(key), value) for key, value in above.items()}}


def _merged(below: object, above: object) -> object:
    if isinstance(below, dict) and isinstance(above, dict):
        return merge_tables(below, above)
    rows = _rows_of(above)
    if rows and (below is None or _rows_of(below)):
        return _merged_rows(_rows_of(below), rows)
    return above


def _rows_of(value: object) -> list[dict[str, object]]:
    """Return `value` when it is a list of tables that each have a code; otherwise an empty list."""
    rows = value if isinstance(value, list) else []
    found = [row for row in rows if isinstance(row, dict) and isinstance(row.get("code"), str)]
    return found if len(found) == len(rows) else []


def _merged_rows(below: list[dict[str, object]], above: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return the rows of both. A code that occurs twice in `above` stays twice, and a row that removes
    what is not there stays, both to be refused.
    """
    rows = list(below)
    seen: list[object] = []
    for row in above:
        place = _place_of(row, rows)
        if place is None and row.get("remove") is True:
            rows.append({"code": row["code"], REMOVES_NOTHING: True})
        elif place is None or row["code"] in seen:
            rows.append(merge_tables({}, row))
        else:
            rows[place] = merge_tables(rows[place], row)
        seen.append(row["code"])
    return [row for row in _in_order(rows, above, below) if row.get("remove") is not True]


def _place_of(row: dict[str, object], rows: list[dict[str, object]]) -> int | None:
    return next((n for n, one in enumerate(rows) if one["code"] == row["code"]), None)


def _in_order(
    rows: list[dict[str, object]], above: list[dict[str, object]], below: list[dict[str, object]]
) -> list[dict[str, object]]:
    """Return the rows with each new one that stands before a known one in `above` before it here as well."""
    for number, row in enumerate(above):
        known = next((one for one in above[number:] if _place_of(one, below) is not None), None)
        if known is not None and _place_of(row, below) is None:
            moved = rows.pop(_place_of(row, rows) or 0)
            rows.insert(_place_of(known, rows) or 0, moved)
    return rows
