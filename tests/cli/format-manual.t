# SPDX-License-Identifier: GPL-2.0-or-later
# The format manual, held against the newest schema.
. "$(dirname "$0")/lib.sh"

lint=$BENCHLINE_SOURCE/tests/lint/format-manual
manual=docs/benchline-report.5

run "$lint"
status 0 'the format manual names the fields, types and words of the schema'
quiet

ok 'the format manual is sound mdoc' \
    'mandoc -T lint -W warning "$BENCHLINE_SOURCE/docs/benchline-report.5"'
ok 'the format manual shows an example of every kind of line' \
    '"$lint" --examples | jq -r .kind | sort -u >shown
     jq -r ".properties.kind.enum[]" "$BENCHLINE_SOURCE/schemas/report-current.schema.json" | sort | cmp - shown'

# The check itself: what the manual lacks, and what it invents, is found.
mkdir -p tree/tests/lint tree/docs tree/schemas
cp "$lint" tree/tests/lint/
cp -P "$BENCHLINE_SOURCE"/schemas/report-*.json tree/schemas/
sed -e 's/^\.It Va isolation\.nice Pq integer or null$/.It Va isolation.niceness Pq integer or null/' \
    -e '/^\.It Cm newly-failing$/d' \
    "$BENCHLINE_SOURCE/$manual" >"tree/$manual"
run tree/tests/lint/format-manual
status 1 'a manual that differs from the schema is refused'
err_has "lacks the field: run	isolation.nice Pq integer or null"
err_has "has a field that the schema has not: run	isolation.niceness Pq integer or null"
err_has "lacks the word: comparison	newly-failing"

finish
