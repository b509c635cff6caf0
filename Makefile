# `make demo`: environment and one example report read. `make case`: a case file of the example reports. `make test`: environment and all tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
SHARED ?= ../shared
EXAMPLE := examples/geneva-2016

.PHONY: case demo test check eval env clean

demo: $(VENV)/run.stamp
	$(BIN)/standoff read $(firstword $(wildcard $(EXAMPLE)/*.md))

case: $(VENV)/run.stamp
	mkdir -p build
	$(BIN)/standoff case new build/geneva.standoff --name Geneva --about "Peace talks on Syria in Geneva between the \
	government and the opposition, mediated by the United Nations"
	$(BIN)/standoff case add build/geneva.standoff $(EXAMPLE)
	$(BIN)/standoff case show build/geneva.standoff

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest

check: test
	$(BIN)/ruff check src tests bench training
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: $(VENV)/dev.stamp
	$(BIN)/python bench/evaluate.py --shared $(SHARED)

env: $(VENV)/dev.stamp

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements/run.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/dev.stamp: requirements/dev.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements/dev.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/run.stamp

clean:
	rm -rf $(VENV)
