# The two commands to know are `make run` and `make test`.
# Any Python 3.11 or later starts them; everything else they bring themselves.

PYTHON ?= python3
PORT ?= 8000
STEP ?=
NAME ?=

.DEFAULT_GOAL := help
.PHONY: help run test assets bench pictures pins clean

help: ## Show these lines
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Start the wiki on http://127.0.0.1:8000 (PORT=9000 for another port)
	@exec $(PYTHON) -m tools.run --port "$(PORT)"

test: ## Run every check (STEP=unit for one, STEP=list for their names)
	@$(PYTHON) -m tools.test $(STEP)

assets: ## Build styles and scripts again if they changed
	@$(PYTHON) -m tools.assets

bench: ## Print the measurements (NAME=diff for one)
	@$(PYTHON) -m tools.bench $(NAME)

pictures: ## Take the pictures of the README anew
	@$(PYTHON) -m tools.pictures

pins: ## Write the versions installed in .venv to constraints.txt
	@$(PYTHON) -m tools.pins

clean: ## Remove everything built or installed here; the wiki's data stays
	rm -rf .venv .cache build dist node_modules static/dist
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
