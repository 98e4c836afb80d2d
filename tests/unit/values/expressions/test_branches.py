"""Kinks, far constants and terms too small to see: no answer is taken for what it is not there."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizkit.values.expressions.decide import Decision, equivalent
from quizkit.values.expressions.evaluate import evaluated
from quizkit.values.expressions.interval import Interval, Undefined, Unsure, arithmetic
from quizkit.values.expressions.ranges import bounds
from quizkit.values.expressions.read import read_tree
from quizkit.values.expressions.symbols import Declared, Range, domain
from quizkit.values.expressions.thresholds import constants
from tests.effort import at_most

REAL: Declared = {
    "x": "real", "y": "real", "h": "positive", "n": "positive integer", "m": "integer",
    "p": Range(start=0, stop=1), "x_i": "real",
}  # fmt: skip


def decided(answer: str, key: str) -> Decision:
    return equivalent(read_tree(answer, REAL), read_tree(key, REAL), REAL)


WRONG = [
    ("-p*log(max(p,1e-7)) - (1-p)*log(max(1-p,1e-7))", "-p*log(p) - (1-p)*log(1-p)"),
    ("-ln(clip(p,1e-7,1-1e-7))", "-log p"),
    ("-log(min(p,0.999999))", "-log p"),
    ("2/max(h,10^-8)", "2/h"),
    ("min(x,10^5)", "x"),
    ("min(x,100000)", "x"),
    ("clip(x,-10^9,10^9)", "x"),
    ("x+relu(x-10^6)", "x"),
    ("mod(n,10^5)", "n"),
    ("n-floor(n/10^6)", "n"),
    ("floor(n(1+10^-30))", "n"),
    ("min(max(0,x),10^6)", "max(0,x)"),
    ("x+min(relu(x-5),relu(5.001-x))", "x"),
    ("x if |x-7.1234|>0.0001 else 0", "x"),
    ("x if x < 10^20 else 0", "x"),
    ("clip(x+y,-10^7,10^7)", "x+y"),
    ("x*sign(2x-7)^2", "x"),
    ("x(step(2x-7)+step(7-2x))", "x"),
    ("x+e^(x-10^6)", "x"),
    ("x*sigmoid(10^6(x+10^6))", "x"),
    ("exp(log(x+10^6))-10^6", "x"),
    ("x*sqrt(10^6-x)/sqrt(10^6-x)", "x"),
    ("n(n+1)/2+(n-2)(n-3)(n-4)(n-5)(n-6)(n-7)", "sum_{i=1}^n i"),
    ("sum_{i=1}^{min(n,10)} i", "sum_{i=1}^n i"),
    ("y = min(x,10^6)", "y = x"),
]  # fmt: skip
# Wrong at places that no point is near, or by less than all digits show.
NOT_RIGHT = [
    ("x+max(0,sin(x)-0.99999999)", "x"),
    ("min(x,10^50)", "x"),
    ("y = clip(x,-10^60,10^60)", "y = x"),
    ("{min(x,10^50), y}", "{x, y}"),
    ("x+(2x=7)", "x"),
    ("x+0^((2x-7)^2)", "x"),
    ("cos(e^-1000) x", "x"),
    ("1+x^2+e^-1000", "1+x^2"),
    ("1+x^2+e^(-1000(1+x^2))", "1+x^2"),
    ("sqrt(x^2+1+10^-300)", "sqrt(x^2+1)"),
    ("x*sigmoid(1000+x^2)", "x"),
    ("sum_{i=1}^n clip(x_i,-10^9,10^9)", "sum_{i=1}^n x_i"),
]
RIGHT = [
    ("relu(x)", "max(0,x)"),
    ("x if x>0 else 0", "relu(x)"),
    ("(x>0) x", "relu(x)"),
    ("x if x>5 else 5", "max(x,5)"),
    ("x if x>y else y", "max(x,y)"),
    ("\\begin{cases}x & x\\geq 0\\\\0 & x<0\\end{cases}", "relu(x)"),
    ("where(x>=0, 1/(1+exp(-x)), exp(x)/(1+exp(x)))", "sigmoid(x)"),
    ("max(x,0)+log(1+exp(-|x|))", "softplus(x)"),
    ("max(sin x,-2)", "sin x"),
    ("abs(1+cos x)", "1+cos x"),
    ("sign(x)|x|", "x"),
    ("max(p,0)", "p"),
    ("|p-1|", "1-p"),
    ("floor(m/2)+ceil(m/2)", "m"),
    ("m-2*floor(m/2)", "mod(m,2)"),
    ("(n+1)//2", "ceil(n/2)"),
    ("clip(x,-1,1)", "hardtanh(x)"),
    ("x+sin(x)^2+cos(x)^2-1", "x"),
    ("(x^2-1)/(x-1)", "x+1"),
    ("[x+x, x^2/x]", "[2x, x]"),
    ("sum_{i=1}^n max(x_i,0)", "sum_{i=1}^n relu(x_i)"),
    ("{|x|, -|x|}", "{x, -x}"),
    ("{max(x,y), min(x,y)}", "{x, y}"),
]


@pytest.mark.parametrize(("answer", "key"), WRONG)
def test_what_differs_beyond_a_kink_is_wrong(answer: str, key: str) -> None:
    assert decided(answer, key).verdict == "wrong"


@pytest.mark.parametrize(("answer", "key"), NOT_RIGHT)
def test_a_case_that_no_point_was_in_is_undecided(answer: str, key: str) -> None:
    assert decided(answer, key).verdict == "undecided"


@pytest.mark.parametrize(("answer", "key"), RIGHT)
def test_a_kink_whose_cases_all_were_met_or_are_empty_is_right(answer: str, key: str) -> None:
    assert decided(answer, key).verdict in ("right", "sampled")


@pytest.mark.parametrize("answer", ["{|x|, x}", "{x}", "{x, -x, 0}", "{x, x}"])
def test_other_sets_are_wrong(answer: str) -> None:
    assert decided(answer, "{x, -x}").verdict == "wrong"


def test_the_place_is_shown_with_digits_that_tell_it_from_a_round_number() -> None:
    assert decided("-log(min(p,1-1e-7))", "-log p").counterexample == "p = 0.99999995"


def test_constants_are_worked_out() -> None:
    found = constants((read_tree("min(x, 10^5 - 2·3) + log(1) + e^2", REAL),))
    assert Fraction(99994) in found
    assert any(abs(each - Fraction("7.389056099")) < Fraction(1, 10**8) for each in found)


NUMBERS = {
    "3": Fraction(3), "0.5": Fraction(1, 2), "17": Fraction(17), "1000": Fraction(1000),
    "4096": Fraction(4096), "10^7": Fraction(10**7), "2^40": Fraction(2**40),
    "10^-6": Fraction(1, 10**6), "10^12": Fraction(10**12),
}  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(
    threshold=st.sampled_from(list(NUMBERS)),
    width=st.sampled_from(list(NUMBERS)),
    shape=st.integers(0, 4),
    sign=st.sampled_from("+-"),
)
def test_no_bump_however_far_or_narrow_is_taken(
    threshold: str, width: str, shape: int, sign: str
) -> None:
    """The oracle is Python's own arithmetic, at a place within the bump."""
    at, wide = NUMBERS[threshold], NUMBERS[width]
    at = -at if sign == "-" else at
    far, end = f"({sign}{threshold})", f"(({sign}{threshold}) + {width})"
    x = at + wide / 2
    answer, value = [
        (f"x + relu(x - {far})", x + max(x - at, 0)),
        (f"min(x, {end}) + 0·y", min(x, at)),
        (f"x + min(relu(x - {far}), relu({end} - x))", x + min(x - at, at + wide - x)),
        (f"where(x > {far}, x + 1, x)", x + 1),
        (f"x + floor(x/{width}) - floor(x/{width} + 1/3)", Fraction(floor(x / wide) - 1)),
    ][shape]
    assert value != x
    assert decided(answer, "x").verdict in ("wrong", "undecided")


