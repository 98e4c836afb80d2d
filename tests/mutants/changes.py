"""One change at a time to a top-level function or table: which are tried, and how they read."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass, field

WIDTH = 72  # characters of context that a change is shown with
ROUNDING = 1e-6  # positive constants below are thresholds for rounding and stay as they are

OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
}
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
TWINS = {"min": "max", "max": "min", "floor": "ceil", "ceil": "floor", "any": "all", "all": "any"}
DROPPED = {"abs"}
SEQUENCES = (ast.List, ast.ListComp, ast.Tuple, ast.JoinedStr, ast.Dict, ast.Set)


@dataclass(frozen=True)
class Change:
    """One mutant: the whole changed statement, and the place of the change for people."""

    module: str
    name: str  # of the top-level function or table that is changed
    line: int
    original: str
    mutated: str
    guard: bool  # it decides only whether arguments are refused
    statement: ast.stmt = field(repr=False, compare=False)

    @property
    def text(self) -> str:
        """How `equivalent.txt` names this change."""
        return f"{self.module}.{self.name}: {self.original} -> {self.mutated}"


def changes(module: str, statement: ast.stmt, guards: set[str]) -> list[Change]:
    """Every change to one top-level statement; `guards` are functions that only refuse arguments."""
    names = _bound(statement)
    if not names:
        return []
    found: list[Change] = []
    seen: dict[str, int] = {}
    inside = names[0] in guards
    for target, above, within in _places(statement, [], inside, guards):
        # To negate a condition lets through what its body refuses.
        refuses = isinstance(target, ast.If) and all(
            _is_guard(each, guards) for each in target.body
        )
        guard = within or refuses
        for replacement in _replacements(target, above):
            ast.fix_missing_locations(ast.copy_location(replacement, target))
            original, mutated = _texts(target, replacement, above)
            if original == mutated:
                continue
            count = seen[f"{original} -> {mutated}"] = seen.get(f"{original} -> {mutated}", 0) + 1
            mutated += f" #{count}" if count > 1 else ""
            changed = copy.deepcopy(statement, {id(target): replacement})
            line = getattr(target, "lineno", statement.lineno)
            found.append(Change(module, names[0], line, original, mutated, guard, changed))
    return found


def guard_functions(statements: list[ast.stmt]) -> set[str]:
    """Names of the functions that return nothing and raise where arguments are not allowed."""
    return {
        node.name
        for node in statements
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
        and not any(
            (isinstance(inner, ast.Return) and inner.value is not None)
            or isinstance(inner, ast.Yield)
            for inner in ast.walk(node)
        )
    }


def _bound(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.FunctionDef):
        return [statement.name]
    if isinstance(statement, ast.Assign):
        return [target.id for target in statement.targets if isinstance(target, ast.Name)]
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return [statement.target.id]
    return []


def _places(
    node: ast.AST, above: list[ast.AST], guard: bool, guards: set[str]
) -> Iterator[tuple[ast.AST, list[ast.AST], bool]]:
    """Each node that may be changed, what lies around it (innermost first), whether it guards."""
    yield node, above, guard
    for name, inner in _children(node):
        within = guard or (isinstance(inner, ast.stmt) and _is_guard(inner, guards))
        if isinstance(node, ast.If) and name == "test":
            within = guard or all(_is_guard(each, guards) for each in node.body)
        yield from _places(inner, [node, *above], within, guards)


def _children(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What lies directly in a node, without types, defaults, messages and formats."""
    skipped = {"annotation", "returns", "decorator_list", "format_spec"}
    if isinstance(node, ast.Raise):
        return
    if isinstance(node, ast.arguments):  # a changed default is another signature: an error at once
        return
    if isinstance(node, ast.keyword) and node.arg == "strict":  # refuses, and gives no value
        return
    if isinstance(node, ast.Subscript) and _name(node.value) in (
        "Literal",
        "list",
        "dict",
        "tuple",
    ):
        return
    for name, value in ast.iter_fields(node):
        if name in skipped or (name == "msg" and isinstance(node, ast.Assert)):
            continue
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, ast.AST):
                yield name, inner


def _is_guard(node: ast.stmt, guards: set[str]) -> bool:
    if isinstance(node, ast.Raise | ast.Assert | ast.Pass):
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return _name(node.value.func) in guards
    if isinstance(node, ast.If):
        return all(_is_guard(each, guards) for each in (*node.body, *node.orelse))
    if isinstance(node, ast.For | ast.While | ast.With):
        return all(_is_guard(each, guards) for each in node.body)
    return False


