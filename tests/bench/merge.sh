# SPDX-License-Identifier: GPL-2.0-or-later
# Merging ten sorted files of 200 MB, against sort -m on the same bytes (goal: 2.5
# times), 2 GB of lines in no order in a pipe (goal: under 300 MB of memory), and a
# file for each of 5,000 values.
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
# Every side writes a file that is not there: beside an old output the one that
# renames would need 2 GB more of the page cache, and memory that a guest system has
# not used lately costs more than the merge. What was removed need not be written
# any more, so no side writes out what another left. bench-merge waits for the disk,
# sort does not; cat with sync is what this machine needs for that much at least.
bench-run -n merge-sorted -w 1 -r 5 -p "rm -f $folder/out" -o "$report" \
    --variant benchline --variant sort-m --variant cat-sync \
    "bench-merge -o $folder/out $files" "sort -m -o $folder/out $files" \
    "sh -c 'cat $files >$folder/out && sync $folder/out'"
bench-run -n merge-shuffled -r 3 -p "rm -f $folder/out" -S sh -o "$report" \
    "bench-merge -T $folder -o $folder/out - <$folder/shuffled"
# A file for each of 5,000 values, written anew and in place of old ones.
if [ ! -s "$folder/values" ]; then
    awk 'BEGIN {
        for (i = 0; i < 5000; i++) {
            printf "{\"schema_version\":\"1.0.0\",\"kind\":\"run\",\"run_id\":\"r%d\",", i
            print "\"started_at\":\"2026-01-01T00:00:00Z\",\"subject\":{\"name\":\"s\",\"version\":\"" i "\"}}"
            for (k = 0; k < 10; k++)
                printf "{\"schema_version\":\"1.0.0\",\"kind\":\"result\",\"run_id\":\"r%d\",\"benchmark\":{\"name\":\"b%d\"},\"outcome\":\"passed\"}\n", i, k
        }
    }' >"$folder/values"
fi
mkdir -p "$folder/split"
bench-run -n merge-split-5000 -w 1 -r 5 -o "$report" \
    "bench-merge --split-by subject.version -o $folder/split/{}.jsonl $folder/values"
rm -rf "$folder/out" "$folder/split"
