#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The suites that ship are right, and those of common programs run.
. "$(dirname "$0")/lib.sh"

for suite in "$BENCHLINE_SOURCE"/docs/suites/*.yaml "$BENCHLINE_SOURCE"/tests/bench/*.yaml; do
    run bench-run --dry-run --suite "$suite"
    status 0 "$(basename "$suite") says what would be run"
    quiet
done
ok 'bench-validate checks a suite too' 'bench-validate --check --whole --schema suite "$BENCHLINE_SOURCE"/docs/suites/*.yaml'
printf 'benchmarks:\n  - {name: a, xcommand: b, command: c}\n' >bad.yaml
run bench-validate --check --whole --schema suite bad.yaml
status 1
out_has 'bad.yaml:2:25: /benchmarks/0/xcommand'
printf 'benchmarks:\n\t- {name: a}\n' >bad.yml
run bench-validate --check --whole --schema suite bad.yml
out_has 'bad.yml:2:1: a tab'
run bench-validate --whole --schema suite "$BENCHLINE_SOURCE/docs/suites/text.yaml"
out_is "$BENCHLINE_SOURCE/docs/suites/text.yaml" 'a suite that is right is passed on as it stands'
cp "$BENCHLINE_SOURCE"/docs/suites/*.yaml .
run bench-run --suite compress.yaml -r 2
status 0 'the compressors are measured'
ok 'each of them, and the size of what they make' 'jq -es "[.[] | select(.kind == \"result\")] | (map(.outcome) | unique == [\"passed\"]) and (map(.metrics[10].name // empty) | unique == [\"compressed_size\"])" out'
run bench-run --suite text.yaml -r 2
status 0 'sort and grep are measured'
run bench-run --suite benchline.yaml -r 2 -b version -b validate
status 0 'this toolkit is measured'
finish
