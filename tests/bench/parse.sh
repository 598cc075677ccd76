# SPDX-License-Identifier: GPL-2.0-or-later
# Parsing alone: reading the lines of the same file and parsing each, by every
# path of the scanner, by jansson and by simdjson. What bench-validate does beyond
# it is checking; its goal is 1.6 times the time of the fastest parse here.
data=$scratch/v0.2.2.jsonl
[ -s "$data" ] || build/plain/helpers/gen_reports 200000 >"$data"
make --no-print-directory build/plain/helpers/json_parse_bench
g++ -std=c++17 -O2 -o "$scratch/simdjson_parse" tests/bench/simdjson_parse.cc -lsimdjson
case $(uname -m) in
x86_64) ways='avx2 sse2 portable jansson' ;;
aarch64) ways='neon portable jansson' ;;
*) ways='portable jansson' ;;
esac
set --
for way in $ways; do
    set -- "$@" --variant "$way"
done
set -- "$@" --variant simdjson
for way in $ways; do
    set -- "$@" "build/plain/helpers/json_parse_bench -w $way $data"
done
bench-run -n parse-v0.2.2 -w 1 -r 5 -o "$report" "$@" "$scratch/simdjson_parse $data"
