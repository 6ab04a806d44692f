# For developers. Every target sets up what it needs; nothing but Python is needed by hand.
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
CYCLONEDX := 7.5.0
HAS_PROXIES = { command -v nginx && command -v caddy; } >/dev/null
HAS_PROGRAMS = { command -v pspp && command -v Rscript && command -v soffice; } >/dev/null

.PHONY: help setup check test analysts proxies wheelhouse sbom bench mishaps chance simulation bundles fix lock words statement pictures drawing lines

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "make %-8s %s\n", $$1, $$2}'

setup: ## bring .venv, the browser and the rest up to date
	@python3 tests --setup-only

check: setup ## linters, types, architecture, templates, scripts, migrations
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports --no-cache
	$(PYTHON) -m djlint --lint --quiet surveyapp/templates
	$(PYTHON) -m tests.npm run --silent lint
	$(PYTHON) -m tests.npm run --silent types
	$(PYTHON) -m pytest -q -n 0 tests/scripts/test_bundles.py
	$(PYTHON) -m pytest -q tests/db/test_migrations.py -k models_equal_migrations

test: setup ## the fast path: tests of what changed, or of FOLDER=tests/model; no browser, SQLite only
	$(PYTHON) -m tests.fast $(FOLDER)

analysts: setup ## what PSPP, R and LibreOffice read (installed by apt where this is root)
	@$(HAS_PROGRAMS) || { test "$$(id -u)" = 0 && apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends pspp r-base-core libreoffice-calc >/dev/null && $(HAS_PROGRAMS); } \
		|| { echo "Install PSPP, R and LibreOffice Calc, then type this again."; exit 1; }
	$(PYTHON) -m pytest -q -n 0 -m analysts tests/analysts

proxies: setup ## the examples for nginx and Caddy, run (installed by apt where this is root)
	@$(HAS_PROXIES) || { test "$$(id -u)" = 0 && apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends nginx-light caddy >/dev/null && $(HAS_PROXIES); } \
		|| { echo "Install nginx and Caddy, then type this again."; exit 1; }
	$(PYTHON) -m pytest -q -n 0 -m proxies tests/deploy

chance: setup ## the properties, each with a thousand examples drawn anew
	$(PYTHON) -m pytest -q -n 2 --dist worksteal --hypothesis-profile=chance \
		$$(grep -rl "^from hypothesis" tests --include="test_*.py")

simulation: setup ## plant faults, one at a time, that events played by chance have to find
	$(PYTHON) -m pytest -q -n 2 -m simulation tests/simulation

wheelhouse: setup ## every pinned package of the app, to be installed without a connection
	$(PYTHON) -m pip download --quiet --require-hashes --only-binary :all: -r requirements.txt --dest build/wheelhouse

sbom: setup ## what the app is made of, as CycloneDX: build/sbom.json
	@mkdir -p build
	.venv/bin/uv tool run --quiet --from 'cyclonedx-bom==$(CYCLONEDX)' cyclonedx-py requirements requirements.txt \
		--output-reproducible --output-file build/sbom.json

bench: setup ## load and export benchmarks: print ratios, write bench/results/ (PART=phones for one; peer, hall, kills and hour take long and run when named)
	$(PYTHON) -m bench $(PART)

mishaps: setup ## 200 people answer while signal, browser and server die at random moments: print what was lost or doubled
	$(PYTHON) -m bench.mishaps 200

bundles: setup ## make anew what pages load of the scripts
	$(PYTHON) -m tests.npm run --silent bundle -- --outdir=surveyapp/static/bundles

fix: setup ## format, and mend what the linter can mend
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-strip-extras --custom-compile-command "make lock" $(LOCKFLAGS)
lock: setup ## pin the requirements anew (LOCKFLAGS=--upgrade for newer versions)
	$(LOCK) requirements.in --output-file requirements.txt
	$(LOCK) requirements-parquet.in --output-file requirements-parquet.txt
	$(LOCK) requirements-s3.in --output-file requirements-s3.txt
	$(LOCK) tests/requirements.in --output-file tests/requirements.txt

words: setup ## bring the translations up to date with the code, compile them, say what is to be translated
	$(PYTHON) -m surveyapp.translations

statement: setup ## pass the gate, then write down for the accessibility statement what checked the pages and when
	python3 tests tests/browser/test_gate.py tests/browser/test_organisers_pages.py tests/browser/test_canary.py tests/browser/test_languages.py -q
	$(PYTHON) -m tests.gate.record

lines: setup ## every line of the contract, the figures and the accessibility list with its tests, and the other way round
	$(PYTHON) -m tests.house.lines

drawing: setup ## draw the rooms and their imports for docs/architecture.md anew
	$(PYTHON) -m tests.house.drawing

pictures: setup ## take the documents' pictures anew
	PICTURES=1 python3 tests tests/browser/test_pictures.py
