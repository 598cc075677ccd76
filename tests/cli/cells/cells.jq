# SPDX-License-Identifier: GPL-2.0-or-later
# Figures and names as a document shows them, written anew from the rules of
# tools/lib/document/quantity.h and bench-render(1), so that two ways to a cell can
# be held against each other. A document is an array of lines, as
# tests/helpers/markdown_cells prints them.

# ---- the lines of a document ----
def row: "| " + join("\t");
def heading($level): "#" * $level + " " + .;
def folded($title): ["!html: <details>", "!html: <summary>" + $title + "</summary>"] + . + ["!html: </details>"];
def unless_empty($lines): if length == 0 then [] else $lines end;
def first_letter_up: (.[0:1] | ascii_upcase) + .[1:];

# ---- digits ----
# A decimal tie (92.55) goes away from zero, though no binary number holds it.
def nudged: . * (1 + 1e-12);
def grouped: # of a whole number as text
    if length > 3 then (.[:-3] | grouped) + "," + .[-3:] else . end;
def fixed($decimals): # a number with so many decimals
    (fabs * pow(10; $decimals) | nudged | round) as $all
    | ($all / pow(10; $decimals) | floor | tostring | if length > 4 then grouped else . end) as $whole
    | (if . < 0 and $all > 0 then "-" else "" end) + $whole
      + if $decimals == 0 then ""
        else "." + ($all % pow(10; $decimals) | tostring | "0" * ($decimals - length) + .) end;
def exponent($digits): # of the number with so many digits that count
    fabs | nudged | (log10 | floor) as $e
    | if (. / pow(10; $e - $digits + 1) | round) >= pow(10; $digits) then $e + 1 else $e end;
def decimals($digits): if . == 0 then 0 else [$digits - 1 - exponent($digits), 0] | max end;
def rounded($digits): if . == 0 then 0 else pow(10; exponent($digits) - $digits + 1) as $step | . / $step | round * $step end;
def count: tostring | if length > 4 then grouped else . end;

# ---- units ----
def times: {s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9, min: 60, h: 3600};
def sizes: {By: 1, kBy: 1e3, MBy: 1e6, GBy: 1e9, KiBy: 1024, MiBy: 1048576, GiBy: 1073741824};
def scaled($scales): # the largest scale in which the number is at least 1
    (rounded(3) | fabs * (1 + 1e-9)) as $size | [$scales[] | select(.[0] <= $size)] | last // $scales[0];
def scale($unit): # [how many of the unit's family it is, name, size of the unit]
    . as $value
    | if times[$unit] then
          $value * times[$unit] | (if . == 0 then [1, " s"] else scaled([[1e-9, " ns"], [1e-6, " µs"], [1e-3, " ms"], [1, " s"]]) end) + [times[$unit]]
      elif sizes[$unit | rtrimstr("/s")] then
          $value * sizes[$unit | rtrimstr("/s")]
          | scaled([[1, " B"], [1e3, " kB"], [1e6, " MB"], [1e9, " GB"], [1e12, " TB"]])
          + [sizes[$unit | rtrimstr("/s")]] | if $unit | endswith("/s") then .[1] += "/s" else . end
      else [1, ($unit | gsub("{token}"; "tok") | gsub("{request}"; "req") | gsub("[{}]"; "")
                | if . == "1" or . == "" then "" elif . == "%" then . else " " + . end), 1] end;
def counted($unit): # things that have no halves
    $unit == "1" or $unit == "" or sizes[$unit] or ($unit | test("^{[^}]*}$"));
def whole($unit; $scale): counted($unit) and $scale[0] == 1 and (. * $scale[2] | . == floor);
def clock($unit): times[$unit] and (. * times[$unit] | rounded(3) | fabs >= 120);
def clock_text: fabs | round
    | if . >= 86400 then "\(. / 86400 | floor) d \(. % 86400 / 3600 | floor) h"
      elif . >= 3600 then "\(. / 3600 | floor) h \(. % 3600 / 60 | floor) min \(. % 60) s"
      else "\(. / 60 | floor) min \(. % 60) s" end;

# ---- quantities ----
def quantity($unit): # "12.3 ms"
    if . == null then "n/a"
    elif clock($unit) then (if . < 0 then "-" else "" end) + (. * times[$unit] | clock_text)
    else scale($unit) as $scale | (. * $scale[2] / $scale[0]) as $shown
      | ($shown | fixed(if whole($unit; $scale) then 0 else decimals(3) end)) as $text
      | (if $shown | fabs < 10000 then $text | gsub(","; "") else $text end) + $scale[1] end;
