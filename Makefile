# Everything runs in .venv, made from pyproject.toml; nothing else is needed but Python 3.11 or newer.
PYTHON ?= python3
BIN := .venv/bin
SHARED ?= ../shared

.PHONY: demo test test-all check bench quality clean

demo: .venv/demo
	mkdir -p demo
	$(BIN)/dedup cluster seeds -o demo/report.json --pairs demo/pairs.jsonl --csv demo/tables

test: .venv/test
	$(BIN)/python -m pytest -q

test-all: .venv/test
	$(BIN)/python -m pytest -q -m "slow or not slow"

check: .venv/check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q

bench: .venv/bench
	$(BIN)/python -m benchmarks --shared $(SHARED)

quality: .venv/bench
	$(BIN)/python -m benchmarks.quality --shared $(SHARED)

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/demo: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install -q -e .
	touch $@

.venv/test: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install -q -e ".[test]"
	touch $@

.venv/check: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install -q -e ".[test,check]"
	touch $@

.venv/bench: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install -q -e ".[test,bench]"
	touch $@

clean:
	rm -rf .venv demo build dist *.egg-info
