# The commands of the README. Each sets up what it needs; running one again costs nothing.
PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2
BIN = .venv/bin

.PHONY: serve test check lint bench clean

serve: .venv/run
	@PORT=$(PORT) WORKERS=$(WORKERS) sh -c '\
	  $(BIN)/flask index status >/dev/null 2>&1 || $(BIN)/flask index build corpus; \
	  echo "Backfile is at http://127.0.0.1:$$PORT (stop with Ctrl-C)"; \
	  exec $(BIN)/gunicorn "app:create_app()" --bind 127.0.0.1:$$PORT --workers $$WORKERS --threads 4 --limit-request-line 8190 --log-level warning'

test: .venv/dev browser
	$(BIN)/pytest -n auto

check: lint test

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: browser
browser:
	@sh .ci/browser

bench: .venv/dev
	$(BIN)/pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	$(BIN)/python -m bench --articles 20000

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: .venv/bin/python requirements.txt requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch .venv/run $@

clean:
	rm -rf .venv index .pytest_cache .mypy_cache .ruff_cache .hypothesis
