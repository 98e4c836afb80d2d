# `make demo` and `make test` set up .venv themselves; nothing else is needed but Python 3.11+, make and git.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test check bench mutants fuzz picture errata clean help

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	touch $@

demo: $(READY)  ## verify the whole bank, then show a graded question
	$(BIN)/quizkit verify --fresh
	printf '184320\n' | QUIZKIT_HOME=$(VENV)/demo $(BIN)/quizkit quiz cnn --questions 1 --seed 5 --new --plain

test: $(READY)  ## all tests
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(READY)  ## lint, types, import contracts, and the keys against the ledger
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/quizkit verify --fresh
	$(BIN)/quizkit bank report
	$(BIN)/quizkit errata --all --markdown | diff docs/errata.md -

bench: $(READY)  ## budgets (starts, solvers, trainer, in CPU time of one run), and 100,000 shapes against torch
	$(BIN)/python -m tests.benchmarks
	$(BIN)/python -m tests.benchmarks.solvers
	$(BIN)/python -m tests.benchmarks.grading
	$(BIN)/python -m tests.benchmarks.rivals
	$(BIN)/python -m tests.benchmarks.nets
	$(BIN)/python -m tests.benchmarks.gpu
	$(BIN)/python -m tests.agreement

mutants: $(READY)  ## how many changed solvers are noticed
	$(BIN)/python -m tests.mutants

fuzz: $(READY)  ## hostile answers at random, then steered by atheris (extra `fuzz`) if it is there
	$(BIN)/python -m tests.hostile.fuzz

picture: $(READY)  ## the README's picture of a session, recorded from the program
	$(BIN)/python -m tests.picture docs/session.svg

errata: $(READY)  ## docs/errata.md, anew from the claims and the ledger
	$(BIN)/quizkit errata --all --markdown > docs/errata.md

clean:  ## all that was made here
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
