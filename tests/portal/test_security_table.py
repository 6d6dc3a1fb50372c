"""docs/security.md has every requirement of OWASP's standard 5.0.0, levels 1 and 2, once; the tests that it names exist."""

import ast
import re
from collections import Counter

import pytest

from tests.tree import ROOT

ROW = re.compile(r"^\| (V\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
ROWS = ROW.findall((ROOT / "docs" / "security.md").read_text())
IDS = (ROOT / "tests" / "portal" / "asvs_5_0_0.txt").read_text().splitlines()


def names_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_the_security_standard_list_has_70_requirements_of_level_1_and_183_of_level_2():
    assert Counter(line.split()[1] for line in IDS) == {"1": 70, "2": 183}


def test_the_security_table_has_exactly_one_row_for_each_requirement_of_the_standard():
    assert sorted(f"{number} {level}" for number, level, _, _ in ROWS) == sorted(IDS)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_every_row_of_the_security_table_names_existing_tests_or_a_reason(row):
    number, level, _, shown = row
    if shown.startswith("`"):
        named = TEST.findall(shown)
        assert len(named) == len(shown.split(", "))
        for path, name in named:
            assert not name or name in names_in(path), f"{path}::{name}"
    else:
        kind, _, reason = shown.partition(": ")
        assert reason
        assert kind in {"does not apply", "operator"} | ({"open"} if level == "2" else set())
