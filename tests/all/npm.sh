# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# npm_install FOLDER PACKAGE…: installs packages into a folder of the build, which
# no other case may use, since npm takes it for its own. A registry that does not
# answer is asked three times; then the case says so and fails.
npm_install() {
    npm=$BENCHLINE_BUILD/npm/$1
    shift
    mkdir -p "$npm"
    for try in 1 2 3; do
        npm install --prefix "$npm" --no-save --no-audit --no-fund "$@" >"$npm/log" 2>&1 && return
        sleep "$((try * 5))"
    done
    echo '1..1'
    echo 'not ok 1 - npm installs what the case needs'
    sed 's/^/# /' "$npm/log"
    exit 1
}
