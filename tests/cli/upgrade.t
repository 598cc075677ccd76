# SPDX-License-Identifier: GPL-2.0-or-later
. "$(dirname "$0")/lib.sh"

records=$BENCHLINE_BUILD/helpers/print_records
facts=$BENCHLINE_SOURCE/tests/helpers/lost-facts.jq

for file in "$data"/reports/v0*.jsonl "$data"/reports/warned/v0*.jsonl "$data"/record/odd.jsonl; do
    name=${file#"$data"/}
    run "$records" "$file"
    status 0 "$name is read"
    mv out new.jsonl
    run jq -n -r -f "$facts" --slurpfile old "$file" --slurpfile new new.jsonl
    status 0 "the facts of $name are compared"
    silent "not one fact of $name is lost"
done

# The comparison itself sees what is missing.
jq -c 'if .kind == "result" then del(.metrics[0]) else . end' new.jsonl >less.jsonl
run jq -n -r -f "$facts" --slurpfile old "$file" --slurpfile new less.jsonl
out_has 'duration: 337' 'a lost metric is seen'

finish
