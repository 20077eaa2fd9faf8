# make run      one threat-modeling session in a local Airflow (TARGET=folder APPROVE=auto PORT=8080 CONTEXT=file OUT=folder)
# make up       that Airflow alone, to trigger sessions from its UI
# make test     every test but those of make chaos
# make chaos    the faults on a real scheduler; then sessions killed at random, in process and there: KILLS=45 REAL=10 SEED=1
# make setup    the environment alone
# make check    ruff, mypy, import-linter, rules and schemas
# make bench    what is measured: APPS=folder of checkouts BENCH=folder of scorers and truth; without them, what parsing the DAG file costs
# make screenshots  docs/images from a real session in a real browser
# make schemas  docs/schemas and docs/artifacts.md from the models
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# the measures of `make bench`, the other scanners' commands, semgrep's rules, the code that speed is measured on, and the report
ONLY ?= noir,routes,realvuln,java,weaknesses,quiet,speed,report
SEMGREP ?= semgrep
BANDIT ?= bandit
RULES ?=
TREE ?= $(firstword $(wildcard $(VENV)/lib/python*/site-packages))
REPORT ?= docs/benchmarks.md

export TARGET CONTEXT OUT PORT APPROVE

KILLS ?= 45
REAL ?= 10
SEED ?= 1

.PHONY: help setup run up test chaos check bench screenshots schemas clean

help:
	@sed -n 's/^# make/make/p' Makefile

setup: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "error: $(PYTHON) is older than 3.11; install Python 3.11 or newer, or name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "error: the venv module is missing; install it (Debian: apt-get install python3-venv)" >&2; exit 1; }
	@echo "installing the pinned set into $(VENV) (about a minute)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[celery,dev]'
	@touch $@

run: setup
	@$(BIN)/python -m threat_modeling_airflow.local

up: setup
	@$(BIN)/python -m threat_modeling_airflow.local up

test: setup
	@$(BIN)/python -m tests

chaos: setup
	@$(BIN)/python -m pytest -m recovery
	@$(BIN)/python -m tests.chaos.campaign --kills $(KILLS) --real $(REAL) --seed $(SEED)

check: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -q tests/architecture tests/rules

bench: setup
ifeq ($(APPS),)
	@$(BIN)/python benchmarks/dag_parse.py
else
	@$(BIN)/python benchmarks/bench.py --apps "$(APPS)" --bench "$(BENCH)" --only "$(ONLY)" --semgrep "$(SEMGREP)" --rules "$(RULES)" \
	    --bandit "$(BANDIT)" --tree "$(TREE)" --out "$(REPORT)"
endif

screenshots: setup
	@$(BIN)/python -m tests.airflow.browser.screenshots docs/images

schemas: setup
	@rm -rf docs/schemas && $(BIN)/python -m threat_modeling schemas --out docs

clean:
	rm -rf $(VENV) .airflow .mypy_cache .ruff_cache .pytest_cache
