#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# bench-run measures what a suite in YAML says.
. "$(dirname "$0")/lib.sh"

is() { # is FILTER NAME: jq's filter over all lines of out (slurped) must be true
    jq -es "$1" out >jq.out 2>&1
    result $? "$2" || sed 's/^/# jq: /' jq.out | head -c 1000
}
bad() { # bad MESSAGE YAML: the suite is refused with the message
    printf '%s\n' "$2" >bad.yaml
    run bench-run --suite bad.yaml
    status 3
    silent
    err_has "$1"
}

mkdir -p sub
cat >bench.yaml <<'END'
suite: demo
labels: {build: release, level: 3}
defaults:
  warmup: 1
  samples: 3
  environment: {WORD: default, OTHER: x}
benchmarks:
  - name: words
    parameters:
      n: {from: 1, to: 2}
      m: [a, b]
    exclude: [{n: 2, m: b}]
    variants:
      one: printf "%s" {n} {m}
      two: [printf, "%s", "{n}", "{m}"]
    reference: one
  - name: metric
    command: [sh, -c, 'echo "speed: 12.5 MB/s"; echo "n=7 things"']
    labels: {start: warm}
    metrics:
      - {name: speed, line: speed, better: higher}
      - {name: things, regex: "n=([0-9]+) things", unit: "{thing}"}
  - name: json
    command: |-
      echo '{"a": {"b": [1, 2.5]}}'
    metrics: [{name: b, pointer: /a/b/1, unit: s}]
    expect: {output: "{\"a\": {\"b\": [1, 2.5]}}\n"}
  - name: big
    command: "false"
    skip: needs 44 GB
  - name: fails
    command: "false"
    expect: {status: 1}
  - name: environment
    command: [sh, -c, '[ "$WORD$OTHER" = ownx ]']
    environment: {WORD: own}
    warmup: 0
    samples: 2
END

run bench-run
status 0 'without a command, bench.yaml is measured'
quiet
is '.[0].labels == {"build": "release", "level": "3"}' 'the labels of the suite stand in the run line'
is '[.[] | select(.benchmark.name == "words") | [.variant, .benchmark.params.n, .benchmark.params.m]] | sort == [["one", 1, "a"], ["one", 1, "b"], ["one", 2, "a"], ["two", 1, "a"], ["two", 1, "b"], ["two", 2, "a"]]' 'variants and parameters are multiplied, less what is excluded'
is '[.[] | select(.kind == "result") | .benchmark.suite] | unique == ["demo"]' 'each result names its suite'
is '[.[] | select(.variant == "one") | .metadata.reference] | unique == [true]' 'the reference is marked'
is '.[] | select(.benchmark.name == "metric") | .metrics[10:] | map([.name, .unit, .better, .samples]) == [["speed", "MB/s", "higher", [12.5, 12.5, 12.5]], ["things", "{thing}", null, [7, 7, 7]]]' 'metrics are taken from lines and by expressions'
is '.[] | select(.benchmark.name == "metric") | .labels == {"start": "warm"}' 'a benchmark has labels of its own'
is '.[] | select(.benchmark.name == "json") | .metrics[10] | .name == "b" and .samples == [2.5, 2.5, 2.5] and .warmup == [2.5]' 'metrics are taken from JSON'
is '.[] | select(.benchmark.name == "big") | .outcome == "skipped" and .reason == "needs 44 GB" and (has("metrics") | not)' 'what is skipped is a skipped result with its reason'
is '.[] | select(.benchmark.name == "fails") | .outcome == "passed"' 'a status that is expected is no failure'
is '.[] | select(.benchmark.name == "environment") | .outcome == "passed" and (.metrics[0].samples | length) == 2 and (.metrics[0] | has("warmup") | not)' 'a benchmark goes over the defaults'
is '.[-1].counts | .results == 11 and .skipped == 1 and .passed == 10' 'the end line counts them'

run bench-run -r 2 -b words -b metric -b fails --format table
ok 'the variants of a benchmark stand side by side' '[ "$(grep words out | head -n 2 | cut -c 1-26 | tr -s " " | tr "\n" " ")" = "demo/words (n=1, m=a) one demo/words (n=1, m=a) two " ]'
ok 'their base is the reference' '[ "$(grep -c "words .* one .*1 (reference)$" out)" -eq 3 ]'
ok 'metrics from the output have a table of their own' 'grep -q "^benchmark  *metric  *median" out && grep -q "^demo/metric  speed   *12.5 MB/s  *12.5 MB/s" out && grep -q "^demo/metric  things  *7 thing" out'
run bench-run -b words --list
out_has 'demo/words (n=1, m=a) [one]'
out_lacks 'demo/metric'
run bench-run -b 'demo/m*' -b json -r 1
is '[.[] | select(.kind == "result") | .benchmark.name] | sort == ["json", "metric"]' '-b chooses by patterns'
is '[.[] | select(.kind == "result") | .metrics[0].samples | length] == [1, 1]' 'the command line goes over the suite'
run bench-run -b nothing
status 3
err_has 'no benchmark is left to measure'
printf 'benchmarks:\n  - {name: a, command: "echo {size}", parameters: {sizes: [1, 2]}}\n  - {name: b, command: "true"}\n' >unused.yaml
run bench-run --list --suite unused.yaml
status 0
err_has 'unused.yaml:2:5: no text names the parameter sizes: expected a {sizes}'
run bench-run --dry-run -b words
out_has "  run       printf %s 1"
# A name that colours, a reason that goes up a line, and a script of two lines.
printf 'benchmarks:\n  - {name: "a\\e[31m\\nb", command: [sh, -c, "echo \\e[2J 1\\necho 2"]}\n  - {name: c, command: "true", skip: "no\\e[A"}\n' >hostile.yaml
run bench-run --list --suite hostile.yaml
ok 'a name is one line and moves nothing' '[ "$(wc -l <out)" -eq 2 ] && grep -qxF "hostile/a␛[31m␊b" out'
run bench-run --dry-run --suite hostile.yaml
ok 'nor does a command or a reason' '! grep -q "$(printf "\033")" out && grep -qxF "echo 2'"'"'" out && grep -qF "␛[2J 1" out && grep -qxF "  skipped   no␛[A" out'
is_not_run() { [ ! -e ran ]; }
printf 'benchmarks:\n  - {name: a, command: touch ran, setup: touch ran}\n' >touch.yaml
run bench-run --dry-run --suite touch.yaml
ok '--dry-run runs nothing' is_not_run

