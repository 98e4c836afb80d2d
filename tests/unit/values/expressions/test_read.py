"""What people write, beside the same with every sign and bracket; ‸ marks where reading must fail."""

from __future__ import annotations

import subprocess
import sys

import pytest

from quizkit.model import Misread, Understood
from quizkit.values.expressions.read import read_expression, read_tree
from quizkit.values.expressions.show import show

REAL = dict.fromkeys(
    [
        "x",
        "y",
        "w",
        "b",
        "n",
        "p",
        "k",
        "t",
        "r",
        "mu",
        "sigma",
        "lambda",
        "y_hat",
        "theta_t",
        "beta_1",
        "beta_2",
        "x'",
        "α",
    ],
    "real",
)
FAMILY = {"z_i": "real", "n": "positive integer", "mu": "real"}

READ = [
    # implicit products
    ("2x", "2*x"),
    ("wx + b", "(w*x) + b"),
    ("x y", "x*y"),
    ("2(x+1)(x-1)", "(2*(x+1))*(x-1)"),
    ("x(x+1)", "x*(x+1)"),
    ("3πr²", "(3*pi)*(r^2)"),
    ("β₁x", "beta_1*x"),
    ("x|y|", "x*abs(y)"),
    ("2√x", "2*sqrt(x)"),
    ("½x", "(1/2)*x"),
    ("λw²", "lambda*(w^2)"),
    ("xex", "(x*e)*x"),
    # powers
    ("-x^2", "-(x^2)"),
    ("2^-x", "2^(-x)"),
    ("x^y^2", "x^(y^2)"),
    ("x**2", "x^2"),
    ("x²", "x^2"),
    ("x⁻¹", "x^(-1)"),
    ("x^2y", "(x^2)*y"),
    ("e^-x", "e^(-x)"),
    ("e^{-x}", "e^(-x)"),
    ("e^x y", "(e^x)*y"),
    ("xⁿ⁺¹", "x^(n+1)"),
    ("10^-3", "10^(-3)"),
    ("2^n!", "2^(n!)"),
    # fractions
    ("x/2y", "x/(2*y)"),
    ("x/2 y", "(x/2)*y"),
    ("1/2x", "(1/2)*x"),
    ("1/2π", "1/(2*pi)"),
    ("1/2(x-y)^2", "(1/2)*((x-y)^2)"),
    ("1/(2x)y", "(1/(2*x))*y"),
    ("x/y/w", "(x/y)/w"),
    ("x/y*w", "(x/y)*w"),
    ("x ÷ y", "x/y"),
    ("x∕2y", "x/(2*y)"),
    ("exp(-x^2/2t^2)", "exp((-(x^2))/(2*(t^2)))"),
    # functions without brackets
    ("sin x", "sin(x)"),
    ("sin 2x", "sin(2*x)"),
    ("sin 2πx", "sin((2*pi)*x)"),
    ("sin x cos y", "sin(x)*cos(y)"),
    ("log x + 1", "log(x) + 1"),
    ("log x^2", "log(x^2)"),
    ("ln(x)/ln 2", "log(x)/log(2)"),
    ("exp -x", "exp(-x)"),
    ("x log x", "x*log(x)"),
    ("xlogx", "x*log(x)"),
    ("tanh²(x)", "(tanh(x))^2"),
    ("sin^2 x", "(sin(x))^2"),
    ("sin^{-1}(x)", "asin(x)"),
    ("sin(x)^2", "(sin(x))^2"),
    ("√(x+1)", "sqrt(x+1)"),
    ("√2x", "sqrt(2)*x"),
    ("ReLU(x)", "relu(x)"),
    ("log_2 x", "log(x, 2)"),
    ("log₂(x)", "log(x, 2)"),
    ("np.exp(-x)", "exp(-x)"),
    ("torch.nn.relu(x)", "relu(x)"),
    ("np.maximum(0, x)", "max(0, x)"),
    ("math.log2(x)", "log2(x)"),
    ("pow(x, 2)", "pow(x,2)"),
    ("x if x > 0 else 0", "where(x > 0, x, 0)"),
    ("1[x>0]", "1*indicator(x>0)"),
    ("np.where(x>0, x, 0)", "where(x>0,x,0)"),
    # bars, percent, factorial
    ("|x|", "abs(x)"),
    ("|x|-|y|", "abs(x) - abs(y)"),
    ("|x-|y||", "abs(x-abs(y))"),
    ("|2x||y|", "abs(2*x)*abs(y)"),
    ("‖x‖", "norm(x)"),
    ("||x||_2", "norm(x)"),
    ("50%", "(50)%"),
    ("n!", "(n)!"),
    ("n! + 1", "((n)!)+1"),
    ("⌊x/2⌋", "floor(x/2)"),
    # names
    ("x' + 1", "x_prime + 1"),
    ("ŷ - y", "y_hat - y"),
    (r"\hat{y} - y", "y_hat - y"),
    ("yhat", "y_hat"),
    ("λ", "lambda"),
    ("lam*w", "lambda*w"),
    ("θ_t", "theta_t"),
    (r"\theta_t", "theta_{t}"),
    ("θₜ", "theta_t"),
    ("alpha", "α"),
    (r"\alpha x", "α*x"),
    ("µ", "mu"),
    ("𝑥 + 𝜎", "x + sigma"),
    ("pi", "π"),
    # numbers
    ("1e-3x", "0.001*x"),
    ("1_000", "1000"),
    (".5", "0.5"),
    ("3 * 10^8", "3*(10^8)"),
    # LaTeX
    (r"\frac{1}{1+e^{-x}}", "1/(1+e^(-x))"),
    (r"\frac12 x", "(1/2)*x"),
    (r"\dfrac{x}{y}", "x/y"),
    (r"\sqrt{x}", "sqrt(x)"),
    (r"\sqrt[3]{x}", "root(x, 3)"),
    (r"\left(x+1\right)^2", "(x+1)^2"),
    (r"\left|x\right|", "abs(x)"),
    (r"x \cdot y \times w", "(x*y)*w"),
    (r"\log_{10} x", "log(x, 10)"),
    (r"\ln x", "log(x)"),
    (r"\sin^2 x", "(sin(x))^2"),
    (r"\exp\left(-x\right)", "exp(-x)"),
    (r"\max\{0, x\}", "max(0, x)"),
    (r"\max(0,\,x)", "max(0, x)"),
    (r"\mathrm{ReLU}(x)", "relu(x)"),
    (r"\operatorname{softplus}(x)", "softplus(x)"),
    (r"\binom{n}{k}", "binomial(n, k)"),
    (r"\lfloor x \rfloor", "floor(x)"),
    (r"$x^2$", "x^2"),
    (r"\(x^2\)", "x^2"),
    (r"\mathbf{x} + 1", "x+1"),
    (r"\begin{bmatrix} x & 1 \\ 0 & y \end{bmatrix}", "[[x, 1], [0, y]]"),
    (r"\begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}", "where(x > 0, x, 0)"),
    (r"\begin{cases} x, & \text{if } x > 0 \\ 0, & x \le 0 \end{cases}",
     "where(x > 0, x, where(x <= 0, 0, undefined()))"),
    # vectors, sets, intervals, relations
    ("[1, 2; 3, 4]", "[[1, 2], [3, 4]]"),
    ("np.array([1, 2])", "[1, 2]"),
    ("(64,)", "(64, )"),
    ("x = ±1", "x = 1 or x = -1"),
    ("x == 2", "x = 2"),
    ("x >= 2", "x ≥ 2"),
    (r"x \leq 2", "x <= 2"),
    ("0 < x <= 1", "0 < x and x <= 1"),
    ("(-inf, 0) U (1, oo)", "(-∞, 0) ∪ (1, ∞)"),
    (r"x \in [0, 1)", "x in [0,1)"),
    ("= x + 1", "x + 1"),
    ("x + y.", "x + y"),
    ("f'(x) = 2x", "2x"),
    ("∂L/∂w = 2x", "2x"),
    ("∇f = [x, y]", "[x, y]"),
    # other notations
    ("4[x(x+1)+1]", "4*(x*(x+1)+1)"),
    ("[1 2; 3 4]", "[[1, 2], [3, 4]]"),
    ("[0, 1[", "[0, 1)"),
    ("]-1, 1]", "(-1, 1]"),
    ("⟨x, y⟩", "(x, y)"),
    ("sqrt{x}", "sqrt(x)"),
    ("log_{2}{8}", "log(8, 2)"),
    ("n choose 2", "binomial(n, 2)"),
    ("C(n, 2)", "binomial(n, 2)"),
    ("x mod 2", "mod(x, 2)"),
    ("1-2mod(n,2)", "1 - 2*mod(n, 2)"),
    ("2mod(n,2)/2", "(2*mod(n, 2))/2"),
    ("x mod (n + 2)", "mod(x, n + 2)"),
    ("50% x", "(50)%*x"),
    ("50% (x+1)", "(50)%*(x+1)"),
    ("x = 2, x = -2", "x = 2 or x = -2"),
    ("[1 x; 0 1]", "[[1, x], [0, 1]]"),
    ("[[1 0] [0 1]]", "[[1, 0], [0, 1]]"),
    ("1_{x>0}", "indicator(x>0)"),
    (r"\mathbb{1}[x>0]", "indicator(x>0)"),
    ("𝟙[x>0]", "indicator(x>0)"),
    ("x > 1 ∪ x < 0", "x > 1 or x < 0"),
    ("(x > 0) & (x < 1)", "x > 0 and x < 1"),
    ("x ≥ 0, x ≤ 1", "x ≥ 0 and x ≤ 1"),
    ("Γ(n)", "gamma(n)"),
    ("x ⊙ y", r"x \odot y"),
    # braces that only group
    ("√{6/(n+x)}", "sqrt(6/(n+x))"),
    ("√ {x}/2", "sqrt(x)/2"),
    ("2√{x}√{y}", "2*sqrt(x)*sqrt(y)"),
    ("∛{x+1}", "cbrt(x+1)"),
    ("√[x+1]", "sqrt(x+1)"),
    ("exp{-x}", "exp(-x)"),
    ("cos {x}", "cos(x)"),
    (r"\ln{x}", "log(x)"),
    ("-{x+1}", "-(x+1)"),
    ("{x+1}/{y}", "(x+1)/y"),
    ("{x+1}^2", "(x+1)^2"),
    # a factor that is a number with a power
    ("w^n 4^-n", "w^n*4^(-n)"),
    ("w^n 2^{-2n}", "w^n*2^(-2n)"),
    ("w^{n}2^{-2n}", "w^n*2^(-2n)"),
    ("w² 3²", "w^2*3^2"),
    ("w^-2 3^n", "w^(-2)*3^n"),
    ("n! 2^n", "n!*2^n"),
    ("(x+1)2^n", "(x+1)*2^n"),
    # labels and assignments
    ("F1 = 2x/(x+y)", "2x/(x+y)"),
    ("D* = p/(p+y)", "p/(p+y)"),
    ("D*(x) = p/(p+y)", "p/(p+y)"),
    ("D^* = p/(p+y)", "p/(p+y)"),
    ("w* = x/y", "x/y"),
    ("w ← w − x/y", "w - x/y"),
    ("w := w - x", "w - x"),
    (r"w \leftarrow w - x", "w - x"),
    (r"w_{t+1} \gets w - x", "w - x"),
    # modules
    ("torch.rsqrt(x + y)", "rsqrt(x + y)"),
]  # fmt: skip

