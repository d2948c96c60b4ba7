# Everything a newcomer types. `make` alone lists it; README.md explains.
# Needs make, git and Python 3.11 or newer with venv; nothing is installed outside this folder.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
DATA_DIR ?= var
PICTURES ?= var/screenshots
BASE_URL ?= http://127.0.0.1:$(PORT)

INSTALL := $(BIN)/python -m tools.installing
STATIC_SOURCES := $(shell find cms practices search -path '*/static*' 2>/dev/null)
STATIC_READY := $(DATA_DIR)/static/staticfiles.json
PACKAGES := cms practices search
# Tests start hundreds of processes: Python keeps what it compiles, whatever the machine says.
export PYTHONDONTWRITEBYTECODE :=
# Seconds of a test that is not listed as long; CI shares its machine with others.
LONGEST := $(if $(CI),40,20)
# A file stays with one process, which makes what its tests share once; long files come first.
SPREAD := -n auto --dist loadfile --no-loadscope-reorder
# What a database and an engine can make a difference to.
GROWN := tests/cms tests/practices tests/search tests/security
PYTHON_FILES = $$(git ls-files --cached --others --exclude-standard '*.py')
HTML_FILES = $$(git ls-files --cached --others --exclude-standard '*.html')

# Values made up for `manage.py check --deploy`: production refuses to start without them.
PRODUCTION_EXAMPLE := DJANGO_SETTINGS_MODULE=cms.settings.production \
	SECRET_KEY=made-up-for-the-check-0123456789-abcdefghijklmnopqrstuvwxyz \
	ALLOWED_HOSTS=wegwijzer.example BASE_URL=https://wegwijzer.example \
	EMAIL_URL=smtp://localhost:25 DEFAULT_FROM_EMAIL=wegwijzer@wegwijzer.example TRUSTED_PROXIES=1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: help run prepare services services-stop test test-at-once test-grown soak test-fast coverage check check-python check-imports check-templates \
	check-django check-messages format lock architecture messages bench search-quality screenshots clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ── Run ────────────────────────────────────────────────────────────────────────────────────────

run: prepare ## fill the site when it is new, and serve it on 127.0.0.1:$PORT (default 8000)
	@printf '\n  WegWijzer  %s/\n  Beheer     %s/beheer/\n\n' '$(BASE_URL)' '$(BASE_URL)'
	@printf '  Demo accounts, password wegwijzer-demo:\n'
	@printf '    ambtenaar-gouda, ambtenaar-zoetermeer   officials\n'
	@printf '    redactie, redactie-2                    editors\n'
	@printf '    beheer                                  administrator\n\n'
	@exec env BASE_URL='$(BASE_URL)' DATA_DIR='$(DATA_DIR)' $(BIN)/gunicorn cms.wsgi --bind 127.0.0.1:$(PORT)

prepare: $(VENV)/.run-stamp $(STATIC_READY) ## all that `run` does before it serves
	@DATA_DIR='$(DATA_DIR)' $(BIN)/python manage.py prepare

