"""Number formats by all their names: `float32`, `torch.float`, `np.single`, `fp32`, `32-bit float`."""

from __future__ import annotations

from functools import lru_cache

from quizkit.values.numbers import Unreadable, compiled, quoted

LONGEST = 80

_NAMES = {
    "float64": "double fp64 f64 doubletensor doubleprecision torch.double",
    "float32": "single fp32 f32 floattensor singleprecision fullprecision torch.float tf.float",
    "float16": "half fp16 f16 halftensor halfprecision",
    "bfloat16": "bf16 bfloat16tensor brainfloat16 brainfloat",
    "tf32": "tensorfloat32",
    "float8_e4m3fn": "float8e4m3fn float8e4m3 fp8e4m3 fp8e4m3fn e4m3 e4m3fn",
    "float8_e5m2": "float8e5m2 fp8e5m2 e5m2",
    "float4": "fp4 float4e2m1 e2m1",
    "nf4": "normalfloat4",
    "int64": "long i64 longtensor longlong",
    "int32": "i32 inttensor torch.int tf.int",
    "int16": "short i16 shorttensor",
    "int8": "i8 chartensor",
    "int4": "",
    "uint64": "u64",
    "uint32": "u32",
    "uint16": "u16",
    "uint8": "u8 bytetensor ubyte torch.byte",
    "uint4": "",
    "bool": "boolean booltensor bool_",
    "complex64": "cfloat complexfloat",
    "complex128": "cdouble complexdouble",
}
_BITS = {"tf32": 19, "float8_e4m3fn": 8, "float8_e5m2": 8, "nf4": 4, "bool": 8}
_UNSURE = {
    "float": "float32 or float64; say which (torch.float is float32, Python's float is float64)",
    "int": "int32 or int64; say which (torch.int is int32, Python's int is none of them)",
    "fp8": "float8_e4m3fn or float8_e5m2; say which",
    "float8": "float8_e4m3fn or float8_e5m2; say which",
    "complex": "complex64 or complex128; say which",
}
_MODULES = r"(?:torch|np|numpy|tf|tensorflow|jnp|jax\.numpy|jax|cupy|cp|mx)\.(?:dtypes\.|cuda\.)?"
_WRAPPED = r"(?:[\w.]*dtype\s*[(=:]\s*)?[\"'`]?(?P<name>[\w. -]+?)[\"'`]?\s*\)?\s*"
_BOTH = r"([\w.]*[a-z]\w*)\s+\(([\w.]*[a-z]\w*)\)"  # `torch.int64 (long)`
_KINDS = {"float": "float", "floatingpoint": "float", "integer": "int", "int": "int"}
_KINDS |= {"signedinteger": "int", "unsignedinteger": "uint", "unsignedint": "uint"}


@lru_cache(512)
def canonical(text: str) -> str:
    """The format's name, as torch has it; `Unreadable` for what is none, or might be two."""
    if len(text) > LONGEST:
        raise Unreadable(f"expected at most {LONGEST} characters, found {len(text)}", LONGEST)
    if (twice := compiled(_BOTH).fullmatch(text.strip())) and twice[1] != "dtype":
        one, other = (canonical(name) for name in twice.groups())
        if one != other:
            raise Unreadable(f"expected one format, found {one} and {other}", twice.start(2))
        return one
    found = compiled(_WRAPPED).fullmatch(text.strip().rstrip("."))
    if found is None:
        raise Unreadable(f"expected a format such as float32, found {quoted(text)}", 0)
    plain = found["name"].casefold()
    bare = compiled(_MODULES).sub("", plain, count=1)
    joined = compiled(r"[\s_-]").sub("", bare)
    joined = compiled(r"(?<=precision)(?:float|floatingpoint)(?:number|format)?$").sub("", joined)
    return _known(plain, joined, text)


def bits(name: str) -> int:
    """How many bits a number takes."""
    return _BITS.get(name) or int(name.lstrip("abcdefghijklmnopqrstuvwxyz"))


def _known(plain: str, joined: str, text: str) -> str:
    aliases = {alias: name for name, others in _NAMES.items() for alias in others.split()}
    names = {compiled("_").sub("", name): name for name in _NAMES}
    for known, key in ((aliases, plain), (names, joined), (aliases, joined)):
        if key in known:
            return known[key]
    if joined in _UNSURE:
        raise Unreadable(f"{joined} may be {_UNSURE[joined]}", 0)
    if worded := _worded(joined):
        return worded
    raise Unreadable(f"expected a format such as float32 or int64, found {quoted(text)}", 0)


def _worded(joined: str) -> str | None:
    """`32-bit float`, `unsigned 8-bit integer`, `float (32 bit)`."""
    joined = compiled(r"(?<!un)signed").sub("", joined)
    before = compiled(r"(?P<sign>un|)(?:signed)?(?P<bits>[0-9]{1,3})bits?(?P<kind>[a-z]+)")
    after = compiled(r"(?P<sign>un|)(?:signed)?(?P<kind>[a-z]+?)(?P<bits>[0-9]{1,3})bits?")
    found = before.fullmatch(joined) or after.fullmatch(joined)
    if found is None or found["kind"] not in _KINDS:
        return None
    kind = _KINDS[found["kind"]]
    name = f"{'u' if found['sign'] and kind == 'int' else ''}{kind}{found['bits']}"
    return name if name in _NAMES else None