SUMS = [
    (r"\sum_{i=1}^{n} z_i", "sum_{i=1}^n z_i"),
    ("Σ_{i=1}^n z_i", "sum_{i=1}^n z_i"),
    ("∑ᵢ₌₁ⁿ z_i", "sum_{i=1}^n z_i"),
    ("sum_i z_i", "sum_{i=1}^n z_i"),
    ("∑ᵢ zᵢ", "sum_{i=1}^n z_i"),
    ("sum(z[j] for j in range(n))", "sum_{j=0}^{n-1} z_{j+1}"),
    (r"\frac{e^{z_i}}{\sum_j e^{z_j}}", "(e^{z_i})/(sum_{j=1}^n (e^(z_j)))"),
    (r"\prod_{k=1}^n z_k", "prod_{k=1}^n z_k"),
    ("softmax(z)_i", "softmax(z)_{i}"),
    ("sum_{i=1}^n z_i - mu", "(sum_{i=1}^n z_i) - mu"),
    ("sum_{i=1}^n (z_i - mu)^2", "sum_{i=1}^n ((z_i - mu)^2)"),
    (r"\max_j z_j", "max_{j=1}^n z_j"),
    ("∑ z_i", "sum_{i=1}^n z_i"),
    ("sum(z_i^2)", "sum_{i=1}^n z_i^2"),
    ("Sum(k^2, (k, 1, n))", "sum_{k=1}^n k^2"),
    ("sum(k^2, k, 1, n)", "sum_{k=1}^n k^2"),
    ("softmax(z)[i]", "softmax(z)_i"),
    ("np.exp(z[i])/np.sum(np.exp(z))", "exp(z_i)/sum(exp(z))"),
    ("z[0]", "z_1"),
]

