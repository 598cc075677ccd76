# SPDX-License-Identifier: GPL-2.0-or-later
# Peak memory against the length of the input: bench-validate must not grow.
# Goals: under 8 MB for lines to 64 KiB; above, that and twice the longest line.
line='{"schema_version":"0.1.0","timestamp":"2026-01-02T03:04:05Z","mlx_knife_version":"2.0.2","test":"a.py::t","outcome":"passed"'
awk -v line="$line" 'BEGIN {
    pad = "x"; while (length(pad) < 60000) pad = pad pad
    for (i = 0; i < 400; i++) print line ",\"metadata\":{\"pad\":\"" substr(pad, 1, 60000) "\"}}"
}' >"$scratch/wide-1.jsonl"
for i in 1 2 3 4 5 6 7 8 9 10; do cat "$scratch/wide-1.jsonl"; done >"$scratch/wide-10.jsonl"
# One line of 24 MB: everything in one member.
{
    printf '%s' "${line},\"metadata\":{\"pad\":\""
    tr -d '\n"' <"$scratch/wide-1.jsonl"
    printf '"}}\n'
} >"$scratch/long.jsonl"
bench-run -n validate-memory --variant 24-MB --variant 240-MB --variant 240-MB-j2 --variant 24-MB-line \
    -w 1 -r 5 -o "$report" \
    "bench-validate --check $scratch/wide-1.jsonl" "bench-validate --check $scratch/wide-10.jsonl" \
    "bench-validate --check -j 2 $scratch/wide-10.jsonl" "bench-validate --check $scratch/long.jsonl"
rm -f "$scratch/wide-10.jsonl" "$scratch/long.jsonl"
# bench-render keeps results, not lines: the same results with 60 KB of metadata each.
sed 's/,"metadata":.*/}/' "$scratch/wide-1.jsonl" >"$scratch/narrow.jsonl"
bench-run -n render-memory --variant narrow --variant wide -w 1 -r 5 -o "$report" \
    "bench-render -t report -o /dev/null $scratch/narrow.jsonl" \
    "bench-render -t report -o /dev/null $scratch/wide-1.jsonl"
