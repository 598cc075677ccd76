#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# bench-validate as a filter: what passes, what does not, and what it says.
. "$(dirname "$0")/lib.sh"

good='{"schema_version":"0.1.0","timestamp":"2026-01-02T03:04:05Z","mlx_knife_version":"2.0.2","test":"a.py::t","outcome":"passed"}'
bad='{"schema_version":"0.1.0","timestamp":"2026-01-02T03:04:05Z","mlx_knife_version":"2.0.2","test":"a.py::t","outcome":"pased"}'

for version in 0.1.0 0.2.0 0.2.1 0.2.2 1.0.0; do
    run bench-validate "$data/reports/v$version.jsonl"
    status 0 "a report of version $version is valid"
    out_is "$data/reports/v$version.jsonl" "it passes byte for byte ($version)"
    quiet "nothing is said about it ($version)"
done

printf '%s\n\n%s\n' "$good" "$bad" >mixed.jsonl
printf '%s\n' "$good" >good.jsonl
printf '%s\n' "$bad" >bad.jsonl
run bench-validate --invalid rest.jsonl mixed.jsonl
status 1 'a bad line makes the status 1'
out_is good.jsonl 'the good line passes'
err_has 'mixed.jsonl:3:117: /outcome: ' 'the message names file, line, column and pointer'
err_has 'passed' 'the message says what was expected'
ok 'the bad line goes to --invalid byte for byte' 'cmp rest.jsonl bad.jsonl'

run bench-validate --check mixed.jsonl
status 1
out_has 'mixed.jsonl:3:117: /outcome: ' '--check writes the report to standard output'
quiet

run bench-validate --summary mixed.jsonl
err_has '3 lines: 1 valid, 1 bad' '--summary counts the lines'

run bench-validate --check --report=jsonl mixed.jsonl
ok 'the diagnostics are valid lines of the report format' 'bench-validate --check out'
ok 'a diagnostic carries its places' \
    'jq -e "select(.kind == \"diagnostic\" and .line == 3 and .column == 117 and .instanceLocation == \"/outcome\" and .severity == \"error\")" out'

run bench-validate --check --report=sarif mixed.jsonl
ok 'SARIF is one JSON document with the result' \
    'jq -e ".version == \"2.1.0\" and .runs[0].results[0].locations[0].physicalLocation.region.startLine == 3" out'
run bench-validate --check --report=sarif good.jsonl
ok 'SARIF without results is a whole document too' 'jq -e ".runs[0].results == []" out'

run bench-validate --check --report=github mixed.jsonl
out_has '::error file=mixed.jsonl,line=3,col=117' 'workflow commands name the place'

# ---- input of all kinds ----
run bench-validate <good.jsonl
out_is good.jsonl 'standard input is read where no file is named'
run sh -c "bench-validate - <bad.jsonl"
err_has '<stdin>:1:' 'standard input has a name in messages'

gzip -k good.jsonl
zstd -q good.jsonl
run bench-validate good.jsonl.gz good.jsonl.zst
cat good.jsonl good.jsonl >twice
out_is twice 'gzip and zstd are unpacked'

mkdir folder && cp good.jsonl folder/b.jsonl && cp mixed.jsonl folder/a.jsonl && echo x >folder/c.txt
run bench-validate folder
out_is twice 'a folder stands for its reports, by name'
err_has 'folder/a.jsonl:3:'

printf '%s' "$good" >unended.jsonl
run bench-validate unended.jsonl
out_is unended.jsonl 'a last line without newline passes as it stands'
run bench-validate unended.jsonl good.jsonl
out_is twice 'the lines of two files do not run together'

: >empty
run bench-validate empty
status 0 'an empty file holds no bad line'
silent

