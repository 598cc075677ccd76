# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Series over time: 1,000 tags with 200 KB of reports each (40 benchmarks, 2 metrics,
# 250 samples), read for the first time (goal: under 1.5 s) and with what is kept from
# then (under 50 ms; the table, since a million figures as lines take as long again), beside what a shell would do: git show and jq for each tag, on 50
# of them; and a series of 10,000 points (under 100 ms).
folder=$scratch/trend
if [ ! -s "$folder/points.jsonl" ]; then
    rm -rf "$folder"
    mkdir -p "$folder"
    git init -q "$folder/many"
    LC_ALL=C awk '
    function uniform() { seed = (seed * 16807) % 2147483647; return seed / 2147483647 }
    function samples(centre,  i, text) {
        for (i = 0; i < 250; i++) text = text sprintf(i ? ",%.6f" : "%.6f", centre * (.98 + .04 * uniform()))
        return text
    }
    function result(i, b,  level) {
        level = (1 + b / 10) * (.99 + .02 * uniform()) * (b % 4 == 0 && i > 600 ? 1.08 : 1)
        return sprintf("{\"schema_version\":\"1.0.0\",\"kind\":\"result\",\"run_id\":\"r%d\",\"benchmark\":{\"suite\":\"s\",\"name\":\"b%d\"},\"outcome\":\"passed\",\"metrics\":[{\"name\":\"wall_time\",\"unit\":\"s\",\"better\":\"lower\",\"samples\":[%s]},{\"name\":\"user_time\",\"unit\":\"s\",\"better\":\"lower\",\"samples\":[%s]}]}\n", i, b, samples(level), samples(level))
    }
    function data(bytes) { printf "data %d\n%s\n", length(bytes), bytes }
    BEGIN {
        seed = 3
        for (i = 0; i < 1000; i++) {
            text = sprintf("{\"schema_version\":\"1.0.0\",\"kind\":\"run\",\"run_id\":\"r%d\",\"started_at\":\"2025-01-01T00:00:00Z\"}\n", i)
            for (b = 0; b < 40; b++) text = text result(i, b)
            print "commit refs/heads/main\nmark :" i + 1
            printf "committer T <t@example.org> %d +0000\n", 1700000000 + i * 3600
            data("number " i)
            print "M 644 inline reports/run.jsonl"
            data(text)
            printf "reset refs/tags/v1.%d.0\nfrom :%d\n\n", i, i + 1
        }
    }' | git -C "$folder/many" fast-import --quiet
    git -C "$folder/many" pack-refs --all
    awk '
    function uniform() { seed = (seed * 16807) % 2147483647; return seed / 2147483647 }
    BEGIN {
        seed = 5
        for (i = 0; i < 10000; i++) {
            printf "{\"schema_version\":\"1.0.0\",\"kind\":\"run\",\"run_id\":\"r%d\",\"started_at\":\"2025-01-01T%02d:%02d:%02dZ\"}\n", i, i / 3600, i / 60 % 60, i % 60
            printf "{\"schema_version\":\"1.0.0\",\"kind\":\"result\",\"run_id\":\"r%d\",\"benchmark\":{\"name\":\"b\"},\"outcome\":\"passed\",\"metrics\":[{\"name\":\"m\",\"unit\":\"s\",\"better\":\"lower\",\"samples\":[%.6f]}]}\n", i, (i < 6000 ? 1 : 1.03) * (.97 + .06 * uniform())
        }
    }' >"$folder/points.jsonl"
fi
trend="bench-trend -C $folder/many --tags 'v*' -o $folder/out reports"
cat >"$folder/shell" <<'EOT'
cd "$1" && git tag | head -n 50 | while read -r tag; do
    git show "$tag:reports/run.jsonl" | jq -r 'select(.kind == "result") | .benchmark.name as $name | .metrics[]
        | [$name, .name, (.samples | sort | .[length / 2 | floor])] | @tsv'
done
EOT
bench-run -n trend-1000-tags -r 5 -o "$report" -p "rm -rf $folder/many/.git/benchline" "$trend"
bench-run -n trend-1000-tags-again -w 2 -r 20 -o "$report" --variant table --variant lines \
    "bench-trend -C $folder/many --tags 'v*' --format=table -o $folder/out reports" "$trend"
bench-run -n trend-50-tags -r 2 -o "$report" --variant git-show-jq "sh $folder/shell $folder/many"
bench-run -n trend-10000-points -w 2 -r 20 -o "$report" "bench-trend -o $folder/out $folder/points.jsonl"
