# `make help` explains every target. Works with GNU make 3.81 and later.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:
.NOTPARALLEL:

ADDR ?= 127.0.0.1:8080
DATA ?= ./var
BENCHTIME ?= 1s
TIMEOUT ?= 20m
SOAK ?= 30m
KILLS ?= 200
FAILOVERS ?= 3

TOOLS := .tools/go.mod
TOOL := go tool -modfile=$(TOOLS)
NODE_MODULES := web/node_modules/.installed
BUNDLE := web/dist/manifest.json
GO_FILES = $(shell find . -name node_modules -prune -o -name '*.go' -print)
BUNDLE_SOURCES := $(shell find web/bundle web/assets -type f)

.PHONY: help
help: ## explain every target
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: build ## build and start the program with example data (ADDR=127.0.0.1:8080 DATA=./var)
	@exec bin/gevinst demo --addr '$(ADDR)' --data '$(DATA)'

.PHONY: build
build: bundle ## make bin/gevinst with its script and style
	@go build -trimpath -o bin/gevinst ./cmd/gevinst

.PHONY: bundle
bundle: $(BUNDLE) ## make web/dist, the script and style, from web/assets and the npm packages

$(BUNDLE): $(NODE_MODULES) $(BUNDLE_SOURCES) | need-go
	@cd web/bundle && go run . ..
	@touch $@

# The stamp comes last, so that an installation cut short is done again.
$(NODE_MODULES): web/package.json web/package-lock.json | need-node
	@cd web && npm ci --ignore-scripts --loglevel=error >/dev/null
	@touch $@

.PHONY: test
test: need-test-programs lint bundle ## check everything: format, lint, both databases, browser, accessibility
	@cd web/bundle && go test -timeout $(TIMEOUT) ./...
	@go test -timeout $(TIMEOUT) ./...

.PHONY: lint
lint: need-go ## check the format, go vet and staticcheck
	@unformatted=$$($(TOOL) gofumpt -l $(GO_FILES)) || exit 1; \
	if [ -n "$$unformatted" ]; then echo "Not formatted, run make fmt:"; echo "$$unformatted"; exit 1; fi
	@go vet ./...
	@$(TOOL) staticcheck ./...
	@cd web/bundle && go vet ./... && go tool -modfile=../../$(TOOLS) staticcheck ./...

.PHONY: fmt
fmt: need-go ## format the Go code
	@$(TOOL) gofumpt -w $(GO_FILES)

.PHONY: golden
golden: bundle ## write the tests' expected files anew; read the difference before you commit it
	@go test $$(grep -rl --include='*_test.go' --exclude-dir=node_modules 'flag.Bool("update"' . | \
		xargs -n 1 dirname | sort -u) -update

.PHONY: bench
bench: need-test-programs bundle ## measure against yardsticks (BENCHTIME=1s each; BENCH_TABLE=file keeps the table)
	@go test -run '^$$' -bench . -benchtime=1x -timeout $(TIMEOUT) ./web/bench/ -args -each $(BENCHTIME)

.PHONY: survive
survive: need-test-programs bundle ## kill, fill, fail over and load it for long (SOAK=30m KILLS=200 FAILOVERS=3); make test does it briefly
	@go test -v -count=1 -timeout 3h ./cmd/gevinst/survive/ -args -soak $(SOAK) -kills $(KILLS) -failovers $(FAILOVERS)

.PHONY: deps
deps: need-go $(NODE_MODULES) ## download what build and test use
	@go mod download
	@go mod download -modfile=$(TOOLS)
	@cd web/bundle && go mod download

.PHONY: clean
clean: ## remove what was built and downloaded into the folder; data stays
	@rm -rf bin web/node_modules
	@find web/dist -mindepth 1 ! -name .gitkeep -delete

# What the machine must have; each stops with the line that installs it.
.PHONY: need-go need-node need-test-programs
need-go:
	@.tools/need go
need-node:
	@.tools/need node
need-test-programs:
	@.tools/need --install go node chromium postgresql glpk libreoffice
