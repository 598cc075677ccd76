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
# zsh completes only on a terminal: type the line and a tab into one.
in_zsh() { # LINE: the screen after a tab
    tmux -L "bl$$" new-session -d -x 100 -y 20 "env -i HOME=$work PATH=$PATH TERM=screen zsh -f"
    tmux -L "bl$$" send-keys "PS1='> '; fpath=($work/functions \$fpath); autoload -Uz compinit; compinit -u -D; clear" Enter
    tries=0
    until tmux -L "bl$$" capture-pane -p | grep -q '^> *$' || [ "$tries" -gt 50 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    sleep 0.5
    tmux -L "bl$$" send-keys -l "$1"
    tmux -L "bl$$" send-keys Tab
    tries=0
    until tmux -L "bl$$" capture-pane -p | grep -qF -e "$2" || [ "$tries" -gt 50 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    tmux -L "bl$$" capture-pane -p
    tmux -L "bl$$" kill-server
}
ok 'zsh completes an option' 'in_zsh "bench-validate --max-li" "--max-line" | grep -F -e "--max-line"'
ok 'zsh completes an option behind bench' 'in_zsh "bench validate --max-li" "--max-line" | grep -F -e "--max-line"'
finish
