"""Sixty batches as a broken or hostile program might send them."""

GOOD = {"number": "1193 4482", "name": "Jordan Rivera", "course": "balance", "completed_on": "2026-05-03"}
TEXTS = {
    "nul": "a\x00b",
    "surrogate": "\ud800",
    "right to left": "\u202eabc",
    "script": "<script>alert(1)</script>",
    "formula": "=cmd()",
    "quote": "'; DROP TABLE ceus_ceurecord; --",
    "long": "x" * 100_000,
    "blank": " \t\n",
    "digits of another script": "٣٤",
    "emoji": "🏋" * 50,
    "none": None,
    "true": True,
    "list": ["a"],
    "object": {"a": 1},
    "float": 1e308,
    "negative": -1,
    "whole": 10**30,
}
FIELDS = ("number", "name", "course")
BATCHES: dict[str, list[dict[str, object]]] = {
    f"{field} {what}": [{**GOOD, field: value}, GOOD] for field in FIELDS for what, value in TEXTS.items()
}
DAYS = ("2026-02-30", "0000-00-00", "9999-12-31", "2026-05-03T10:00", "5/3/26", "tomorrow", 20260503, None)
BATCHES |= {f"day {day}": [{**GOOD, "completed_on": day}] for day in DAYS}
CEUS = ("NaN", "1e999", "0,5", "٣", "-1", "9" * 31, 0.4, [])
BATCHES |= {f"ceus {str(ceus)[:8]}": [{**GOOD, "ceus": ceus}] for ceus in CEUS}
BATCHES |= {
    "empty rows": [{}, {}, {}],
    "strange columns": [{**GOOD, "state": "approved", "record": 1, "by": "root"}],
    "the same a thousand times": [GOOD] * 1000,
    "only strange columns": [{"a": 1}],
}
assert len(BATCHES) >= 60
