#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# conformance.sh BUILD [SUITE]: prints docs/conformance.md, measured by running
# the official suite. Cases that are not met need a reason in
# tests/data/schema/unmet.tsv (draft, file, group, case, reason); status 1 where
# one has none, or a required case is not met. What others reach stands in
# tests/data/schema/peers.tsv.
set -eu
build=$1
suite=${2:-/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance}
top=$(dirname "$0")/../..
reasons=$top/tests/data/schema/unmet.tsv
peers=$top/tests/data/schema/peers.tsv
if [ ! -d "$suite/tests" ]; then
    echo "conformance.sh: $suite is not there; install libtest-json-schema-acceptance-perl" >&2
    exit 3
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/conformance.XXXXXX")
trap 'rm -rf "$work"' EXIT
"$build/helpers/schema_suite" "$suite" >"$work/counts"
"$build/helpers/schema_suite" -f "$suite" >"$work/unmet"

awk -F '\t' -v counts="$work/counts" -v reasons="$reasons" -v peers="$peers" '
function title(draft) { return draft ~ /20/ ? substr(draft, 6) : "draft " substr(draft, 6) }
BEGIN {
    while ((getline line < counts) > 0) {
        split(line, part, "\t")
        draft = part[1]; file = part[2]
        if (!(draft in seen)) { seen[draft] = 1; order[++drafts] = draft }
        kind = file ~ /^optional\// ? "optional" : "required"
        passed[draft, kind] += part[3]; total[draft, kind] += part[4]
        if (kind == "optional" && part[4] > 0) {
            files[draft] = files[draft] sprintf("| %s | %d | %d |\n", substr(file, 10), part[3], part[4])
        }
    }
    while ((getline line < peers) > 0) {
        if (line ~ /^#/) continue
        split(line, part, "\t")
        others = others sprintf("| %s | %s | %d of %d | %d of %d |\n", part[1], title(part[2]), part[3], part[4], part[5], part[6])
    }
    while ((getline line < reasons) > 0) {
        if (line ~ /^#/) continue
        split(line, part, "\t")
        why[part[1], part[2], part[3], part[4]] = part[5]
    }
}
{
    kind = $2 ~ /^optional\// ? "optional" : "required"
    if (kind == "required" || !(($1, $2, $3, $4) in why)) {
        printf "not met, and without a reason: %s %s: %s: %s: %s\n", $1, $2, $3, $4, $5 > "/dev/stderr"
        bad = 1
    }
    unmet[$1] = unmet[$1] sprintf("- %s, \"%s\", \"%s\": %s\n", substr($2, 10), $3, $4, why[$1, $2, $3, $4])
}
END {
    print "# Conformance of the JSON Schema engine"
    print ""
    print "Measured by `make check`, which runs the official JSON Schema test suite in the"
    print "edition of Debian 12 (libtest-json-schema-acceptance-perl) and fails where this"
    print "page differs from what it finds. A case counts where `schema_accepts` and"
    print "`schema_explain` both give the verdict that the suite gives."
    print ""
    print "| draft | required cases met | optional cases met |"
    print "|---|---|---|"
    for (i = 1; i <= drafts; i++) {
        draft = order[i]
        printf "| %s | %d of %d | %d of %d |\n", title(draft), passed[draft, "required"], total[draft, "required"], passed[draft, "optional"], total[draft, "optional"]
    }
    print ""
    print "Others, on the same cases with the same count (`make check-all` measures them; a"
    print "draft that one does not know is left out). The one in C, WJElement, is not in Debian"
    print "12 nor on npm, so it is not among them; it knows no draft after 4."
    print ""
    print "| program | draft | required cases met | optional cases met |"
    print "|---|---|---|---|"
    printf "%s", others
    for (i = 1; i <= drafts; i++) {
        draft = order[i]
        printf "\n## Optional cases of %s\n\n| file | met | of |\n|---|---|---|\n%s", title(draft), files[draft]
        if (draft in unmet) printf "\nNot met:\n\n%s", unmet[draft]
    }
    exit bad
}' "$work/unmet"
