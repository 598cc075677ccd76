# SPDX-License-Identifier: GPL-2.0-or-later
# What the templates about results have in common: the head of the document, and
# the values of a metric.
include "cells";

def results: map(select(.kind == "result"));
def runs: map(select(.kind == "run"));
def once: reduce .[] as $item ([]; if index([$item]) then . else . + [$item] end);
def program: [.name, .version // empty] | join(" ");
def machine: .system | [.model // empty, .cpu.model // empty,
    (.cpu.cores.physical // .cpu.cores.logical // empty | "\(.) core\(if . == 1 then "" else "s" end)"),
    (.memory.total_bytes // empty | quantity("By")),
    (.os // empty | if .version == null then .name elif .version | test("^[0-9]") then "\(.name) \(.version)" else .version end)] | join(", ");
def subjects: runs | map(.subject // empty | program) | once | join(", ") | if . == "" then "" else ": " + . end;
def dates: runs | map(.started_at // empty | .[:10]) | if . == [] then empty else "- Date: " + min + if max != min then " to " + max else "" end end;
def machines: runs | map(machine | select(. != "")) | once | .[] | "- Machine: " + .;
def outcomes: "\(length | count) result\(if length == 1 then "" else "s" end): "
    + (. as $all | [["passed", "passed"], ["failed", "failed"], ["error", "could not run"], ["skipped", "skipped"]
        | . as [$outcome, $words] | $all | map(select(.outcome == $outcome)) | length | select(. > 0) | "\(count) \($words)"] | join(", "));
