# The project in a few commands; `make help` lists them. Wants Python 3.11 or later, make and git.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEVELOPER := $(VENV)/.developer
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet
# Text is UTF-8 because we say so, never because of the machine: reading without an encoding is a warning.
PYTEST := PYTHONWARNDEFAULTENCODING=1 $(BIN)/python -m pytest -n auto --dist worksteal
EXTENSION := editors/vscode
COVERAGE := --cov --cov-report=term-missing:skip-covered

.DEFAULT_GOAL := help
# All of them: a folder is named `plan`, and none of these makes a file of its own name.
.PHONY: help plan check lint types test coverage test-all bench golden schema template docs extension lock tools clean

help: ## list the commands
	@sed -n 's/^\([a-z][a-z-]*\):.*## /\1	/p' Makefile | awk -F '\t' '{printf "make %-10s %s\n", $$1, $$2}'

plan: $(RUNTIME) ## validate the plan, compare it with the previous stage, make the Word document
	@$(BIN)/poa build --output build
	@echo "The documents are in $(CURDIR)/build"

check: lint types ## lint, layout, types, layers

lint: $(DEVELOPER) ## only the rules of style and the layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

types: $(DEVELOPER) ## only the types
	$(BIN)/mypy

test: check ## the checks and the fast tests; those that want a missing program say so and are skipped
	$(PYTEST) -m "not slow"

coverage: $(DEVELOPER) ## the fast tests, and how much of the code they run; fails below 90 % with branches
	$(PYTEST) -m "not slow" $(COVERAGE)

test-all: check ## all tests, with the slow ones and large rounds of random input, and coverage
	$(PYTEST) --hypothesis-profile=all $(COVERAGE)

bench: $(DEVELOPER) ## measure the speed against python itself and against other tools
	$(BIN)/python benchmarks/run.py

golden: $(DEVELOPER) ## renew the golden files; read what changed with git diff
	$(PYTEST) --update-golden

schema: $(RUNTIME) ## write schema/*.schema.json from the model
	$(BIN)/poa schema --write

template: $(RUNTIME) ## build the packaged Word template from its script
	$(BIN)/python -m poa_toolkit.word.template.build

docs: $(DEVELOPER) ## write the generated pages and pictures of docs/, renew the outputs that pages show
	$(BIN)/python docs/renew.py

extension: ## package the extension for VS Code as build/poa-toolkit.vsix (node 20 or later)
	cd $(EXTENSION) && npm ci
	mkdir -p build $(EXTENSION)/schema $(EXTENSION)/snippets
	cp LICENSE $(EXTENSION)
	cp $$(sed -n 's|.*"url": "./\(schema/.*\)".*|\1|p' $(EXTENSION)/package.json) $(EXTENSION)/schema
	cp poa_toolkit/scaffold/dot-vscode/plan.code-snippets $(EXTENSION)/snippets/plan.json
	cd $(EXTENSION) && node_modules/.bin/vsce package --allow-missing-repository --out ../../build/poa-toolkit.vsix

lock: $(DEVELOPER) ## renew the locks; UPGRADE=1 takes the newest versions
	$(BIN)/python requirements/lock.py
	cd tests/tools && npm install --package-lock-only
	cd $(EXTENSION) && npm install --package-lock-only

tools: ## install the programs from npm that some tests want
	cd tests/tools && npm ci

clean: ## remove all that these commands make
	rm -rf $(VENV) build dist .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache \
	  .pytest_cache .ruff_cache tests/tools/node_modules \
	  $(addprefix $(EXTENSION)/,node_modules schema snippets LICENSE)
	find poa_toolkit tests benchmarks requirements -name __pycache__ -type d -prune -exec rm -rf {} +

# A new lock makes a new environment: what the lock does not name is not there.
$(RUNTIME): requirements/lock.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or later is needed, and $(PYTHON) is not; name another: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; \
	  exit 1; }
	@echo "Making $(VENV) from requirements/lock.txt; this happens once."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) --no-deps --require-hashes -r requirements/lock.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOPER): $(RUNTIME) requirements/extras.txt requirements/dev.txt
	@echo "Adding the extras and the developers' tools to $(VENV) from requirements/; this happens once."
	@$(PIP) --no-deps --require-hashes $(foreach lock,lock extras dev,-r requirements/$(lock).txt)
	@touch $@
