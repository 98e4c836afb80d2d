"""Answers that attack: none is run, none is accepted wrongly, and each is answered at once."""

from __future__ import annotations

import builtins
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from quizkit.model import Misread
from quizkit.values.expressions import relations, sets  # imported before code is forbidden
from quizkit.values.expressions.decide import equivalent
from quizkit.values.expressions.read import read_expression, read_tree
from quizkit.values.numbers import Unreadable
from tests.effort import at_most

SYMBOLS = {"x": "real", "n": "positive integer", "z_i": "real", "a": "positive"}
LIMIT = 0.5  # seconds of CPU time, which the requirement asks for

CODE = [
    "__import__('os').system('touch owned')",
    '__import__("os")',
    "().__class__.__bases__[0].__subclasses__()",
    "x.__class__",
    "x.__init__.__globals__",
    "eval('1')",
    "exec('1')",
    "compile('1','','eval')",
    "open('/etc/passwd').read()",
    "lambda: 0",
    "lambda x: x",
    "[x for x in range(10)]",
    "globals()",
    "print(x)",
    "os.system('ls')",
    "import os",
    "getattr(x, 'real')",
    "np.load('x')",
    "torch.load('x.pt')",
    "sympy.sympify('x')",
    "S('x')",
    "Symbol('y')",
    "f'{x}'",
    "'x' * 10**9",
    '"x"',
    "x := 3",
    "x; import os",
    "x\nimport os",
    "assert x",
    "del x",
    "while True: pass",
    "breakpoint()",
    "exit()",
    "input()",
    "{x: 1}",
    "{**{}}",
    "*x",
    "@x",
    "x if",
    "\\input{/etc/passwd}",
    "\\write18{ls}",
    "\\def\\x{\\x\\x}\\x",
    "\\newcommand{\\x}{1}",
    "\\csname x\\endcsname",
    "\\begin{verbatim}x\\end{verbatim}",
    "\\begin{bmatrix}1",
    "\\end{bmatrix}",
    "$(ls)",
    "`ls`",
    "x; rm -rf /",
    "<script>alert(1)</script>",
    "%s%s%n",
    "{{x}}",
    "{{7*7}}x",
    "' OR 1=1 --",
]
POWERS = [
    "9**9**9",
    "9**9**9**9",
    "9^9^9^9^9^9^9^9",
    "10^10^10^10",
    "(9^9)^(9^9)",
    "2^2^2^2^2^2^2^2",
    "99999!!!",
    "99999!",
    "(999!)!",
    "((9!)!)!",
    "binom(10^9, 5*10^8)",
    "e^e^e^e^e^e",
    "exp(exp(exp(exp(9))))",
    "cosh(10^30)",
    "2**(10**9)*0",
    "0*9**9**9",
    "9**9**9 - 9**9**9",
    "x^9^9^9",
    "n^n^n^n^n^n",
    "x^x^x^x^x^x^x^x^x",
    "(n!)!",
    "((n!)!)!",
    "n!^n!",
    "1e999999999",
    "1e-999999999",
    "9" * 1000,
    "0." + "9" * 1000,
    "sum_{i=1}^{10^9} i",
    "sum_{i=1}^{100000} i^i",
    "prod_{i=1}^{200} (i!)^(i!)",
    "sum(i for i in range(10**12))",
    "sum_{i=1}^n sum_{j=1}^n sum_{k=1}^n sum_{l=1}^n sum_{m=1}^n 1",
    "floor(10^300*pi)",
    "sin(10^300)",
    "sin(sin(sin(10^200)))",
    "tan(pi/2)",
    "log(log(log(log(10))))",
    "(1+1/10^300)^(10^300)",
    "erf(10^100)",
    "gelu(-10^100)",
    "(x+1)^1000000",
    "(x+a+n+1)^5000",
    "mod(9**9**9, 7)",
    "x^(1/10^40)",
    "root(x, 10^50)",
]
NESTED = [
    "log x" + "/x" * 390,
    "log x" + "/x" * 100,
    "+".join(["sin x/y"] * 100),
    "sin " * 25 + "x/y",
    "exp 9/10^-300",
    "2^n " * 150,
    "√{" * 40 + "x" + "}" * 40,
    "w ← " * 300,
    "xy_0" * 400,
    "(" * 10_000 + "x" + ")" * 10_000,
    "(" * 10_000,
    ")" * 10_000,
    "(" * 900 + "x" + ")" * 900,
    "(" * 60 + "x" + ")" * 60,
    "[" * 900 + "x" + "]" * 900,
    "|" * 900,
    "-" * 1500 + "x",
    "+-" * 700 + "x",
    "√" * 900 + "x",
    "sin " * 300 + "x",
    "x" + "^x" * 700,
    "x" + "^-x" * 400,
    "x" + "+x" * 390,
    "x" + "!" * 900,
    "x" + "'" * 900,
    "x" + "_" * 900,
    "x_{" * 300 + "}" * 300,
    "\\frac" * 300,
    "\\frac{1}{1+" * 100 + "x" + "}" * 100,
    "\\sqrt{" * 200 + "x" + "}" * 200,
    "\\left(" * 200,
    "{" * 900 + "}" * 900,
    "e^{" * 200 + "x" + "}" * 200,
    "x" * 1900,
    "xn" * 900,
    "a" * 60 + "q",
    "softmax(" * 100 + "z" + ")" * 100,
    "sum_{i=1}^{n} " * 60 + "1",
    "x<" * 700 + "x",
    "x or " * 350 + "x",
    "1" + ",1" * 900,
    "1;" * 900,
    "x if x else " * 60 + "x",
    "x²" * 800,
    "½" * 800,
    " " * 10_000_000,
    "x" * 10_000_000,
    "9" * 10_000_000,
    "\x00" * 10_000_000,
    "(" * 10_000_000,
]
INVISIBLE = [
    "x\x00",
    "\x00x",
    "x\x1b[31m",
    "\x1b]0;title\x07x",
    "x\u200b",
    "\u202ex",
    "x\u2066y",
    "\ufeffx",
    "x\u00ad",
    "\x7fx",
    "x\x08",
    "\ud800",
    "x\ue000",
    "х",  # Cyrillic
    "ехр(1)",
    "а+n",
    "ο",  # Greek omicron
    "Ι",  # Greek capital iota
    "𐌢",
    "ℵ",
    "x⃝",
    "🙂",
    "ⅹ",
    "x\u0338",
    "∂x",
    "∇x",
    "∫x",
    "lim x",
    "",
    "   ",
    "$$",
    "=",
    "\\",
    "\\ ",
    "_",
    "^",
    "x y z q",
    "1.2.3",
    "1..2",
    "1 2",
    "x 2",
    "5 % 3",
    "x =",
    "= =",
    "x ==",
    "()",
    "[]",
    "[0, 1, 2)",
    "max()",
    "sin",
    "sin()",
    "log(1,2,3)",
    "x + ",
    "* x",
    "x $ y",
    "x # y",
    "x ? 1 : 0",
    "x & y",
    "~x^",
    "x -> y",
]


