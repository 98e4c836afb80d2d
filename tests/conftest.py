"""A tiny bank to work on, the built-in bank, and no file outside the temporary folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import settings

from quizkit.bank.bank import Bank, built_in

# No test depends on time, and every run tries the same cases.
settings.register_profile("quizkit", deadline=None, derandomize=True)
settings.load_profile("quizkit")

WriteBank = Callable[..., Path]

QUESTIONS = """
rows-of-output:
  kind: number
  level: fresher
  difficulty: 1
  ask: A kernel of {{kernel}} on a line of {{size}} with stride {{stride}}; how many outputs?
  given: {size: {from: 12, to: 40}, kernel: {one_of: [3, 5]}, stride: {from: 1, to: 3}}
  solver: sizes.output_size
  misconceptions:
    forgot-stride: {given: {stride: 1}, because: That is the size with stride 1.}
    off-by-one: {mistake: sizes.off_by_one, because: You counted the steps.}
  hints: [Where is the last start?]
  why: The last start is {{size}} − {{kernel}}, so there are {{answer}}.
  reference: Dumoulin & Visin 2016, relationship 6
  examples:
  - {given: {size: 12, kernel: 3, stride: 1}, answer: 10, reference: by hand, accept: ["10.0"]}
  - {given: {size: 13, kernel: 5, stride: 2}, answer: 5, reference: by hand, reject: ["9"]}
one-third:
  kind: number
  level: fresher
  difficulty: 1
  ask: What is {{part}} of {{whole}}, to three digits?
  given: {part: 1, whole: 3}
  solver: sizes.share
  convention: {asked: {percent: false}, others: {as a percentage: {percent: true}}}
  answer: 1/3
  within: 3 sig
  accept: ["0.333", "1/3"]
  reject: ["0.4"]
  why: It is {{answer}}.
output-shape:
  kind: shape
  level: experienced
  difficulty: 2
  ask: The shape of {{filters}} filters on a square of {{size}}?
  given: {filters: 4, size: 6}
  solver: sizes.shape
  answer: [4, 6, 6]
  why: It is {{answer}}.
doubled:
  kind: array
  level: fresher
  difficulty: 1
  ask: Twice {{row}}?
  given: {row: [1, 2]}
  solver: sizes.doubled
  answer: [2, 4]
  why: Each is doubled.
computed-choice:
  kind: choice
  level: fresher
  difficulty: 1
  ask: How many starts has a kernel of {{kernel}} on {{size}}, stride {{stride}}?
  given: {size: {from: 5, to: 9}, kernel: 3, stride: {one_of: [1, 2]}}
  solver: sizes.output_size
  misconceptions:
    forgot-stride: {given: {stride: 1}, because: That is stride 1.}
    off-by-one: {mistake: sizes.off_by_one, because: You counted the steps.}
    forgot-kernel: {mistake: sizes.divided, because: The kernel must fit.}
  why: There are {{answer}}.
  examples:
  - {given: {size: 5, kernel: 3, stride: 2}, answer: 2, reference: by hand}
  - {given: {size: 9, kernel: 3, stride: 2}, answer: 4, reference: by hand}
"""

WRITTEN = """
what-relu-does:
  kind: choice
  level: fresher
  difficulty: 1
  ask: What does ReLU do to −1?
  options:
    zero: {text: It gives 0, because: "max(0, x)."}
    same: {text: It gives −1, because: That is the identity.}
    plus: {text: It gives 1, because: That is |x|.}
  answer: zero
  was: [relu-of-minus-one]
  why: max(0, x).
  reference: Nair & Hinton 2010
which-are-smooth:
  kind: multi
  level: experienced
  difficulty: 2
  ask: Which have a derivative everywhere?
  options:
    tanh: {text: tanh, because: Smooth.}
    relu: {text: ReLU, because: It has a corner.}
    sigmoid: {text: sigmoid, because: Smooth.}
  answer: [tanh, sigmoid]
  solver: rules.smooth
  why: Compositions of exponentials.
steps-of-training:
  kind: order
  level: fresher
  difficulty: 1
  ask: Put the steps in order.
  items: {loss: compute the loss, gradient: compute the gradient, update: change the weights}
  before: [[loss, gradient, update]]
  solver: rules.steps
  why: Each needs the one before.
