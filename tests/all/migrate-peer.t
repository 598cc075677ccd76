#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# bench-migrate against a second implementation, on random lines of every old version.
set -u
if node "$(dirname "$0")/migrate-peer.js" "$BENCHLINE_BUILD/bin/bench-migrate" "$BENCHLINE_BUILD/migrate-peer"; then
    echo 'ok 1 - a second implementation makes the same of each random line, by every path'
else
    echo 'not ok 1 - a second implementation makes the same of each random line, by every path'
fi
echo '1..1'