$(STATIC_READY): requirements.txt $(STATIC_SOURCES) | $(VENV)/.run-stamp
	@echo 'Hashing and compressing static files …'
	@DATA_DIR='$(DATA_DIR)' $(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@touch $@

# ── Test and check ─────────────────────────────────────────────────────────────────────────────

SERVICES = $(BIN)/python -m tools.services

services: $(VENV)/.made ## start Elasticsearch and PostgreSQL for tests (NODES=3 for a cluster)
	@$(SERVICES) start $(NODES)

services-stop: $(VENV)/.made ## stop what `make services` started
	@$(SERVICES) stop

test: test-at-once ## run all tests but `soak` and `test-grown`
	$(BIN)/python -m pytest $(SPREAD) -o longest_test=$(LONGEST) -m 'not soak and not grown'

test-at-once: $(VENV)/.dev-stamp ## run what needs two writers at once, on PostgreSQL; left out at home without it
	if url=$$($(SERVICES) url postgresql); then DATABASE_URL="$$url" $(BIN)/python -m pytest -q -m grown tests/practices; \
		else test -z "$$CI"; fi

test-grown: $(VENV)/.dev-stamp ## run the tests of packages on PostgreSQL and Elasticsearch (GROWN=tests/faults: those of faults)
	url=$$($(SERVICES) url postgresql) && $(SERVICES) url elasticsearch > /dev/null && \
		DATABASE_URL="$$url" TEST_SEARCH=elasticsearch $(BIN)/python -m pytest -n auto -o longest_test=90 -m 'not soak' $(GROWN)

soak: $(VENV)/.dev-stamp ## run the long forms of the tests that break things; takes most of an hour
	$(BIN)/python -m pytest -n 2 --dist loadfile -m soak

test-fast: $(VENV)/.dev-stamp ## run the tests that need no browser, fault proxy or patience
	$(BIN)/python -m pytest $(SPREAD) -m 'not browser and not fault and not soak and not grown and not slow'

coverage: $(VENV)/.dev-stamp ## run all tests in one process and tell which lines they miss
	$(BIN)/python -m coverage run -m pytest -o longest_test=90
	$(BIN)/python -m coverage report

check: check-python check-imports check-templates check-django check-messages ## all five below; `make -k check` goes on after a failure

check-python: $(VENV)/.dev-stamp ## lint, format and types
	$(BIN)/ruff check --output-format concise .
	$(BIN)/ruff format --check --output-format concise .
	$(BIN)/django-upgrade --target-version 5.2 --check $(PYTHON_FILES)
	$(BIN)/mypy

check-imports: $(VENV)/.dev-stamp ## the rooms: cms → practices → search, never back
	$(BIN)/lint-imports

check-templates: $(VENV)/.dev-stamp ## indentation and mistakes in templates
	$(BIN)/djhtml --check --tabwidth 2 $(HTML_FILES)
	$(BIN)/djlint --lint --quiet $(HTML_FILES)

check-django: $(VENV)/.dev-stamp ## Django's own checks, on production settings too, and missing migrations
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run
	DATA_DIR=$$(mktemp -d) $(PRODUCTION_EXAMPLE) $(BIN)/python manage.py check --deploy --fail-level WARNING

check-messages: $(VENV)/.dev-stamp ## translations: complete, up to date and compiled
	tools/check_messages.sh $(BIN)/python

format: $(VENV)/.dev-stamp ## let the tools rewrite what they can
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	$(BIN)/django-upgrade --target-version 5.2 --exit-zero-even-if-changed $(PYTHON_FILES)
	-$(BIN)/djhtml --tabwidth 2 $(HTML_FILES)

# ── Keep ───────────────────────────────────────────────────────────────────────────────────────

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)
lock: $(VENV)/.dev-stamp ## write the lock files from pyproject.toml (UPGRADE=1 takes newer versions)
	$(LOCK) pyproject.toml --all-extras --group site --output-file requirements.txt
	$(LOCK) pyproject.toml --all-extras --group site --group dev --constraint requirements.txt --output-file requirements-dev.txt
	$(LOCK) --group services --output-file requirements-services.txt

architecture: $(VENV)/.dev-stamp ## draw the rooms anew in docs/architecture.md, from the contracts
	$(BIN)/python -m tools.architecture

messages: $(VENV)/.run-stamp ## collect new texts in each locale/ and compile the translations (needs gettext)
	$(BIN)/python manage.py makemessages $(shell tools/check_messages.sh --options)
	$(BIN)/python manage.py compilemessages --verbosity 0 --ignore $(VENV)

bench: $(VENV)/.dev-stamp ## measure, beside the way without this project; prints a table
	$(BIN)/python -m benchmarks

search-quality: $(VENV)/.dev-stamp ## ask the queries of the test collection, on Elasticsearch too where ELASTICSEARCH_URL names one; writes docs/search-quality.md
	$(BIN)/python -m benchmarks.quality

screenshots: $(VENV)/.dev-stamp ## write docs/screenshots/, and every page at three widths, light and dark, in var/screenshots/ (PICTURES=folder); needs chromium
	$(BIN)/python -m tools.screenshots '$(PICTURES)'
	SCREENSHOTS=docs/screenshots $(BIN)/python -m pytest -q tests/journey

clean: ## remove the virtual environment and caches; data in var/ stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov
	find $(PACKAGES) tests benchmarks tools -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || :

# ── The virtual environment ────────────────────────────────────────────────────────────────────

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "Python's venv is needed: apt install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.run-stamp: requirements.txt | $(VENV)/.made
	@echo 'Installing what a site needs …'
	@$(INSTALL) requirements.txt
	@touch $@

$(VENV)/.dev-stamp: requirements-dev.txt requirements.txt | $(VENV)/.made
	@echo 'Installing what tests and checks need …'
	@$(INSTALL) requirements-dev.txt
	@touch $(VENV)/.run-stamp $@