# ---- faults of content: status 1, and the rest goes on ----
fault() { # fault NAME TEXT-OF-THE-MESSAGE: the line is in the file "line"
    { cat good.jsonl; cat line; cat good.jsonl; } >around
    run bench-validate --invalid rest.jsonl around
    status 1 "$1: status 1"
    err_has "around:2:" "$1: the message names the line"
    err_has "$2" "$1: the message says \"$2\""
    out_is twice "$1: the lines around it pass"
    ok "$1: the line is kept byte for byte" 'cmp rest.jsonl line'
}
echo '{"a":' >line
fault 'a cut-off value' 'expected'
printf '{"a":"\377"}\n' >line
fault 'a byte that is not UTF-8' 'UTF-8'
printf '{"a":"x\000y"}\n' >line
fault 'a NUL byte' 'expected'
{ head -c 100000 /dev/zero | tr '\0' '['; echo; } >line
fault 'nesting of 100,000' 'deep'
echo '{"a":1,"a":2}' >line
fault 'a key twice' 'twice'
echo '{"a":1e999}' >line
fault 'a number beyond any double' 'double'
echo '{"schema_version":"7.0.0"}' >line
fault 'an unknown version' '"7.0.0"'
echo '{"kind":"run"}' >line
fault 'a line without a version' 'schema_version'
echo '[1]' >line
fault 'a line that is no object' 'schema_version'
echo '{} {}' >line
fault 'two values on a line' 'expected'

head -c 70000 /dev/zero | tr '\0' 'x' >long && echo >>long
cp long line
{ cat good.jsonl; cat line; cat good.jsonl; } >around
run bench-validate --max-line 64K --invalid rest.jsonl around
status 1 'a line over the ceiling: status 1'
err_has 'around:2:1: the line is longer than 65536 bytes' 'a line over the ceiling is told once'
out_is twice 'a line over the ceiling: the lines around it pass'
ok 'a line over the ceiling is kept' 'cmp rest.jsonl line'

# A gigabyte in one line, under the default ceiling of 256 MiB, in little memory.
limit=400000
sanitized && limit=unlimited
run sh -c "ulimit -v $limit; { cat good.jsonl; head -c 1073741824 /dev/zero | tr '\\0' 'x'; echo; cat good.jsonl; } | bench-validate --invalid /dev/null"
status 1 'a line of a gigabyte: status 1'
out_is twice 'a line of a gigabyte: the lines around it pass'

# ---- inputs that cannot be read: status 3 ----
run bench-validate good.jsonl nowhere.jsonl good.jsonl
status 3 'a missing file: status 3'
out_is twice 'a missing file: the others pass'
err_has 'nowhere.jsonl' 'a missing file is named'
mkdir hollow
run bench-validate hollow
status 3 'a folder without reports: status 3'
err_has 'hollow' 'a folder without reports is named'
gzip -c good.jsonl | head -c 40 >cut.gz
run bench-validate cut.gz
status 3 'a cut-off gzip file: status 3'
if [ "$(id -u)" -ne 0 ]; then
    : >closed && chmod 0 closed
    run bench-validate closed
    status 3 'an unreadable file: status 3'
else
    run bench-validate /proc/self/mem
    status 3 'an unreadable file: status 3'
fi
run bench-validate --schema nowhere.json good.jsonl
status 3 'a missing schema: status 3'
run bench-validate --schema . good.jsonl
status 3 'a schema that is a folder: status 3'

# ---- outputs ----
run bench-validate -o out.jsonl mixed.jsonl
ok '-o holds the valid lines' 'cmp out.jsonl good.jsonl'
silent
echo old >kept && chmod 640 kept
run bench-validate -o kept good.jsonl
ok '-o keeps the mode' '[ "$(stat -c %a kept)" = 640 ] && cmp kept good.jsonl'
ln -s kept link
run bench-validate -o link mixed.jsonl
ok '-o writes through a symbolic link' '[ -L link ] && cmp kept good.jsonl'
echo old >kept
run bench-validate -o kept --schema nowhere.json good.jsonl
ok '-o is untouched where nothing could be done' '[ "$(cat kept)" = old ]'
ok 'no temporary file is left' '[ -z "$(find . -name ".*.??????" -type f)" ]'
run sh -c 'bench-validate good.jsonl >/dev/full'
status 4 'a full disk: status 4'
err_has 'No space left' 'a full disk is told'
run bench-validate -o /dev/full good.jsonl
status 4 '-o /dev/full: status 4'
{ cat good.jsonl; echo bad; } >both.jsonl
cp both.jsonl whole.jsonl
run bench-validate -o both.jsonl --invalid /dev/full both.jsonl
status 4 'lines that can be kept nowhere are status 4'
ok 'and stay where they are' 'cmp both.jsonl whole.jsonl'
run bench-validate -o /dev/null good.jsonl
status 0 '-o /dev/null'
run bench-validate -o nowhere/out good.jsonl
status 4 '-o in a folder that is not there: status 4'
run sh -c 'bench-validate good.jsonl >&-'
status 4 'a closed standard output: status 4'
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do cat twice twice >grown && mv grown twice; done
ok 'a closed pipe is quiet' \
    '{ bench-validate twice 2>said; echo $? >code; } | head -n 1 >/dev/null; [ ! -s said ] && [ "$(cat code)" = 141 ]'