MISREAD = [
    ("x +‸ ", "found the end"),
    ("x ‸)", "none is open"),
    ("(x + 1‸", "to close the '('"),
    ("[x, 1‸", "to close the '['"),
    ("x + ‸foo", "expected one of"),
    ("x + ‸sigmod(x)", "did you mean 'sigmoid'"),
    ("x + ‸Y", "did you mean 'y'"),
    ("x + ‸ŵ", "did you mean 'w'"),
    ("x + ‸w_hat", "did you mean 'w'"),
    ("x + ‸eye(2)", "where a matrix is declared"),
    ("50%‸x", "mod(a, b)"),
    ("50 % ‸x", "mod(a, b)"),
    ("y + ‸lambada", "did you mean 'lambda'"),
    ("2 ‸3", "expected a sign"),
    ("1‸,5", "decimal point"),
    ("x^‸", "found the end"),
    ("x ‸* * y".replace("‸* *", "* ‸*"), "found '*'"),
    ("n!‸!", "one exclamation mark"),
    ("‸х + 1", "cyrillic"),
    ("x ‸\u200b+ 1", "invisible"),
    ("x ‸# y", "found '#'"),
    ("sin‸", "an argument for sin"),
    ("‸max()", "argument"),
    ("‸log(1, 2, 3)", "found 3"),
    (r"\frac{1}‸", "found the end"),
    (r"\frac{1‸)", "to close the '{'"),
    (r"x + ‸\foo", "expected one of"),
    ("1.2‸.3", "one decimal point"),
    ("5% ‸3", "mod(a, b)"),
    ("|x‸", "closing '|'"),
    ("2‸½", "a sign between number and fraction"),
    ("‸" + "9" * 100, "at most 60 digits"),
    ("‸9^9^9", "smaller powers"),
    ("‸\"x\"", "without quotation marks"),
    ("np.‸eye(2)", "known here"),
    ("‸lg(8)", "expected one of"),
    ("x + ‸∑ y", "the index of the sum"),
    ("√{x‸, y}", "to close the '{'"),
    ("‸w_0 (1 - x)^t", "did you mean 'w'"),
    ("(1 - x)^t ‸w₀", "did you mean 'w'"),
    ("2x‸w_0", "did you mean 'w'"),
    ("y + ‸w_t", "did you mean 'w'"),
    ("w‸[0] x", "did you mean 'w'"),
    ("1 ‸3^2", "expected a sign"),
    ("1 ‸000^2", "expected a sign"),
    ("w ‸8", "expected a sign"),
    ("2w *‸= x", "found '='"),
    ("w *‸= 2", "found '='"),
    ("w*‸= 2", "found '='"),
    ("‸D*q = x", "expected one of"),
    ("2w ‸← w", "found '←'"),
    ("w ‸←", "found '←'"),
    ("w ← w ‸← x", "found '←'"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "plain"), READ)
