"""The small changes that mutation testing makes: which there are in a file, and the changed tree of each."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Change = Callable[[ast.AST], ast.AST | None]  # None removes the statement
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
}


@dataclass(frozen=True)
class Mutant:
    """One change of one place; `str` names it in tests/rules/MUTATION.md by the line's text, so that it survives other edits."""

    file: str
    source: str
    place: int
    variant: int
    name: str

    def tree(self) -> ast.Module:
        """The module with the change made."""
        tree = ast.parse(self.source)
        node, changes = _places(tree)[self.place]
        return ast.fix_missing_locations(_Replace(node, changes[self.variant][1]).visit(tree))

    def __str__(self) -> str:
        return self.name


class _Replace(ast.NodeTransformer):
    def __init__(self, target: ast.AST, change: Change) -> None:
        self.target, self.change = target, change

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self.target:
            changed = self.change(node)
            return ast.Pass() if changed is None else changed
        return super().visit(node)


def mutants_of(path: Path, folder: Path) -> Iterator[Mutant]:
    """Every change of a file below `folder`, in the order of its lines."""
    file = path.relative_to(folder).as_posix()
    source = path.read_text("utf-8")
    lines = source.splitlines()
    seen: dict[str, int] = {}
    for place, (node, changes) in enumerate(_places(ast.parse(source))):
        for variant, (what, _) in enumerate(changes):
            name = f"{folder.name}/{file}: {what} in: {lines[node.lineno - 1].strip()}"  # type: ignore[attr-defined]
            seen[name] = seen.get(name, 0) + 1
            yield Mutant(file, source, place, variant, f"{name} #{seen[name]}" if seen[name] > 1 else name)


def _places(tree: ast.Module) -> list[tuple[ast.AST, list[tuple[str, Change]]]]:
    """Every node that can be changed, with its changes; always in the same order."""
    found = [(node, list(_changes(node))) for node in _walk(tree)]
    return [(node, changes) for node, changes in found if changes]


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that can change behaviour: no annotations, decorators, imports, docstrings or
    lists of exports.
    """
    if isinstance(node, ast.Import | ast.ImportFrom) or _is_text(node) or _is_exports(node):
        return
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk(child)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_exports(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    match node:
        case ast.Compare(ops=[op]):
            for other in COMPARISONS[type(op)]:
                yield f"{_word(op)} becomes {_word(other())}", _compare(other)
        case ast.Compare(ops=[first, last]):
            yield f"first {_word(first)} changes", _chain(0)
            yield f"last {_word(last)} changes", _chain(1)
        case ast.BoolOp(op=ast.And()):
            yield "and becomes or", lambda found: ast.BoolOp(ast.Or(), found.values)  # type: ignore[attr-defined]
        case ast.BoolOp(op=ast.Or()):
            yield "or becomes and", lambda found: ast.BoolOp(ast.And(), found.values)  # type: ignore[attr-defined]
        case ast.BinOp(op=op) if type(op) in ARITHMETIC:
            yield f"{_word(op)} becomes {_word(ARITHMETIC[type(op)]())}", _binary(ARITHMETIC[type(op)])
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield f"{_word(node.op)} falls away", lambda found: found.operand  # type: ignore[attr-defined]
        case ast.IfExp():
            yield "the two branches swap", lambda found: ast.IfExp(found.test, found.orelse, found.body)  # type: ignore[attr-defined]
        case ast.Return(value=value) if value is not None and not _is_none(value):
            yield "return becomes None", lambda found: ast.Return(ast.Constant(None))
        case ast.Expr() | ast.Raise() | ast.Continue():
            yield "the statement falls away", lambda found: None
        case ast.Constant(value=value):
            yield from _constants(value)


def _constants(value: object) -> Iterator[tuple[str, Change]]:
    if isinstance(value, bool):
        yield f"{value} becomes {not value}", lambda found: ast.Constant(not value)
    elif isinstance(value, int):
        yield f"{value} becomes {value + 1}", lambda found: ast.Constant(value + 1)
    elif isinstance(value, str):
        yield f"{value[:20]!r} changes", lambda found: ast.Constant(f"XX{value}")


def _compare(other: type[ast.cmpop]) -> Change:
    return lambda found: ast.Compare(found.left, [other()], found.comparators)  # type: ignore[attr-defined]


def _chain(place: int) -> Change:
    def change(found: ast.AST) -> ast.AST:
        assert isinstance(found, ast.Compare)
        ops = list(found.ops)
        ops[place] = COMPARISONS[type(ops[place])][0]()
        return ast.Compare(found.left, ops, found.comparators)

    return change


def _binary(other: type[ast.operator]) -> Change:
    return lambda found: ast.BinOp(found.left, other(), found.right)  # type: ignore[attr-defined]


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _word(op: ast.AST) -> str:
    return type(op).__name__
