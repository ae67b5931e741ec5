# make demo   reads the example reports and writes a briefing; its path is the last line printed
# make test   style, types, the order of the packages, and the tests; those in a browser need Chromium
# make docs   writes docs/commands.md anew from the commands' own help, and docs/history.md
# make constraints   takes the newest versions of everything and pins them in constraints.txt

PYTHON ?= python3
VENV ?= .venv
DEMO ?= demo
BIN := $(VENV)/bin
BROWSER := command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test lint docs constraints clean
.DEFAULT_GOAL := test

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "burdenshare needs Python 3.11 or newer; name one: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install -c constraints.txt setuptools
	$(PIP) install -c constraints.txt --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install -c constraints.txt setuptools
	$(PIP) install -c constraints.txt --no-build-isolation -e '.[dev]'
	@touch $@ $(VENV)/.run

demo: $(VENV)/.run
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	$(BIN)/burdenshare --db $(DEMO)/talks.db read examples/reports
	$(BIN)/burdenshare --db $(DEMO)/talks.db dossier
	@$(BIN)/burdenshare --db $(DEMO)/talks.db brief -o $(abspath $(DEMO))/briefing.html

test: lint
	@$(BROWSER) || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null; } || \
		echo "There is no Chromium, and it cannot be installed here: the tests in tests/browser are not run." >&2
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.run
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/history_page.py

# In a folder of its own, so that what is pinned is what a fresh install brings and nothing else.
constraints:
	rm -rf build/pins && $(PYTHON) -m venv build/pins
	build/pins/bin/python -m pip install --quiet --upgrade setuptools
	build/pins/bin/python -m pip install --quiet --no-build-isolation -e '.[dev]'
	{ echo "# Pinned by 'make constraints'; everything a fresh install with the dev extra brings."; \
	  build/pins/bin/python -m pip freeze --all --exclude-editable --exclude pip; } > constraints.txt
	rm -rf build/pins

clean:
	rm -rf $(DEMO) build
