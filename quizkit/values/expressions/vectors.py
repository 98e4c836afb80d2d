"""Functions of vectors and matrices."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from quizkit.values.expressions.interval import Interval, Real, Undefined
from quizkit.values.expressions.tree import Call, Node, call

if TYPE_CHECKING:
    from quizkit.values.expressions.evaluate import Evaluation

Value = Any  # Real | bool | tuple of values

LARGEST_DETERMINANT = 5
LARGEST_MATRIX_POWER = 12
ONE = Fraction(1)
UNIT = ((ONE, Fraction(0)), (Fraction(0), ONE))


def is_vector(value: Value) -> bool:
    """Whether the value is a vector or matrix; an interval is a number."""
    return isinstance(value, tuple) and not isinstance(value, Interval)


def is_matrix(value: Value) -> bool:
    """Whether the value is a vector of vectors."""
    return is_vector(value) and bool(value) and is_vector(value[0])


def as_flat(answer: Node, key: Node) -> Node:
    """The elements of an answer `[[a, b]]`, transposed or not, to a key `[x, y]`: rows may be columns."""
    if not isinstance(key, Call) or key.function not in ("[]", "()"):
        return answer
    if _is_column(answer) and not _has_rows(key):
        return Call("[]", tuple(each.arguments[0] for each in answer.arguments))  # type: ignore[union-attr]
    if _is_column(key) and isinstance(answer, Call) and answer.function in ("[]", "()"):
        is_flat = not _has_rows(answer)
        return (
            Call("[]", tuple(call("[]", each) for each in answer.arguments)) if is_flat else answer
        )
    if _has_rows(key):
        return answer
    row = (
        answer.arguments[0]
        if isinstance(answer, Call) and answer.function == "transpose"
        else answer
    )
    is_row = isinstance(row, Call) and row.function == "[]" and len(row.arguments) == 1
    if not is_row or not _has_rows(row):  # type: ignore[arg-type]
        return answer
    return row.arguments[0]  # type: ignore[union-attr]


def _is_column(node: Node) -> bool:
    """Whether the node is `[[a], [b]]`."""
    return (
        isinstance(node, Call)
        and node.function == "[]"
        and len(node.arguments) > 1
        and all(
            isinstance(row, Call) and row.function == "[]" and len(row.arguments) == 1
            for row in node.arguments
        )
    )


def _has_rows(node: Call) -> bool:
    return any(isinstance(each, Call) and each.function == "[]" for each in node.arguments)


def _dot(tools: Evaluation, a: Value, b: Value) -> Value:
    """The inner product; of matrices the matrix product."""
    if not (is_vector(a) and is_vector(b) and a and b):
        if is_vector(a) or is_vector(b):
            raise Undefined
        return tools.applied("*", [a, b])
    if is_vector(a[0]):
        return tuple(_dot(tools, row, b) for row in a)
    if len(a) != len(b):
        raise Undefined
    if is_vector(b[0]):
        return tuple(_dot(tools, a, column) for column in _columns(b))
    return tools.folded(
        "sum",
        [
            tools.scalar(tools.arithmetic.mul(tools.scalar(x), tools.scalar(y)))
            for x, y in zip(a, b, strict=True)
        ],
    )


def _columns(matrix: Value) -> Value:
    if not all(is_vector(row) and len(row) == len(matrix[0]) for row in matrix):
        raise Undefined
    return tuple(zip(*matrix, strict=True))


def _transpose(_: Evaluation, a: Value) -> Value:
    return _columns(a) if is_vector(a) and a and is_vector(a[0]) else a


def _all_numbers(tools: Evaluation, values: tuple[Value, ...]) -> list[Real]:
    found: list[Real] = []
    for value in values:
        found += _all_numbers(tools, value) if is_vector(value) else [tools.scalar(value)]
    return found


def _fold(function: str) -> Callable[..., Real]:
    return lambda tools, *values: tools.folded(function, _all_numbers(tools, values))


def _extreme(function: str) -> Callable[..., Value]:
    def extreme(tools: Evaluation, *values: Value) -> Value:
        if len(values) > 1 and any(is_vector(value) for value in values):
            return tools.elementwise(function, list(values))
        return tools.folded(function, _all_numbers(tools, values))

    return extreme


def _mean(tools: Evaluation, *values: Value) -> Real:
    numbers = _all_numbers(tools, values)
    if not numbers:
        raise Undefined
    return tools.arithmetic.div(tools.folded("sum", numbers), Fraction(len(numbers)))


def _norm(tools: Evaluation, a: Value) -> Real:
    numbers = _all_numbers(tools, (a,))
    squares = [tools.arithmetic.whole_power(each, 2) for each in numbers]
    return tools.arithmetic.sqrt(tools.folded("sum", squares))


def _softmax(tools: Evaluation, a: Value) -> Value:
    if not is_vector(a) or not a:
        raise Undefined
    powers = [tools.arithmetic.exp(tools.scalar(each)) for each in a]
    total = tools.folded("sum", powers)
    return tuple(tools.arithmetic.div(each, total) for each in powers)


def _logsumexp(tools: Evaluation, a: Value) -> Real:
    if not is_vector(a) or not a:
        raise Undefined
    return tools.arithmetic.log(
        tools.folded("sum", [tools.arithmetic.exp(tools.scalar(each)) for each in a])
    )


def _logsoftmax(tools: Evaluation, a: Value) -> Value:
    total = _logsumexp(tools, a)
    return tuple(tools.arithmetic.sub(tools.scalar(each), total) for each in a)


def _is_square(a: Value) -> bool:
    return is_vector(a) and all(is_vector(row) and len(row) == len(a) for row in a)


def _trace(tools: Evaluation, a: Value) -> Real:
    if not _is_square(a):
        raise Undefined
    return tools.folded("sum", [tools.scalar(row[n]) for n, row in enumerate(a)])


def _determinant(tools: Evaluation, a: Value) -> Real:
    """Expanded along the first row, for matrices of up to five rows."""
    if not _is_square(a) or len(a) > LARGEST_DETERMINANT:
        raise Undefined
    if len(a) == 1:
        return tools.scalar(a[0][0])
    arithmetic, total = tools.arithmetic, Fraction(0)
    found: Real = total
    for n, each in enumerate(a[0]):
        minor = tuple(row[:n] + row[n + 1 :] for row in a[1:])
        term = arithmetic.mul(tools.scalar(each), _determinant(tools, minor))
        found = arithmetic.sub(found, term) if n % 2 else arithmetic.add(found, term)
    return found


def _product(tools: Evaluation, a: Value, b: Value) -> Value:
    """Of two matrices the matrix product; else element by element."""
    if is_matrix(a) and is_matrix(b):
        return _dot(tools, a, b)
    return tools.applied("⊙", [a, b])


def _power(tools: Evaluation, a: Value, b: Value) -> Value:
    """Of a matrix its repeated product, or that of its inverse."""
    if not is_matrix(a):
        return tools.applied("pow", [a, b])
    n = tools.scalar(b)
    if not isinstance(n, Fraction) or n.denominator != 1 or abs(n) > LARGEST_MATRIX_POWER:
        raise Undefined
    base = _inverse(tools, a) if n < 0 else a
    result: Value = tuple(
        tuple(Fraction(int(i == j)) for j in range(len(a))) for i in range(len(a))
    )
    for _ in range(abs(int(n))):
        result = _dot(tools, result, base)
    return result


def _inverse(tools: Evaluation, a: Value) -> Value:
    """The adjugate over the determinant."""
    if not is_vector(a):
        return tools.applied("reciprocal", [a])
    determinant, size = _determinant(tools, a), range(len(a))

    def cofactor(i: int, j: int) -> Real:
        minor = tuple(row[:j] + row[j + 1 :] for k, row in enumerate(a) if k != i)
        value = _determinant(tools, minor) if minor else ONE
        return tools.arithmetic.neg(value) if (i + j) % 2 else value

    return tuple(
        tuple(tools.arithmetic.div(cofactor(j, i), determinant) for j in size) for i in size
    )


WHOLE: dict[str, Callable[..., Value]] = {
    "*": _product, "^": _power, "inverse": _inverse,
    "@": _dot, "dot": _dot, "transpose": _transpose, "sum": _fold("sum"), "prod": _fold("prod"),
    "max": _extreme("max"), "min": _extreme("min"), "mean": _mean, "norm": _norm,
    "softmax": _softmax, "logsumexp": _logsumexp, "logsoftmax": _logsoftmax, "trace": _trace,
    "det": _determinant,
}  # fmt: skip