def test_what_people_write_is_read(typed: str, plain: str) -> None:
    if "undefined" in plain:
        assert "where(x > 0, x, where(x ≤ 0, 0" in show(read_tree(typed, REAL))
    else:
        assert read_tree(typed, REAL) == read_tree(plain, REAL)


@pytest.mark.parametrize(("typed", "plain"), SUMS)
def test_sums_are_read(typed: str, plain: str) -> None:
    assert read_tree(typed, FAMILY) == read_tree(plain, FAMILY)


@pytest.mark.parametrize("typed", [typed for typed, plain in READ if "undefined" not in plain])
def test_what_is_shown_reads_back(typed: str) -> None:
    tree = read_tree(typed, REAL)
    assert read_tree(show(tree), REAL) == tree


@pytest.mark.parametrize("typed", [typed for typed, _ in SUMS])
def test_sums_that_are_shown_read_back(typed: str) -> None:
    tree = read_tree(typed, FAMILY)
    assert read_tree(show(tree), FAMILY) == tree


@pytest.mark.parametrize(("marked", "told"), MISREAD)
def test_a_misread_says_where_and_what(marked: str, told: str) -> None:
    reading = read_expression(marked.replace("‸", ""), REAL)
    assert isinstance(reading, Misread)
    assert reading.position == marked.index("‸")
    assert told in reading.problem


