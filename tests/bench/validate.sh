# SPDX-License-Identifier: GPL-2.0-or-later
# Checking report lines, against the peers: Ajv compiled once over a block reader,
# and what the parse alone costs. Goals: 5 times Ajv on one thread; -j 2 1.7 times
# one thread.
data=$scratch/v0.2.2.jsonl
[ -s "$data" ] || build/plain/helpers/gen_reports 200000 >"$data"
npm_folder=$scratch/npm
[ -d "$npm_folder/node_modules/ajv" ] ||
    npm install --silent --no-audit --no-fund --prefix "$npm_folder" ajv@8 ajv-formats@3
NODE_PATH=$npm_folder/node_modules
export NODE_PATH
schema=schemas/report-v0.2.2.schema.json
bench-run -n validate-v0.2.2 -w 1 -r 5 -o "$report" \
    --variant benchline --variant benchline-j2 --variant ajv --variant cat \
    "bench-validate --check $data" "bench-validate --check -j 2 $data" \
    "node tests/bench/ajv.js $schema $data" "cat $data"
