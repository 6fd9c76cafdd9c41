# Every gesture has a name. `make` alone lists them.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
BIN := .venv/bin
PROD := .venv/.prod
DEV := .venv/.dev
BENCH := .venv/.bench

.PHONY: help install demo test test-long core check fix lock messages migrations screens knowledge notices bench clean

help: ## liste ces commandes
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 20

# The stamps live in .venv and die with it. The development requirements contain the production
# ones: whoever has the former needs nothing more to run the demonstration.
$(PROD): requirements.txt pyproject.toml bin/amorce
	@bin/amorce requirements.txt && touch $@

$(DEV): requirements-dev.txt pyproject.toml bin/amorce
	@bin/amorce requirements-dev.txt && touch $@ $(PROD)

# What bench/ measures itself against is heavy, and needed by nothing else.
$(BENCH): requirements-bench.txt pyproject.toml bin/amorce
	@bin/amorce requirements-bench.txt && touch $@ $(DEV) $(PROD)

install: $(PROD) ## installe la commande gouvernail dans .venv
	@echo "Prêt : .venv/bin/gouvernail --help"

demo: $(PROD) ## lance la démonstration (WORKBOOK=fichier.ods pour vos données)
	@$(BIN)/gouvernail demo $(if $(WORKBOOK),--workbook "$(WORKBOOK)")

test: $(DEV) ## lance tous les tests, les plus rapides d’abord
	@bin/prerequis-test
	@$(BIN)/python bin/test

test-long: $(DEV) ## lance les tests de plusieurs minutes
	@bin/prerequis-test
	@$(BIN)/python bin/test --long

core: $(DEV) ## lance les tests du cœur et des règles, sans Django
	@$(BIN)/python bin/test core

check: $(DEV) ## relit le code sans rien changer, et compte ce qui cloche
	@$(BIN)/python bin/check

fix: $(DEV) ## met en forme ce qui peut l’être sans relecture
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .
	@$(BIN)/python bin/messages.py && $(BIN)/python bin/notices.py

lock: $(DEV) ## recalcule uv.lock et les deux fichiers de versions
	@$(BIN)/uv lock --quiet
	@$(BIN)/uv export $(EXPORT) --no-default-groups --group build --extra web -o requirements.txt
	@$(BIN)/uv export $(EXPORT) --all-groups --no-group bench --all-extras -o requirements-dev.txt
	@$(BIN)/uv export $(EXPORT) --all-groups --all-extras -o requirements-bench.txt
EXPORT := --quiet --frozen --no-emit-project --no-header

messages: $(DEV) ## relève les textes à traduire et compile le catalogue français
	@$(BIN)/python bin/messages.py

migrations: $(DEV) ## écrit les migrations que les modèles demandent
	@PYTHONPATH=tests $(BIN)/python -m django makemigrations --settings settings_for_tests

screens: $(DEV) ## refait les captures d’écran de docs/screenshots
	@bin/prerequis-test
	@$(BIN)/pytest -m screens tests/browser

knowledge: $(PROD) ## vérifie les données sourcées et dit ce qui est à relire
	@$(BIN)/python bin/knowledge.py

notices: $(DEV) ## refait NOTICE.md d’après les bibliothèques installées
	@$(BIN)/python bin/notices.py

bench: $(BENCH) ## mesure les promesses de vitesse et de qualité (bench/)
	@for script in bench/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

clean: ## efface ce qui se refait ; .venv, les données et les bases restent
	@rm -rf build dist var/tests .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@find src tests bin bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
