"""What people and programs type to break a grader: each is data, none of it is ever run."""

from __future__ import annotations

from collections.abc import Iterator

_CODE = """
__import__('os').system('touch /tmp/quizkit-was-here')
open('/tmp/quizkit-was-here', 'w').write('x')
exec("import os")
eval("2+2")
(lambda: 2)()
[x for x in ().__class__.__bases__[0].__subclasses__()]
().__class__.__mro__[1].__subclasses__()
getattr(2, '__class__')
x.__init__.__globals__
{}.__class__
f"{2+2}"
`ls`
$(touch /tmp/quizkit-was-here)
; rm -rf /
2; import os
import os
os.system("ls")
print(2)
globals()['__builtins__']
type('X', (), {})()
compile('1', '', 'eval')
breakpoint()
help()
exit()
quit()
input()
sys.exit(0)
while True: pass
def f(): return f()
@property
lambda x: x
x if x else y
x := 5
yield 2
await 2
not 2
True
None
NaN
Infinity
undefined
null
Symbol('x')
sympify('2')
parse_expr("2")
S(2)
Integer(2)
diff(x)
integrate(exp(x**x), x)
solve(x**5 - x + 1, x)
factor(2**1000 - 1)
\\write18{ls}
\\input{/etc/passwd}
\\def\\x{\\x}\\x
\\csname x\\endcsname
{{7*7}}
${7*7}
<%= 7*7 %>
#{7*7}
<script>alert(1)</script>
'; DROP TABLE answers; --
../../../etc/passwd
file:///etc/passwd
!!python/object/apply:os.system ["ls"]
&a [*a]
!include x
%APPDATA%
|ls
&& ls
> /tmp/quizkit-was-here
"""
_POWERS = """
9**9**9
9^9^9^9^9
9**9**9**9**9
2**2**2**2**2**2
10^10^10
(9^9)^(9^9)
1e999999999
1e-999999999
-1e400
9e99999
1/9**9**9
2**-9**9
0**-1
0^0
1/0
0/0
-1/0
1/(1-1)
sqrt(-1)
log(0)
log(-1)
(-1)^0.5
(-8)^(1/3)
99999!
99999!!!
9!!!!!!!!!!!!
(9!)!
((9!)!)!
170!
171!
(-1)!
0.5!
10^400
10^-400
1.7976931348623157e308
1e308*10
exp(1000)
exp(exp(exp(10)))
exp(-exp(exp(10)))
e^e^e^e^e
binom(10^9, 5*10^8)
sum_{i=1}^{10^12} i
sum(i, i, 1, 10**12)
(x+1)^1000000
(x+y+z)^9999
x^x^x^x^x^x
tan(pi/2)
1 000 000 000 000 000 000 000 000 000 000
0x7fffffffffffffff
1_0_0_0__0
0b1111
1e
e1
1e+
--------1
++++++++1
1..2
1.2.3
.
-
+
/
*
%
!
^
,
;
"""
# What reads like an answer of some kind until it is worked out.
_ALMOST = """
9^9^9 MiB
9**9**9 images/s
1 MiB MiB MiB MiB MiB MiB MiB MiB
1 m/s/s/s/s/s/s/s/s/s/s/s/s/s/s/s
1 M M M M M M M M B
1 GiB^99999999
1e400 FLOP
-1e-400 %
1 h 1 h 1 h 1 h 1 h
0xffffffffffffffffffffffffffffffff
0x
0xg
0b2
1 e-999999999
1 e
1e^-9^9^9
2e^-99999999
0.(9)
0.(123456789012)(1)
99999999999999999999999/3/3/3/3/3/3
1/2/3/4/5/6/7/8/9
((((((1;2;3;4))))))
;;;;
1;2;3;4;5;6;7;8
?;?;?;?
-;-;-;-
1; 1 MiB; [[1]]; (N
(N, H, 9^9^9)
(N**99999999, H)
(N, H, N*N*N*N*N*N*N*N*N*N*N*N)
(N+H)^6(N-H)^6(N+n_heads)^6
N/0 x H
(N, H, n_heads/H/N/0)
[[[[[[[1]]]]]]]
[[1, 2], [3]]
[1, [2, 3]]
np.array([[1, 2], [3, 4]], dtype=object)
np.array(__import__('os').system('touch /tmp/quizkit-was-here'))
torch.load('/tmp/quizkit-was-here')
tensor([[1., 2.]], grad_fn=<SelectBackward0>
array([1e308, 1e-308, inf, nan, -inf])
\\begin{pmatrix}1&2\\\\3\\end{pmatrix}
\\begin{bmatrix}\\begin{bmatrix}1\\end{bmatrix}\\end{bmatrix}
{1, {2, {3, {4}}}}
{x : x > 0}
(-oo, oo)
[1, 0)
(0, 31337]
x = x = x = x
x < y < x
0 = 0
1 = 1
x != x
sum_{i=1}^{n} sum_{j=1}^{n} sum_{k=1}^{n} x_i x_j x_k
sum_{i=1}^{10^9} 1/i
prod_{i=1}^{n} prod_{j=1}^{i} j!
softmax(softmax(softmax(softmax(x))))
max(max(max(max(x, 1), 2), 3), 4)
(A B)^99999
(A + B)^20
A^-1^-1^-1
O(n^n^n^n)
O(n!!!!)
O(2^2^2^2^n)
O(log log log log log log log n)
Theta(n^(10^10))
Omega(0)
O(n/0)
O(n^-1)
bij,bjk,bkl,blm,bmn,bno->bio
...ij,...jk->...ki
ij,jk->ikikikik
bij,bjk->
->
float1e9
float99999999999999
int-8
uint8_t *
torch.__import__
1-x, 2-y, 3-z, 4-w
1x 1x 1x
a b c d e f g h
one, one, one
"""


