# Huifang (回访). `make help` lists what there is.
#
# Tools are built once from source into .cache/bin at the versions below and
# kept; nothing else is installed, except PostgreSQL for the tests.

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

.PHONY: help demo test check bench crash build lint fmt generate

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: build ## build, fill a demo with a year of sample data, and serve it
	bin/huifang demo

build: ## build bin/huifang
	go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/huifang ./cmd/huifang

test: ## run every test on SQLite and PostgreSQL (installs PostgreSQL if missing)
	@HUIFANG_TEST_POSTGRES="$$(scripts/postgres.sh)"; export HUIFANG_TEST_POSTGRES; \
	set -x; go test $(TESTFLAGS) ./...

check: lint generated test ## everything a change must pass

lint: $(GOLANGCI) $(DEADCODE) ## layout, the lint set, dead code
	$(GOLANGCI) fmt --diff
	$(GOLANGCI) run ./...
	scripts/nothing.sh $(DEADCODE) -test ./...

fmt: $(GOLANGCI) ## mend layout
	$(GOLANGCI) fmt

generate: ## write the generated files again
	go generate ./...

.PHONY: generated
generated: # generated files must be as committed
	scripts/unchanged.sh go generate ./...

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
