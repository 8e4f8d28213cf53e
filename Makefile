# Everything the project does from a checkout. `make help` lists it.
# Needs make and sh; brings the rest: system packages where it may, a virtual environment, the locked versions.

.DEFAULT_GOAL := help
.NOTPARALLEL:
SHELL := /bin/sh

# A Python to use instead of the one that is found: make PYTHON=/path/to/python3.13 run
PYTHON ?=
# Workers of the tests, each with a seat of its own at a private desktop.
JOBS ?= 2
# More for pytest: make test TESTS="-k photos"
TESTS ?=
# For `make sign`: the key, as gpg knows it.
KEY ?=
# For `make lock`: UPGRADE=--upgrade takes the newest versions that pyproject.toml allows.
UPGRADE ?=

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
LOCK := packaging/locked
LISTS := packaging/linux/system-packages
TORTURE := tests/reliability/test_power_cuts.py tests/reliability/test_broken_off.py
DESKTOP := $(BIN)/python -m tests.desktop

.PHONY: help
help: ## list what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{ printf "make %-14s %s\n", $$1, $$2 }'

.PHONY: run
run: build/setup/run $(INSTALLED) ## open the app; without a screen make the sample book and its PDF
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
	    exec $(BIN)/python -m memorybook; \
	else \
	    echo "There is no screen here, so this makes the sample book and its PDF instead."; \
	    $(MAKE) --no-print-directory sample; \
	fi

.PHONY: sample
sample: build/setup/run $(INSTALLED) ## make the sample book and its PDF in build/sample
	@rm -rf build/sample
	@$(BIN)/python -m memorybook sample --to build/sample

.PHONY: test
test: setup ## check, then run every test in a private desktop
	@checked=0; $(MAKE) --no-print-directory check || checked=$$?; \
	$(DESKTOP) --seats $(JOBS) -- $(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(TESTS) || exit $$?; \
	exit $$checked

.PHONY: torture
torture: setup ## 1,000 power cuts and 200 kills, with their figures
	@$(DESKTOP) --seats $(JOBS) -- $(BIN)/python -m pytest -n $(JOBS) -rA --torture --timeout 7200 $(TORTURE)

.PHONY: check
check: $(INSTALLED) ## lint, types, layers
	@failed=''; \
	$(BIN)/ruff check src tests packaging/makers packaging/instead || failed="$$failed ruff"; \
	$(BIN)/mypy || failed="$$failed mypy"; \
	$(BIN)/lint-imports || failed="$$failed lint-imports"; \
	if [ -n "$$failed" ]; then echo "Not clean:$$failed" >&2; exit 1; fi

.PHONY: screenshots
screenshots: setup ## a picture of every screen in build/screenshots
	@rm -rf build/screenshots
	@$(DESKTOP) -- $(BIN)/python -m tests.flows.screenshots --to build/screenshots

.PHONY: references
references: setup ## make the pictures anew that the pages of the printed book are compared with
	@$(BIN)/python -m tests.unit.rendering.references

.PHONY: strings
strings: $(INSTALLED) ## collect the sentences for translation and compile every language
	@$(BIN)/python -m tests.translating

.PHONY: check-sources
check-sources: $(INSTALLED) ## before a release: what the support pane says on old or undated sources
	@$(BIN)/python -m tests.support_texts

.PHONY: readability
readability: $(INSTALLED) ## how hard each text of the support pane is to read
	@$(BIN)/python -m tests.support_texts reading

.PHONY: bench
bench: setup ## print the benchmark table
	@$(DESKTOP) -- $(BIN)/python -m tests.benchmarks

.PHONY: bare-test
bare-test: ## run and test from a clean clone on a bare Debian 12 in a folder of its own (root, debootstrap)
	@packaging/linux/bare-debian.sh $${TMPDIR:-/tmp}/memorybook-bare-debian

.PHONY: freeze
freeze: build/setup/run build/setup/package $(INSTALLED) ## the program as one folder, which packages are made from
	@$(BIN)/python packaging/makers freeze
	@$(BIN)/python packaging/makers gate

.PHONY: package
package: build/setup/run build/setup/package $(INSTALLED) ## every package for Linux, in dist
	@$(BIN)/python packaging/makers all

.PHONY: package-twice
package-twice: build/setup/run build/setup/package $(INSTALLED) ## make the packages twice and tell every difference
	@$(BIN)/python packaging/makers twice

.PHONY: sign
sign: $(INSTALLED) ## sign what is in dist: make sign KEY=the-key-of-who-publishes-it
	@[ -n "$(KEY)" ] || { echo "Whose key? make sign KEY=..., as gpg --list-secret-keys names it" >&2; exit 2; }
	@$(BIN)/python packaging/makers sums --sign "$(KEY)"

.PHONY: package-windows
package-windows: setup build/setup/package-windows ## the installer for Windows, in dist, tried under Wine
	@$(BIN)/python packaging/makers windows
	@$(DESKTOP) -- $(BIN)/python -m pytest -m windows tests/packaging $(TESTS)

.PHONY: package-test
package-test: setup ## test the packaged program and the packages
	@$(DESKTOP) --seats $(JOBS) -- $(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m packaging tests/packaging $(TESTS)

.PHONY: setup
setup: build/setup/run build/setup/test build/setup/package $(INSTALLED) ## bring everything that running and testing need

# Python itself comes with the system packages, so these come first.
$(INSTALLED): $(LOCK)/development.txt pyproject.toml packaging/find-python.sh | build/setup/run
	@[ -x $(BIN)/python ] && $(BIN)/python -c '' 2>/dev/null || { \
	    python=$$(sh packaging/find-python.sh "$(PYTHON)") || exit 1; \
	    echo "Making $(VENV) with $$python"; \
	    "$$python" -m venv --clear $(VENV); }
	@echo "Installing the locked versions"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    --require-hashes --only-binary :all: -r $(LOCK)/development.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    --no-index --no-deps --no-build-isolation --editable .
	@touch $@

# Where packages are missing and may not be installed, they are named, and what does not need them goes on.
build/setup/%: $(LISTS)/%.txt packaging/linux/install-system-packages.sh
	@mkdir -p $(@D)
	@if sh packaging/linux/install-system-packages.sh $<; then touch $@; else [ $$? = 3 ]; fi

.PHONY: lock
lock: $(INSTALLED) ## write the exact versions and their hashes for Python 3.11 to 3.14 on every system
	@$(BIN)/uv pip compile $(UPGRADE) --no-config --quiet --universal --python-version 3.11 --generate-hashes \
	    --custom-compile-command "make lock" --output-file $(LOCK)/runtime.txt pyproject.toml
	@$(BIN)/uv pip compile $(UPGRADE) --no-config --quiet --universal --python-version 3.11 --generate-hashes \
	    --custom-compile-command "make lock" --output-file $(LOCK)/development.txt \
	    --group dev --constraint $(LOCK)/runtime.txt pyproject.toml
	@$(BIN)/uv pip compile $(UPGRADE) --no-config --quiet --universal --python-version 3.11 --generate-hashes \
	    --custom-compile-command "make lock" --output-file $(LOCK)/package.txt \
	    --group package --constraint $(LOCK)/runtime.txt

.PHONY: clean
clean: ## remove what was built; the virtual environment stays
	@rm -rf build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
