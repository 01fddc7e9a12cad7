# Huifang (回访). `make help` lists what there is.
#
# Tools are built once from source into .cache/bin at the versions below and
# kept; nothing else is installed, except the console's packages into
# web/node_modules, and PostgreSQL and Chromium for the tests.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

GOLANGCI_VERSION := v2.15.0
DEADCODE_VERSION := v0.52.0

CACHE    := $(CURDIR)/.cache
GOLANGCI := $(CACHE)/bin/golangci-lint-$(GOLANGCI_VERSION)
DEADCODE := $(CACHE)/bin/deadcode-$(DEADCODE_VERSION)
VERSION  := $(shell git -c safe.directory='*' describe --tags --always --dirty 2>/dev/null || echo dev)
# Two packages at a time: the suites start databases and processes of their own.
TESTFLAGS ?= -p 2

export CGO_ENABLED ?= 0
# The version comes from VERSION; a checkout owned by somebody else must still build.
export GOFLAGS += -buildvcs=false

.PHONY: help demo test check bench crash build console pages screenshots lint fmt generate

# What the console is made of.
CONSOLE  := web/dist/index.html
PACKAGES := web/node_modules/.package-lock.json
SOURCES  := $(shell find web/src web/public web/scripts -type f 2>/dev/null) web/index.html web/vite.config.ts web/tsconfig.json

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: build ## build, fill a demo with a year of sample data, and serve it
	bin/huifang demo

build: $(CONSOLE) ## build bin/huifang, with the console in it
	go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/huifang ./cmd/huifang

console: $(CONSOLE) # build the console when its sources changed

$(CONSOLE): $(PACKAGES) $(SOURCES)
	cd web && npm run --silent build

# The versions of the lock. `npm ci` would refuse a lock that leaves out what other
# platforms need.
$(PACKAGES): web/package.json web/package-lock.json
	scripts/npm.sh web install --no-save
	touch $@

test: build ## run every test on SQLite and PostgreSQL, the console's in a real browser (installs what is missing)
	@HUIFANG_TEST_POSTGRES="$$(scripts/postgres.sh)"; export HUIFANG_TEST_POSTGRES; \
	HUIFANG_CHROMIUM="$$(scripts/chromium.sh)"; export HUIFANG_CHROMIUM; \
	set -x; go test $(TESTFLAGS) ./...; cd web; npm run --silent test; npm run --silent e2e

pages: build ## check every page of the console: axe, width, layout shift, complaints of the browser
	@HUIFANG_CHROMIUM="$$(scripts/chromium.sh)"; export HUIFANG_CHROMIUM; \
	cd web; HUIFANG_E2E=pages npm run --silent e2e

screenshots: build ## photograph every page of the console into web/screenshots
	@HUIFANG_CHROMIUM="$$(scripts/chromium.sh)"; export HUIFANG_CHROMIUM; \
	cd web; npm run --silent screenshots

check: lint generated test ## everything a change must pass

lint: $(GOLANGCI) $(DEADCODE) $(CONSOLE) ## layout, the lint set, dead code
	$(GOLANGCI) fmt --diff
	$(GOLANGCI) run ./...
	scripts/nothing.sh $(DEADCODE) -test ./...
	cd web && npm run --silent types && npm run --silent lint && npm run --silent unused && npm run --silent size

fmt: $(GOLANGCI) ## mend layout
	$(GOLANGCI) fmt

generate: $(PACKAGES) ## write the generated files again
	go generate ./...
	cd web && npm run --silent generate

.PHONY: generated
generated: $(PACKAGES) # generated files must be as committed
	scripts/unchanged.sh $(MAKE) --no-print-directory generate

bench: ## measure against the limits of the machine; writes docs/benchmarks.md
	@DATABASE_URL="$$(scripts/postgres.sh durable)"; export DATABASE_URL; \
	set -x; go run ./bench -out docs/benchmarks.md -history docs/benchmarks.jsonl

crash: ## kill the product 50 times at each kind of work, on both databases
	@HUIFANG_TEST_POSTGRES="$$(scripts/postgres.sh)"; export HUIFANG_TEST_POSTGRES; \
	set -x; go test -count=1 -timeout 60m -v ./bench/crash -kills 50

$(GOLANGCI):
	mkdir -p $(@D)
	GOBIN=$(CACHE)/build go install -ldflags '-s -w' github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)
	mv $(CACHE)/build/golangci-lint $@

$(DEADCODE):
	mkdir -p $(@D)
	GOBIN=$(CACHE)/build go install -ldflags '-s -w' golang.org/x/tools/cmd/deadcode@$(DEADCODE_VERSION)
	mv $(CACHE)/build/deadcode $@
