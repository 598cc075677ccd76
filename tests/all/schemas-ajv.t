#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A second opinion on schemas/ and on the reports in tests/data/reports: what
# Ajv says of them. Our own engine has its own cases.
set -u
. "$BENCHLINE_SOURCE/tests/all/npm.sh"
npm_install schemas-ajv ajv@8 ajv-formats@3
NODE_PATH=$npm/node_modules exec node "$(dirname "$0")/schemas-ajv.js" "$BENCHLINE_SOURCE"
