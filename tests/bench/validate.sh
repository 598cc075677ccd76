# SPDX-License-Identifier: GPL-2.0-or-later
# Checking report lines, beside the peers: Ajv compiled once over a block reader,
# the sourcemeta CLI, and what parsing alone costs, by our scanner and by simdjson.
# Goals: 5 times Ajv (8 as the stretch) and 12 times sourcemeta on one thread, within
# 1.6 times of the parse, -j 2 1.7 times one thread.
good=$scratch/v0.2.2.jsonl
bad=$scratch/v0.2.2-bad.jsonl
[ -s "$good" ] || build/plain/helpers/gen_reports 200000 >"$good"
[ -s "$bad" ] || build/plain/helpers/gen_reports 200000 10 >"$bad"
npm_folder=$scratch/npm
[ -d "$npm_folder/node_modules/@sourcemeta/jsonschema" ] ||
    npm install --silent --no-audit --no-fund --prefix "$npm_folder" \
        ajv@8.20.0 ajv-formats@3.0.1 @sourcemeta/jsonschema@16.11.0
NODE_PATH=$npm_folder/node_modules
export NODE_PATH
schema=schemas/report-v0.2.2.schema.json
sourcemeta=$npm_folder/node_modules/.bin/jsonschema

g++ -std=c++17 -O2 -o "$scratch/simdjson_parse" tests/bench/simdjson_parse.cc -lsimdjson

bench-run -n validate -w 1 -r 7 -o "$report" \
    --variant benchline --variant benchline-j2 --variant parse-alone --variant simdjson-parse-alone \
    --variant ajv --variant sourcemeta --variant cat \
    "bench-validate --check $good" "bench-validate --check -j 2 $good" \
    "build/plain/helpers/json_parse_bench -w fastest $good" "$scratch/simdjson_parse $good" \
    "node tests/bench/ajv.js $schema $good" "$sourcemeta validate --fast $schema $good" "cat $good"
# One line in a hundred is bad: told in full, and kept apart.
bench-run -n validate-bad -i -w 1 -r 7 -o "$report" \
    --variant benchline --variant benchline-j2 --variant ajv \
    "bench-validate --check -o /dev/null $bad" "bench-validate --check -j 2 -o /dev/null $bad" \
    "node tests/bench/ajv.js $schema $bad"
