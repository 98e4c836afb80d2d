"""A child that grades, in which the answer `stuck` stops at no signal, as a call into C might."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from quizkit import grading
from quizkit.study import apart
from quizkit.worker import lead

read = grading.read


def stuck(raw: str, variant: Any) -> Any:
    if raw.startswith("stuck"):
        signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
        while True:
            pass
    if raw.startswith("gone"):
        os._exit(1)
    return read(raw, variant)


if __name__ == "__main__":
    grading.read = stuck
    lead(apart.serve, sys.argv[1])
