# Every target sets up what it needs; a second run finds it there.
PYTHON ?= python3
BIN := .venv/bin
# What one process has compiled the next need not compile again, wherever somebody has switched that off.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup demo test check browser pictures past soak endurance bench catalogs lock format
.DEFAULT_GOAL := test

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Causeway needs Python 3.11 or newer; set PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv

.venv/.runtime: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --editable .
	$(BIN)/python -c "from bot.render.fonts import ensure; ensure()"
	touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/python -c "from bot.render.fonts import FOLDER; from bot.render.typefaces import build; build(FOLDER)"
	touch $@

setup: .venv/.dev

demo: .venv/.runtime
	$(BIN)/causeway demo

test: .venv/.dev
	$(BIN)/pytest -n auto

browser: .venv/.dev
	$(BIN)/pytest -m browser tests/browser

pictures: .venv/.dev
	$(BIN)/python -m tests.browser.pictures

soak: .venv/.dev
	$(BIN)/pytest -m soak -s

endurance: .venv/.dev
	$(BIN)/pytest -m endurance -s

check: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto

format: .venv/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/.dev
	$(BIN)/python -m benchmarks

past: .venv/.runtime
	$(BIN)/python -m bot.playground.past

lock:
	uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-annotate --no-emit-index-url -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header --no-annotate --no-emit-index-url -o requirements-dev.lock

catalogs: .venv/.runtime
	$(BIN)/python -m bot.catalogs
