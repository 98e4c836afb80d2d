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
    *(line for line in (_CODE + _POWERS).split("\n") if line),
    *_CHARACTERS,
    *_generated(),
]