mkfifo silence
run sh -c 'exec 9<>silence; timeout -s TERM 0.3 bench-validate -o kept <silence'
status 124 'a signal ends it'
ok 'a signal leaves -o untouched and no temporary file' \
    '[ "$(cat kept)" = old ] && [ -z "$(find . -name ".*.??????" -type f)" ]'

# ---- options ----
run bench-validate --max-errors 1 --check bad.jsonl bad.jsonl
ok '--max-errors tells that many' '[ "$(grep -c : out)" = 1 ]'
err_has '1 more problem not shown' '--max-errors counts the rest'
printf '%s\n' "$good" >in
run bench-validate --schema 0.2.2 in
status 0 '--schema takes a version'
for tool in bench-validate bench-migrate; do
    run "$tool" -o both --invalid ./both in
    status 2 "$tool: the good and the bad lines are not written over each other"
    err_has '--output and --invalid are one file'
    ok 'and nothing was made' '[ ! -e both ]'
done
run bench-validate --schema current in
status 1 '--schema takes the current version by that name'
run bench-validate --schema report-current in
status 1 '--schema takes the name of a shipped schema'
echo '{"a":1,"a":2}' >double
echo '{"properties":{"a":{"const":2}}}' >schema.json
run bench-validate --schema schema.json double
status 1 'a key twice is an error'
run bench-validate --schema schema.json --duplicate-keys=last double
status 0 '--duplicate-keys=last takes the last'
out_is double '--duplicate-keys=last passes the line as it stands'
printf '{\n  "a": 3\n}\n' >document.json
run bench-validate --whole --schema schema.json document.json
status 1 '--whole takes a document of several lines'
err_has 'document.json:2:8: /a: ' '--whole gives the line inside the document'
run bench-validate --whole --schema schema.json empty
status 1 '--whole: an empty document is a fault'
cat >suite.yaml <<'END'
defaults: {parameters: {n: [1, 2]}}
benchmarks:
  - {name: same, command: a}
  - {name: same, command: a, samples: 3}
  - {name: same, command: b, parameters: {n: [3]}}
  - {name: same, variants: {x: a, y: b}}
  - {name: same, variants: {z: b}}
END
run bench-validate --whole --check --schema suite suite.yaml
status 0 'repetitions, parameters and variants are told apart in a suite'
cat >>suite.yaml <<'END'
  - name: same
    parameters: {n: [1, 2]}
    command: b
  - name: same
    variants:
      z: b
      y: [b]
END
run bench-validate --whole --schema suite suite.yaml
status 1 'a benchmark with two commands is a fault of a suite'
err_has 'suite.yaml:10:14: /benchmarks/5/command: "same" has another command in line 3; expected a name or a variant of its own'
err_has 'suite.yaml:14:10: /benchmarks/6/variants/y: "same" has another command in line 6'
ok 'nothing else is' '[ "$(grep -c "another command" err)" -eq 2 ]'
run bench-validate --whole document.json
status 2 '--whole needs --schema'
run bench-validate --report=humna good.jsonl
status 2 'a wrong choice: status 2'
err_has 'did you mean human' 'a wrong choice: the nearest is named'
run bench-validate --chekc good.jsonl
status 2
err_has 'did you mean --check?'

