# Mulin 睦邻. Two commands matter: `make demo` and `make test`. Everything lands in this checkout.
.DEFAULT_GOAL := help
# Where the environment says so, Python would compile all of itself anew at every start.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help demo test bench soak check fix screens messages lock clean build

PY := .venv/bin/python
PINS := $(wildcard requirements/*.txt) pyproject.toml tools/install.sh
FRONT := $(shell find frontend -name node_modules -prune -o -type f -print 2>/dev/null)
# The stylesheet keeps only the classes that pages and code name, so these are a reason to build it again.
PAGES := $(shell find src/mulin -name migrations -prune -o \( -name '*.html' -o -name '*.py' \) -print)
WORDS := $(shell find src/mulin -name '*.po')
NPM := PATH="$(CURDIR)/.venv/bin:$$PATH" npm --prefix frontend

help: ## say what each command does
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 18
	@echo
	@echo '  Settings: make demo PORT=8000 DEMO_LANG=en|zh-hans    make test ALLOW_SKIP=1'

demo: build ## install, build the demo town, serve it and say where
	@.venv/bin/mulin demo

test: ## run every check and every test, on SQLite and PostgreSQL, in a real browser
	@$(MAKE) --no-print-directory .venv/ready-test
	@$(MAKE) --no-print-directory build tests/lists/node_modules/.package-lock.json
	@$(PY) -m tools.test_all

# The whole run of both databases and sizes writes bench/results.json and docs/bench.md; a part of it only says what it saw.
bench: .venv/ready-test build ## measure what it costs, over HTTP and beside the floor (ROWS=10000 SECONDS=3 DATABASES=postgres: a quick look)
	@$(PY) -m bench $(if $(ROWS),--rows $(ROWS)) $(if $(SECONDS),--seconds $(SECONDS)) $(if $(DATABASES),--databases $(DATABASES)) \
	  $(if $(OPERATIONS),--operations $(OPERATIONS)) $(if $(ROWS)$(DATABASES)$(OPERATIONS),,--keep)

soak: .venv/ready-test build ## load, kill, fill and restart, then count: nothing may be lost (SECONDS=60 KILLS=50 PARTS=steady,killed)
	@$(PY) -m soak $(if $(SECONDS),--seconds $(SECONDS)) $(if $(KILLS),--kills $(KILLS)) $(if $(PARTS),--parts $(PARTS)) \
	  $(if $(DATABASES),--databases $(DATABASES))

check: .venv/ready-test ## the quick checks: style, types, storeys
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

fix: .venv/ready-test ## mend style and layout
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

screens: .venv/ready-test build ## take the pictures of docs/screens again
	@$(PY) -m tools.screens

messages: .venv/ready-run ## gather what is to be translated into each room's .po files
	@$(PY) -m tools.messages gather

lock: .venv/ready-run ## pin the requirements again (make lock UPGRADE=--upgrade for newer ones)
	@sh tools/lock.sh $(UPGRADE)

clean: ## remove everything made here, but the towns in var/
	rm -rf .venv build frontend/node_modules tests/lists/node_modules src/mulin/look/static/look/dist src/mulin/look/fonts .mypy_cache .ruff_cache .pytest_cache
	find src tests tools -name '__pycache__' -prune -exec rm -rf {} +
	find src -name '*.mo' -delete

build: .venv/ready-run build/frontend build/words

.venv/ready-run: $(PINS)
	@sh tools/install.sh run

.venv/ready-test: $(PINS)
	@sh tools/install.sh test

frontend/node_modules/.package-lock.json: frontend/package.json frontend/package-lock.json | .venv/ready-run
	@echo 'Installing the front end ...'
	@$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

tests/lists/node_modules/.package-lock.json: tests/lists/package-lock.json | .venv/ready-run
	@echo 'Fetching the official lists that tests load ...'
	@PATH="$(CURDIR)/.venv/bin:$$PATH" npm --prefix tests/lists ci --no-audit --no-fund --loglevel=error
	@touch $@

build/frontend: frontend/node_modules/.package-lock.json $(FRONT) $(PAGES) | .venv/ready-run
	@echo 'Building the front end ...'
	@$(NPM) run --silent build -- --logLevel warn
	@$(PY) -m whitenoise.compress --quiet --no-brotli src/mulin/look/static/look/dist
	@mkdir -p src/mulin/look/fonts
	@cp frontend/node_modules/@expo-google-fonts/noto-sans-sc/400Regular/*.ttf \
	    frontend/node_modules/@expo-google-fonts/noto-sans-sc/700Bold/*.ttf src/mulin/look/fonts/
	@mkdir -p build && touch $@

build/words: $(WORDS) tools/messages.py | .venv/ready-run
	@$(PY) -m tools.messages compile
	@mkdir -p build && touch $@
