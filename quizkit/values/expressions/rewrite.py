"""Functions in terms of exponentials, logarithms and powers, by their definitions."""

from __future__ import annotations

from collections.abc import Callable

from quizkit.values.expressions.tree import Call, Node, call, number

_ONE, _TWO = number(1), number(2)


def basic(node: Node) -> Node:
    """The definition of the outermost function, if it has a simpler one."""
    if isinstance(node, Call) and node.function in _DEFINITIONS:
        return _DEFINITIONS[node.function](*node.arguments)
    return node


def _exp(x: Node) -> Node:
    return call("exp", x)


def _over(a: Node, b: Node) -> Node:
    return call("/", a, b)


def _minus(x: Node) -> Node:
    return call("neg", x)


def _plus_one(x: Node) -> Node:
    return call("+", _ONE, x)


def _sigmoid(x: Node) -> Node:
    return _over(_ONE, _plus_one(_exp(_minus(x))))


def _softplus(x: Node) -> Node:
    """log(1 + e^x) = x/2 + log(e^(x/2) + e^(-x/2)), the same sum for x and -x."""
    half = _over(x, _TWO)
    return call("+", half, call("log", call("+", _exp(half), _exp(_minus(half)))))


def _tanh(x: Node) -> Node:
    return _over(call("-", _exp(x), _exp(_minus(x))), call("+", _exp(x), _exp(_minus(x))))


def _log_to(base: int) -> Callable[[Node], Node]:
    return lambda x: call("log", x, number(base))


_DEFINITIONS: dict[str, Callable[..., Node]] = {
    "sigmoid": _sigmoid,
    "softplus": _softplus,
    "sigmoid'": lambda x: call("*", _sigmoid(x), _sigmoid(_minus(x))),
    "tanh'": lambda x: call("-", _ONE, call("^", _tanh(x), _TWO)),
    "softplus'": _sigmoid,
    "sin'": lambda x: call("cos", x),
    "cos'": lambda x: _minus(call("sin", x)),
    "exp'": _exp,
    "log'": lambda x: _over(_ONE, x),
    "logsigmoid": lambda x: _minus(_softplus(_minus(x))),
    "softsign": lambda x: _over(x, _plus_one(call("abs", x))),
    "mish": lambda x: call("*", x, _tanh(_softplus(x))),
    "silu": lambda x: call("*", x, _sigmoid(x)),
    "logit": lambda x: call("-", call("log", x), call("log", call("-", _ONE, x))),
    "tanh": _tanh,
    "coth": lambda x: _over(_ONE, _tanh(x)),
    "sinh": lambda x: _over(call("-", _exp(x), _exp(_minus(x))), _TWO),
    "cosh": lambda x: _over(call("+", _exp(x), _exp(_minus(x))), _TWO),
    "sech": lambda x: _over(_TWO, call("+", _exp(x), _exp(_minus(x)))),
    "log2": _log_to(2),
    "log10": _log_to(10),
    "log1p": lambda x: call("log", _plus_one(x)),
    "expm1": lambda x: call("-", _exp(x), _ONE),
    "square": lambda x: call("^", x, _TWO),
    "reciprocal": lambda x: _over(_ONE, x),
    "rsqrt": lambda x: _over(_ONE, call("sqrt", x)),
    "percent": lambda x: _over(x, number(100)),
    "relu": lambda x: _over(call("+", x, call("abs", x)), _TWO),
    "gelu": lambda x: call("*", x, call("normalcdf", x)),
    "erfc": lambda x: call("-", _ONE, call("erf", x)),
    "normalcdf": lambda x: _over(_plus_one(call("erf", _over(x, call("sqrt", _TWO)))), _TWO),
    "tan": lambda x: _over(call("sin", x), call("cos", x)),
    "sec": lambda x: _over(_ONE, call("cos", x)),
    "csc": lambda x: _over(_ONE, call("sin", x)),
    "cot": lambda x: _over(call("cos", x), call("sin", x)),
    "cbrt": lambda x: call("root", x, number(3)),
}
