"""The rules import only the standard library and themselves, and read no clock, random source or
environment.
"""

import ast
import sys
from pathlib import Path

import pytest

import rules
from tests.rules import mutate

FOLDER = Path(rules.__file__).parent
FILES = sorted(FOLDER.glob("**/*.py"))
WORLD = {"os", "random", "secrets", "time", "socket", "subprocess", "logging", "sqlite3", "urllib", "http"}
CLOCK = {"today", "now", "utcnow", "time"}


def imported(tree: ast.AST) -> set[str]:
    """Return the top-level names that a module imports; a relative import begins with its dots."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add("." * node.level or (node.module or "").split(".")[0])
    return names


def test_the_purity_checks_cover_the_modules_of_the_rules_package():
    assert {"model.py", "standing.py", "counting.py"} <= {path.name for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_rules_modules_import_only_the_standard_library_and_each_other(path: Path):
    names = imported(ast.parse(path.read_text("utf-8"))) - {"rules"}
    assert names <= sys.stdlib_module_names
    assert not names & WORLD


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_rules_modules_never_read_the_clock(path: Path):
    called = {
        node.func.attr for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }  # fmt: skip
    assert not called & CLOCK


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_rules_contain_no_tier_category_or_fee_of_a_policy(path: Path):
    words = {
        node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)
    }
    assert not words & {"on_time", "late", "additional", "cpr_aed", "education", "renewal", "late_until"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_rules_module_uses_a_float(path: Path):
    tree = ast.parse(path.read_text("utf-8"))
    assert not [
        node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]


def test_the_mutation_campaign_runs_every_test_file_of_the_rules_that_needs_no_django():
    files = {path.stem for path in Path(__file__).parent.glob("test_*.py")}
    assert files - {*mutate.THEN, *mutate.LAST} == {
        "test_assess_command",
        "test_policy_folders",
        "test_purity",
    }
