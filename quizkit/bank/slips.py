"""Slips of the pen: a solver's own formula with one thing left out or exchanged.

Only expressions are changed, one at a time, in the solver and in the helpers of its module that it
calls; what refuses bad arguments stays. All of it is the bank's code: no answer is ever run.

What is told must hold of the formula as the learner knows it. So only what can be named in parameters
that are given is left out; nobody leaves out the whole formula, or most of it; and words that fit
several places, each with another value, are not told at all.
"""

from __future__ import annotations

import ast
import copy
import inspect
import textwrap
import time
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

from quizkit.values.carry import canonical

MOST = 60
SECONDS = 0.5
LONGEST = 32  # characters: nobody recognises a longer formula as what was left out
_PLAIN = (
    ast.BinOp,
    ast.operator,
    ast.UnaryOp,
    ast.unaryop,
    ast.Constant,
    ast.Name,
    ast.expr_context,
)
_LEFT_OUT = {
    "sqrt": "the square root",
    **dict.fromkeys(("log", "log2", "log10", "log1p"), "the logarithm"),
    "exp": "the exponential",
    "tanh": "tanh",
    **dict.fromkeys(("floor", "ceil", "round"), "rounding"),
    "abs": "the absolute value",
}
_EXCHANGED = {
    "log2": ("log", "the natural logarithm is taken for the one to base 2"),
    "log": ("log2", "the logarithm is taken to base 2"),
    "floor": ("ceil", "it is rounded up instead of down"),
    "ceil": ("floor", "it is rounded down instead of up"),
    "max": ("min", "the smallest is taken for the largest"),
    "min": ("max", "the largest is taken for the smallest"),
}

Changed = tuple[str, ast.expr]


def slips(function: Callable[..., Any], given: dict[str, Any]) -> list[tuple[str, Any]]:
    """What each slip is, to be read after "if", and the value that it gives, where it gives one."""
    found: list[tuple[str, Any]] = []
    began = time.process_time()
    for phrase, slipped in _changed(function, set(given)):
        if time.process_time() - began > SECONDS:  # the learner waits for this
            break
        try:
            found.append((phrase, canonical(slipped(**given))))
        except Exception:  # noqa: S112 - a formula with a part missing may fail in any way
            continue
        if len(found) == MOST:
            break
    return _told_apart(found, function, given) if found else found


def _told_apart(
    found: list[tuple[str, Any]], function: Callable[..., Any], given: dict[str, Any]
) -> list[tuple[str, Any]]:
    """Each phrase once, and only if all its places that change the value give the same one."""
    right = canonical(function(**given))
    values: dict[str, Any] = {}
    ambiguous: set[str] = set()
    for phrase, value in found:
        if value != right and values.setdefault(phrase, value) != value:
            ambiguous.add(phrase)
    return [(phrase, value) for phrase, value in values.items() if phrase not in ambiguous]