@contextmanager
def no_code() -> Iterator[None]:
    """Whatever would run code is refused; only for so long, since pytest itself needs it."""

    def refuse(name: str) -> Callable[..., Any]:
        def refused(*_: object, **__: object) -> None:
            raise AssertionError(f"{name} was called")

        return refused

    with pytest.MonkeyPatch.context() as patch:
        for name in ("eval", "exec", "compile", "open", "input", "breakpoint"):
            patch.setattr(builtins, name, refuse(name))
        patch.setattr(os, "system", refuse("os.system"))
        yield


assert relations
assert sets


def verdict(text: str) -> str:
    """`misread`, or how the answer compares with the key x."""
    try:
        return equivalent(read_tree(text, SYMBOLS), read_tree("x", SYMBOLS), SYMBOLS).verdict
    except Unreadable:
        return "misread"


@pytest.mark.parametrize(
    "text", [*CODE, *POWERS, *NESTED, *INVISIBLE], ids=lambda text: repr(text[:24])
)
def test_an_attack_is_neither_run_nor_accepted_and_answered_at_once(text: str) -> None:
    with no_code(), at_most(LIMIT):
        found = verdict(text)
    assert found in ("misread", "wrong", "undecided")


def test_there_are_enough_attacks() -> None:
    assert len({*CODE, *POWERS, *NESTED, *INVISIBLE}) >= 200


@pytest.mark.parametrize("text", ["x", "(x)", "x + 0", "2x - x"])
def test_what_is_the_key_would_be_accepted(text: str) -> None:
    assert verdict(text) in ("right", "sampled")


def test_what_runs_code_would_be_seen() -> None:
    with no_code(), pytest.raises(AssertionError, match="eval was called"):
        eval("1")


@pytest.mark.parametrize("text", [*CODE, *INVISIBLE])
def test_what_is_said_holds_no_control_characters(text: str) -> None:
    reading = read_expression(text, SYMBOLS)
    if isinstance(reading, Misread):
        assert reading.problem.isprintable()
        assert 0 <= reading.position <= len(text)
