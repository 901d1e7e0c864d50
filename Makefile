# Two commands for users: `make demo` and `make test`. PYTHON chooses the interpreter (3.10 to 3.13).
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test lint types train benchmark clean

demo: $(VENV)/.installed
	$(BIN)/triplehelix build examples/texts -o out
	$(BIN)/triplehelix query out leaders-in-region -p region="Yangtze River Delta"
	@echo "Open out/explore.html in a browser. More: $(BIN)/triplehelix --help"

test: $(VENV)/.installed-test lint types
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-test
	rm -rf build/typecheck
	$(BIN)/pip install --quiet --no-deps --target build/typecheck .
	MYPYPATH=build/typecheck $(BIN)/mypy -p triplehelix

benchmark: $(VENV)/.installed-test
	$(BIN)/python benchmarks/extraction_speed.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip

$(VENV)/.installed: $(VENV)/bin/python setup.cfg
	$(BIN)/pip install --quiet .
	touch $@

$(VENV)/.installed-test: $(VENV)/bin/python setup.cfg $(shell git ls-files extract graph ontology src)
	$(BIN)/pip install --quiet '.[test]'
	rm -rf build
	touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) build dist out *.egg-info