def _replacements(node: ast.AST, above: list[ast.AST]) -> list[ast.AST]:
    """What a node may be changed into."""
    if isinstance(node, ast.BinOp):
        return _other_operations(node, above)
    if isinstance(node, ast.AugAssign):
        others = OPERATORS.get(type(node.op), ())
        return [] if _is_sequence(node.value) else [_with(node, op=other()) for other in others]
    if isinstance(node, ast.Compare):
        return _other_comparisons(node)
    if isinstance(node, ast.BoolOp):
        return [_with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())]
    if isinstance(node, ast.UnaryOp):
        return [node.operand] if isinstance(node.op, ast.USub | ast.Not) else []
    if isinstance(node, ast.Call):
        return _other_calls(node)
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        return [_with(node, test=_negated(node.test))] if _worth_negating(node.test) else []
    if isinstance(node, ast.comprehension):
        return [
            _with(node, ifs=[*node.ifs[:i], _negated(test), *node.ifs[i + 1 :]])
            for i, test in enumerate(node.ifs)
            if _worth_negating(test)
        ]
    return _other_constants(node)


def _other_operations(node: ast.BinOp, above: list[ast.AST]) -> list[ast.AST]:
    if _is_sequence(node.left) or _is_sequence(node.right):
        return []  # lists are joined, not added
    others = OPERATORS.get(type(node.op), ())
    found: list[ast.AST] = [_with(node, op=other()) for other in others]
    if others and above and isinstance(above[0], ast.Return):
        found += [node.left, node.right]
    return found


def _other_comparisons(node: ast.Compare) -> list[ast.AST]:
    found: list[ast.AST] = []
    for place, operator in enumerate(node.ops):
        other = COMPARISONS.get(type(operator))
        if other is not None:
            found.append(_with(node, ops=[*node.ops[:place], other(), *node.ops[place + 1 :]]))
    return found


def _other_calls(node: ast.Call) -> list[ast.AST]:
    called = _name(node.func)
    if called in TWINS:
        if isinstance(node.func, ast.Name):
            return [_with(node, func=ast.Name(TWINS[called], ast.Load()))]
        return [_with(node, func=_with(node.func, attr=TWINS[called]))]
    if called in DROPPED and len(node.args) == 1:
        return [node.args[0]]
    if called == "range" and not isinstance(_stop(node), ast.Constant):
        place = min(1, len(node.args) - 1)
        longer = ast.BinOp(node.args[place], ast.Add(), ast.Constant(1))
        return [_with(node, args=[*node.args[:place], longer, *node.args[place + 1 :]])]
    return []


def _other_constants(node: ast.AST) -> list[ast.AST]:
    if not isinstance(node, ast.Constant):
        return []
    value = node.value
    others: list[object] = []
    if isinstance(value, bool):
        others = [not value]
    elif isinstance(value, int):
        others = [value + 1, value - 1] if value else [1]
    elif isinstance(value, float) and not 0 < value < ROUNDING:
        others = [value * 2 if value else 1.0]
    return [ast.Constant(other) for other in others]


def _worth_negating(test: ast.expr) -> bool:
    """Not where another rule makes the same change."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return False
    simple = isinstance(test, ast.Compare) and len(test.ops) == 1
    return not (simple and isinstance(test.ops[0], ast.Eq | ast.NotEq | ast.In | ast.NotIn))


def _negated(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def _with(node: ast.AST, **parts: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in parts.items():
        setattr(changed, name, value)
    return changed


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _stop(node: ast.Call) -> ast.expr:
    return node.args[min(1, len(node.args) - 1)]


def _is_sequence(node: ast.AST) -> bool:
    return isinstance(node, SEQUENCES) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _texts(target: ast.AST, replacement: ast.AST, above: list[ast.AST]) -> tuple[str, str]:
    """The change in as much of its surroundings as fits a line."""
    best: tuple[str, str] | None = None
    for node in (target, *above):
        if isinstance(node, ast.If | ast.While | ast.For | ast.FunctionDef):
            if best is None:  # the negated condition of a statement
                old, new = node.test, replacement.test  # type: ignore[union-attr,attr-defined]
                best = (f"if {ast.unparse(old)}", f"if {ast.unparse(new)}")
            break
        if isinstance(node, ast.comprehension) and best is None:
            best = (ast.unparse(node).strip(), ast.unparse(replacement).strip())
        if not isinstance(node, ast.expr | ast.stmt):
            continue
        changed = copy.deepcopy(node, {id(target): replacement})
        texts = (ast.unparse(node), ast.unparse(ast.fix_missing_locations(changed)))
        if best is not None and (max(map(len, texts)) > WIDTH or "\n" in texts[0]):
            break
        best = texts
    assert best is not None
    return best