def test_a_declared_symbol_wins_over_a_function_of_its_name() -> None:
    assert read_expression("σ(z)", {"z": "real"}) == Understood("sigmoid(z)")
    assert read_expression("σ(z)", {"z": "real", "σ": "positive"}) == Understood("σ·z")
    assert read_expression("e^x", {"x": "real", "e": "real"}) == Understood("e^x")


@pytest.mark.parametrize("typed", ["lr", "learning_rate", "LR", "Eta"])
def test_a_programs_name_for_a_letter_is_pointed_to_it(typed: str) -> None:
    for name in ("eta", "η"):
        reading = read_expression(f"g*{typed}", {"g": "real", name: "positive"})
        assert isinstance(reading, Misread)
        assert f"did you mean {name!r}?" in reading.problem
        assert reading.position == 2
    assert read_expression("lr g", {"g": "real", "lr": "real", "eta": "real"}) == Understood("lr·g")


def test_equations_for_one_letter_are_alternatives() -> None:
    assert show(read_tree("x = 1, x = 2, x = 3", REAL)) == "x = 1 or x = 2 or x = 3"
    for typed in ("x = 1 or -2", "x = 1 and x = -2", "x = 1 and -2"):
        assert read_tree(typed, REAL) == read_tree("x = 1 or x = -2", REAL)
    assert show(read_tree("x = 1 and x = y", REAL)) == "x = 1 and x = y"
    assert show(read_tree("x = 1 and y = 2", REAL)) == "x = 1 and y = 2"
    assert read_tree("x = 1, -2", REAL) == read_tree("x = 1, x = -2", REAL)
    assert " or " not in show(read_tree("x = 1, y = 2", REAL))
    assert show(read_tree("x > 1, x < 2", REAL)) == "x > 1 and x < 2"


