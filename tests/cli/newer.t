# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Lines of a version newer than is known: what reads them says so once.
. "$(dirname "$0")/lib.sh"

said='some lines are of a version newer than is known; they were read as 1.0.0'
for version in 1.0.0 1.7.0; do
    printf '{"schema_version":"%s","kind":"run","run_id":"r","started_at":"2026-03-01T00:00:00Z"}\n' \
        "$version" >"$version"
    for name in parse emit; do
        printf '{"schema_version":"%s","kind":"result","run_id":"r","benchmark":{"name":"%s"},' \
            "$version" "$name"
        printf '"outcome":"passed","metrics":[{"name":"wall_time","unit":"s","better":"lower",'
        printf '"samples":[1,1.1,1.2,1.3]}]}\n'
    done >>"$version"
done
sed 's/"r"/"earlier"/' 1.0.0 >earlier
echo 'targets: ["wall_time < 2 s"]' >targets.yaml

# reads COMMAND…: with a known version it is quiet, with a newer one it says so once.
reads() {
    run "$@" 1.0.0
    status 0
    err_lacks "$said"
    run "$@" 1.7.0
    status 0
    ok "$1 tells that a version is newer, once" 'test "$(grep -cF "$said" err)" -eq 1'
}

reads bench-diff earlier
reads bench-check targets.yaml
reads bench-trend
reads bench-render
finish