INNER = st.sampled_from(["x", "p", "h", "n", "m", "2", "-3/4", "pi"])
OUTER = st.sampled_from(
    ["({a})+({b})", "({a})-({b})", "({a})*({b})", "({a})/({b})", "max({a},{b})", "min({a},{b})", "-({a})",
     "abs({a})", "({a})^2", "sigmoid({a})", "tanh({a})", "exp({a})", "sqrt({a})", "relu({a})",
     "clip({a},-1,{b})", "sin({a})", "log(1+exp({a}))"]
)  # fmt: skip
FORMULAS = st.recursive(
    INNER,
    lambda part: st.builds(lambda a, b, o: o.format(a=a, b=b), part, part, OUTER),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None)
@given(text=FORMULAS, seed=st.integers(0, 10**6))
def test_bounds_hold_every_value(text: str, seed: int) -> None:
    try:
        tree = read_tree(text, REAL)
    except Exception:  # such as a power that is too large
        return
    domains = {name: domain(each) for name, each in REAL.items()}
    low, high = bounds(tree, domains)
    point = {
        "x": Fraction(seed % 2001 - 1000, 97), "p": Fraction(seed % 996 + 1, 997),
        "h": Fraction(seed % 500 + 1, 101), "n": Fraction(seed % 9 + 1), "m": Fraction(seed % 19 - 9),
    }  # fmt: skip
    tools = arithmetic(40)
    try:
        value = tools.interval(evaluated(tree, point, tools, lambda *_: Fraction(0)))
    except (Undefined, Unsure):
        return
    assert isinstance(value, Interval)
    slack = Fraction(1, 10**20) * (1 + abs(Fraction(value.high)))
    assert low is None or Fraction(value.high) >= low - slack
    assert high is None or Fraction(value.low) <= high + slack


@pytest.mark.parametrize(
    "answer",
    [
        "max(" * 25 + "x" + ",1)" * 25,
        "tanh(" * 25 + "x" + ")" * 25,
        "+".join(f"relu(x-{k})" for k in range(80)),
        "sum_{i=1}^{200} max(erf(x_i), i)",
        "+".join(f"mod(n^{k},{k}7)" for k in range(1, 40)),
    ],
)
def test_many_kinks_take_bounded_time(answer: str) -> None:
    with at_most(0.5):
        decided(answer, f"x + {answer} - x")
        decided(answer, "x")
