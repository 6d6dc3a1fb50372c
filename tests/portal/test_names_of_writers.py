"""A function that writes has a verb for a name; one that asks does not (docs/design/layout.md)."""

import ast
from collections.abc import Iterator

from tests.tree import ROOT, tracked

WRITING_METHODS = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "delete",
}
WRITING_FUNCTIONS = {"record_history", "move", "queue_notice", "supersede_notices"}
VERBS = set(
    """
    accept act add build empty even go learn let repeat revive stop uncount advance agree announce answer approve ask attach begin book cancel change charge choose claim clear close
    complete conclude confirm correct create credit deactivate decide decline deny dismiss draft draw drop end ensure erase
    extend follow give grant handle index invite judge keep lapse lease list log look make mark move note open park pass plan
    postpone process propose put queue raise reactivate realign receive record refund refuse reinstate reject release
    remind remove rename render reopen replace request resolve resume return reuse revoke save say send set settle start store
    submit supersede suspect suspend take tell unmake unmark void waive withdraw write
    finish merge prepare assign distrust explain fetch forget hand reseal link unlink snooze unassign wake mend switch report restore rotate pause reveal
    """.split()
)
Name = tuple[str, str]  # module and function


def services() -> dict[str, ast.Module]:
    patterns = ("*/services.py", "*/services/*.py", "cases/*.py", "outbox/*.py")
    paths = [path for path in tracked(*patterns) if "migrations" not in path.parts]
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths
    ]
    return {
        name: ast.parse(path.read_text())
        for name, path in zip(names, paths, strict=True)
        if not name.startswith("tests.")
    }


def calls_of(function: ast.FunctionDef) -> Iterator[ast.expr]:
    return (node.func for node in ast.walk(function) if isinstance(node, ast.Call))


def writes_itself(function: ast.FunctionDef) -> bool:
    for called in calls_of(function):
        if isinstance(called, ast.Attribute) and called.attr in WRITING_METHODS:
            return True
        if isinstance(called, ast.Name) and (called.id in WRITING_FUNCTIONS or called.id.startswith("move_")):
            return True
    updates = (node for node in ast.walk(function) if isinstance(node, ast.Call) and node.keywords)
    return any(
        isinstance(node.func, ast.Attribute) and node.func.attr == "update" and not node.args
        for node in updates
    )


def writers(modules: dict[str, ast.Module]) -> set[Name]:
    """Return the functions that write, by themselves or through a function of ours that they call."""
    functions: dict[Name, ast.FunctionDef] = {}
    imported: dict[Name, Name] = {}
    for module, tree in modules.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                functions[module, node.name] = node
            elif isinstance(node, ast.ImportFrom) and node.module in modules:
                for name in node.names:
                    imported[module, name.asname or name.name] = (node.module, name.name)
    found = {name for name, function in functions.items() if writes_itself(function)}
    while True:
        more = {
            (module, name)
            for (module, name), function in functions.items()
            for called in calls_of(function)
            if isinstance(called, ast.Name)
            and imported.get((module, called.id), (module, called.id)) in found
        }
        if more <= found:
            return found
        found |= more


def test_every_service_function_that_writes_begins_with_a_verb():
    found = writers(services())
    unnamed = [f"{module}.{name}" for module, name in found if name.strip("_").split("_")[0] not in VERBS]
    assert sorted(unnamed) == []
    assert len(found) > 150


def test_the_check_reports_a_function_named_as_a_question_that_writes_indirectly():
    source = """
def _needs_a_person(case):
    return bool(open_audit(case))

def open_audit(case):
    return Audit.objects.create(case=case)

def has_news(case):
    return case.audits.exists()
"""
    assert writers({"app.services": ast.parse(source)}) == {
        ("app.services", "_needs_a_person"),
        ("app.services", "open_audit"),
    }


# They write no history: what they write says nothing of a moment.
WITHOUT_A_MOMENT = {
    ("badges.services", "reseal_key"),
    ("ceus.services.catalogue", "save_courses"),
    ("documents.services", "render_pictures"),
}
ABOUT_NOTICES = "queue_"  # they take the kind of a notice beside the row that it is about


def verbs_for_others() -> dict[Name, ast.FunctionDef]:
    """Return the functions that write and that another module calls: those of <app>/services/__init__.py and services.py."""
    modules = services()
    written, found = writers(modules), {}
    for module, tree in modules.items():
        if not module.endswith(".services"):
            continue
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                found[module, node.name] = node
            elif isinstance(node, ast.ImportFrom) and node.module in modules:
                inside = {
                    one.name: one for one in modules[node.module].body if isinstance(one, ast.FunctionDef)
                }
                found |= {
                    (node.module, one.name): inside[one.name] for one in node.names if one.name in inside
                }
    return {name: function for name, function in found.items() if name in written}


def test_a_service_takes_its_object_first_and_the_rest_including_the_moment_as_keywords():
    verbs = verbs_for_others()
    assert len(verbs) > 70
    positional = {name for name, function in verbs.items() if len(function.args.args) > 1}
    timeless = {
        name
        for name, function in verbs.items()
        if not {"at", "now", "send_at"} & {one.arg for one in arguments(function)}
    }
    assert {name for name in positional if not name[1].startswith(ABOUT_NOTICES)} == set()
    assert timeless == WITHOUT_A_MOMENT


def arguments(function: ast.FunctionDef) -> list[ast.arg]:
    return [*function.args.args, *function.args.kwonlyargs]


def test_every_public_function_has_a_name_of_at_least_two_words():
    """Words of templates, of access, of the clock and of programs aside: those read as one word."""
    product = [path for path in tracked("*.py") if path.relative_to(ROOT).parts[0] not in ("tests", "docs")]
    found = {
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in product
        if "templatetags" not in path.parts
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and "_" not in node.name and node.name != "main"
    }
    assert found == {
        *("core/access.py: public", "core/access.py: webhook", "core/clock.py: now", "core/clock.py: today"),
        *("core/faults.py: faultpoint", "core/transitions.py: move", "rules/standing.py: assess"),
        *("recert/health.py: livez", "recert/health.py: readyz"),
    }
