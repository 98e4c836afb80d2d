"""Answers that may be dear to grade, in a child process that is killed when it does not come back.

The bounds before a computation, and the clock in `quizkit.grading.guard`, end all that is known to take
long. What neither stops, such as a call into C that looks at no signal, is stopped here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from quizkit.errors import QuizkitError
from quizkit.worker import Worker, lead

if TYPE_CHECKING:
    from quizkit.bank.bank import Shelf

SECONDS = 45.0  # a solver that takes its 30 s is no answer's fault
LONG = 200  # characters
DEAR = ("expression", "complexity")  # kinds of which short answers may be dear, too


class Apart(Worker):
    """A child that grades answers to questions of the open banks."""

    module = "quizkit.study.apart"

    def __init__(self, shelf: Shelf, seconds: float = SECONDS) -> None:
        super().__init__(
            json.dumps([(bank.name, str(bank.place)) for bank in shelf.banks]), seconds
        )

    def judged(self, identity: str, seed: int, answer: str, *, explain: bool) -> dict[str, Any]:
        """What an answer is worth; `SolverTimedOut` or `SolverBroken` where the child does not say it."""
        asked = {"identity": identity, "seed": seed, "answer": answer, "explain": explain}
        found: dict[str, Any] = self.exchanged("grading the answer", asked)
        return found


def is_dear(kind: str, answer: str) -> bool:
    """Whether an answer is graded apart: the others take microseconds."""
    return kind in DEAR or len(answer) > LONG


def serve(banks: str, requests: IO[bytes], replies: IO[bytes]) -> None:
    """The child's loop, until its parent closes the pipe or dies."""
    from quizkit.bank.bank import Bank, Shelf
    from quizkit.study.batch import Batch
    from quizkit.worker import Compute

    shelf = Shelf([Bank(name, Path(place)) for name, place in json.loads(banks)])
    with Compute(shelf) as compute:
        batches = [Batch(shelf, compute, explain=explain, apart=False) for explain in (False, True)]
        for request in requests:
            _, asked = json.loads(request)
            reply = _reply(batches[asked.pop("explain")], asked)
            replies.write(json.dumps([*reply, 0.0]).encode() + b"\n")
            replies.flush()


def _reply(batch: Any, asked: dict[str, Any]) -> list[Any]:
    try:
        return ["value", batch.judged(**asked)]
    except QuizkitError as error:
        return [type(error).__name__, str(error)]


if __name__ == "__main__":
    lead(serve, sys.argv[1])
