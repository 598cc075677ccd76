#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A second opinion on schemas/ and on the reports in tests/data/reports: what
# Ajv says of them. Our own engine has its own cases.
set -u
ajv=$BENCHLINE_BUILD/ajv
mkdir -p "$ajv"
if ! npm install --prefix "$ajv" --no-save --no-audit --no-fund ajv@8 ajv-formats@3 >"$ajv/log" 2>&1; then
    echo 'Bail out! npm could not install ajv and ajv-formats'
    sed 's/^/# /' "$ajv/log"
    exit 1
fi
NODE_PATH=$ajv/node_modules exec node "$(dirname "$0")/schemas-ajv.js" "$BENCHLINE_SOURCE"