MATRICES = {"A": "matrix", "B": "matrix", "x": "real"}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("I", "I"),
        ("2I A", "2·I·A"),
        ("2IA", "2·I·A"),
        ("I - A", "I - A"),
        ("I_n - A", "I - A"),
        ("eye(n) - A", "I - A"),
        ("np.eye(2) - A", "I - A"),
        ("A - 2", "A - 2·I"),
        ("x + A", "x·I + A"),
        ("det(A) + 1", "det(A) + 1"),
        ("A I(x > 0)", "A·indicator(x > 0)"),
        ("I(A + B)", "I·(A + B)"),
    ],
)
def test_the_identity_matrix_is_known_where_a_matrix_is_declared(typed: str, shown: str) -> None:
    tree = read_tree(typed, MATRICES)
    assert show(tree) == shown
    assert read_tree(shown, MATRICES) == tree


def test_the_letter_i_stays_what_it_was_elsewhere() -> None:
    assert show(read_tree("I[x > 0]", REAL)) == "indicator(x > 0)"
    assert read_expression("2I", {"I": "real", "A": "matrix"}) == Understood("2·I")
    assert isinstance(read_expression("x + I", REAL), Misread)
    assert isinstance(read_expression("A + eye(x + 1)", MATRICES), Misread)


def test_a_phone_makes_capitals() -> None:
    assert read_tree("Ln(2x)", REAL) == read_tree("ln(2x)", REAL)
    declared = {"x": "real", "Sqrt": "real"}
    assert read_tree("Sqrt(x)", declared) == read_tree("Sqrt*x", declared)
    assert isinstance(read_expression("Foo(x)", {"x": "real"}), Misread)


def test_what_lies_in_a_set_need_not_be_declared() -> None:
    only_x = {"x": "real"}
    assert read_expression("λ ∈ {1, 3}", only_x) == read_expression("{1, 3}", only_x)
    assert read_expression(r"\lambda \in \{1, 3\}", only_x) == read_expression("{1, 3}", only_x)
    assert read_expression("x ∈ (0, 1)", only_x) != read_expression("(0, 1)", only_x)
    assert isinstance(read_expression("2λ ∈ {1, 3}", only_x), Misread)


def test_a_subscript_does_not_make_another_name() -> None:
    symbols = {"p_i": "real", "s": "real", "n": "real"}
    assert read_expression("p_i", symbols) == Understood("p_{i}")
    assert read_expression("p_i", {"p": "real", "z_i": "real"}) == Understood("p_{i}")
    assert read_expression("pi", {"p": "real", "z_i": "real"}) == Understood("π")
    assert isinstance(read_expression("s_in(x)", {"s": "real", "x": "real"}), Misread)
    assert read_expression("p[i][j]".replace("j", "1"), symbols) == Understood("p_{i,2}")


def test_an_index_means_something_where_it_runs_or_a_family_is_declared() -> None:
    symbols = {"w": "real", "n": "positive integer"}
    assert read_expression("sum_{i=1}^n w_i", symbols) == Understood("sum_{i=1}^(n) w_{i}")
    assert read_expression("sum(w[i] for i in range(n))", symbols) != Understood("n·w")
    assert isinstance(read_expression("w_0", symbols), Misread)
    assert read_expression("w_0", {**symbols, "w_0": "real"}) == Understood("w_0")
    assert read_expression("w_0", {"w_i": "real"}) == Understood("w_{0}")


def test_only_one_of_several_elements_in_braces_makes_a_set() -> None:
    assert read_tree("{x, y}", REAL) != read_tree("(x, y)", REAL)
    assert read_tree("{x}", REAL) != read_tree("x", REAL)
    assert read_tree("{x} ∪ {y}", REAL) == read_tree("{x, y}", REAL)


def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys, quizkit.grading.expression, quizkit.values.expressions.sets;"
        "print({'numpy', 'sympy', 'mpmath', 'torch', 'yaml'} & set(sys.modules), 'decimal' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["set()", "True"]


def test_the_letter_x_between_numbers_is_a_sign_unless_declared() -> None:
    assert read_tree("3 x 10^8", {}) == read_tree("3*10^8", {})
    assert read_tree("3x10", {}) == read_tree("3*10", {})
    assert isinstance(read_expression("3x10", {"x": "real"}), Misread)
