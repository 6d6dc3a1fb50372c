"""Rules for every file of the project."""

import ast
import re
import sys
from pathlib import Path

import pytest

from tests.tree import ROOT, named, our_python, text_of, tracked

# In pieces, so that this file does not find itself.
REGISTRIES = [
    a + "." + b for a, b in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
]
ASKS_THE_CLOCK = re.compile(
    r"\b(date\.today|datetime\.(now|today|utcnow)|timezone\.(now|localdate|localtime))\("
)
LONGEST_FILE = 300
LONGEST_FUNCTION = 40


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_file_names_a_package_registry(host):
    assert [named(path) for path in tracked() if host in text_of(path)] == []


def test_no_file_is_longer_than_300_lines():
    lengths = {named(path): len(text_of(path).splitlines()) for path in our_python()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_40_lines():
    long = {}
    for path in our_python():
        for node in ast.walk(ast.parse(text_of(path))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long[f"{named(path)}:{node.name}"] = lines
    assert long == {}


def test_only_the_clock_module_reads_the_time():
    asking = [
        named(path)
        for path in our_python()
        if path.relative_to(ROOT).parts[0] not in ("tests", "tools")
        and named(path) != "core/clock.py"
        and ASKS_THE_CLOCK.search(text_of(path))
    ]
    assert asking == []


def test_the_rules_package_imports_only_itself_and_the_standard_library():
    foreign = {}
    for path in tracked("rules/*.py"):
        for node in ast.walk(ast.parse(text_of(path))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = ["." * node.level + (node.module or "")]
            for name in names:
                ours = name.startswith((".", "rules"))
                if not ours and name.partition(".")[0] not in sys.stdlib_module_names:
                    foreign[named(path)] = name
    assert foreign == {}


def imports_of(path: Path) -> list[str]:
    """Return every module that `path` imports, those inside its functions too."""
    found = []
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def test_no_test_module_is_imported_by_another():
    # What two tests share is in the cast, in an app's scenes or in a fixture.
    foreign = re.compile(r"tests\.(\w+\.)*(test_\w+|conftest)(\.|$)")
    importing = {
        named(path): [name for name in imports_of(path) if foreign.match(name)]
        for path in tracked("tests/*.py")
    }
    assert {path: names for path, names in importing.items() if names} == {}


def test_no_xfail_test_and_no_todo_comment_is_left():
    # In pieces, so that this file does not find itself.
    left = re.compile("|".join(("pytest" + r"\.mark\.xfail", "#" + " TODO", "#" + " FIXME")))
    assert [named(path) for path in our_python() if left.search(text_of(path))] == []


def test_every_lock_file_pins_what_the_smaller_one_pins_at_the_same_version():
    pins = {
        name: dict(
            re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / f"requirements/{name}.txt").read_text(), re.M)
        )
        for name in ("base", "full", "dev")
    }
    assert len(pins["base"]) > 10
    assert pins["base"].items() <= pins["full"].items()
    assert pins["full"].items() <= pins["dev"].items()
