#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What other validators reach on the official suite today, against what
# docs/conformance.md says of them.
set -u
suite=/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance
. "$BENCHLINE_SOURCE/tests/all/npm.sh"
npm_install schema-peers ajv@8.20.0 ajv-formats@3.0.1 ajv-draft-04@1.0.0 \
    @cfworker/json-schema@4.1.6 @exodus/schemasafe@1.3.0 jsonschema@1.5.0
NODE_PATH=$npm/node_modules node "$(dirname "$0")/schema-peers.js" "$suite" >"$npm/measured"
if grep -v '^#' "$BENCHLINE_SOURCE/tests/data/schema/peers.tsv" | diff - "$npm/measured" >"$npm/difference"; then
    echo 'ok 1 - the peers reach what docs/conformance.md says'
else
    echo 'not ok 1 - the peers reach what docs/conformance.md says'
    sed 's/^/# /' "$npm/difference"
fi
echo '1..1'
