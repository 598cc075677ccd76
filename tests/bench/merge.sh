# SPDX-License-Identifier: GPL-2.0-or-later
# Merging ten sorted files of 200 MB, against sort -m on the same bytes (goal: 2.5
# times), and 2 GB of lines in no order in a pipe (goal: under 300 MB of memory).
folder=$scratch/merge
if [ ! -s "$folder/9.jsonl" ]; then
    mkdir -p "$folder"
    bench-migrate tests/data/reports/v0.2.2.jsonl >"$folder/run"
    # The same run again and again, under a new name and ten minutes later each time.
    for n in 0 1 2 3 4 5 6 7 8 9; do
        awk -v n="$n" -v limit=200000000 '
            { lines[NR] = $0 }
            END {
                for (i = 0; size < limit; i++) {
                    name = sprintf("%032d", 10 * i + n)
                    minute = 10 * i + n
                    time = sprintf("20%02d-%02d-%02dT%02d:%02d:00Z", 20 + int(minute / 483840), \
                        1 + int(minute / 40320) % 12, 1 + int(minute / 1440) % 28, \
                        int(minute / 60) % 24, minute % 60)
                    for (l = 1; l <= NR; l++) {
                        line = lines[l]
                        sub(/"run_id":"[^"]*"/, "\"run_id\":\"" name "\"", line)
                        if (l == 1)
                            sub(/"started_at":"[^"]*"/, "\"started_at\":\"" time "\"", line)
                        print line
                        size += length(line) + 1
                    }
                }
            }' "$folder/run" >"$folder/$n.jsonl"
    done
    cat "$folder"/?.jsonl | shuf >"$folder/shuffled"
fi
files=$(echo "$folder"/?.jsonl)
LC_ALL=C
export LC_ALL
bench-run -n merge-sorted -w 1 -r 5 -o "$report" --variant benchline --variant sort-m \
    "bench-merge -o $folder/out $files" "sort -m -o $folder/out $files"
bench-run -n merge-shuffled -r 3 -o "$report" -S sh \
    "bench-merge -T $folder -o $folder/out - <$folder/shuffled"
rm -f "$folder/out"
