"""Files whose limits nobody can meet together, and rows that contradict each other, are refused with the key."""

import pytest

from tests.rules.making import problems_in, without_keys

PLAIN_CATEGORIES = """
categories = [
    { code = "live", label = "Live", must_be_current = false },
    { code = "home", label = "Home", must_be_current = false },
]
formats = ["live", "self_study"]
"""
OVER_LIVE, OVER_HOME = '{ categories = ["live"] }', '{ categories = ["home"] }'


def row(code: str, *, over: str = "", **ends: str) -> str:
    """Return a limit as the file states it, with such keys as `maximum = { value = "5" }`."""
    said = [f'code = "{code}"', f"over = {over}" if over else "", *(f"{k} = {v}" for k, v in ends.items())]
    return f"{{ {', '.join(filter(None, said))} }}"


def limits(*rows: str) -> str:
    return f"{PLAIN_CATEGORIES}limits = [{', '.join(rows)}]\n"


@pytest.mark.parametrize(
    ("version", "key"),
    [
        (limits(row("every", per='"item"', maximum='{ value = "2" }'),
                row("few", counts='"records"', maximum='{ value = 3 }')), "total"),
        (limits(row("half", over=OVER_LIVE, maximum='{ percent = "50" }'),
                row("more", over=OVER_LIVE, minimum='{ value = "15" }')), "limits[more].minimum"),
        (limits(row("five", counts='"records"', minimum='{ value = 5 }'),
                row("three", counts='"records"', maximum='{ value = 3 }')), "limits[five].minimum"),
        (limits(row("one", over=OVER_LIVE, minimum='{ value = "15" }'),
                row("other", over=OVER_HOME, minimum='{ value = "15" }')), "total"),
        (limits(row("each", per='"item"', minimum='{ value = "3" }'),
                row("most", per='"item"', maximum='{ value = "2" }')), "limits[each].minimum"),
        ('carry_over = { none = true, most = "5" }', "carry_over.most"),
        ('acts = [{ code = "extension", from = "E", through = "E + 30 days", at_most = 0 }]', "acts[extension].at_most"),
        ('paths = [{ code = "on", adds = ["renewal"], in_place_of = ["renewal"] }]', "paths[on].adds"),
        ('paths = [{ code = "on", lifetime = true, next_length = "1 year" }, { code = "usual" }]', "paths[on].lifetime"),
    ],
)  # fmt: skip
def test_what_nobody_can_meet_or_means_nothing_is_refused_at_its_key(version, key):
    found = [without_keys(one).partition(":")[0] for one in problems_in(version)]
    assert key in found


@pytest.mark.parametrize(
    "version",
    [
        limits(row("every", per='"item"', maximum='{ value = "2" }'),
               row("ten", counts='"records"', maximum='{ value = 10 }')),
        limits(row("half", over=OVER_LIVE, maximum='{ percent = "50" }'),
               row("more", over=OVER_LIVE, minimum='{ value = "10" }')),
        limits(row("one", over=OVER_LIVE, minimum='{ value = "10" }'),
               row("other", over=OVER_HOME, minimum='{ value = "10" }')),
    ],
)  # fmt: skip
def test_limits_that_somebody_can_just_meet_are_taken(version):
    assert problems_in(version) == []
