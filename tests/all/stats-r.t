# SPDX-License-Identifier: GPL-2.0-or-later
# The tables that the statistics are tested against are what R makes today: each
# script is run again and its numbers are compared with those kept.
. "$(dirname "$0")/../cli/lib.sh"

ok 'Rscript is here' 'command -v Rscript'

# The same keys, and numbers that agree to 1e-11; what R finds is rounded by the
# machine's own mathematics. Prints what differs.
cat >agree.awk <<'EOF'
function apart(a, b, d, size) {
    if (a == b)
        return 0
    d = a - b
    size = b < 0 ? -b : b
    return !((d < 0 ? -d : d) <= 1e-11 * size)
}
{
    if ((getline line < kept) <= 0) {
        print FILENAME ":" FNR ": not in the table"
        failed = 1
        exit
    }
    count = split(line, cell, "\t")
    bad = count != NF || $1 != cell[1]
    for (i = 2; i <= NF && !bad; i++)
        bad = $1 == "case" ? $i != cell[i] : apart($i, cell[i])
    if (bad) {
        print kept ":" FNR ": " line
        print "made again: " $0
        failed = 1
        exit
    }
}
END {
    if (!failed && (getline line < kept) > 0) {
        print kept ": has more than was made again"
        failed = 1
    }
    exit failed
}
EOF

for script in "$data"/stats/*.R; do
    name=$(basename "$script" .R)
    [ "$name" = common ] && continue
    ok "$name.tsv is what R makes of $name.R" \
        "(cd '$data/stats' && Rscript '$name.R') >'$name.tsv' &&
        awk -F '\t' -v kept='$data/stats/$name.tsv' -f agree.awk '$name.tsv'"
done
for table in "$data"/stats/*.tsv; do
    ok "$(basename "$table") has a script" "[ -f '${table%.tsv}.R' ]"
done
finish
