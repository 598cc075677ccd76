#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Texts that want to be more than text, in every place of a report where a text
# can stand: what a reader sees must be the text and nothing else.
. "$(dirname "$0")/lib.sh"
cells=$BENCHLINE_BUILD/helpers/markdown_cells

cat >texts.jq <<'EOT'
["a|b", "|", "a\\|b", "end\\", "`tick`", "``", "line\nbreak", "cr\r\nlf", "<script>alert(1)</script>",
 "</details>", "<!-- x -->", "@user", "see #1 and o/r#2", "GH-3", "https://example.com/x", "www.example.com",
 "user@example.com", "[link](javascript:x)", "![image](x)", "**bold** _it_ ~no~", "# heading", "- item",
 "1. one", "> quote", "---", "| a | b |", ":tada:", "$x$", "&lt;", "{{tests.total}}", "\u202etxt.exe",
 "\u200fabc", "\u0007bell", "\u0000nul", "😀 emoji 👩‍🚀", "日本語", "", " blank ", "\ttab", "^", "[^1]: note"]
EOT

jq -nc --slurpfile texts texts.jq '
    {schema_version: "1.0.0", kind: "run", run_id: "r<b>|`", started_at: "2026-03-01T00:00:00Z",
     producer: {name: "p|<i>", version: "@user"}, subject: {name: "s`|#1", version: "<x>"},
     vcs: {commit: "c`|"}, system: {model: "m|<u>", os: {name: "o|", version: "1|"}, metadata: {"k|<k>": "v|#1"}}},
    ($texts[0] | to_entries[] | .value as $t | .key as $i |
        {schema_version: "1.0.0", kind: "result", run_id: "r<b>|`",
         benchmark: {suite: $t, name: $t, params: {($t): $t}}, variant: $t, outcome: "passed",
         model: {id: "org/\($t)\($i)", size_bytes: 1e9}, modality: $t,
         metrics: [{name: "wall_time", unit: "s", samples: [1, 2]}, {name: $t, unit: $t, samples: [1.5]}],
         health: {flags: [{flag: $t}], zombies: 0}},
        {schema_version: "1.0.0", kind: "result", run_id: "r<b>|`",
         benchmark: {suite: "f", name: $t}, outcome: "failed", reason: $t,
         failure: {exit_status: 1, stderr: "\($t)\n```\n</details>\n"}},
        {schema_version: "1.0.0", kind: "result", run_id: "r<b>|`",
         benchmark: {suite: "s", name: $t}, outcome: "skipped", reason: "\($t) \($i)"}),
    {schema_version: "1.0.0", kind: "end", run_id: "r<b>|`"}' >hostile.jsonl
count=$(jq length texts.jq)

run bench-render hostile.jsonl
status 0
quiet
"$cells" out >seen

ok 'nothing became HTML but what the template writes' '
    [ -z "$(grep "^!html: " seen | grep -vxE "!html: (</?details>|<summary>[^<>]*</summary>)")" ]'
ok 'nothing became a link, an image or other markup' '[ -z "$(grep "^!" seen | grep -v "^!html: ")" ]'
ok 'no heading is there that the template does not have' '
    [ -z "$(grep "^#" seen | tail -n +2 | grep -vxE "## (Failures|Input Files|Executive Summary|Test Summary|System Health|Per-Model Statistics|Benchmarks|Files and Provenance)|### (Skipped|Model Categories|Performance|Variants)")" ]'
ok 'every row of a table has the cells of its head' '
    sed "s/\\\\|//g" out | awk "
        /^\|/ { n = gsub(/\|/, \"|\"); if (open && n != width) { print FILENAME NR; bad = 1 } width = n; open = 1; next }
        { open = 0 } END { exit bad }"'
ok 'no line of a table lies outside one' '
    sed "/^\`\`\`\`/,/^\`\`\`\`/d" out | awk "/^\|/ && !open && before != \"\" { bad = 1 } { open = /^\|/; before = \$0 } END { exit bad }"'

# Hidden characters and line breaks have their stand-ins; an empty name is named.
see='def shown: gsub("\r\n"; "\n") | gsub("\u202e"; "⟨U+202E⟩") | gsub("\u200f"; "⟨U+200F⟩")
    | gsub("\u0007"; "␇") | gsub("\u0000"; "␀");
    def code: gsub("\r\n"; "␍␊") | gsub("\n"; "␊") | gsub("\t"; "␉") | shown;
    def text: shown | gsub("[\n\t]"; " ");'
jq -r "$see"' .[] | "f::" + code' texts.jq >names
ok 'each failed test is shown under its name' '
    while IFS= read -r name; do grep -qF -e "| $name	" seen || exit 1; done <names'
jq -r "$see"' to_entries[] | "\(.value) \(.key)" | text' texts.jq >reasons
ok 'each reason of a skipped test reads as it was' '
    while IFS= read -r reason; do grep -qF -e "| $reason	" seen || exit 1; done <reasons'
ok 'all of them were looked at' '[ "$(wc -l <names)" -eq "$count" ] && [ "$(wc -l <reasons)" -eq "$count" ]'
sed -e '/^````/,/^````/d' -e 's/``[^`]*\(`[^`]\+\)*``//g' -e 's/`[^`]*`//g' out >prose
ok 'nobody is pinged and no issue linked outside code' '
    [ -z "$(grep -E "(^|[^A-Za-z0-9])@[A-Za-z0-9]|[^&]#[0-9]|[Gg][Hh]-[0-9]|https?://" prose)" ]'

# ---- long names ----
jq -nc '{schema_version: "1.0.0", kind: "result", run_id: "r", benchmark: {name: ("x" * 10000)}, outcome: "failed",
    reason: ("y" * 10000)}' >long.jsonl
run bench-render long.jsonl
status 0
out_has '(10,000 characters)' 'a name of 10,000 characters is cut, and says so'
ok 'and the report stays small' '[ "$(wc -c <out)" -lt 5000 ]'
finish
