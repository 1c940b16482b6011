# PartnerNET: `make run` starts the demonstration, `make test` runs every test. Both work on a fresh machine.

VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8501
ADDRESS := http://localhost:$(PORT)
PYTEST_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test check bench campaign

help: ## these lines
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: export PARTNERNET_DATABASE_URL := sqlite:///var/demo.db
run: export PARTNERNET_PUBLIC_URL := $(ADDRESS)
run: export STREAMLIT_SERVER_PORT := $(PORT)
run: $(VENV)/.installed ## the application and its demonstration, on http://localhost:8501 (or PORT=8600)
	@$(PY) -m partnernet demo
	@echo "PartnerNET : $(ADDRESS)"
	@exec $(PY) -m streamlit run streamlit_app.py

test: $(VENV)/.installed-dev ## every test, browser and PostgreSQL included; PYTEST_ARGS="-k receipt" for some
	@$(PY) -m tests.support.browser
	@$(PY) -m pytest -n 2 --dist loadfile $(PYTEST_ARGS)

check: $(VENV)/.installed-dev ## lint, format and types
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

bench: $(VENV)/.installed-dev ## speed, each figure beside its floor in the same run
	@$(PY) -m benchmarks

campaign: $(VENV)/.installed-dev ## the long fault tests, some of them for many minutes
	@$(PY) -m tests.support.browser
	@$(PY) -m pytest -m campaign $(PYTEST_ARGS)

# A stamp, newer than the requirements once they are installed.
$(VENV)/.installed: requirements.txt | $(PY)
	@echo "Installing what PartnerNET runs on (a minute or two, once)…"
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt requirements.txt | $(PY)
	@echo "Installing what PartnerNET and its tests run on (a minute or two, once)…"
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.installed

# The first Python that is recent enough makes the virtual environment.
$(PY):
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
		if $$python -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			$$python -m venv $(VENV) && exit 0; \
		fi; \
	done; \
	echo "PartnerNET needs Python 3.11 or newer with its venv module (on Debian: apt install python3-venv)." >&2; \
	exit 1
