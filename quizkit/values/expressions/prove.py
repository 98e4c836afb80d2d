"""A proof that two formulas are equal, by sympy: built from our tree, never from text, within CPU seconds.

Runs in a worker's process, which is killed if even its own time limit does not stop it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from quizkit.values.expressions.read import read_tree
from quizkit.values.expressions.slashes import outside
from quizkit.values.expressions.symbols import Domain, domain
from quizkit.values.expressions.tree import Name, Node, Number
from quizkit.values.numbers import Unreadable

SECONDS = 2  # of CPU time


def proved(answer: str, key: str, domains: Mapping[str, Any]) -> bool:
    """Whether sympy shows their difference to be 0 everywhere; False where it cannot."""
    import sympy

    try:
        symbols = {name: _symbol(name, domain(each)) for name, each in domains.items()}
        left, right = (_built(outside(read_tree(text, domains)), symbols) for text in (answer, key))
        with _Limit(SECONDS):
            return _is_zero(sympy, left - right)
    except (Unreadable, _Unknown, TimeoutError, ArithmeticError, TypeError, RecursionError):
        return False


class _Unknown(Exception):
    """A part that sympy has no match for here."""


class _Limit:
    """Raises `TimeoutError` in the main thread after some CPU seconds; elsewhere the caller's kill must do.

    CPU time, so that a busy machine loses no proof; the caller bounds how long a learner waits.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def __enter__(self) -> None:
        import signal

        self.before = signal.signal(signal.SIGPROF, _stop)
        signal.setitimer(signal.ITIMER_PROF, self.seconds)

    def __exit__(self, *exception: object) -> None:
        import signal

        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, self.before)


def _stop(*_: object) -> None:
    raise TimeoutError


def _is_zero(sympy: Any, gap: Any) -> bool:
    """Cheap to dear: as it is, expanded, in exponentials, simplified."""
    steps: tuple[Callable[[Any], Any], ...] = (
        lambda each: each,
        sympy.expand,
        lambda each: sympy.simplify(each.rewrite(sympy.exp)),
        sympy.simplify,
        lambda each: sympy.simplify(sympy.exp(each)) - 1,  # for logarithms; our formulas are real
    )
    return any(step(gap) == 0 for step in steps)


def _symbol(name: str, where: Domain) -> Any:
    """A symbol with what its domain says of its sign."""
    import sympy

    if where.is_matrix:
        raise _Unknown
    low = where.low is not None and where.low >= 0
    positive = low and (where.is_open or (where.low or 0) > 0)
    assumed = {"integer": where.is_integer or None, "positive": positive or None}
    assumed |= {"nonnegative": low or None, "real": True}
    assumed["negative"] = True if where.high is not None and where.high < 0 else None
    return sympy.Symbol(name, **{key: value for key, value in assumed.items() if value})


def _built(node: Node, symbols: Mapping[str, Any]) -> Any:
    import sympy

    if isinstance(node, Number):
        return sympy.Rational(node.value.numerator, node.value.denominator)
    if isinstance(node, Name):
        constants = {"pi": sympy.pi, "e": sympy.E}
        if node.name not in symbols and node.name not in constants:
            raise _Unknown
        return symbols.get(node.name) or constants[node.name]
    build = _functions(sympy).get((node.function, len(node.arguments)))
    if build is None:
        raise _Unknown
    return build(*(_built(each, symbols) for each in node.arguments))


def _functions(sympy: Any) -> dict[tuple[str, int], Callable[..., Any]]:
    """By name and number of arguments."""
    one: dict[str, Callable[[Any], Any]] = {
        name: getattr(sympy, name)
        for name in ("exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "sign")
    }
    one |= {
        "abs": sympy.Abs,
        "neg": lambda x: -x,
        "group": lambda x: x,
        "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)),
    }
    one |= {"softplus": lambda x: sympy.log(1 + sympy.exp(x)), "relu": lambda x: sympy.Max(x, 0)}
    two: dict[str, Callable[[Any, Any], Any]] = {
        "+": lambda x, y: x + y,
        "-": lambda x, y: x - y,
        "*": lambda x, y: x * y,
        "/": lambda x, y: x / y,
        "^": lambda x, y: x**y,
        "max": sympy.Max,
        "min": sympy.Min,
        "log": lambda x, base: sympy.log(x) / sympy.log(base),
    }
    return {(name, 1): each for name, each in one.items()} | {
        (name, 2): each for name, each in two.items()
    }
