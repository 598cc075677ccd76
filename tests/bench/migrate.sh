# SPDX-License-Identifier: GPL-2.0-or-later
# Migrating old lines on one thread, against reading them. Goal: 150 MB/s of input.
data=$scratch/v0.2.2.jsonl
[ -s "$data" ] || build/plain/helpers/gen_reports 200000 >"$data"
bench-run -n migrate-v0.2.2 -w 1 -r 5 -o "$report" \
    --variant to-1.0.0 --variant to-itself --variant cat \
    "bench-migrate $data" "bench-migrate --to 0.2.2 $data" "cat $data"
