"""Slips of the pen: a solver's own formula with one thing left out or exchanged.

Only expressions are changed, one at a time, in the solver and in the helpers of its module that it
calls; what refuses bad arguments stays. All of it is the bank's code: no answer is ever run.
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
    for phrase, slipped in _changed(function):
        if time.process_time() - began > SECONDS:  # the learner waits for this
            break
        try:
            found.append((phrase, slipped(**given)))
        except Exception:  # noqa: S112 - a formula with a part missing may fail in any way
            continue
        if len(found) == MOST:
            break
    return found


def _changed(function: Callable[..., Any]) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The solver with one place changed at a time."""
    assert isinstance(function, FunctionType)
    known = set(inspect.signature(function).parameters)
    for part in _own(function):
        tree = ast.parse(textwrap.dedent(inspect.getsource(part)))
        if any(isinstance(node, ast.While) for node in ast.walk(tree)):
            continue  # with a part changed it might never end
        for place in _places(tree.body[0]):
            for phrase, instead in _slips_of(place, known):
                changed = copy.deepcopy(tree, {id(place): instead})
                yield phrase, _rebuilt(function, part.__name__, changed)


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


def _slips_of(place: ast.expr, known: set[str]) -> Iterator[Changed]:
    if isinstance(place, ast.BinOp):
        yield from _of_operator(place, known)
    elif isinstance(place, ast.Call) and len(place.args) == 1 and not place.keywords:
        yield from _of_call(place)


def _of_operator(place: ast.BinOp, known: set[str]) -> Iterator[Changed]:
    left, right = place.left, place.right
    one, other = _named(left, known), _named(right, known)
    if isinstance(place.op, ast.Mult):
        yield f"the factor {other} is left out" if other else "a factor is left out", left
        yield f"the factor {one} is left out" if one else "a factor is left out", right
    elif isinstance(place.op, ast.Div):
        yield f"dividing by {other} is left out" if other else "a division is left out", left
    elif isinstance(place.op, ast.FloorDiv):
        # -(-a // b) is how a ceiling is written.
        used, turned = ("up", "down") if isinstance(left, ast.UnaryOp) else ("down", "up")
        yield f"it is not rounded {used}", ast.BinOp(left, ast.Div(), right)
        upwards = ast.BinOp(ast.UnaryOp(ast.USub(), left), ast.FloorDiv(), right)
        yield f"it is rounded {turned} instead of {used}", ast.UnaryOp(ast.USub(), upwards)
    elif isinstance(place.op, ast.Pow):
        yield f"the power {other} is left out" if other else "a power is left out", left
    elif isinstance(place.op, ast.Sub):
        yield f"− {other} is left out" if other else "a term is left out", left
        added = f"{other} is added" if other else "a term is added"
        yield f"{added} instead of subtracted", ast.BinOp(left, ast.Add(), right)
    elif isinstance(place.op, ast.Add):
        yield f"+ {other} is left out" if other else "a term is left out", left
        yield f"the term {one} is left out" if one else "a term is left out", right
        taken = f"{other} is subtracted" if other else "a term is subtracted"
        yield f"{taken} instead of added", ast.BinOp(left, ast.Sub(), right)


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


def _named(expression: ast.expr, known: set[str]) -> str:
    """A short formula in the solver's own parameters, as the question's reader knows them; else nothing."""
    for node in ast.walk(expression):
        if isinstance(node, ast.Name) and node.id not in known:
            return ""
        if not isinstance(node, _PLAIN):
            return ""
    text = ast.unparse(expression)
    for code, sign in (("**", "^"), ("*", "·"), ("-", "−"), ("_", " ")):
        text = text.replace(code, sign)
    return text if len(text) <= LONGEST else ""
