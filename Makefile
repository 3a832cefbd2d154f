# ess-access: `make help` lists what there is to do.
SHELL := /bin/sh
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .setup
LOCALES := $(wildcard src/ess_access/locale/*/LC_MESSAGES/ess_access.po)

.PHONY: help setup setup-dev all test check e2e bench oracles messages docs clean

help: ## Liste les cibles / List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMPS)/run ## Installe ce qu’il faut pour « make all » / Install what “make all” needs

$(STAMPS)/run: pyproject.toml tools/setup.sh
	@sh tools/setup.sh run
	@mkdir -p $(STAMPS) && touch $@

setup-dev: $(STAMPS)/dev

$(STAMPS)/dev: $(STAMPS)/run
	@sh tools/setup.sh dev
	@touch $@

all: $(STAMPS)/run ## Fabrique les éditions de sources/ dans output/ / Build sources/ into output/
	@$(BIN)/ess-access build sources -o output

test: $(STAMPS)/dev ## Installe et lance les tests / Set up and run the tests
	@$(BIN)/python -m pytest -n auto

check: $(STAMPS)/dev ## Style, types, architecture, tests, couverture / Style, types, architecture, tests, coverage
	@sh tools/check.sh

e2e: $(STAMPS)/dev ## Les essais longs, avec de vrais programmes / The long tests, with real programs
	@$(BIN)/python -m pytest -m e2e

oracles: $(STAMPS)/dev ## Installe les programmes auxquels les tests se comparent (apt) / Install what tests compare with
	@sh tools/oracles.sh

bench: $(STAMPS)/dev ## Compare vitesse et mémoire à d’autres outils / Compare speed and memory with other tools
	@sh tools/bench.sh

messages: $(STAMPS)/dev ## Compile les catalogues de messages / Compile the message catalogues
	@for po in $(LOCALES); do $(BIN)/pybabel -q compile -i $$po -o $${po%.po}.mo; done

docs: $(STAMPS)/dev ## Récrit docs/commands.md d’après le programme / Write docs/commands.md from the program
	@$(BIN)/python tools/write_docs.py

clean: ## Enlève ce qui a été fabriqué et installé ici / Remove what was built and installed here
	@rm -rf $(VENV) $(STAMPS) .oracles build dist .coverage .coverage.* htmlcov .hypothesis \
	  .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	@find output -mindepth 1 ! -name .gitkeep -delete
	@find src tests examples bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
