# The commands of the README. Each sets up what it needs; running one again costs nothing.
PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2
ARTICLES ?= 20000
BIN = .venv/bin

.PHONY: serve test check lint bench clean

serve: .venv/run
	@[ -z "$$BACKFILE_ENGINE" ] && [ -e index/current ] || $(BIN)/flask index build --if-none corpus
	@echo "Backfile is at http://127.0.0.1:$(PORT) (stop with Ctrl-C)"
	@exec $(BIN)/gunicorn "app:create_app()" --bind 127.0.0.1:$(PORT) --workers $(WORKERS) --threads 4 \
	  --preload --worker-class search.web.worker.Worker --limit-request-line 0 --log-level warning

test: .venv/dev browser
	$(BIN)/pytest -n auto --dist worksteal

check: lint test

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/bench
	$(BIN)/python -m bench --articles $(ARTICLES)

.PHONY: browser
browser:
	@sh .ci/browser

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Backfile needs Python 3.11 or newer; name one: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/bench: .venv/run bench/requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	@touch $@

.venv/dev: .venv/bin/python requirements.txt requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch .venv/run $@

clean:
	rm -rf .venv index .pytest_cache .mypy_cache .ruff_cache .hypothesis
