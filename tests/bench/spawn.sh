# SPDX-License-Identifier: GPL-2.0-or-later
# What it costs to start programs, beside hyperfine -N: 400 runs of true are to
# take no longer, and their median is to be no higher. And what many samples
# cost: under 32 MB, and the last ones no more time than the first.
bench-run --suite tests/bench/spawn.yaml -o "$report"
rm -f "$scratch/many.jsonl"
bench-run -n many-samples -r 1 --timeout 10m -o "$report" -- \
    bench-run -r 100000 -o "$scratch/many.jsonl" true
bench-run --suite tests/bench/growth.yaml -o "$report"
rm -f "$scratch/many.jsonl"
