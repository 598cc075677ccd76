# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What the cases of bench-check are made of, after lib.sh.
#
#     targets 'EXPRESSION'…            writes targets.yaml with one target each
#     measured NAME 'SAMPLES' [MORE]     a result of run ${run:-r}: metric m, in ${unit:-s}; MORE
#                                      begins with a comma
#     judge 'EXPRESSION'               runs bench-check on it and report.jsonl, plain lines in out
#     is OUTCOME [REASON]              of the first check

targets() {
    echo 'targets:'
    for target; do
        printf "  - '%s'\n" "$(printf %s "$target" | sed "s/'/''/g")"
    done
}
measured() {
    printf '{"schema_version":"1.0.0","kind":"result","run_id":"%s","benchmark":{"suite":"s","name":"%s"},"outcome":"passed","metrics":[{"name":"m","unit":"%s","better":"%s","samples":[%s]}]%s}\n' \
        "${run:-r}" "$1" "${unit:-s}" "${better:-lower}" "$2" "${3:-}"
}
judge() {
    sentence=$1
    targets "$1" >targets.yaml
    shift
    run bench-check "$@" targets.yaml report.jsonl
    ok "$sentence: the lines are valid, and no figure is out of range" \
        'bench-validate --check out && ! grep -qiE "nan|inf[^a-z]" out'
}
is() {
    outcome=$1 reason=${2:-}
    ok "$sentence: $1${2:+, $2}" \
        'jq -se --arg o "$outcome" --arg r "$reason" ".[0] | .outcome == \$o and (\$r == \"\" or (.reasons | index(\$r) != null))" out'
}
# holds FILTER [NAME]: of the first check.
holds() {
    filter=$1
    ok "$sentence: ${2:-$1}" 'jq -se ".[0] | ($filter)" out'
}
series() { # series FROM STEP COUNT [STRIDE]: numbers with commas between, in no order that helps
# to guess the next; a small STRIDE does
    awk -v from="$1" -v step="$2" -v count="$3" -v stride="${4:-$([ "$3" -gt 30 ] && echo 31 || echo 7)}" 'BEGIN {
        for (i = 0; i < count; i++) printf "%s%.6g", i ? "," : "", from + step * (i * stride % count)
    }'
}
