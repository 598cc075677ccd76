#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The front command, and the completions made from the option tables.
. "$(dirname "$0")/lib.sh"

run bench help
status 0
out_has '  validate   ' 'bench help lists the tools'
out_has '  run        '
run bench
status 2 'bench alone is no job'
out_has 'usage: bench TOOL'

run bench validate --check --schema 1.0.0 /dev/null
status 0 'bench TOOL runs the tool'
run bench validate --help
out_has 'usage: bench-validate' 'the words behind the tool are the tool'"'"'s'
run bench bench-validate --version
out_has 'bench-validate (benchline)' 'the whole name is taken too'
printf '{"no":1}\n' >bad
run bench validate bad
status 1 'the status is the tool'"'"'s'
run bench valdiate
status 2 'an unknown tool: status 2'
err_has 'did you mean "bench validate"?'
run bench --frob
status 2 'an unknown option: status 2'

run bench help validate
status 0
ok 'bench help TOOL shows the manual' 'tr -d "\b" <out | grep -q "BENCH-VALIDATE(1)"'
run bench help query
status 0
ok 'bench help TOPIC shows a manual of another section' \
    'tr -d "\b" <out | grep -q "BENCHLINE-QUERY(7)"'
run bench help benchline-report
ok 'by its whole name, too' 'tr -d "\b" <out | grep -q "BENCHLINE-REPORT(5)"'
run bench help
out_has 'Other manuals: pipeline policy query report' 'bench help lists them'
for nothing in nothing ../man1/bench; do
    run bench help "$nothing"
    status 2 "there is no manual of $nothing"
done
mkdir empty
run env PATH="$PWD/empty" "$(command -v bench)" help query
status 4 'without man and mandoc it says where the manual lies'
err_has 'benchline-query.7'

for shell in bash zsh fish; do
    run bench completion "$shell"
    status 0 "there is a completion for $shell"
    out_has 'max-errors-per-line' "it knows the options ($shell)"
done
run bench completion tcsh
status 2

bench completion bash >completion.bash
ok 'bash accepts its completion' 'bash -n completion.bash'
complete_in_bash() { # WORD…: what bash offers for the last word
    bash -c '
        source ./completion.bash
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        previous=
        [ $# -gt 1 ] && previous=${COMP_WORDS[COMP_CWORD - 1]}
        _benchline "$1" "${COMP_WORDS[COMP_CWORD]}" "$previous"
        printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}
ok 'bash completes the tools' '[ "$(complete_in_bash bench valid)" = validate ]'
ok 'bash completes an option' '[ "$(complete_in_bash bench-validate --max-l)" = --max-line ]'
ok 'bash completes an option behind bench' '[ "$(complete_in_bash bench validate --max-l)" = --max-line ]'
ok 'bash completes a value' '[ "$(complete_in_bash bench-validate --report sa)" = sarif ]'
touch report-x.jsonl
ok 'bash completes a file' '[ "$(complete_in_bash bench-validate report-x)" = report-x.jsonl ]'
finish
