# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Made reports for the cases of bench-diff, after lib.sh. The numbers follow from
# the seed alone, by the minimal standard generator (Park & Miller 1988), in any
# awk.
#
#     run_line RUN [MORE]                             a run line; MORE begins with a comma
#     results RUN SEED N CV NAME=CENTRE… [-- MORE]    a result with N samples of wall_time each

run_line() {
    printf '{"schema_version":"1.0.0","kind":"run","run_id":"%s","started_at":"2026-02-%sT10:00:00Z"%s}\n' \
        "$1" "${day:-01}" "${2:-}"
}

results() {
    awk -v run="$1" -v seed="$2" -v n="$3" -v cv="$4" 'BEGIN {
        for (i = 5; i < ARGC && ARGV[i] != "--"; i++) {
            split(ARGV[i], part, "=")
            printf "{\"schema_version\":\"1.0.0\",\"kind\":\"result\",\"run_id\":\"%s\",", run
            printf "\"benchmark\":{\"suite\":\"s\",\"name\":\"%s\"},\"outcome\":\"passed\"%s,", part[1], ARGV[ARGC - 2] == "--" ? ARGV[ARGC - 1] : ""
            printf "\"metrics\":[{\"name\":\"wall_time\",\"unit\":\"s\",\"better\":\"lower\",\"samples\":["
            for (k = 0; k < n; k++) printf "%s%.6f", k ? "," : "", part[2] * (1 + cv * normal())
            print "]}]}"
        }
    }
    function uniform() { seed = (seed * 16807) % 2147483647; return seed / 2147483647 }
    # The sum of twelve is as good as normal here.
    function normal(  sum, j) { for (j = 0; j < 12; j++) sum += uniform(); return sum - 6 }
    ' "$@"
}

# verdicts FILE: "name metric verdict" a line, in the order of the lines.
verdicts() {
    jq -r 'select(.kind == "comparison") | [.benchmark.name, .metric // "-", .verdict] | join(" ")' "$1"
}
