# `make help` lists what there is. Everything runs in .venv, which the first target makes.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The image build of deployments has its own environment: use it where there is no .venv.
DJANGO := $(if $(wildcard $(BIN)/python),$(BIN)/python,$(PYTHON)) manage.py
WORKERS ?= auto
# Of `make torture`: the first and the last seed, and the steps of each history; how many races and
# how many kills there are.
SEEDS ?= 0,999
STEPS ?= 12
RACES ?= 10000
KILLS ?= 200
LOCALE := course_discovery/conf/locale
# Lines are neither wrapped nor numbered, so that a change of the code changes what it must.
MESSAGES := --no-wrap --no-obsolete --add-location file \
	--ignore tests --ignore benchmarks --ignore node_modules --ignore var
WITH_VENV := PATH="$(CURDIR)/$(BIN):$$PATH"
PULLED := var/translations

.PHONY: help run test check torture test-services ci ci_up ci_test ci_down migrate static static.dev \
	format lint types imports migrations-check schema security requirements clean benchmark \
	extract_translations detect_changed_source_translations compilemessages push_translations \
	pull_translations

help: ## Show this list
	@grep -hE '^[a-zA-Z_.-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-zA-Z_.-]+):.*## (.*)/\1\t\2/' | expand -t 36

$(VENV)/installed: requirements/local.txt requirements/test.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; PYTHON=... names another.")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/test.txt
	@touch $@

run: $(VENV)/installed ## Load the sample catalog, index it and serve it on 127.0.0.1:18381
	$(BIN)/python manage.py run_demo

test: $(VENV)/installed ## Run the suite on the embedded engines
	env -u DATABASE_URL -u TEST_SEARCH_URL -u SEARCH_URL $(BIN)/python -m pytest -n $(WORKERS) -q

check: lint types imports migrations-check schema security detect_changed_source_translations ## Everything that reads the code

lint: $(VENV)/installed ## Style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/installed ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/installed ## Strict types
	$(BIN)/mypy course_discovery learner_pathway search

imports: $(VENV)/installed ## The floors: imports go down only
	$(BIN)/lint-imports --no-cache

migrations-check: $(VENV)/installed ## No model without its migration
	DJANGO_SETTINGS_MODULE=course_discovery.settings.test $(BIN)/python manage.py makemigrations --check --dry-run

schema: $(VENV)/installed ## The API describes itself without a warning
	DJANGO_SETTINGS_MODULE=course_discovery.settings.test $(BIN)/python manage.py spectacular --fail-on-warn --validate --file /dev/null

security: $(VENV)/installed ## Known insecure patterns
	$(BIN)/bandit -q -c pyproject.toml -r course_discovery learner_pathway search

torture: $(VENV)/installed ## Index histories, SEEDS=0,999; RACES=10000, KILLS=200 of publishing
	RANDOM_HISTORIES=$(SEEDS),$(STEPS) RACE_ROUNDS=$(RACES) PUBLISHING_KILLS=$(KILLS) \
		$(BIN)/python -m pytest -n $(WORKERS) -q search/tests/test_random_histories.py \
		course_discovery/api/tests/publisher/test_publishing_races.py \
		course_discovery/api/tests/publisher/test_publishing_killed.py

test-services: $(VENV)/installed ## Run the suite on real servers, started here on loopback
	.ci/test-services

ci: check test test-services ## What CI runs

ci_up: ## Start the servers of the service tests
	.ci/services up

ci_test: $(VENV)/installed ## Run the service tests on them
	.ci/test-services --keep

ci_down: ## Stop the servers of the service tests
	.ci/services down

migrate: ## Bring the database up to date
	$(DJANGO) migrate --noinput

static: ## Collect static files
	$(DJANGO) collectstatic -v 0 --noinput

static.dev: static ## The same; there is nothing to build

extract_translations: $(VENV)/installed ## Collect the texts to translate (needs GNU gettext)
	@for domain in django djangojs; do \
		$(BIN)/python manage.py makemessages --verbosity 0 --locale en --domain $$domain $(MESSAGES) || exit; done
	@sed -i '/^"POT-Creation-Date:/d' $(LOCALE)/en/LC_MESSAGES/*.po
	@$(MAKE) --no-print-directory compilemessages

detect_changed_source_translations: ## Fail, and collect them, where texts changed since the last time
	@mkdir -p var && rm -rf var/messages && cp -r $(LOCALE)/en/LC_MESSAGES var/messages
	@$(MAKE) --no-print-directory extract_translations
	@diff -r --exclude='*.mo' var/messages $(LOCALE)/en/LC_MESSAGES || \
		{ echo 'Texts have changed. Commit $(LOCALE)/en, it is up to date now.' >&2; exit 1; }

compilemessages: ## Make translations ready to use (needs GNU gettext)
	$(DJANGO) compilemessages --ignore $(VENV) --ignore node_modules --ignore var

push_translations: ## Send the texts to Transifex (needs its client, tx, and a token)
	@$(WITH_VENV) command -v tx > /dev/null || { echo 'tx, the client of Transifex, is not installed.' >&2; exit 1; }
	$(WITH_VENV) tx push --source

pull_translations: ## Get translations: from Transifex, or by atlas if OPENEDX_ATLAS_PULL is set
ifeq ($(OPENEDX_ATLAS_PULL),)
	@$(WITH_VENV) command -v tx > /dev/null || { echo 'tx, the client of Transifex, is not installed.' >&2; exit 1; }
	$(WITH_VENV) tx pull --translations --all --force --mode reviewed --skip
else
	@rm -rf $(PULLED) && mkdir -p $(PULLED)
	cd $(PULLED) && $(WITH_VENV) \
		atlas pull $(OPENEDX_ATLAS_ARGS) translations/course-discovery/$(LOCALE):locale
	@# The texts themselves are made here; what was there goes only once there is something new.
	@rm -rf $(PULLED)/locale/en
	@[ -n "$$(find $(PULLED)/locale -mindepth 1 -maxdepth 1 -type d)" ] || \
		{ echo 'There are no translations in what was pulled; nothing was changed.' >&2; exit 1; }
	@find $(LOCALE) -mindepth 1 -maxdepth 1 -type d ! -name en -exec rm -r {} +
	@find $(PULLED)/locale -mindepth 1 -maxdepth 1 -type d -exec mv -t $(LOCALE) {} +
	@rm -rf $(PULLED)
endif
	@$(MAKE) --no-print-directory compilemessages

benchmark: $(VENV)/installed ## Compare the read API and search with their parts (DATABASE_URL, SEARCH_URL)
	$(BIN)/python -m benchmarks.read_api --json var/benchmark.json
	$(BIN)/python -m benchmarks.search

requirements: $(VENV)/installed ## Compile requirements/*.in to pinned *.txt
	$(BIN)/python -m pip install --quiet uv
	cd requirements && for name in base local production test; do \
		../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url \
			--no-header --no-annotate $$name.in --output-file $$name.txt; done

clean: ## Forget the database, the index and the sample source's state
	rm -rf var
