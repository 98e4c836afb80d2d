"""The functions and constants that can be written, by each of their spellings."""

from __future__ import annotations

# canonical name: (fewest arguments, most arguments, spellings)
_ONE = (
    "exp log:ln log2:lb log10 log1p expm1 sqrt cbrt sign:sgn abs:absolute:fabs floor ceil:ceiling"
    " round sin cos tan:tg cot sec csc asin:arcsin acos:arccos atan:arctan sinh cosh tanh coth sech"
    " asinh:arcsinh:arsinh acosh:arccosh:arcosh atanh:arctanh:artanh"
    " sigmoid:logistic:expit relu:rectifier softplus gelu silu:swish erf erfc normalcdf:Phi:ncdf:normcdf"
    " normalpdf logit softsign mish logsigmoid square reciprocal rsqrt factorial step:heaviside:unitstep"
    " softmax logsoftmax logsumexp:lse norm indicator:ind:indic:I trace:tr transpose det inverse:inv"
    " gamma:Gamma"
)
_MORE = {
    "max": (1, 50, ("maximum", "amax")),
    "min": (1, 50, ("minimum", "amin")),
    "root": (2, 2, ("nthroot",)),
    "pow": (2, 2, ("power",)),
    "mod": (2, 2, ("remainder", "fmod")),
    "logaddexp": (2, 2, ()),
    "binomial": (2, 2, ("binom", "comb", "choose", "nchoosek", "C", "nCr")),
    "leakyrelu": (1, 2, ("lrelu", "prelu")),
    "elu": (1, 2, ()),
    "where": (3, 3, ("ifelse",)),
    "clip": (3, 3, ("clamp",)),
    "dot": (2, 2, ("inner", "matmul")),
    "sum": (1, 4, ("nansum",)),
    "prod": (1, 4, ("product",)),
    "mean": (1, 50, ("avg", "average")),
    "kronecker": (2, 2, ()),
    "vector": (1, 1, ("array", "tensor", "Matrix", "matrix")),
}

# Functions whose derivative is written with a prime: `σ'(z)`.
PRIMED = ("sigmoid", "tanh", "softplus", "sin", "cos", "exp", "log")

ARITY: dict[str, tuple[int, int]] = {
    **{each.partition(":")[0]: (1, 1) for each in _ONE.split()},
    **{name: (least, most) for name, (least, most, _) in _MORE.items()},
    "log": (1, 2),
    "hardtanh": (1, 1),
    "undefined": (0, 0),
    **{f"{name}'": (1, 1) for name in PRIMED},
}
SPELLED: dict[str, str] = {
    **{word: each.partition(":")[0] for each in _ONE.split() for word in each.split(":")},
    **{word: name for name, (_, _, more) in _MORE.items() for word in (name, *more)},
    "hardtanh": "hardtanh",
    "undefined": "undefined",
}
CONSTANTS = {"pi": "pi", "e": "e", "inf": "inf", "infty": "inf", "infinity": "inf", "oo": "inf"}
# `np.exp` and the like: the prefix says nothing that the function does not.
MODULES = frozenset(
    {"np", "numpy", "math", "torch", "F", "nn", "tf", "jnp", "scipy", "special", "sp"}
)
# Written as LaTeX commands, or as words with a meaning in the grammar.
BIG = {"sum": "sum", "prod": "prod", "Sigma": "sum", "Pi": "prod"}


def function(folded: str) -> str | None:
    """The function's canonical name; capitals do not matter in words of three letters and more."""
    if folded in SPELLED:
        return SPELLED[folded]
    return SPELLED.get(folded.casefold()) if len(folded) > 2 else None
