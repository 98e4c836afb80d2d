"""Banks are found, and give their questions one at a time."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from conftest import TINY
from quizkit.bank.bank import BUILT_IN, Bank, Shelf, built_in, installed, open_banks
