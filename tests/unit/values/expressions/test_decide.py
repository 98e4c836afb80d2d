"""Verdicts: what is equal on the declared domain, what is not, and where."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quizkit.values.expressions.decide import Decision, equivalent
from quizkit.values.expressions.forms import unmet
from quizkit.values.expressions.prove import proved
from quizkit.values.expressions.read import read_tree
from quizkit.values.expressions.show import show
from quizkit.values.expressions.symbols import Declared, Range

REAL: Declared = {
    "x": "real", "y": "real", "z": "real", "a": "positive", "b": "positive", "n": "positive integer",
    "m": "integer", "p": Range(start=0, stop=1), "w": "nonnegative",
}  # fmt: skip
FAMILY: Declared = {"z_i": "real", "y_i": "real", "n": "positive integer", "mu": "real"}

EQUAL = [
    # algebra
    ("(x+1)^2", "x²+2x+1"),
    ("(x^2-1)/(x-1)", "x+1"),
    ("x/(x+1) + 1/(x+1)", "1"),
    ("(x+y)^3", "x^3+3x^2y+3xy^2+y^3"),
    ("1/x + 1/y", "(x+y)/(xy)"),
    ("x^-2", "1/x²"),
    ("sqrt(x^2)", "|x|"),
    ("sqrt(a)^2", "a"),
    ("sqrt(8)", "2 sqrt 2"),
    ("1/sqrt(2)", "sqrt(2)/2"),
    ("a^(1/2) a^(1/3)", "a^(5/6)"),
    ("2^10", "1024"),
    ("10^-400", "1/10^400"),
    ("9^9^3", "9^(729)"),
    # the field's functions
    ("softsign(x)", "x/(1+|x|)"),
    ("mish(x)", "x tanh(log(1+e^x))"),
    ("x normcdf(x)", "gelu(x)"),
    # logarithms and exponentials
    ("log(a b)", "log a + log b"),
    ("log_2 a", "ln a / ln 2"),
    ("e^(2 log a)", "a^2"),
    ("e^x e^y", "e^(x+y)"),
    ("log(x^2)", "2 log|x|"),
    ("a^x", "e^(x ln a)"),
    ("-p log p - (1-p) log(1-p)", "p log(1/p) + (1-p) log(1/(1-p))"),
    # the field's functions
    ("1/(1+e^-x)", "sigmoid(x)"),
    ("σ(x)(1-σ(x))", "e^-x/(1+e^-x)^2"),
    ("1-σ(x)", "σ(-x)"),
    ("tanh x", "2σ(2x)-1"),
    ("1 - tanh^2 x", "1/cosh(x)^2"),
    ("softplus(x)", "log(1+e^x)"),
    ("softplus(x)-softplus(-x)", "x"),
    ("relu(x)", "(x+|x|)/2"),
    ("relu(x)", "x if x > 0 else 0"),
    ("relu(x)-relu(-x)", "x"),
    ("max(x, y)", "(x+y+|x-y|)/2"),
    ("min(x, y)", "-max(-x, -y)"),
    ("x Φ(x)", "gelu(x)"),
    ("x rsqrt(a)", "x/sqrt(a)"),
    ("rsqrt(a b)", "rsqrt(a) rsqrt(b)"),
    ("x^n 4^-n", "(x/4)^n"),
    ("x^n 2^{-2n}", "(x/4)^n"),
    ("Φ(x)", "(1+erf(x/√2))/2"),
    ("silu(x)", "x/(1+e^-x)"),
    ("clip(x, 0, 1)", "min(max(x, 0), 1)"),
    ("leaky_relu(x, 0.1)", "max(0.1x, x)"),
    ("softmax([x, y])", "[σ(x-y), σ(y-x)]"),
    ("logit(p)", "log(p) - log(1-p)"),
    ("sign(x) x", "|x|"),
    # trigonometry
    ("sin²x + cos²x", "1"),
    ("sin 2x", "2 sin x cos x"),
    ("atan(1)", "π/4"),
    ("asin p + acos p", "π/2"),
    ("cos(pi m)", "(-1)^m"),
    ("sin(pi m)", "0"),
    # whole numbers
    ("n!/(n-1)!", "n"),
    ("n(n+1)/2", "sum_{i=1}^n i"),
    ("binom(n, 2)", "n(n-1)/2"),
    ("floor(m/2) + ceil(m/2)", "m"),
    ("prod_{k=1}^n k", "n!"),
    ("(1-(1/2)^n)/(1-1/2)", "sum_{k=0}^{n-1} (1/2)^k"),
    # vectors, matrices, sets, intervals
    ("[1, 2] + [x, 3]", "[x+1, 5]"),
    ("2[1, 2]", "(2, 4)"),
    ("[1,2;3,4] @ [x, y]", "[x+2y, 3x+4y]"),
    ("{1, 2}", "{2, 3/3}"),
    ("1, 2", "{2, 1}"),
    ("x = 1 or x = 2", "{1, 2}"),
    ("[0, 1) ∪ [2, 3]", "[2, 3] U [0, 1)"),
    # relations
    ("x = 2", "2x = 4"),
    ("y = 2x + 1", "2x - y + 1 = 0"),
    ("y = x/2", "2y = x"),
    ("x^2 = 4", "x = ±2"),
    ("x < 2", "2 > x"),
    ("-2x < 4", "x > -2"),
    ("0 < x < 1", "x > 0 and x < 1"),
    ("x in [0, 1)", "0 ≤ x < 1"),
    ("ln a = 2", "a = e^2"),
    ("x^3 = 8", "x = 2"),
    ("0 = 0", "x = x"),
    ("x = 3", "3"),
    ("3", "x = 3"),
    ("(3, ∞)", "x > 3"),
    ("(x > 0) x", "relu(x)"),
    ("Γ(n+1)", "n!"),
]  # fmt: skip

DIFFERENT = [
    ("rsqrt(a)", "sqrt(a)"),
    ("x^n 4^-n", "(4x)^n"),
    ("√{a}/(a+b)", "sqrt(a/(a+b))"),
    ("F1 = 2a/(a+b)", "2a/(2a+b)"),
    ("D* = b/(a+b)", "a/(a+b)"),
    ("x ← x + a", "x - a"),
    ("1/2^99", "1/2^98"),
    ("10^-400", "10^-401"),
    ("10^-400", "0"),
    ("e^-1000", "0"),
    ("1 + e^-1000", "1"),
    ("e^(π√163)", "262537412640768744"),
    ("x + 10^-30", "x"),
    ("x(1 + 10^-50)", "x"),
    ("e^x + 10^-60", "e^x"),
    ("0.333", "1/3"),
    ("3.14159265358979", "π"),
    ("sqrt(x^2)", "x"),
    ("|x|", "x"),
    ("log(x^2)", "2 log x"),
    ("sqrt(x)^2", "x"),
    ("relu(x)", "x"),
    ("relu(x - 1000)", "0"),
    ("x > 0", "x >= 0"),
    ("step(x)", "1 if x > 0 else 0"),
    ("σ(x)", "tanh(x)"),
    ("softplus(50x)/50", "relu(x)"),
    ("gelu(x)", "x σ(1.702x)"),
    ("floor(x)", "round(x)"),
    ("floor(n/100)", "0"),
    ("mod(m, 2)", "0"),
    ("n(n-1)/2", "sum_{i=1}^n i"),
    ("n!", "n^2 - n + 1"),
    ("sum_{i=1}^n i^2", "n^3/3"),
    ("[1, 2]", "[2, 1]"),
    ("[1, 2]", "[1, 2, 3]"),
    ("[1, 2]", "3"),
    ("{1, 2}", "{1}"),
    ("{1}", "{1, 2}"),
    ("{x}", "x"),
    ("[0, 1)", "[0, 1]"),
    ("(0, ∞)", "[0, ∞)"),
    ("0 = 0", "x = 2"),
    ("1 = 1", "y = 2x"),
    ("x = 2", "x = 3"),
    ("x = 2", "x^2 = 4"),
    ("x^2 = 1", "x = 1"),
    ("y = x^2", "y = |x|"),
    ("x <= 2", "x < 2"),
    ("-2x < 4", "x < -2"),
    ("x < 1", "0 < x < 1"),
    ("x = 2", "2x"),
    ("2x", "x = 2"),
    ("x", "1/0"),
    ("{1, 2}", "[1, 2]"),
    ("softplus(81)", "81"),
    ("1 + 1e-50 + 2", "3"),
]

FAMILIES = [
    (r"\frac{1}{n}\sum_{i=1}^{n}(z_i-\mu)^2",
     r"\frac{1}{n}\sum_{i=1}^n z_i^2 - \frac{2\mu}{n}\sum_{i=1}^n z_i + \mu^2", True),
    ("e^{z_i}/sum_j e^{z_j}", "softmax(z)_i", True),
    ("1/(sum_j e^{z_j - z_i})", "softmax(z)_i", True),
    ("e^{z_i}/sum_j e^{z_i}", "softmax(z)_i", False),
    ("-sum_i y_i log(softmax(z)_i)", "-sum_i y_i z_i + (sum_i y_i) logsumexp(z)", True),
    ("-sum_i y_i log(softmax(z)_i)", "-sum_i y_i z_i + logsumexp(z)", False),
    ("sum(z[i]**2 for i in range(n))", "sum_{i=1}^n z_i^2", True),
    ("sum_{i=1}^n z_i - mu", "sum_{i=1}^n (z_i - mu)", False),
    ("sum_{i=1}^{n-1} z_i", "sum_{i=1}^n z_i", False),
    ("mean(z) n", "sum_i z_i", True),
    ("max(z)", "max_i z_i", True),
    ("norm(z)^2", "sum_i z_i^2", True),
]  # fmt: skip


# Functions without brackets before a slash: what is meant, and the verdict.
SLASHED = [
    ("cos πx/n", "cos(pi*x)/n", "right"),
    ("cos πx/n", "cos(pi*x/n)", "undecided"),
    ("cos πx/n", "cos(pi*x*n)", "wrong"),
    ("cos πx / n", "cos(pi*x/n)", "undecided"),
    ("cos π*x/n", "cos(pi*x/n)", "undecided"),
    ("cos π*x/n", "cos(pi) x/n", "right"),
    ("cos π*x*y/n", "cos(pi*x*y/n)", "undecided"),
    ("cos(π)*x/n", "cos(pi*x/n)", "wrong"),
    ("(cos πx)/n", "cos(pi*x/n)", "wrong"),
    ("cos(πx)/n", "cos(pi*x/n)", "wrong"),
    ("cos(πx/n)", "cos(pi*x)/n", "wrong"),
    ("(1 + cos πx/n)/2", "(1 + cos(pi*x/n))/2", "undecided"),
    ("-½ + ln a/b", "log(a/b) - 1/2", "undecided"),
    ("-½ + ln a/b", "log(a)/b - 1/2", "right"),
    ("-½ + ln a/b", "log(b/a) - 1/2", "wrong"),
    (r"\ln a / b", "log(a/b)", "undecided"),
    ("ln a/ln 2", "log_2(a)", "right"),
    ("log_2 a/b", "log_2(a/b)", "undecided"),
    ("-cos x/2", "-cos(x/2)", "undecided"),
    ("cos^2 x/2", "cos(x/2)^2", "undecided"),
    ("2^sin x/3", "2^sin(x/3)", "undecided"),
    ("exp -x²/2a²", "exp(-x^2/(2a^2))", "undecided"),
    ("exp -x²/2a²", "exp(-x^2/(2a))", "wrong"),
    ("sin x/2 cos y/2", "sin(x/2) cos(y)/2", "undecided"),
    ("sin x/2 + sin y/2", "sin(x)/2 + sin(y/2)", "undecided"),
    ("sin x/2 + sin y/2", "sin(x)/2 + sin(y)/2", "right"),
    ("y = sin x/2", "sin(x/2)", "undecided"),
    ("p ln p/a + (1-p) ln (1-p)/(1-a)", "p ln(p/a) + (1-p) ln((1-p)/(1-a))", "undecided"),
    ("log a/b/x", "log(a/b/x)", "undecided"),
    ("log a/b/x", "log(a/b)/x", "undecided"),
    ("log a/b/x", "log(a)/b/x", "right"),
    ("log a/b/x", "log(a/x)/b", "wrong"),
    ("exp 9/10^-300", "1", "wrong"),
    ("x/2 + sin y", "(x + sin y)/2", "wrong"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "key", "verdict"), SLASHED)
def test_a_slash_that_can_be_read_in_two_ways_is_never_wrong_under_the_other(
    answer: str, key: str, verdict: str
) -> None:
    again = show(read_tree(answer, REAL))
    for each in (answer, again):
        found = decided(each, key).verdict
        assert ("right" if found == "sampled" else found) == verdict


def test_both_readings_of_a_slash_are_told() -> None:
    told = "without brackets it can be read as cos(x)/2 or cos(x/2); put brackets"
    assert decided("cos x/2", "cos(x/2)").reason == told
    assert decided("cos(x/2)", "cos x/2").verdict == "wrong"  # a key is what it is read as


def test_a_slash_without_brackets_has_the_form_and_the_proof_of_any_other() -> None:
    answer, key = (read_tree(text, REAL) for text in ("sin 2x/4", "sin(2x)/4"))
    assert unmet(answer, key, "simplified") == unmet(key, key, "simplified")
    assert proved("sin x/2", "sin(x)/2", REAL)
    assert not proved("sin x/2", "sin(x/2)", REAL)


def decided(answer: str, key: str, symbols: Declared = REAL) -> Decision:
    return equivalent(read_tree(answer, symbols), read_tree(key, symbols), symbols)


@pytest.mark.parametrize(("answer", "key"), EQUAL)
def test_what_is_equal_is_right(answer: str, key: str) -> None:
    assert decided(answer, key).verdict in ("right", "sampled")
    assert decided(key, answer).verdict in ("right", "sampled") or "=" in answer


@pytest.mark.parametrize(("answer", "key"), DIFFERENT)
def test_what_differs_is_wrong(answer: str, key: str) -> None:
    assert decided(answer, key).verdict in ("wrong", "undecided")
    if key != "1/0":
        assert decided(answer, key).verdict == "wrong"


@pytest.mark.parametrize(("answer", "key", "is_equal"), FAMILIES)
def test_indexed_families_are_compared(answer: str, key: str, is_equal: bool) -> None:
    assert (decided(answer, key, FAMILY).verdict in ("right", "sampled")) == is_equal


def test_the_domain_decides() -> None:
    for kind, verdict in [("real", "wrong"), ("positive", "sampled"), ("negative", "wrong")]:
        found = decided("log(x^2)", "2 log x", {"x": kind})
        assert found.verdict == verdict or (verdict == "sampled" and found.verdict == "right")
    assert decided("|x|", "-x", {"x": "negative"}).verdict == "sampled"
    assert decided("(-1)^(2m)", "1", {"m": "integer"}).verdict == "sampled"


def test_a_wrong_answer_is_shown_where() -> None:
    found = decided("2x", "x^2 + 1", {"x": "real"})
    assert found.counterexample == "x = 2"
    assert found.reason == "at x = 2 yours is 4, the key 5"


def test_points_where_only_one_has_a_value_are_told() -> None:
    assert decided("(x^2-1)/(x-1)", "x+1").reason == "equal wherever both have a value"
    assert "no value at x = " in decided("log x", "log(x^2)/2").reason


def test_what_has_no_value_anywhere_is_undecided() -> None:
    assert decided("sqrt(-1 - x^2)", "log(-1-x^2)").verdict == "undecided"


def test_the_same_seed_gives_the_same_verdict() -> None:
    assert decided("sin x", "cos x") == decided("sin x", "cos x")


def test_a_declaration_that_means_nothing_is_refused() -> None:
    for stated in ("", "complex", Range(start=1, stop=0)):
        with pytest.raises(ValueError, match="expected"):
            decided("x", "x + 1", {"x": stated})


def test_the_kind_tells_intervals_from_vectors() -> None:
    def decided_as(kind: str, answer: str, key: str) -> str:
        trees = (read_tree(text, {"x": "real"}) for text in (answer, key))
        return equivalent(*trees, {"x": "real"}, kind=kind).verdict

    assert decided_as("interval", "[-1, 1]", "(-1, 1)") == "wrong"
    assert decided_as("interval", "-1 < x < 1", "(-1, 1)") == "sampled"
    assert decided_as("interval", "]-1, 1[", "(-1, 1)") == "right"
    assert decided_as("vector", "[-1, 1]", "(-1, 1)") in ("right", "sampled")


def test_two_values_that_are_only_near_are_told_so() -> None:
    told = "yours and the key are both near 81, but not equal"
    assert decided("softplus(81)", "81").reason == told


def test_matrices_are_multiplied_in_their_order() -> None:
    symbols: Declared = {"A": "matrix", "B": "matrix"}
    assert decided("(A B)^-1", "B^-1 A^-1", symbols).verdict == "sampled"
    assert decided("(A B)^-1", "A^-1 B^-1", symbols).verdict == "wrong"


def test_powers_beyond_all_bounds_are_compared() -> None:
    two = [read_tree(text, REAL) for text in ("x^y^z", "x^(y z)")]
    assert equivalent(*two, REAL).verdict == "wrong"


def test_ranges_bound_the_points() -> None:
    symbols: Declared = {"p": Range(start=0, stop=1)}
    assert decided("|p|", "p", symbols).verdict == "right"
    assert decided("max(p, 1)", "1", symbols).verdict == "sampled"
    assert decided("max(p, 0.9)", "0.9", symbols).verdict == "wrong"
    assert Fraction(decided("2p", "p", symbols).counterexample.removeprefix("p = ")) < 1
