# SPDX-License-Identifier: GPL-2.0-or-later
# The cells of a report over 0.2.2 lines, computed by jq from the lines
# themselves: jq -rs -f cells.jq --arg table NAME FILE

# So many decimals, a tie (92.55) away from zero, though no binary number holds it.
def digits($d):
    (. * pow(10; $d) * (1 + 1e-12) | round) as $n
    | if $d == 0 then $n | tostring
      else ($n / pow(10; $d) | floor | tostring) + "."
        + ($n % pow(10; $d) | tostring | ("0" * ($d - length) // "") + .)
      end;
def three: # three digits that count
    if . >= 100 then digits(0) elif . >= 10 then digits(1) elif . >= 1 then digits(2) else digits(3) end;
def seconds:
    if . == null then "n/a"
    elif . >= 119.5 then round | "\(. / 60 | floor) min \(. % 60) s"
    elif . >= 0.9995 then three + " s"
    else . * 1000 | three + " ms" end;
def bytes: # of GB
    if . == null then "n/a" elif . >= 1 then three + " GB" else . * 1000 | three + " MB" end;
def range:
    if length == 0 then "n/a"
    else [min, max] | (.[0] | three) as $low | (.[1] | three) as $high
      | if $low == $high then $high + " GB" else "\($low)-\($high) GB" end end;
def median: sort | if length == 0 then null
    elif length % 2 == 1 then .[length / 2 | floor] else (.[length / 2 - 1] + .[length / 2]) / 2 end;
def title: if . == null then "-" else (.[0:1] | ascii_upcase) + .[1:] end;
def mode: .metadata.inference_modality;
def rank: {vision: 0, text: 1, audio: 2, video: 3}[. // "none"] // 4;
def shown: sub("^[^/]*/"; "");
def inference: .outcome == "passed" and .model and (.duration >= 0.5 or .performance);
def name: .test | sub("^.*::"; "") | sub("\\[.*$"; "");
def figure($f): map(.performance[$f]? | values) | median;

if $table == "models" then
    (map(select(.model and .outcome == "failed")) | length > 0) as $any
    | map(select(.model)) | group_by([(.model.id | shown | ascii_downcase), (mode | rank)])
    | map(map(select(inference)) as $ok | map(select(.outcome == "failed")) as $failed
        | select(($ok + $failed) | length > 0)
        | [(.[0].model.id | shown), (.[0].model.size_gb | bytes), (.[0] | mode | title), ($ok | length),
           (if $any then $failed | length else empty end),
           (if $ok == [] then null else $ok | map(.duration) | add end | seconds),
           ($ok | map(.system_health.ram_free_gb | values) | range),
           ($ok | figure("tokens_per_sec") | if . then three + " tok/s" else "n/a" end),
           ($ok | figure("time_to_first_token_s") | seconds)])[] | "| " + @tsv
elif $table == "tests" then
    map(select(inference)) | group_by([(name | ascii_downcase), (mode | rank)])
    | map(min_by(.duration) as $min | max_by(.duration) as $max
        | [(.[0] | name), (.[0] | mode | title), (map(.model.id) | unique | length),
           "\($min.model.id | shown) (\($min.duration | seconds))",
           "\($max.model.id | shown) (\($max.duration | seconds))",
           (map(.duration) | median | seconds)])[] | "| " + @tsv
elif $table == "counts" then
    [["Total", length]]
    + [("passed", "failed", "skipped") as $o | [($o | title), (map(select(.outcome == $o)) | length)]]
    + [["Time in passed results", (map(select(.outcome == "passed") | .duration) | add | seconds)],
       ["Time in all results", (map(.duration) | add | seconds)]]
    | .[] | "| " + @tsv
elif $table == "health" then
    map(.system_health | values) as $h
    | [["RAM free", "ram_free_gb"], ["Swap used", "swap_used_mb"]][]
    | . as [$title, $key]
    | [$h[][$key] | values | if $key == "swap_used_mb" then . / 1000 else . end]
    | [$title, (min | if . == 0 then "0 B" else bytes end), (max | bytes), (add / length | bytes)] | "| " + @tsv
else error("no such table") end