sed 's/2026-01-02T/2026-99-02T/' good.jsonl >date.jsonl
run bench-validate date.jsonl
status 0 'a date that is none passes in 0.x'
err_has 'warning: /timestamp' 'it is warned about'
run bench-validate --formats=assert date.jsonl
status 1 '--formats=assert refuses it'
run bench-validate --formats=annotate date.jsonl
quiet '--formats=annotate does not look'

# ---- schemas themselves ----
echo '{"type":"object","propertees":{},"properties":{"b":{"pattern":"("}},"required":["bb"]}' >odd.json
run bench-validate --check-schema odd.json
status 1 '--check-schema: a pattern that cannot be compiled is an error'
out_has 'did you mean "properties"?' '--check-schema: an unknown keyword is told with the nearest'
out_has '/properties/b/pattern: ' '--check-schema: the pointer leads into the schema'
out_has '"bb" is required and not declared' '--check-schema: a required member that is not declared'
run bench-validate --check-schema "$BENCHLINE_SOURCE"/schemas/*.json
status 0 '--check-schema: the schemas that ship are right'
silent '--check-schema: and nothing is suspicious about them'
echo '{"$ref":"file:///etc/passwd"}' >leak.json
run bench-validate --schema leak.json good.jsonl
status 3 'a reference to a file outside the given folders is refused'
err_has 'file:///etc/passwd' 'the reference is named'
mkdir parts && echo '{"$id":"urn:x:part","required":["a"]}' >parts/part.json
echo '{"$ref":"urn:x:part"}' >whole.json
echo '{"a":1}' >has.jsonl
echo '{"b":1}' >lacks.jsonl
run bench-validate --schema-dir parts --schema whole.json has.jsonl lacks.jsonl
status 1 '--schema-dir: a reference by $id is followed'
out_is has.jsonl
echo '{"$ref":"https://example.org/s/part.json"}' >remote.json
run bench-validate --map https://example.org/s/=parts --schema remote.json has.jsonl
status 0 '--map: a reference by prefix is followed into a folder'
echo '{"$ref":"https://example.org/s/../whole.json"}' >escape.json
run bench-validate --map https://example.org/s/=parts --schema escape.json has.jsonl
status 3 '--map: a reference out of the folder is refused'
mkdir -p parts/in && cp parts/part.json 'parts/a b.json'
echo '{"$ref":"../a%20b.json"}' >parts/in/up.json
run bench-validate --schema-dir parts --schema parts/in/up.json has.jsonl
status 0 '--schema-dir: a relative reference leads from the file that it stands in'
run bench-validate --schema-dir parts/in --schema parts/in/up.json has.jsonl
status 3 '--schema-dir: but not out of the folder'
echo '{' >parts/broken.json
run bench-validate --schema parts/broken.json has.jsonl
err_has 'parts/broken.json:1:2: ' 'a schema that is not JSON is named as it was given'
run bench-validate --explain --schema whole.json --schema-dir parts
out_has '"a" required' '--explain prints the plan'

printf '{"\303\244\360\237\230\200":0,"a":true}\n' >wide.jsonl
echo '{"properties":{"a":{"type":"string"}}}' >text.json
run bench-validate --check --schema text.json wide.jsonl
out_has 'wide.jsonl:1:17: /a: ' 'a column is counted in bytes'
run bench-validate --check --report=sarif --schema text.json wide.jsonl
out_has '"startColumn":14' 'SARIF counts it in UTF-16 code units'
cp wide.jsonl 'a wide:file.jsonl'
run bench-validate --check --report=sarif --schema text.json 'a wide:file.jsonl'
out_has '"uri":"a%20wide%3Afile.jsonl"' 'SARIF names a file by a relative URI'

# ---- several threads ----
cat twice mixed.jsonl twice mixed.jsonl >many
bench-validate many >one.out 2>one.err
bench-validate -j 4 many >four.out 2>four.err
ok 'with several threads the output is the same' 'cmp one.out four.out && cmp one.err four.err'

finish
