#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The completions for zsh and fish, asked in those shells themselves.
. "$(dirname "$0")/../cli/lib.sh"

ok 'zsh is there' 'command -v zsh'
ok 'fish is there' 'command -v fish'

bench completion fish >bench.fish
ok 'fish accepts its completion' 'fish --no-execute bench.fish'
in_fish() { # LINE: what fish offers for it, without the descriptions
    fish -c 'source bench.fish; complete -C $argv[1]' "$1" | cut -f 1
}
ok 'fish completes an option' '[ "$(in_fish "bench-validate --max-li")" = --max-line ]'
ok 'fish completes an option behind bench' '[ "$(in_fish "bench validate --max-li")" = --max-line ]'
ok 'fish completes a value' '[ "$(in_fish "bench-validate --report sa")" = sarif ]'
ok 'fish completes a tool' '[ "$(in_fish "bench valid")" = validate ]'

mkdir functions && bench completion zsh >functions/_bench
ok 'zsh accepts its completion' 'zsh -n functions/_bench'
# zsh completes only on a terminal: type the line and a tab into one. Each call has a server
# of its own, since one that is ending still takes calls and fails them.
terminal() {
    tmux -L "bl$$-$server" "$@"
}
shows() { # PATTERN: waits until a line of the screen matches
    tries=0
    until terminal capture-pane -p | grep -q -e "$1"; do
        tries=$((tries + 1))
        [ "$tries" -lt 300 ] || return 1
        sleep 0.1
    done
}
in_zsh() { # SERVER LINE PATTERN: typing the line and a tab brings up the pattern
    server=$1
    cat >.zshrc <<'RC'
PS1='ready> '
fpath=($HOME/functions $fpath)
autoload -Uz compinit
compinit -u -D
RC
    terminal new-session -d -x 100 -y 20 "env -i HOME=$work PATH=$PATH TERM=screen LC_ALL=C.UTF-8 zsh -d -i"
    shows '^ready> *$' && terminal send-keys -l "$2" && shows "$2" && terminal send-keys Tab && shows "$3"
    shown=$?
    terminal capture-pane -p
    terminal kill-server
    return "$shown"
}
ok 'zsh completes an option' 'in_zsh alone "bench-validate --max-li" "bench-validate --max-line"'
ok 'zsh completes an option behind bench' 'in_zsh behind "bench validate --max-li" "bench validate --max-line"'
finish
