# The commands of the project. `make` alone lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

LIENTHONG := .build/release/lienthong
SWIFT_SOURCES := Package.swift Sources Tests
DOCUMENTATION := .build/documentation
TEST_LOG := .build/tests.log
DOCUMENTED := $(basename $(notdir $(wildcard Sources/*/*.docc)))

.PHONY: help run demo test test-devices bench bench-decode format lint doc clean setup setup-tests
.PHONY: release simulate

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup release ## show the main job on a sample group of two libraries, and stay up until Ctrl-C
	@$(LIENTHONG) demo --stay

demo: setup release ## the same, and exit
	@$(LIENTHONG) demo

test: setup-tests lint ## check the layout, scan in the device lab, and run every test
	@echo "Building the program and its tests…"
	@swift build --build-tests
	@Devices/lab/run --try
	@echo "Running every test…"
	@# One after the other: side by side, pictures and browsers starve what is waited for.
	@# What failed is told once more at the end, where it is looked for.
	@swift test --skip-build --disable-xctest --no-parallel 2>&1 | tee $(TEST_LOG) \
	  || { printf '\nWhat failed:\n'; grep --after-context=4 '^✘' $(TEST_LOG); exit 1; }

test-devices: setup-tests ## scan through real drivers in an emulated machine with Debian's kernel
	@echo "Building the program and the lab…"
	@swift build --product lienthong
	@swift build --product DeviceLab
	@Devices/lab/run

simulate: setup-tests ## live through a term at two schools, and write its report
	@echo "Building the simulation…"
	@swift build --product TermSimulation
	@.build/debug/TermSimulation Sources/Rotation/Rotation.docc/SimulatedTerm.md

bench: setup release ## measure, and print a table in Markdown
	@echo "Building the benchmarks…"
	@swift build --configuration release --product Benchmarks
	@echo "Measuring…"
	@.build/release/Benchmarks

bench-decode: setup ## read the photos of SET=folder beside zbar and zxing-cpp, and print rates
	@test -n "$(SET)" || { echo "Say which photos: make bench-decode SET=folder"; exit 64; }
	@echo "Building the reader of photos…"
	@swift build --configuration release --product DecodeRates
	@.build/release/DecodeRates "$(SET)"

format: ## lay out every Swift file by the house style
	@swift format --in-place --parallel --recursive $(SWIFT_SOURCES)
	@echo "Formatted."

lint: ## check every Swift file against the house style
	@echo "Checking the layout of every Swift file…"
	@swift format lint --strict --parallel --recursive $(SWIFT_SOURCES)

doc: setup ## make the documentation as a web site in .build/documentation
	@echo "Making the documentation of $(DOCUMENTED)…"
	@swift package --allow-writing-to-directory $(DOCUMENTATION) generate-documentation \
	  $(addprefix --target ,$(DOCUMENTED)) --enable-experimental-combined-documentation \
	  --symbol-graph-minimum-access-level package --transform-for-static-hosting \
	  --output-path $(DOCUMENTATION)
	@echo "Look at it with: python3 -m http.server --directory $(DOCUMENTATION)"

clean: ## throw away what was built
	@swift package clean
	@rm -rf $(DOCUMENTATION)
	@echo "Clean."

setup:
	@Devices/setup

setup-tests:
	@Devices/setup --tests

release:
	@echo "Building LienThong (release)…"
	@swift build --configuration release --product lienthong
