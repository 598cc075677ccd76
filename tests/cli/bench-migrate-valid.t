# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# What comes out of a migration is valid by the version it went to.
. "$(dirname "$0")/lib.sh"

for file in "$data"/reports/v0*.jsonl "$data"/reports/v1.0.0*.jsonl "$data"/reports/warned/*.jsonl \
    "$data"/record/odd.jsonl; do
    versions='0.1.0 0.2.0 0.2.1 0.2.2 1.0.0'
    # Its 0.1.0 line has misfits under names that 0.2.0 takes: see the CAVEATS of the manual.
    [ "${file##*/}" = odd.jsonl ] && versions=1.0.0
    for version in $versions; do
        bench-migrate --to $version "$file" >new.jsonl 2>/dev/null
        [ -s new.jsonl ] || continue
        # What bench-validate says of the old lines, it may say of the new ones up to 0.2.2.
        run bench-validate --check --formats=warn new.jsonl
        status 0 "${file#"$data"/} in $version is valid"
    done
    bench-migrate "$file" >new.jsonl
    run bench-validate --check --formats=assert new.jsonl
    status 0 "${file#"$data"/} in 1.0.0 is valid with its formats"
done

for file in "$data"/reports/invalid/v0*.jsonl; do
    name=${file#"$data"/reports/}
    bench-migrate "$file" >new.jsonl 2>said
    code=$?
    # What is not refused is kept; where 1.0.0 has no such field, it is in metadata and valid.
    ok "$name is refused or becomes valid lines" \
        '[ $code -eq 1 -a -s said ] || { [ $code -eq 0 ] && bench-validate --check new.jsonl; }'
done
finish
