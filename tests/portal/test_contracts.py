"""The import contracts name every package: one that is in no list is checked by no contract."""

import ast
import re
import tomllib
from collections import defaultdict

from tests.tree import ROOT, tracked

NOT_THE_PORTAL = {"tests", "tools"}
QUEUE = "outbox.notices"  # where services queue; no wording


def linter() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def contract(name: str) -> dict:
    (found,) = (one for one in linter()["contracts"] if one["id"] == name)
    return found


def packages() -> set[str]:
    """Return the top-level packages of the tree."""
    folders = {path.parent for path in tracked("*/__init__.py") if path.parent.parent == ROOT}
    return {folder.name for folder in folders} - NOT_THE_PORTAL


def test_every_package_is_listed_in_the_import_contracts():
    assert sorted(linter()["root_packages"]) == sorted(packages())


def test_every_package_is_in_the_maps_of_the_readme_and_of_the_layout():
    readme = (ROOT / "README.md").read_text()
    layout = (ROOT / "docs/design/layout.md").read_text()
    assert {name for name in packages() if f"\n{name}/ " not in readme} == set()
    assert {name for name in packages() if f"\n| `{name}/` |" not in layout} == set()


def test_every_package_has_one_layer_and_no_exception_in_the_import_contracts():
    floors = contract("floors")
    named = [name.strip() for layer in floors["layers"] for name in layer.split("|")]
    assert sorted(named) == sorted(packages())
    assert "ignore_imports" not in floors


def test_services_are_forbidden_to_import_the_wording_and_form_modules_of_any_app():
    found = tracked("*/notices.py", "*/*_notices.py", "*/*_forms.py")
    folders = [(path, path.relative_to(ROOT).parts[:-1]) for path in found]
    wording = {f"{app[0]}.{path.stem}" for path, app in folders if len(app) == 1 and app[0] != "staff"}
    assert wording - {QUEUE} - set(contract("wording")["forbidden_modules"]) == set()


def test_every_app_with_notices_keeps_their_codes_in_its_own_module():
    apps = {path.parent for path in tracked("*/notices.py") if path.parent.parent == ROOT}
    assert [
        app.name for app in apps if not (app / "notice_codes.py").is_file() and app.name != "outbox"
    ] == []


def test_wording_modules_are_forbidden_to_services_indirectly_too_and_to_all_of_cases():
    wording = contract("wording")
    assert not {"allow_indirect_imports", "ignore_imports"} & wording.keys()
    files = [path for path in tracked("cases/*.py") if path.parent.name == "cases"]
    kernel = {f"cases.{path.stem}" for path in files} - {"cases.__init__", "cases.pages"}
    assert kernel - set(wording["source_modules"]) == set()


def test_every_service_is_imported_from_the_module_that_defines_it():
    """Through `<app>/services/__init__.py`, one verb would bring every module of its app along."""
    folders = {".".join(path.relative_to(ROOT).parts[:2]) for path in tracked("*/services/__init__.py")}
    product = [path for path in tracked("*.py") if path.relative_to(ROOT).parts[0] not in NOT_THE_PORTAL]
    found = [
        f"{path.relative_to(ROOT)}: {node.module}.{name.name}"
        for path in product
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module in folders
        for name in node.names
        if not (ROOT / node.module.replace(".", "/") / f"{name.name}.py").is_file()
    ]
    assert found == []


def test_the_table_of_signals_names_every_signal_with_its_module_and_listeners():
    sources = {str(path.relative_to(ROOT)): path.read_text() for path in tracked("*.py")}
    product = {name: text for name, text in sources.items() if name.split("/")[0] not in NOT_THE_PORTAL}
    made = {
        signal: name
        for name, text in product.items()
        for signal in re.findall(r"^(\w+) = Signal\(", text, re.MULTILINE)
    }
    listeners = defaultdict(set)
    for name, text in product.items():
        for signal in re.findall(r"^@receiver\((\w+)", text, re.MULTILINE):
            listeners[signal].add(name.split("/")[0])
    rows = re.findall(
        r"^\| `(\w+)` \| `(\w+/signals\.py)` \|[^|]+\| ([^|]+) \|$",
        (ROOT / "docs/design/layout.md").read_text(),
        re.MULTILINE,
    )
    assert {signal: (name, set(re.findall(r"\w+", apps))) for signal, name, apps in rows} == {
        signal: (name, listeners[signal]) for signal, name in made.items()
    }
