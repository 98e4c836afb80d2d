"""What holds for every expression: it reads back, equals itself rewritten, and harms nothing."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from quizkit.model import Misread, Understood
from quizkit.values.expressions.decide import equivalent
from quizkit.values.expressions.read import read_expression, read_tree
from quizkit.values.expressions.show import show
from quizkit.values.expressions.tree import Call, Name, Node, Number, call, table
from tests.effort import at_most

CASES = settings(deadline=None, max_examples=120)
SYMBOLS = {"x": "real", "y": "positive", "n": "positive integer", "σ": "positive", "z_i": "real"}

whole = st.integers(0, 10**6).map(lambda n: Number(Fraction(n)))
decimal = st.builds(
    lambda digits, places: Number(Fraction(digits, 10**places), True),
    st.integers(0, 10**9), st.integers(0, 12),
)  # fmt: skip
leaves = st.one_of(
    whole,
    decimal,
    st.sampled_from([Name(name) for name in ("x", "y", "n", "σ", "pi", "e")]),
    st.just(call("index", Name("z"), Name("i"))),
)


def grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    signs = st.sampled_from(["+", "-", "*", "/", "^", "mod", "//"])
    one = st.sampled_from(
        ["neg", "exp", "log", "sqrt", "abs", "tanh", "sigmoid", "relu", "softplus", "floor",
         "factorial", "normalcdf", "sin", "atan"]
    )  # fmt: skip
    two = st.sampled_from(["max", "min", "binomial", "root", "[]", "()", "set"])
    return st.one_of(
        st.builds(call, signs, inner, inner),
        st.builds(call, one, inner),
        st.builds(call, two, inner, inner),
        st.builds(
            lambda body, stop: call("sum over", body, Name("k"), Number(Fraction(1)), stop),
            inner, inner,
        ),
    )  # fmt: skip


trees = st.recursive(leaves, grown, max_leaves=12)
relations = st.builds(call, st.sampled_from(["=", "<", "≤", ">", "≥", "≠"]), trees, trees)


@given(st.one_of(trees, relations))
@CASES
def test_what_is_shown_reads_back_to_the_same_tree(tree: Node) -> None:
    from quizkit.values.expressions.parse import parse

    assert parse(show(tree), SYMBOLS) == tree


numbers = st.builds(lambda n: Number(Fraction(n)), st.integers(0, 20))
smooth = st.recursive(
    st.one_of(numbers, st.sampled_from([Name("x"), Name("y")])),
    lambda inner: st.one_of(
        st.builds(call, st.sampled_from(["+", "-", "*"]), inner, inner),
        st.builds(call, st.sampled_from(["neg", "tanh", "sigmoid", "relu", "abs", "sin"]), inner),
    ),
    max_leaves=8,
)


@given(smooth, smooth)
@CASES
def test_rewriting_keeps_an_expression_equal_and_a_change_does_not(a: Node, b: Node) -> None:
    same = call("-", call("*", call("+", a, b), call("+", a, b)), call("*", b, b))
    other = call("+", call("*", a, a), call("*", Number(Fraction(2)), call("*", b, a)))
    assert equivalent(same, other, SYMBOLS).verdict in ("right", "sampled")
    changed = call("+", other, call("/", Number(Fraction(1)), Number(Fraction(10**9))))
    assert equivalent(changed, other, SYMBOLS).verdict == "wrong"


@given(st.text(alphabet="xyznσ0123456789.+-*/^()[]{}|!,;<>=%_\\ √²π∑e frasqtlogin", max_size=60))
@settings(deadline=None, max_examples=300)
def test_no_text_makes_reading_raise_or_take_long(text: str) -> None:
    with at_most(0.5):
        reading = read_expression(text, SYMBOLS)
        if isinstance(reading, Understood):
            assert isinstance(reading.value, str)
            tree = read_tree(reading.value, SYMBOLS)
            assert show(tree) == reading.value
            assert equivalent(tree, Name("x"), SYMBOLS).verdict in (
                "right", "sampled", "wrong", "undecided",
            )  # fmt: skip
        else:
            assert isinstance(reading, Misread)
            assert 0 <= reading.position <= len(text)


PIECES = sorted(
    table(
        "x n z_i y 1 2 0.5 + - * / ^ ** ( ) [ ] { } | , ; ! % = < >= and or if else for in range sum"
        " max log exp sin softmax sqrt \\frac \\sqrt \\sum \\begin{cases} \\end{cases} & \\\\ \\left("
        " \\right) _ _{ ^{ _i _{i=1} ^n ² ⁻¹ √ ∑ π σ( ∪ ± ⌊ ⌋ @ // mod choose .T ' inf np. ½ \\text{if}"
        " \\hat{ where( Sum( (k,1,n) \\{ ]0,1["
    )
)


@given(st.lists(st.sampled_from([*PIECES, " "]), max_size=14).map("".join))
@settings(deadline=None, max_examples=400)
def test_what_is_read_from_pieces_of_formulas_reads_back(text: str) -> None:
    reading = read_expression(text, SYMBOLS)
    if isinstance(reading, Understood):
        assert show(read_tree(str(reading.value), SYMBOLS)) == reading.value


@given(st.text(max_size=80))
@CASES
def test_any_characters_are_read_or_refused(text: str) -> None:
    assert isinstance(read_expression(text, SYMBOLS), Understood | Misread)


def test_a_tree_that_does_not_read_back_would_be_seen() -> None:
    assert read_tree("(x + y)·n", SYMBOLS) != read_tree("x + y·n", SYMBOLS)
    assert isinstance(read_tree("x + y", SYMBOLS), Call)
