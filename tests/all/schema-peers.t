#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What other validators reach in the official suite, measured as ours is: the
# figures that docs/conformance.md shows beside our own.
. "$(dirname "$0")/../cli/lib.sh"

suite=/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance
peers=$BENCHLINE_BUILD/peers
kept=$BENCHLINE_SOURCE/tests/data/schema/peers.tsv
ok 'the peers can be installed' \
    'npm install --silent --no-audit --no-fund --prefix "$peers" ajv@8.17.1 ajv-formats@3.0.1 \
        ajv-draft-04@1.0.0 @cfworker/json-schema@4.1.1 jsonschema@1.5.0'
ok 'they run the suite' \
    'NODE_PATH="$peers/node_modules" node "$BENCHLINE_SOURCE/tests/all/schema-peers.js" "$suite" >measured'
grep -v '^#' "$kept" >shown
ok 'docs/conformance.md shows what was measured' 'diff -u shown measured'
ok 'there were peers for every draft' '[ "$(cut -f 3 measured | sort -u | grep -c .)" -eq 5 ]'
finish
