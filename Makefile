# Placet needs Python 3.11 and make; everything else is installed into .venv from hashed locks.
# `make` prints the targets.

.DEFAULT_GOAL := help
.SUFFIXES:
.PHONY: help demo run work setup test test-postgres test-browser soak bench lint types fmt \
        openapi messages pictures lock clean environment-run environment-dev environment-bench

PORT ?= 8000
RESET ?=
JOBS ?= 2
ARGS ?=
CHROMIUM ?= /usr/bin/chromium
PYTHON ?=
export PYTHON CHROMIUM
# What was compiled once is kept, for both workers of the tests and for the next target.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -n $(JOBS) --dist worksteal

help: ## what this file can do
	@echo "make TARGET, where TARGET is one of"
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1 | \2/p' Makefile | awk -F '|' '{printf "%-16s%s\n", $$1, $$2}'

demo: environment-run ## the demo in the foreground: PORT=8123 chooses the port, RESET=1 starts afresh
	@exec $(BIN)/placet demo --port $(PORT) $(if $(RESET),--reset)

setup: environment-run ## a real installation: name, currency, tax, SMTP, first merchant admin
	@exec $(BIN)/placet setup $(ARGS)

run: environment-run ## the web server of a real installation, with its settings from the environment
	@$(BIN)/placet check --deploy --fail-level ERROR
	@exec $(BIN)/gunicorn --config deploy/gunicorn.conf.py --bind 127.0.0.1:$(PORT) placet.project.wsgi

work: environment-run ## the job worker of a real installation
	@exec $(BIN)/placet work $(ARGS)

test: environment-dev ## the whole suite on SQLite: ARGS="tests/policy -k tiers" narrows it
	@unset PLACET_DATABASE_URL; $(PYTEST) -m "not browser and not soak" $(ARGS)

# What touches no database (the engine, the house) or proves the stories (mutants) is told by `test`.
test-postgres: environment-dev ## all of it that touches a database, on a throw-away PostgreSQL
	@$(BIN)/python tools/throwaway_postgres.py $(PYTEST) -m "not browser and not soak" \
	    --ignore=tests/policy --ignore=tests/house --ignore=tests/mutants $(ARGS)

test-browser: environment-dev ## the golden path and the screens in Chromium (CHROMIUM=/usr/bin/chromium)
	@test -x "$(CHROMIUM)" || { echo "No Chromium at $(CHROMIUM); name it: make CHROMIUM=... test-browser" >&2; exit 1; }
	@unset PLACET_DATABASE_URL; $(PYTEST) -m "browser and not soak" $(ARGS)

soak: environment-dev ## the long campaigns
	@unset PLACET_DATABASE_URL; $(PYTEST) -m soak $(ARGS)

bench: environment-bench ## the engine's speed, beside the fastest engine that can be bought
	@exec $(BIN)/python -m bench $(ARGS)

lint: environment-dev ## ruff, the layers, the templates
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/djlint --quiet --lint src/placet

types: environment-dev ## mypy, strict
	@$(BIN)/mypy

fmt: environment-dev ## formats the code and mends what ruff can mend
	@$(BIN)/ruff check --fix --exit-zero .
	@$(BIN)/ruff format .

openapi: environment-dev ## writes docs/api/openapi.json again
	@$(BIN)/python tools/openapi.py

messages: environment-dev ## gathers the texts for translation, and compiles the Polish ones
	@$(BIN)/python tools/messages.py $(ARGS)

pictures: environment-dev ## makes docs/pictures/*.png from a demo of its own
	@exec $(BIN)/python tools/screenshots.py

lock: ## chooses versions again and writes requirements/*.lock; needs uv
	@sh tools/lock.sh

clean: ## removes caches; keeps .venv and the demo's data
	@rm -rf .mypy_cache .ruff_cache .hypothesis .import_linter_cache staticfiles

environment-run environment-dev environment-bench:
	@sh tools/environment.sh $(subst environment-,,$@)
