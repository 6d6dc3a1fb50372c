"""Whatever a comment, a docstring, a template or a page of docs cites is in the tree: clauses, facts, invariants, paths."""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

from tests.tree import ROOT, named, our_python, text_of, tracked

DEFINED_IN = {"S": "rules", "Q": "rules", "F": "faults", "I": "invariants"}
ROW = re.compile(r"^\| ([SQFI]\d+) \|", re.MULTILINE)
CITED = re.compile(r"(?<![\w.#&/-])([SQFI]\d{1,2})(?![\w.-]*\w)")
INVARIANTS = re.compile(r"\binvariants? (\d+(?:(?:, | and |, and )\d+)*)")
# Papers that are no part of the tree, in pieces, so that this file does not find itself.
PAPERS = (
    "RELIABI" + "LITY",
    "UX" + " §",
    "RULES" + r"\.md",
    "RULES" + " §",
    "ARCHITEC" + "TURE",
    "PERFORM" + "ANCE",
)
ELSEWHERE = re.compile(r"\b(?:" + "|".join(PAPERS) + r")|§ ?\d|\bissue (?:part )?\d")
FOLDERS = "|".join(sorted({named(path).split("/")[0] for path in tracked() if "/" in named(path)}))
PATH = re.compile(
    rf"(?<![\w./:@-])((?:{FOLDERS}|<app>)(?:/[\w.*-]+|/<[\w ]+>[\w.]*)+/?|(?:\w+/)+\w+\.(?:py|md|toml|html)\b)"
)
PACKAGES = "|".join(
    sorted(path.parent.name for path in tracked("*/__init__.py") if path.parent.parent == ROOT)
)
DOTTED = re.compile(rf"(?<![\w./:@-])((?:{PACKAGES})(?:\.[A-Za-z_]\w*)+)(?![\w/@-])")
PAGE = re.compile(r"(?<![\w./-])([\w-]+\.md)\b")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")


def defined_ids() -> set[str]:
    pages = {ROOT / "docs" / "design" / f"{name}.md" for name in DEFINED_IN.values()}
    return {found for page in pages for found in ROW.findall(text_of(page))}


@cache
def words_of(path: Path) -> str:
    """Return the comments and docstrings of a Python file; of another file, all of it."""
    text = text_of(path)
    if path.suffix != ".py" and path.name != "portal":
        return text
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
    documented = ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef
    found = [ast.get_docstring(node) for node in ast.walk(ast.parse(text)) if isinstance(node, documented)]
    return "\n".join([*comments, *filter(None, found)])


def pages() -> list[Path]:
    """Return the pages for people: those of docs and those beside them."""
    return tracked("*.md", "docs/*.md")


def everything_that_cites() -> list[Path]:
    templates = tracked("templates/*.html", "templates/*.txt", "templates/*.svg")
    return [*our_python(), *templates, *pages(), *tracked("*.toml")]


def unresolved(files: list[Path], wrong: Callable[[Path, str], Iterable[str]]) -> dict[str, list[str]]:
    found = {named(path): sorted(set(wrong(path, words_of(path)))) for path in files}
    return {name: cited for name, cited in found.items() if cited}


def test_every_cited_clause_fact_and_invariant_is_defined():
    known = defined_ids()
    assert {"S1", "S14", "Q1", "Q36", "F1", "I1", "I17"} <= known, "the tables are found"

    def unknown(path: Path, words: str) -> Iterator[str]:
        yield from (cited for cited in CITED.findall(words) if cited not in known)
        for numbers in INVARIANTS.findall(words):
            yield from (f"I{number}" for number in re.findall(r"\d+", numbers) if f"I{number}" not in known)

    assert unresolved(everything_that_cites(), unknown) == {}


def test_no_file_cites_a_document_outside_the_repository():
    assert unresolved(everything_that_cites(), lambda path, words: ELSEWHERE.findall(words)) == {}


def tree() -> set[str]:
    """Return every file and folder that is tracked."""
    files = {Path(named(path)) for path in tracked()}
    return {str(path) for file in files for path in (file, *file.parents)}


def stands(cited: str, beside: Path, known: set[str]) -> bool:
    """Return whether `cited` is a path in the tree, seen from its root, from templates/ or from the
    folder of the file; `<app>` is any app.
    """
    wanted = re.sub(r"<[^>]+>", "*", cited.rstrip("./"))
    seen_as = (wanted, f"templates/{wanted}", str((beside / wanted).relative_to(ROOT)))
    return any(path in known or any(fnmatch(name, path) for name in known) for path in seen_as)


def test_every_cited_path_exists():
    known = tree()
    names = {Path(path).name for path in known}

    def missing(path: Path, words: str) -> Iterator[str]:
        yield from (cited for cited in PATH.findall(words) if not stands(cited, path.parent, known))
        yield from (cited for cited in PAGE.findall(words) if cited not in names)

    assert unresolved([*our_python(), *pages()], missing) == {}


@cache
def every_text() -> str:
    """Return all our Python code as text, for names that it contains as strings, such as those of
    fault points.
    """
    return "\n".join(text_of(path) for path in our_python() if path != Path(__file__))


def is_known_name(dotted: str) -> bool:
    """Return whether `dotted` is a module, a name in its module, a model or a string of our code."""
    parts = dotted.split(".")
    for length in range(len(parts), 1, -1):
        module = ROOT.joinpath(*parts[:length])
        rest = parts[length:]
        if module.is_dir():
            return not rest or rest[0] in text_of(module / "__init__.py")
        if module.with_suffix(".py").is_file():
            return all(re.search(rf"\b{name}\b", text_of(module.with_suffix(".py"))) for name in rest)
    labels = {model._meta.label_lower for model in apps.get_models()}
    return dotted in labels or f'"{dotted}"' in every_text()


def test_every_cited_module_and_name_in_it_exists():
    def missing(path: Path, words: str) -> Iterator[str]:
        cited = (name for name in DOTTED.findall(words) if not name.endswith((".md", ".txt", ".toml")))
        yield from (name for name in cited if not is_known_name(name))

    assert unresolved([*our_python(), *pages()], missing) == {}


def test_every_link_between_documentation_pages_resolves():
    def broken(path: Path, words: str) -> Iterator[str]:
        yield from (to for to in LINK.findall(words) if not (path.parent / to).resolve().exists())

    assert unresolved(pages(), broken) == {}


def test_a_dotted_name_that_no_longer_exists_is_reported():
    assert is_known_name("core.access.signed_in")
    assert not is_known_name("recert.paper")
    assert not is_known_name("core.access.no_such_word")


@pytest.mark.parametrize(
    ("text", "pattern", "found"),
    [
        ("as S99 says (Q7)", CITED, ["S99", "Q7"]),
        ("2026-Q4 and A-S2, #F1", CITED, []),
        ("invariants 9 and 10", INVARIANTS, ["9 and 10"]),
        ("see `core/no_such.py`", PATH, ["core/no_such.py"]),
        ("made by `recert.paper`, as demo.load does.", DOTTED, ["recert.paper", "demo.load"]),
        ("in tests/<app>/scenes.py.", PATH, ["tests/<app>/scenes.py."]),
    ],
)
def test_each_form_of_citation_is_recognized(text, pattern, found):
    assert pattern.findall(text) == found
