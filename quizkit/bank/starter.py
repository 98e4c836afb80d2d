"""A commented question to start from, which verifies as it stands."""

from __future__ import annotations

from pathlib import Path

from quizkit.errors import UsageProblem

_STARTER = """\
{slug}:
  kind: choice  # or multi, number, shape, array, einsum, dtype, complexity, order, match, parts, claim
  level: fresher  # or experienced
  difficulty: 1  # to 3
  # sources: [gfg-23]  # which of sources.yaml it answers
  ask: Which of these does gradient descent follow at each step?
  options:
    negative-gradient:
      text: the negative gradient of the loss
      because: It is the direction in which the loss falls fastest at that point.
    gradient:
      text: the gradient of the loss
      because: Along the gradient the loss rises fastest.
    random-direction:
      text: a direction drawn at random
      because: That is random search; the gradient is not used.
  answer: negative-gradient
  accept: [the negative gradient of the loss]
  reject: [the gradient of the loss]
  hints:
  - Think of the slope under your feet when you want to go down.
  why: The directional derivative is smallest, −|g|, along −g, so a small step there lowers the loss most.
  reference: Goodfellow, Bengio & Courville 2016, Deep Learning, section 4.3
  # A computed question has instead of options:
  # given: {{size: {{from: 20, to: 60}}, kernel: {{one_of: [3, 5, 7]}}}}  # each as {{{{name}}}} in ask
  # solver: convolution.output_size  # a function of solvers/, called with what is given
  # misconceptions:
  #   forgot-plus-one: {{mistake: convolution.forgot_plus_one, because: You counted steps, not positions.}}
  # examples:  # at least two, worked by another route than the solver
  # - {{given: {{size: 28, kernel: 7}}, answer: 22, reference: "the starts 0 to 21, listed"}}
"""


def add(root: Path, topic: str, slug: str) -> tuple[Path, int]:
    """Appends the starter to the topic's file; the file and the line where it stands."""
    path = root / "questions" / f"{topic}.yaml"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if any(line.startswith(f"{slug}:") for line in before.splitlines()):
        raise UsageProblem(f"{topic}/{slug} stands already in {path}")
    if before and not before.endswith("\n"):
        before += "\n"
    gap = "\n" if before else ""
    path.write_text(before + gap + _STARTER.format(slug=slug), encoding="utf-8")
    return path, (before + gap).count("\n") + 1