which-loss:
  kind: match
  level: fresher
  difficulty: 2
  ask: Which loss goes with which output?
  pairs:
    real: {left: a real number, right: squared error}
    class: {left: a class, right: cross-entropy}
  extra: [triplet loss]
  why: Likelihoods.
  reference: Goodfellow et al. 2016, section 6.2
stride-halves:
  kind: claim
  level: fresher
  difficulty: 1
  ask: A kernel of 1 with stride 2 on a line of 8 leaves 2.
  given: {size: 8, kernel: 1, stride: 2}
  solver: sizes.output_size
  expect: {equal: outputs}
  said: {outputs: 2}
  rival: {outputs: 4}
  answer: fails
  right: It leaves 4.
  why: Each second start.
"""

SIZES = '''
"""Sizes, as the tests need them."""

from fractions import Fraction


def output_size(size: int, kernel: int, stride: int = 1) -> int:
    """floor((size - kernel) / stride) + 1"""
    if kernel > size:
        raise ValueError(f"kernel must be at most {size}, found {kernel}")
    return (size - kernel) // stride + 1


def output_size_by_counting(size: int, kernel: int, stride: int = 1) -> int:
    """The starts from which the kernel stays inside."""
    return sum(1 for start in range(0, size, stride) if start + kernel <= size)


def share(part: int, whole: int, percent: bool = False) -> Fraction:
    """part / whole"""
    return Fraction(part, whole) * (100 if percent else 1)


def shape(filters: int, size: int) -> tuple[int, int, int]:
    """(filters, size, size)"""
    return (filters, size, size)


def doubled(row: list[int]) -> list[int]:
    """2 x"""
    return [2 * x for x in row]
'''

MISTAKES = '''
"""Wrong on purpose."""

from ..sizes import output_size


def off_by_one(size: int, kernel: int, stride: int) -> int:
    """Wrong on purpose."""
    return output_size(size, kernel, stride) - 1


def divided(size: int, kernel: int, stride: int) -> int:
    """Wrong on purpose."""
    return size // stride
'''

RULES = '''
"""What written options, orders and pairs follow from."""


def smooth(options: list[str]) -> list[str]:
    """Those without a corner."""
    return [name for name in options if name not in ("relu",)]


def steps(items: list[str]) -> list[list[str]]:
    """The one order in which each has what it needs."""
    return [sorted(items, key=["loss", "gradient", "update"].index)]
'''

TINY = {
    "questions/sizes.yaml": QUESTIONS,
    "questions/basics.yaml": WRITTEN,
    "solvers/__init__.py": "",
    "solvers/sizes.py": SIZES,
    "solvers/rules.py": RULES,
    "solvers/mistakes/__init__.py": "",
    "solvers/mistakes/sizes.py": MISTAKES,
}


@pytest.fixture
def tiny_files() -> dict[str, str]:
    """The files of the tiny bank, to be changed."""
    return dict(TINY)


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all tests: banks are told apart by their folders, and the built-in one compiles once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def private_folders(tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """History and compiled banks go below the temporary folder, for child processes too."""
    monkeypatch.setenv("QUIZKIT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("QUIZKIT_CACHE", str(cache_folder))
    monkeypatch.delenv("QUIZKIT_BANKS", raising=False)


@pytest.fixture
def write_bank(tmp_path: Path) -> WriteBank:
    """Writes `{path: text}` as a bank's folder; called again, it adds to the folder."""

    def write(files: dict[str, str], name: str = "tiny") -> Path:
        root = tmp_path / name
        (root / "questions").mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(dedent(text), encoding="utf-8")
        return root

    return write


@pytest.fixture
def tiny(write_bank: WriteBank) -> Iterator[Bank]:
    """A bank with each kind of question, its solvers, witnesses and mistakes."""
    bank = Bank("tiny", write_bank(TINY))
    yield bank
    close(bank)


@pytest.fixture(scope="session")
def built_in_bank(cache_folder: Path) -> Iterator[Bank]:
    """The bank that comes with quizkit, compiled once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUIZKIT_CACHE", str(cache_folder))
        bank = built_in()
        bank.topics()
    yield bank
    close(bank)


def close(bank: Bank) -> None:
    if "db" in bank.__dict__:
        bank.db.close()
