#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Random schemas and values, judged by bench-validate and by two others.
set -u
. "$BENCHLINE_SOURCE/tests/all/npm.sh"
npm_install schema-random ajv@8.20.0 ajv-formats@3.0.1 ajv-draft-04@1.0.0 \
    @cfworker/json-schema@4.1.6
if NODE_PATH=$npm/node_modules node "$(dirname "$0")/schema-random.js" "$BENCHLINE_BUILD/bin/bench-validate" \
    "$BENCHLINE_BUILD/schema-random"; then
    echo 'ok 1 - one of two others agrees on each value against each random schema'
else
    echo 'not ok 1 - one of two others agrees on each value against each random schema'
fi
echo '1..1'
