"""Shapes and arrays as people type them. A caret in a text marks where reading must fail."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from quizkit.model import Misread, Understood
from quizkit.values.arrays import read_array, read_shape, shape_of
from tests.effort import at_most

SHAPES = [
    ("28x28x64", (28, 28, 64)),
    ("28×28", (28, 28)),
    ("28*28", (28, 28)),
    ("28 X 28", (28, 28)),
    ("(28, 28, 64)", (28, 28, 64)),
    ("[28,28]", (28, 28)),
    ("( 28 x 28 )", (28, 28)),
    ("28 28 64", (28, 28, 64)),
    ("28, 28", (28, 28)),
    ("1,234", (1, 234)),
    ("28", (28,)),
    (" 28 ", (28,)),
    ("(64,)", (64,)),
    ("64,", (64,)),
    ("(0, 3)", (0, 3)),
    ("()", ()),
]

MISREAD_SHAPES = [
    ("^", "a whole number"),
    ("^-1", "a whole number"),
    ("(3, ^-1)", "a whole number"),
    ("^28.5", "a whole number"),
    ("28x^x28", "a whole number"),
    ("28^x", "another size"),
    ("(28, 28^", "')'"),
    ("(28, 28^]", "')'"),
    ("28, 28^)", "another size"),
    ("28x28^?", "another size"),
    ("28, ^None", "a whole number"),
    ("^9999999999999999", "at most 15 digits"),
    ("^__import__('os')", "a whole number"),
    ("(^(1))", "a whole number"),
]

ARRAYS = [
    ("[1, 2, 3]", (1, 2, 3)),
    ("1 2 3", (1, 2, 3)),
    ("1, 2, 3", (1, 2, 3)),
    ("(1, 2)", (1, 2)),
    ("[1, 2,]", (1, 2)),
    ("1,234", (1, 234)),
    ("100 200", (100, 200)),
    ("7", (7,)),
    ("[7]", (7,)),
    ("[[7]]", ((7,),)),
    ("[[1, 2], [3, 4]]", ((1, 2), (3, 4))),
    ("[[1 2] [3 4]]", ((1, 2), (3, 4))),
    ("[1, 2], [3, 4]", ((1, 2), (3, 4))),
    ("1 2; 3 4", ((1, 2), (3, 4))),
    ("1, 2; 3, 4;", ((1, 2), (3, 4))),
    ("[1 2; 3 4]", ((1, 2), (3, 4))),
    ("1; 2; 3", ((1,), (2,), (3,))),
    ("[[[1], [2]], [[3], [4]]]", (((1,), (2,)), ((3,), (4,)))),
    ("[[[[1]]]]", ((((1,),),),)),
    ("1/2 −3.5 1e-3 25%", (Fraction(1, 2), Fraction(-7, 2), Fraction(1, 1000), Fraction(1, 4))),
]

MISREAD_ARRAYS = [
    ("^", "at least one number"),
    ("[^]", "at least one number"),
    ("[[1], [^]]", "at least one number"),
    ("[1,^,2]", "a number or a bracket"),
    ("[^,1]", "a number or a bracket"),
    ("[[1, 2], ^[3]]", "a row of 2"),
    ("1 2; ^3", "a row of 2"),
    ("1 2; ^;", "at least one number"),
    ("[1, ^(2, 3)]", "a number here"),
    ("[[[1]], ^[2]]", "an array of shape (1, 1)"),
    ("[1, 2^", "']'"),
    ("[1, 2^)", "']'"),
    ("1, 2^]", "no closing bracket"),
    ("[[[[^[1]]]]]", "at most 4 levels"),
    ("^[[[[1]]]], [[[[2]]]]", "at most 4 levels"),
    ("[1, ^x]", "a number"),
    ("[1, 2**^x]", "a whole exponent"),
    ("1 ^/ 2", "a number"),
]

HOSTILE = [
    "[" * 10_000,
    "[" * 10_000_000,
    "1 " * 5_000_000,
    "9**9**9",
    "1," * 4_999 + ",",
    "[1" + "]" * 9_998,
    " " * 9_999 + "x",
    ", " * 5_000,
    "\x00",
    "\x1b[31m",
    "\ud800",
]


def marked(text: str) -> tuple[str, int]:
    """The text without its caret, and where the caret stood."""
    return text.replace("^", "", 1), text.index("^")


@pytest.mark.parametrize(("text", "shape"), SHAPES)
def test_reads_shapes(text: str, shape: tuple[int, ...]) -> None:
    assert read_shape(text) == Understood(shape)


@pytest.mark.parametrize(("text", "array"), ARRAYS)
def test_reads_arrays(text: str, array: tuple[Any, ...]) -> None:
    assert read_array(text) == Understood(array)


@pytest.mark.parametrize(("text", "expected"), MISREAD_SHAPES)
def test_says_where_a_shape_fails(text: str, expected: str) -> None:
    raw, position = marked(text)
    reading = read_shape(raw)
    assert isinstance(reading, Misread)
    assert reading.position == position
    assert expected in reading.problem


@pytest.mark.parametrize(("text", "expected"), MISREAD_ARRAYS)
def test_says_where_an_array_fails(text: str, expected: str) -> None:
    raw, position = marked(text)
    reading = read_array(raw)
    assert isinstance(reading, Misread)
    assert reading.position == position
    assert expected in reading.problem


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_misread_soon(text: str) -> None:
    for read in (read_shape, read_array):
        with at_most(0.5):
            reading = read(text)
        assert isinstance(reading, Misread)
        assert reading.problem.isprintable()
        assert len(reading.problem) < 200


def test_shape_of_nested_tuples() -> None:
    assert shape_of(((1, 2, 3), (4, 5, 6))) == (2, 3)
    assert shape_of(7) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<B, T, V>", ("B", "T", "V")),
        ("W1: (3072, 768)", (3072, 768)),
        ("shape is [3, 4].", (3, 4)),
        ("(256，256，3)", (256, 256, 3)),
        ("(3,), 1-D", (3,)),
        ("(1, 1, T, T), broadcast over B and V", (1, 1, "T", "T")),
        ("(B, T) since batch_first=False", ("B", "T")),
        ("(B, T), V", None),
        ("(3, 4), 5", None),
        ("(3, 4) or (4, 3)", None),
        ("(B, T) transposed", None),
        ("(B, T) flattened", None),
        ("W=3, H=4, C=5", None),
        ("C=3, H=4, W=5", (3, 4, 5)),
        ("(3, 4), not transposed", None),
        ("(3, 4] since", None),
    ],
)
def test_a_label_or_remark_beside_a_shape_is_left_out(text: str, expected: object) -> None:
    reading = read_shape(text, ("B", "T", "V"))
    assert (reading.value if isinstance(reading, Understood) else None) == expected


MATRIX = ((1, 2), (3, 4))


@pytest.mark.parametrize(
    "text",
    [
        "np.array([[1,2],[3,4]])",
        "numpy.array([[1, 2], [3, 4]], dtype=np.float32)",
        "array([[1, 2],\n       [3, 4]])",
        "tensor([[1, 2], [3, 4]])",
        "tensor([[1., 2.], [3., 4.]], grad_fn=<MulBackward0>)",
        "torch.tensor([[1., 2.], [3., 4.]], dtype=torch.float64, requires_grad=True)",
        "tensor([[1, 2], [3, 4]], device='cuda:0')",
        "np.array([[1,2],[3,4]], dtype=int)",
        "W = np.array(((1, 2), (3, 4)))",
        "W = [[1, 2], [3, 4]]",
        "Matrix([[1, 2], [3, 4]])",
        r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
    ],
)
def test_an_array_is_read_as_libraries_print_and_take_it(text: str) -> None:
    assert read_array(text) == Understood(MATRIX)


@pytest.mark.parametrize(
    "text",
    [
        "np.array([[1,2],[3,4]]).T",
        "np.array([[1,2],[3,4]]) * 2",
        "-np.array([[1,2],[3,4]])",
        "np.zeros([[1,2],[3,4]])",
        "np.array([[1,2],[3,4]], order=__import__('os'))",
        "np.array([[1,2],[3,4.5]], dtype=int)",
        "np.array([[1,2],[3,4]], 2)",
        "array()",
        "array(",
        "array(1" + " " * 9000,
        "array(1" + " " * 9000 + ")",
        "array(" + "1 ," * 3000 + "dtype",
    ],
)
def test_a_call_that_does_more_is_asked_again(text: str) -> None:
    with at_most(0.1):
        reading = read_array(text)
    assert reading != Understood(MATRIX)
    assert isinstance(reading, Misread) or len(text) > 1000


def test_a_fault_inside_a_call_is_shown_at_its_place() -> None:
    text = "np.array([[1, 2], [3, x]])"
    reading = read_array(text)
    assert isinstance(reading, Misread)
    assert text[reading.position] == "x"


def test_a_size_that_begins_with_a_minus_in_its_standard_form_is_read_again() -> None:
    reading = read_shape("(H - K + 1, W)", ("H", "K", "W"))
    assert isinstance(reading, Understood)
    assert read_shape(f"({', '.join(map(str, reading.value))})", ("H", "K", "W")) == reading