def pair($unit; $between; $merged): # [low, high] in the scale of the higher
    . as [$low, $high] | ($high | scale($unit)) as $scale | [$low, $high | . * $scale[2] / $scale[0]] as [$a, $b]
    | if $high | clock($unit) then [$low, $high | quantity($unit)] | join(if $between == "-" then " - " else $between end)
      else
        (if $high | whole($unit; $scale) then $low | whole($unit; $scale) else false end) as $whole
        | (if $whole then 0 else $b | decimals(3) end) as $d
        | (if $whole or $merged or $a == $b then $d
           else [$d, $d + 1, $d + 2] | map(. as $n | select([$a, $b | fixed($n)] | .[0] != .[1])) | .[0] // ($d + 2) end) as $d
        | [$a, $b | fixed($d)] as [$first, $second]
        | if $merged and $first == $second then $second else $first + $between + $second end + $scale[1]
      end;
def extent($unit): # "8.5-8.7 GB"
    if map(values) == [] then "n/a" elif map(values) | length == 1 then map(values)[0] | quantity($unit)
    else pair($unit; if .[0] < 0 then " to " else "-" end; true) end;
def interval($unit): # "12.1 to 12.5 ms"
    if . == null or . == [null, null] then "n/a"
    elif any(. == null) then map(quantity($unit)) | join(" to ")
    else pair($unit; " to "; false) end;
def signed: if . > 0 then "+" else "" end;
def shift($unit): if . == null then "n/a" else signed + quantity($unit) end;
def change: # of a ratio of new to old
    if . == null then "n/a" else (. - 1) * 100 | fixed(1) as $text
    | (if fabs < 10000 then $text | gsub(","; "") else $text end)
    | if . == "0.0" or startswith("-") then . else "+" + . end + "%" end;
def change_interval: if . == null or any(. == null) then "n/a" else map(change) | join(" to ") end;
def ratio: if . == null then "n/a" else fixed(decimals(3)) + "×" end;
def share: if . == null then "n/a" else . * 100 | fixed(1) + "%" end;
def part($good; $all): if $all // 0 > 0 and $good != null then "\($good | count) of \($all | count) (\($good / $all | share))" else "n/a" end;
def limit: . * 1e8 | round / 1e6 | tostring + "%"; # a share as it was set
def probability: if . == null then "n/a" elif . < 1e-4 then "< 0.0001" else fixed(if . < 0.01 then 4 else 3 end) end;

# ---- arithmetic ----
def median: map(values) | sort
    | if length == 0 then null elif length % 2 == 1 then .[length / 2 | floor] else (.[length / 2 - 1] + .[length / 2]) / 2 end;
def mean: map(values) | if length == 0 then null else add / length end;
def geometric_mean: map(values | log) | if length == 0 then null else add / length | exp end;

def kept_order(key): # groups in the order in which they come
    reduce .[] as $item ({order: [], groups: {}}; ($item | key | tojson) as $k
        | (if .groups[$k] then . else .order += [$k] end) | .groups[$k] += [$item])
    | .groups as $groups | .order | map($groups[.]);

# ---- lines ----
def checks: # a line that does not say so is missed where it failed, or has no value
    map(select(.kind == "check" and .outcome) | if .missed == null then .missed = (.outcome == "fail" or .value == null) else . end);

# ---- names ----
def title: # max_rss: Max RSS
    . as $name | split("_") | to_entries
    | map(if .value | IN("cpu", "e2e", "gpu", "id", "io", "ipc", "ram", "rss", "tpot", "tps", "ttft") then .value | ascii_upcase
          elif .key == 0 then .value | first_letter_up else .value end) | join(" ");
def model: .model.id // null | if . == null then . else sub("^[^/]*/(?=.)"; "") end;
def params: if . == null then "" elif keys == ["id"] then "[\(.id)]" else to_entries | map("\(.key)=\(.value)") | " (" + join(", ") + ")" end;
def benchmark: if .benchmark == null then null
    else .benchmark | ([.suite // empty] | flatten | map(. + "::") | add // "") + .name + (.params | params) | gsub("\n"; "␊") end;
def about: # benchmark, model, mode, variant, machine, side
    [benchmark // "-", model // empty, (.modality // empty | title), .variant // empty, (.machine // empty | "on " + .),
     (.side // empty | "in " + .)] | join(", ");