def _generated() -> Iterator[str]:
    """Inputs whose size or characters are the attack."""
    for opening, closing in ("()", "[]", "{}", "||"):
        yield opening * 5000
        yield opening * 2000 + "1" + closing * 2000
        yield closing * 3000
    yield "(" * 100 + "1" + ")" * 99
    yield "1" * 100_000
    yield "1," * 50_000
    yield "1+" * 30_000 + "1"
    yield "-" * 50_000 + "1"
    yield "1/" * 30_000 + "1"
    yield "2^" * 5_000 + "2"
    yield "x" * 100_000
    yield "a" * 10_000_000
    yield " " * 1_000_000
    yield " " * 100_000 + "1"
    yield "\t" * 10_000 + "x"
    yield "\n" * 50_000
    yield "0." + "0" * 100_000 + "1"
    yield "1" + "0" * 50_000
    yield "1e" + "9" * 10_000
    yield "\\frac{" * 3000
    yield "\\frac{1}{" * 500 + "2" + "}" * 500
    yield "sqrt(" * 3000 + "2" + ")" * 3000
    yield "\\sqrt{" * 1000 + "2" + "}" * 1000
    yield "sin" * 5000
    yield "!" * 50_000
    yield "1" + "!" * 1000
    yield "a" * 30 + "!" + "a" * 30_000  # for expressions that backtrack
    yield "1," * 3000 + "x"
    yield "1 " * 20_000
    yield "[" + "[1]," * 5000 + "]"
    yield "ab" * 5000
    yield "1a" * 5000
    yield "a;" * 5000
    yield "x1" * 5000
    yield "->" * 5000
    yield "i" * 50 + "," + "j" * 50 + "->" + "k" * 50
    yield "O(" * 1000 + "n" + ")" * 1000
    yield "n^" * 1000 + "n"
    yield "1;" * 5000
    yield "1 MiB/" * 1500 + "s"
    yield "M" * 5000 + "B"
    yield "1 h " * 2000
    yield "0x" + "f" * 9000
    yield "np.array(" * 1000 + "1" + ")" * 1000
    yield "\\begin{pmatrix}" + "1&" * 3000 + "\\end{pmatrix}"
    yield "(" + "N," * 4000 + ")"
    yield "(N+H)" * 1500
    yield "N*" * 3000 + "N"
    yield "{" + "x," * 3000 + "x}"
    yield "x=" * 3000 + "x"
    yield "x<" * 3000 + "x"
    yield "A" * 3000
    yield "sum_{i=1}^{n} " * 500 + "x"
    yield "log " * 2000 + "n"
    yield "bij," * 2000 + "b->b"
    yield "1-a," * 2000
    yield "dropout removes units " * 400
    yield "not " * 2000 + "random"


