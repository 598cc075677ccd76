#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every input in the corpus of every fuzz target, as found in earlier runs.
. "$(dirname "$0")/lib.sh"

targets=0
for source in "$BENCHLINE_SOURCE"/tests/fuzz/fuzz_*.c; do
    target=$(basename "$source" .c)
    corpus=$BENCHLINE_SOURCE/tests/fuzz/corpus/${target#fuzz_}
    files=$(find "$corpus" -type f | wc -l)
    run "$BENCHLINE_BUILD/fuzz/$target" "$corpus"
    status 0 "$target replays its corpus"
    ok "$target: each file of the corpus was replayed" "test $files -gt 0 && grep -qx '$files files replayed' out"
    targets=$((targets + 1))
done
ok 'there is a target to replay' "test $targets -gt 0"
mkdir nothing
run "$BENCHLINE_BUILD/fuzz/fuzz_json" nothing
status 1 'a folder without files is a failure'
finish
