# What can be made here; each does its own set-up. Only Rust has to be on the machine.

CARGO ?= cargo
BROWSER ?= $(firstword $(foreach name,chromium chromium-browser google-chrome,$(shell command -v $(name))))

.DEFAULT_GOAL := help
.PHONY: help map build test browser engines lint fmt bench fuzz dist pictures clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

map: ## Show what each file of the program holds, by its first line
	@find src -name '*.rs' | sort | while read -r file; do printf '%s: ' "$$file"; sed -n '1s|^//! ||p' "$$file"; done

build: ## Build the site of guides/ into output/
	$(CARGO) run --release -- build

# The browser and the examples in the documentation come first, so that the last line tells of the tests.
test: browser ## Run every test
	$(CARGO) test --doc
	$(CARGO) test --lib --bins --tests

# A browser is not ours to install on someone's machine: without one, these tests say so and pass by.
browser: ## Run the browser tests, where there is a browser
	@if [ ! -e tests/browser/run ]; then \
		:; \
	elif [ -n "$(BROWSER)" ]; then \
		BROWSER="$(BROWSER)" bash tests/browser/run; \
	else \
		echo "browser tests: left out, as there is no Chromium here"; \
	fi

engines: ## Load the documents for other search engines into Groonga and tantivy, and ask them
	bash tests/export/run

lint: ## Check the formatting, and what Clippy holds
	@$(CARGO) fmt --version >/dev/null 2>&1 || { echo "rustfmt is missing: rustup component add rustfmt" >&2; exit 2; }
	@$(CARGO) clippy --version >/dev/null 2>&1 || { echo "Clippy is missing: rustup component add clippy" >&2; exit 2; }
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets -- -D warnings

fmt: ## Format the code
	@$(CARGO) fmt --version >/dev/null 2>&1 || { echo "rustfmt is missing: rustup component add rustfmt" >&2; exit 2; }
	$(CARGO) fmt

bench: ## Measure time and memory
	$(CARGO) bench

SECONDS ?= 60
fuzz: ## Try random input on all that is read, SECONDS=60 each
	bash fuzz/run $(SECONDS)

dist: ## Compile static programs for Linux, and pack them for everybody into target/packages/
	CARGO="$(CARGO)" bash dist/make

pictures: ## Take the README's pictures anew, in Chromium
	SUITE=pictures BROWSER="$(BROWSER)" bash tests/browser/run

clean: ## Delete what was compiled
	$(CARGO) clean
