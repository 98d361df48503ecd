# make demo | make test | make bench: each sets up what it needs by itself.
# Needs Python 3.11 or later, and PyPI the first time. make check runs the linters.

PY ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
KG := $(BIN)/kg
PICTURES := build/pictures
SEEN := --zone Asia/Yerevan --title "What was said, 12 to 14 September 2022"
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test bench lint check generate clean
.DELETE_ON_ERROR:

help:
	@echo "make demo   build the graph, ask three questions, draw three pictures"
	@echo "make test   run every test"
	@echo "make bench  compare shapes of the graph, derive, ask and push, with 100,000 claims and more (over an hour)"
	@echo "make check  lint, format, types, wheel, docs"
	@echo "make clean  remove build/ and $(VENV)/"

demo: $(VENV)/.ready
	@mkdir -p $(PICTURES)
	$(KG) build
	@echo; echo "Who was foreign minister of Armenia on 1 July 2021? A gap is a gap."
	$(KG) ask office-on-a-day 'day=2021-07-01[Asia/Yerevan]'
	@echo; echo "Who held, claimed and recognised Lachin on 25 August 2022, and under which names?"
	$(KG) ask place-on-a-day
	@echo; echo "Who was party to the Collective Security Treaty on 13 September 2022, and what else is said of it?"
	$(KG) ask treaty-parties-on-a-day
	@echo; echo "Pictures of what the seed article says:"
	$(KG) draw source:seed-article $(SEEN) -o $(PICTURES)/seed-article.svg
	$(KG) draw source:seed-article $(SEEN) -o $(PICTURES)/seed-article.html
	$(KG) draw source:seed-article $(SEEN) -o $(PICTURES)/seed-article.gexf
	@echo; echo "Open in a browser:  $(CURDIR)/$(PICTURES)/seed-article.html"
	@echo "For print:          $(CURDIR)/$(PICTURES)/seed-article.svg"
	@echo "For Gephi:          $(CURDIR)/$(PICTURES)/seed-article.gexf"

test: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -n auto

bench: $(VENV)/.ready-dev
	$(BIN)/python bench/shapes.py
	$(BIN)/python bench/reasoning.py
	$(BIN)/python bench/questions.py
	$(BIN)/python bench/explorer.py
	$(BIN)/python bench/push.py

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

check: lint
	$(BIN)/python -m pytest -q tests/house

# What is derived from the ontology and the files of graphs/, and committed.
generate: $(VENV)/.ready
	$(BIN)/python -m kg.schema
	$(BIN)/python -m kg.loaders.schema
	$(KG) build
	$(KG) draw source:seed-article $(SEEN) -o docs/seed-article.svg
	$(KG) draw source:seed-article $(SEEN) --figure network -o docs/pictures/seed-network.svg
	$(KG) draw source:seed-article $(SEEN) --figure timeline -o docs/pictures/seed-timeline.svg
	$(KG) draw source:seed-article $(SEEN) --figure map -o docs/pictures/seed-map.svg
	$(KG) draw place:lachin --title Lachin --figure map -o docs/pictures/lachin-map.svg
	$(KG) draw --title "All that is in the graph" --figure timeline -o docs/pictures/whole-timeline.svg
	$(KG) draw --title "All that is in the graph" --figure map -o docs/pictures/whole-map.svg
	$(KG) stats --format md > docs/statistics.md
	$(BIN)/python -m kg.profiles.tables.page > docs/tables.md

clean:
	rm -rf build $(VENV)

$(BIN)/python:
	@test -n "$(PY)" || { echo "make: no Python 3.11 or later is on the PATH; name one: make PY=/path/to/python3.12" >&2; exit 1; }
	@$(PY) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "make: $(PY) cannot make a virtual environment: on Debian, apt-get install python3-venv" >&2; exit 1; }
	$(PY) -m venv $(VENV)

# What is needed to use kg; made again when pyproject.toml or the script of the explorer changes.
WEB := kg/pictures/explorer/web
$(VENV)/.ready: pyproject.toml $(wildcard $(WEB)/src/*.js) $(WEB)/package-lock.json | $(BIN)/python
	@$(PIP) install --upgrade 'pip>=25.1'
	$(PIP) install --editable .
	@touch $@

# What is needed to work on kg.
$(VENV)/.ready-dev: pyproject.toml $(VENV)/.ready
	$(PIP) install --group dev
	@touch $@