# Where things are.
cat >sub/inner.yaml <<'END'
benchmarks:
  - name: here
    command: [sh, -c, 'cat; test -e inner.yaml && test "$(basename "$(pwd)")" = sub']
    input: inner.yaml
    expect: {sha256: SUM}
END
sum=$(sed 's/SUM/0/' sub/inner.yaml | sha256sum | cut -d' ' -f1)
printf 'include: [sub/inner.yaml]\n' >outer.yaml
sed -i "s/    expect.*//" sub/inner.yaml
run bench-run -r 1 --suite outer.yaml
status 0 'a benchmark runs in the folder of its file'
is '.[1].benchmark.suite == "inner"' 'a suite without a name is called as its file'
: "$sum"

# What is found wrong only while it runs.
cat >wrong.yaml <<'END'
defaults: {samples: 2}
benchmarks:
  - {name: missing, command: echo nothing, metrics: [{name: m, line: speed}]}
  - {name: text, command: "echo speed: fast", metrics: [{name: m, line: speed}]}
  - {name: nojson, command: echo x, metrics: [{name: m, pointer: /a}]}
  - {name: other, command: echo x, expect: {output: "y\n"}}
  - {name: status, command: "true", expect: {status: 3}}
  - {name: large, command: head -c 20000000 /dev/zero, metrics: [{name: m, line: speed}]}
END
run bench-run --suite wrong.yaml
status 1
is '[.[] | select(.kind == "result") | [.benchmark.name, .outcome]] | sort == [["large", "error"], ["missing", "error"], ["nojson", "error"], ["other", "failed"], ["status", "failed"], ["text", "error"]]' 'what cannot be measured is an error, what differs a failure'
is '.[] | select(.benchmark.name == "missing") | .reason == "its output has no line \"speed: NUMBER\" for m"' 'the reason says what was looked for'
is '.[] | select(.benchmark.name == "other") | .reason == "its output is not what was expected"' 'an unexpected output is told'

# Files that are wrong.
run bench-run --suite git:HEAD:bench.yaml
status 3 'a suite is a file, since it runs in its folder'
err_has 'git:HEAD:bench.yaml: a suite runs in the folder of its file'
bad 'bad.yaml:3:3: a tab; YAML takes blanks only to indent' 'benchmarks:
  - name: a
  	command: b'
bad 'bad.yaml:2:25: /benchmarks/0/xcommand' 'benchmarks:
  - {name: a, xcommand: b, command: c}'
bad 'stands twice; it stood in line 2' 'benchmarks:
  - name: a
    name: b'
bad '/benchmarks/0/samples' 'benchmarks:
  - {name: a, command: b, samples: 0}'
bad '/benchmarks/0/samples' 'benchmarks:
  - {name: a, command: b, samples: -3}'
bad '/benchmarks/0/samples' 'benchmarks:
  - {name: a, command: b, samples: 1000000000000}'
bad 'the single quote' "benchmarks:
  - name: a
    command: \"echo 'x\""
bad 'bad.yaml:3:24: /benchmarks/1/command: "a" has another command in line 2; expected a name or a variant of its own' 'benchmarks:
  - {name: a, command: b}
  - {name: a, command: c}'
bad 'would be one benchmark' 'benchmarks:
  - {name: "a{n}", command: b, parameters: {n: [1, 2]}}
  - {name: "a{n}", command: c, parameters: {n: [2, 3]}}'
bad 'is none of the variants' 'benchmarks:
  - {name: a, variants: {x: b}, reference: y}'
bad 'the regular expression ( is wrong' 'benchmarks:
  - {name: a, command: b, metrics: [{name: m, regex: "("}]}'
bad 'the output goes elsewhere' 'benchmarks:
  - {name: a, command: b, output: file, metrics: [{name: m, line: x}]}'
bad 'is not a time' 'benchmarks:
  - {name: a, command: b, timeout: soon}'
bad 'expected to go up' 'benchmarks:
  - {name: a, command: b, parameters: {n: {from: 3, to: 1}}}'
bad 'the file is empty' ''
{
    echo 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]'
    for i in $(seq 1 12); do
        echo "a$i: &a$i [*a$((i - 1)), *a$((i - 1)), *a$((i - 1)), *a$((i - 1)), *a$((i - 1)), *a$((i - 1))]"
    done
} >bomb.yaml
run bench-run --suite bomb.yaml
status 3 'a bomb of aliases is refused'
err_has 'aliases multiply'
printf 'include: [b.yaml]\n' >a.yaml
printf 'include: [a.yaml]\n' >b.yaml
run bench-run --suite a.yaml
status 3 'a suite that includes itself is refused'
err_has 'includes itself'
bad 'bad.yaml:2:4: no-such.yaml: cannot open' 'include:
 - no-such.yaml'
run bench-run --suite no-such.yaml
status 3
err_has 'no-such.yaml'
run bench-run --suite bench.yaml true
status 2
err_has 'a command beside a suite'

finish
