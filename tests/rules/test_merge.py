"""How a policy file is merged with the one that it is based on: keys, rows by their code, and keys that replace others."""

import pytest

from rules.policy.merge import REMOVES_NOTHING, merge_tables


def rows(*codes: str) -> list[dict[str, object]]:
    return [{"code": one} for one in codes]


@pytest.mark.parametrize(
    ("below", "above", "expected"),
    [
        (None, 5, 5),
        (4, 5, 5),
        ({"a": 1}, 5, 5),
        (4, {"a": 1}, {"a": 1}),
        ({"a": 1, "b": 2}, {"b": 3, "c": 4}, {"a": 1, "b": 3, "c": 4}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}}, {"a": {"b": 1, "c": 3}}),
        (rows("a"), rows("b"), rows("a", "b")),
        (None, rows("a"), rows("a")),
        (None, [{"code": "a", "remove": True}, *rows("b")], [{"code": "a", REMOVES_NOTHING: True}, *rows("b")]),
        (["x"], [{"code": "a", "remove": True}], [{"code": "a", "remove": True}]),
        (rows("a"), [], []),
        (rows("a"), [{"code": 5}], [{"code": 5}]),
        (rows("a"), [*rows("b"), "c"], [*rows("b"), "c"]),
        (rows("a"), [{"label": "b"}], [{"label": "b"}]),
        (["x"], rows("a"), rows("a")),
        (rows("a"), "a", "a"),
        ([{"code": "a", "x": 1}, *rows("b")], [{"code": "a", "y": 2}], [{"code": "a", "x": 1, "y": 2}, *rows("b")]),
        (rows("a", "b"), [{"code": "a", "remove": True}], rows("b")),
        (rows("b"), [{"code": "a", "remove": True}], [*rows("b"), {"code": "a", REMOVES_NOTHING: True}]),
        (rows("a"), [{"code": "a", "remove": False}], [{"code": "a", "remove": False}]),
        ([{"code": "a", "x": 1}], [{"code": "a", "y": 2}, {"code": "a", "z": 3}], [{"code": "a", "x": 1, "y": 2}, {"code": "a", "z": 3}]),
        (rows("a"), rows("b", "b"), rows("a", "b", "b")),
        (rows("a"), rows("b", "a"), rows("b", "a")),
        (rows("a", "b"), rows("c", "d", "b", "e"), rows("a", "c", "d", "b", "e")),
        (rows("a", "b"), rows("b", "a"), rows("a", "b")),
        (rows("a", "b"), [*rows("c"), {"code": "b", "remove": True}, *rows("d")], rows("a", "c", "d")),
    ],
)  # fmt: skip
def test_what_a_file_states_replaces_the_same_key_or_the_row_of_the_same_code(below, above, expected):
    assert merge_tables({"x": below}, {"x": above}) == {"x": expected}


@pytest.mark.parametrize(
    ("stated", "replaced"),
    [
        ("from", "after"),
        ("after", "from"),
        ("through", "before"),
        ("before", "through"),
        ("value", "none"),
        ("none", "value"),
        ("amount", "percent"),
        ("percent", "amount"),
    ],
)
def test_a_stated_key_replaces_the_other_key_of_its_pair_and_no_third_one(stated, replaced):
    assert merge_tables({replaced: "x", "label": "y"}, {stated: "z"}) == {"label": "y", stated: "z"}


def test_a_merge_changes_neither_of_the_two_files():
    below, above = {"fees": rows("a")}, {"fees": [{"code": "a", "label": "x"}]}
    merge_tables(below, above)
    assert (below, above) == ({"fees": rows("a")}, {"fees": [{"code": "a", "label": "x"}]})
