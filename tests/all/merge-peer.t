#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# bench-merge against a second implementation, on random reports.
set -u
if node "$(dirname "$0")/merge-peer.js" "$BENCHLINE_BUILD/bin/bench-merge" "$BENCHLINE_BUILD/merge-peer"; then
    echo 'ok 1 - a second implementation merges each set of random reports in the same way'
else
    echo 'not ok 1 - a second implementation merges each set of random reports in the same way'
fi
echo '1..1'
