# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Made histories for the cases of bench-trend, after lib.sh. The numbers follow from
# the seed alone, by the minimal standard generator (Park & Miller 1988), in any
# awk.
#
#     history N       N runs, one a day from 2025-01-01 on, each with nine benchmarks of
#                     wall_time: see `level` for what happens to which
#     repository N    the same as a stream for git fast-import: run i in reports/run.jsonl
#                     of commit i, which has the tag v1.I.0, annotated where i is odd

history_awk='
function uniform() { seed = (seed * 16807) % 2147483647; return seed / 2147483647 }
# The sum of twelve is as good as normal here.
function normal(  sum, j) { for (j = 0; j < 12; j++) sum += uniform(); return sum - 6 }
function level(name, i) {
    if (name == "stepped") return i < n * .6 ? .1 : .108
    if (name == "twice") return i < n * .3 ? .2 : i < n * .7 ? .24 : .21
    if (name == "ramp") return i < n * .4 ? .3 : i < n * .7 ? .3 + .1 * (i - n * .4) / (n * .3) : .4
    if (name == "fresh") return i < n - 2 ? .05 : .06
    if (name == "spiky") return i == int(n / 4) || i == int(n / 2) ? .2 : .1
    if (name == "renamed") return i < n * .8 ? .1 : .13
    return .1
}
function result(run, name, at,  k) {
    text = text sprintf("{\"schema_version\":\"1.0.0\",\"kind\":\"result\",\"run_id\":\"%s\",", run)
    text = text sprintf("\"benchmark\":{\"suite\":\"s\",\"name\":\"%s\"},\"outcome\":\"passed\",", name)
    text = text "\"metrics\":[{\"name\":\"wall_time\",\"unit\":\"s\",\"better\":\"lower\",\"samples\":["
    at *= 1 + .01 * normal()
    for (k = 0; k < 8; k++) text = text (k ? "," : "") sprintf("%.6f", at * (1 + .01 * normal()))
    text = text "]}]}\n"
}
# The lines of run i, in text.
function lines(i, more,  month, run) {
    run = "r" i
    text = sprintf("{\"schema_version\":\"1.0.0\",\"kind\":\"run\",\"run_id\":\"%s\",", run)
    text = text sprintf("\"started_at\":\"%04d-%02d-%02dT00:00:00Z\"%s}\n", 2025 + int(i / 336),
        1 + int(i / 28) % 12, 1 + i % 28, more)
    result(run, "steady", level("steady", i))
    result(run, "stepped", level("stepped", i))
    result(run, "twice", level("twice", i))
    result(run, "ramp", level("ramp", i))
    result(run, "fresh", level("fresh", i))
    result(run, "spiky", level("spiky", i))
    result(run, i < n / 2 ? "before" : "after", level("renamed", i))
    if (i % 3 == 0) result(run, "gappy", level("gappy", i))
    if (i < 3) result(run, "young", .1)
}
'

history() {
    awk -v n="$1" "$history_awk"'BEGIN { seed = 7; for (i = 0; i < n; i++) { lines(i, ""); printf "%s", text } }'
}

repository() {
    LC_ALL=C awk -v n="$1" "$history_awk"'
    function data(bytes) { printf "data %d\n%s\n", length(bytes), bytes }
    function person(what, i) { printf "%s Tester <tester@example.org> %d +0000\n", what, 1735689600 + i * 86400 }
    BEGIN {
        seed = 7
        for (i = 0; i < n; i++) {
            lines(i, "")
            print "commit refs/heads/main\nmark :" i + 1
            person("author", i); person("committer", i)
            data("number " i)
            print "M 644 inline reports/run.jsonl"
            data(text)
            if (i % 2 == 0) { printf "reset refs/tags/v1.%d.0\nfrom :%d\n\n", i, i + 1; continue }
            printf "tag v1.%d.0\nfrom :%d\n", i, i + 1
            person("tagger", i); data("release")
        }
    }'
}

# verdicts FILE: "name verdict" a line, in the order of the lines.
verdicts() {
    jq -r 'select(.kind == "trend") | [.benchmark.name, .verdict] | join(" ")' "$1"
}

# steps FILE NAME: "ref percent status" for each step of a benchmark.
steps() {
    jq -r --arg name "$2" 'select(.kind == "trend" and .benchmark.name == $name) | .changes[]
        | [.ref // (.index | tostring), (.ratio * 100 - 100 | round | tostring), .status] | join(" ")' "$1"
}
