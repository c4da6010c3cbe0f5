# Every command of this repository. `make help` explains them.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=
IN_VENV := .venv/bin/python
SETTINGS_FOR_CHECKS := DJANGO_SETTINGS_MODULE=lacare_site.settings.test

.DEFAULT_GOAL := help
.PHONY: help run test audit bench drills lint format lock messages test-packages

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Build everything and serve the site at http://127.0.0.1:8000 (PORT=8001 for another port)
	@$(PYTHON) lacare_site/management/check_port.py $(PORT)
	@$(PYTHON) requirements/install.py base
	@DJANGO_SETTINGS_MODULE=lacare_site.settings.local $(IN_VENV) manage.py run_local --port $(PORT)

test: test-packages ## The tests, on PostgreSQL and in a real browser, but the slowest (ARGS="-k menu" for some of them)
	@$(IN_VENV) -m pytest -n 2 $(ARGS)

audit: test-packages ## The slowest tests, and the whole matrix: every page, language, width and text size, and the HTML checker
	@$(IN_VENV) -m pytest -n 2 -m audit $(ARGS)

bench: test-packages ## Speed and memory beside yardsticks of the same run (ARGS="pages" for one part), kept in .data/bench.txt
	@$(IN_VENV) -m tests.bench $(ARGS)

drills: test-packages ## Break things on purpose and see that nothing is lost
	@$(IN_VENV) -m pytest -m "" tests/drills $(ARGS)

lint: test-packages ## Check style, templates and the direction of imports
	@$(IN_VENV) -m pytest -q tests/architecture $(ARGS)

format: test-packages ## Put Python files and templates into the common style
	@.venv/bin/ruff check --fix-only --quiet . && .venv/bin/ruff format --quiet .
	@git ls-files -z 'templates/*.html' | xargs -0 -r .venv/bin/djade --target-version 5.2

lock: test-packages ## Write the locks anew, with the newest allowed versions
	@for lock in base test; do \
	  .venv/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --python-version 3.11 \
	    requirements/$$lock.in --output-file requirements/$$lock.txt || exit 1; \
	done

messages: test-packages ## Bring the message catalogues up to date with the texts in code and templates
	@$(SETTINGS_FOR_CHECKS) $(IN_VENV) manage.py update_catalogues

test-packages:
	@$(PYTHON) requirements/install.py test
