#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every tool has a manual that mandoc accepts, and --help and the manual name the
# same options.
. "$(dirname "$0")/lib.sh"

# The option names that a manual documents: of ".It Fl o , Fl -output Ar file" o and output.
documented() {
    sed -n 's/^\.It //p' "$1" | awk '{
        flag = 0
        for (i = 1; i <= NF; i++) {
            if ($i == "Fl") { flag = 1; continue }
            if ($i == "," || $i == "|") continue
            if ($i ~ /^[A-Z][a-z]$/) { flag = 0; continue }
            if (!flag) continue
            name = $i
            sub(/^-/, "", name)
            print name
        }
    }' | LC_ALL=C sort -u
}
# The names in the tool'"'"'s own table; help and version belong to all.
known() {
    "$1" --list-options | awk -F '\t' '{ if ($1 != "-") print $1; if ($2 != "-") print $2 }' |
        LC_ALL=C sort -u
}

count=0
for tool in "$BENCHLINE_BUILD"/bin/bench*; do
    name=$(basename "$tool")
    manual=$BENCHLINE_SOURCE/tools/$name/$name.1
    count=$((count + 1))
    ok "$name has a manual" '[ -f "$manual" ]'
    ok "$name: mandoc accepts the manual" \
        '! mandoc -T lint -W warning "$manual" | grep -v "referenced manual not found"'
    documented "$manual" | grep -vx -e h -e help -e version >documented
    known "$tool" | grep -vx -e h -e help -e version >known
    ok "$name: --help and the manual name the same options" 'diff known documented'
    ok "$name: the manual tells of --help and --version" \
        'grep -q "Fl -help" "$manual" && grep -q "Fl -version" "$manual"'
    ok "$name: the summary is that of the manual" \
        '[ "$("$tool" --list-summary)" = "$(sed -n "s/^\.Nd //p" "$manual")" ]'
    run "$tool" --help
    status 0
    quiet
    ok "$name: no line of --help is wider than 80 columns" '! grep -nE "^.{81,}" out'
    run "$tool" --version
    status 0
    out_has "$name (benchline) $(cat "$BENCHLINE_SOURCE/tools/lib/base/VERSION")"
    out_has '1.0.0'
    ok "$name: a full disk under --help is status 4" '"$tool" --help >/dev/full 2>/dev/null; [ $? = 4 ]'
done
ok 'what can be typed stands in the manuals as it is typed: unfolded, with its quotes' \
    '! grep -nE "^\.Dl (.*\"|.{68,}$)" "$BENCHLINE_SOURCE"/docs/*.[57] "$BENCHLINE_SOURCE"/tools/*/*.1 |
        grep -v "\\\\(dq"'
ok 'there was a tool to look at' '[ "$count" -ge 4 ]'
finish