_CHARACTERS = [
    *(
        "\x00",
        "1\x00",
        "\x001",
        "2\x002",
        "\x1b[2J",
        "\x1b]0;pwned\x07",
        "1\x1b[31m",
        "\x07\x08\x7f",
    ),
    *(
        "\u202e1",
        "1\u202e2",
        "\u200b",
        "1\u200b2",
        "\ufeff1",
        "\u2066",
        "\u00ad1",
        "\u2028",
        "\u0085",
    ),
    *("\ud800", "\udfff1", "\U0010ffff", "\ufffd", "\ue000", "\u0301" * 500, "Z\u0351\u036b" * 200),
    *(
        "١٢",
        "１２",
        "௧",
        "Ⅳ",
        "½",
        "²",
        "①",
        "𝟐",
        "²²",
        "٫",
        "１/２",
        "１２３４５",
    ),  # digits of other scripts
    *(
        "х",
        "а+b",
        "ѕіn(x)",
        "еxp(x)",
        "Ｏ(n)",
        "Σ",
        "ſ",
        "K",
        "Å",
        "µ",
        "ﬁ",
        "ƒ(x)",
        "оnе",
        "𝐱",
        "ⅇ",
    ),  # look-alikes
    *(
        "−1",
        "–1",
        "—1",
        "‐1",
        "⁻¹",
        "×",
        "÷",
        "∕",
        "⁄",
        "∗",
        "⋅",
        "∞",
        "-∞",
        "√",
        "∛",
        "≠",
        "≈",
        "∂",
        "∇",
    ),
    *("", " ", "\t", "\n", "\r\n", "\x0b", "\x0c", "\xa0", "\u3000", "\u1680", "\u2003"),
    *(
        "?",
        "help me",
        "I don't know",
        "n/a",
        "a or b",
        "either",
        "2 or 3",
        "2 and 3",
        "between 1 and 2",
    ),
    *("🙂", "👍🏽", "🇩🇪", "1️⃣", "👨‍👩‍👧‍👦" * 50),
]

HOSTILE: list[str] = [
    *(line for line in (_CODE + _POWERS + _ALMOST).split("\n") if line),
    *_CHARACTERS,
    *_generated(),
]

# What people rightly type, whose mutants come further than those of what is refused at once.
HONEST = [
    *(
        "31,337",
        "−3.1e4",
        "25.6M",
        "3/4",
        "12 %",
        "2^10 MiB",
        "1.5 GiB",
        "1 h 30 min",
        "σ(2) ≈ 0.88",
    ),
    *(
        "64*64 + 64",
        "√2",
        "0.(6)",
        "1 e-3",
        "0x400",
        "391 steps",
        "50000/128 = 390.6 → 391",
        "e^-1",
    ),
    *(
        "28x28x64",
        "(N, 64, 28, 28)",
        "torch.Size([64, 3])",
        "N×2H×n_heads",
        "[[1, 2], [3, 4]]",
        "1 2; 3 4",
    ),
    *(
        "np.array([[1., 2.]], dtype=float)",
        "31,337; 1.5 GiB; [[1, 2], [3, 4]]; (N, 2H, 3)",
        "?; 3; ?; N",
    ),
    *(
        "bij,bjk->bik",
        "torch.bfloat16",
        "fp16",
        "O(n² d)",
        "Theta(n log n)",
        "2^n",
        "c, a, b",
        "1-b 2-a 3-c",
    ),
    *(
        "\\frac{1}{1+e^{-x}}",
        "x²σ(x)(1 − σ(x))",
        "max(0, x)",
        "\\sum_{i=1}^{n} x_i^2 / n",
        "|x|",
        "n!/(n-2)!",
    ),
    *(
        "[x, a]",
        "[[x, 1], [0, a]]",
        "x = 3a",
        "x > 3",
        "{1, x}",
        "(0, 1]",
        "A^T B",
        "(x - 1)(x + 1)",
        "3/4",
    ),
    *("Dropout removes units at random, so no unit relies on another.", "It does not add neurons."),
]