def _changed(
    function: Callable[..., Any], given: set[str]
) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The solver with one place changed at a time."""
    assert isinstance(function, FunctionType)
    own = _tree(function)
    for part in _own(function):
        tree = own if part is function else _tree(part)
        if any(isinstance(node, ast.While) for node in ast.walk(tree)):
            continue  # with a part changed it might never end
        known = given if part is function else _passed_on(own, part, given)
        words = _Words(known - _assigned(tree), constants=part is function)
        for place in _places(tree.body[0]):
            for phrase, instead in _slips_of(place, words):
                changed = copy.deepcopy(tree, {id(place): instead})
                yield phrase, _rebuilt(function, part.__name__, changed)


def _tree(function: FunctionType) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def _assigned(tree: ast.AST) -> set[str]:
    """Names that come to mean something else on the way."""
    nodes = ast.walk(tree)
    return {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _passed_on(tree: ast.AST, helper: FunctionType, given: set[str]) -> set[str]:
    """The helper's parameters that are given ones under their own names, wherever it is called."""
    names = list(inspect.signature(helper).parameters)
    kept = given & set(names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == helper.__name__:
            values = dict(zip(names, node.args, strict=False))
            values |= {each.arg: each.value for each in node.keywords if each.arg}
            kept &= {name for name in kept if getattr(values.get(name), "id", "") == name}
    return kept


def _own(function: FunctionType) -> list[FunctionType]:
    """The solver and the helpers of its module that it names."""
    names = function.__code__.co_names
    around = (function.__globals__.get(name) for name in names)
    helpers = [
        each
        for each in around
        if isinstance(each, FunctionType)
        and each.__module__ == function.__module__
        and each.__code__.co_flags & inspect.CO_GENERATOR == 0
    ]
    return [function, *helpers]


def _rebuilt(function: FunctionType, name: str, tree: ast.Module) -> Callable[..., Any]:
    """The solver in a copy of its module in which the function `name` is the changed one."""
    module = dict(function.__globals__)
    code = compile(ast.fix_missing_locations(tree), f"<slip of {name}>", "exec")
    exec(code, module)  # noqa: S102 - the bank's own source, changed by us
    if name == function.__name__:
        slipped: Callable[..., Any] = module[name]
        return slipped
    return FunctionType(function.__code__, module, function.__name__, function.__defaults__)


def _places(tree: ast.AST) -> Iterator[ast.expr]:
    """Expressions that make the value: not those that refuse arguments, steer loops or annotate."""
    if isinstance(tree, ast.Raise | ast.Import | ast.ImportFrom | ast.Assert | ast.arguments):
        return
    if isinstance(tree, ast.BinOp | ast.Call):
        yield tree
    for name, value in ast.iter_fields(tree):
        if name in ("test", "annotation", "returns", "decorator_list", "slice", "iter", "ifs"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _places(child)


class _Words:
    """How a part of the formula is called: in given parameters, and in a helper not by a number alone."""

    def __init__(self, known: set[str], *, constants: bool) -> None:
        self.known = known
        self.constants = constants

    def of(self, expression: ast.expr) -> str:
        """A short formula as the question's reader knows it; else nothing."""
        nodes = list(ast.walk(expression))
        if any(not isinstance(node, _PLAIN) for node in nodes):
            return ""
        names = {node.id for node in nodes if isinstance(node, ast.Name)}
        if not names <= self.known or not (names or self.constants):
            return ""
        text = ast.unparse(expression)
        for code, sign in (("**", "^"), ("//", "/"), ("*", "·"), ("-", "−"), ("_", " ")):
            text = text.replace(code, sign)
        return text if len(text) <= LONGEST else ""

    def of_count(self, expression: ast.expr) -> str:
        """How many there are of a given list: sums are taken for means."""
        called = expression.func if isinstance(expression, ast.Call) else None
        counts = isinstance(called, ast.Name) and called.id == "len"
        listed = self.of(expression.args[0]) if counts and expression.args else ""  # type: ignore[attr-defined]
        return f"the number of {listed}" if listed else ""


def _slips_of(place: ast.expr, words: _Words) -> Iterator[Changed]:
    if isinstance(place, ast.BinOp):
        of_sums = isinstance(place.op, ast.Add | ast.Sub | ast.Mult)
        yield from (_of_sum if of_sums else _of_operator)(place, words)
    elif isinstance(place, ast.Call) and len(place.args) == 1 and not place.keywords:
        yield from _of_call(place)


def _of_sum(place: ast.BinOp, words: _Words) -> Iterator[Changed]:
    """Terms and factors left out, and terms with the other sign."""
    left, right = place.left, place.right
    one, other = words.of(left), words.of(right)
    if isinstance(place.op, ast.Mult):
        if other and _may_go(right, left):
            yield f"the factor {other} is left out", left
        if one and _may_go(left, right):
            yield f"the factor {one} is left out", right
    elif isinstance(place.op, ast.Sub):
        if other and _is_formula(left):
            yield f"− {other} is left out", left
        if other:
            yield f"{other} is added instead of subtracted", ast.BinOp(left, ast.Add(), right)
    else:
        if other and _may_go(right, left):
            yield f"+ {other} is left out", left
        if one and _may_go(left, right):
            yield f"the term {one} is left out", right
        if other:
            yield f"{other} is subtracted instead of added", ast.BinOp(left, ast.Sub(), right)


def _of_operator(place: ast.BinOp, words: _Words) -> Iterator[Changed]:
    left, right = place.left, place.right
    other = words.of(right)
    if isinstance(place.op, ast.FloorDiv):
        # -(-a // b) is how a ceiling is written.
        used, turned = ("up", "down") if isinstance(left, ast.UnaryOp) else ("down", "up")
        yield f"it is not rounded {used}", ast.BinOp(left, ast.Div(), right)
        upwards = ast.BinOp(ast.UnaryOp(ast.USub(), left), ast.FloorDiv(), right)
        yield f"it is rounded {turned} instead of {used}", ast.UnaryOp(ast.USub(), upwards)
    elif isinstance(place.op, ast.Div) and _is_formula(left):
        counted = other or words.of_count(right)
        if counted:
            yield f"dividing by {counted} is left out", left
    elif isinstance(place.op, ast.Pow) and _is_formula(left) and other:
        yield _power_left_out(words.of(left), other), left


def _power_left_out(base: str, exponent: str) -> str:
    of_base = f" of {base}" if base else ""
    if exponent in ("0.5", "1 / 2"):
        return f"the square root{of_base} is left out"
    if exponent == "2" and base:
        return f"{base} is not squared"
    return f"the power {exponent}{of_base} is left out"


def _is_formula(expression: ast.expr) -> bool:
    """Whether anything is left that depends on something."""
    return _size(expression) > 0


def _may_go(part: ast.expr, rest: ast.expr) -> bool:
    """Whether the rest is a formula still, and not the smaller part of it."""
    return _is_formula(rest) and _size(part) <= _size(rest)


def _size(expression: ast.expr) -> int:
    return sum(isinstance(node, ast.Name) for node in ast.walk(expression))


def _of_call(place: ast.Call) -> Iterator[Changed]:
    called = place.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    if name in _LEFT_OUT:
        yield f"{_LEFT_OUT[name]} is left out", place.args[0]
    if name in _EXCHANGED and isinstance(called, ast.Attribute | ast.Name):
        other, phrase = _EXCHANGED[name]
        twin = copy.copy(called)
        setattr(twin, "attr" if isinstance(called, ast.Attribute) else "id", other)
        yield phrase, ast.Call(twin, place.args, [])
