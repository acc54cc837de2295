# make demo   the main job on a sample visit, on a machine with nothing but Python
# make test   everything that must hold before a commit lands
# make test-long   the proof that nothing is lost and nothing forged, at length
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: demo test check lock clean

demo: $(READY) catalogues
	@$(BIN)/inspect-kit demo

# Tests of screens wait half of their time: three workers keep two cores busy.
test: check
	$(BIN)/pytest -n 3 --dist worksteal

check: $(READY) catalogues
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/inspect-kit checklist check

# What benchmarks/ measures beside ours.
.PHONY: peers
peers: $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check apsw fpdf2 pygeodiff typst weasyprint

# The interface's texts: `texts` gathers them from the code into the catalogues, `catalogues` compiles what is newer.
PO := $(wildcard inspect_kit/locale/*/LC_MESSAGES/inspect_kit.po)
.PHONY: texts catalogues
texts: $(READY)
	$(BIN)/python docs/make_texts.py
catalogues: $(PO:.po=.mo)
%.mo: %.po $(READY)
	@$(BIN)/python hatch_build.py

# One set of versions for everybody, by hash, and no build isolation, so that nothing unlocked is run.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "inspect_kit needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

# uv.lock carries the addresses of whichever registry made it; the committed lock carries names, versions and hashes.
lock: # needs the uv of an earlier set-up; the set-up itself waits for the lock
	$(BIN)/uv lock --upgrade
	$(BIN)/uv export --quiet --format requirements.txt --all-groups --no-group peers --all-extras --no-emit-project --no-header -o requirements.lock >/dev/null

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist inspect-kit-demo*

# A day of work in a real terminal, by keys alone (needs tmux; a minute and a half).
.PHONY: long
long: $(READY)
	$(BIN)/pytest -n0 -m long tests/long

# Ten thousand histories of four laptops, seven thousand spoilt files, two hundred kills: docs/RELIABILITY.md.
.PHONY: test-long
test-long: $(READY)
	HYPOTHESIS_PROFILE=long $(BIN)/pytest -n 2 --dist worksteal tests/casebook

# docs/checklists, from the item banks; a test holds the committed pages to them.
.PHONY: docs
docs: $(READY)
	$(BIN)/python docs/make_checklists.py

# The pictures of README and docs, from the running program (needs poppler-utils).
.PHONY: pictures
pictures: $(READY)
	$(BIN)/python docs/make_pictures.py
