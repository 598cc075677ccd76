#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The Mustache specification's own cases, in the edition that Debian ships with
# r-cran-whisker. What is newer (dynamic names, inheritance, lambdas) is in
# tests/unit/document/test_mustache.c.
. "$(dirname "$0")/lib.sh"

specs=/usr/lib/R/site-library/whisker/specs
ok 'the specification is installed' '[ -f $specs/sections.json ]'

# check NAME TEMPLATE DATA EXPECTED [PARTIAL TEXT]…
check() {
    name=$1
    rm -rf case
    mkdir case
    printf %s "$2" >case/main.mustache
    printf %s "$3" >case/data.json
    printf %s "$4" >case/expected
    shift 4
    while [ $# -gt 0 ]; do
        printf %s "$2" >"case/$1.mustache"
        shift 2
    done
    run bench-render --json case/data.json -t case/main.mustache
    out_is case/expected "$module: $name"
}

for module in comments delimiters interpolation inverted partials sections; do
    eval "$(jq -r '.tests[] | "check " + ([.name, .template, (.data | tojson), .expected] +
        ((.partials // {}) | to_entries | map(.key, .value)) | @sh)' "$specs/$module.json")"
done
finish
