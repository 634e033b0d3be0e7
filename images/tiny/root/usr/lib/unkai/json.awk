# Flattens JSON: one line per value, "path<TAB>value", path parts joined by "/" and list items counted from 0:
#   {"a":{"b":["x"]}}  ->  a/b/0<TAB>x
# Line breaks inside values become "\n" and backslashes "\\", so that a line stays a line.
# Exits with 1 when the text is not JSON, so that half an answer is never taken for a whole one.

{ text = text $0 "\n" }

END {
  value("")
  skip_space()
  if (bad || text != "") exit 1
}

function skip_space() { sub(/^[ \t\r\n]+/, "", text) }

function value(path,   first) {
  if (bad) return
  skip_space()
  first = substr(text, 1, 1)
  if (first == "{") object(path)
  else if (first == "[") list(path)
  else if (first == "\"") print path "\t" string()
  else if (match(text, /^(-?[0-9][-+.0-9eE]*|true|false|null)/)) {
    print path "\t" substr(text, 1, RLENGTH)
    text = substr(text, RLENGTH + 1)
  } else bad = 1
}

function object(path,   key, separator) {
  separator = opening("}")
  while (!bad && separator != "}") {
    skip_space()
    if (substr(text, 1, 1) != "\"") { bad = 1; return }
    key = string()
    skip_space()
    if (substr(text, 1, 1) != ":") { bad = 1; return }
    text = substr(text, 2)
    value(path == "" ? key : path "/" key)
    separator = next_mark("}")
  }
}

function list(path,   count, separator) {
  separator = opening("]")
  count = 0
  while (!bad && separator != "]") {
    value(path == "" ? count : path "/" count)
    count++
    separator = next_mark("]")
  }
}

# Takes the opening bracket, and the closing one too if nothing is in between.
function opening(close_mark) {
  text = substr(text, 2)
  skip_space()
  if (substr(text, 1, 1) != close_mark) return ","
  text = substr(text, 2)
  return close_mark
}

function next_mark(close_mark,   mark) {
  skip_space()
  mark = substr(text, 1, 1)
  text = substr(text, 2)
  if (mark != "," && mark != close_mark) bad = 1
  return mark
}

function string(   raw, out, at, code) {
  if (!match(text, /^"([^"\\]|\\.)*"/)) { bad = 1; return "" }
  raw = substr(text, 2, RLENGTH - 2)
  text = substr(text, RLENGTH + 1)
  out = ""
  while ((at = index(raw, "\\")) > 0) {
    out = out substr(raw, 1, at - 1)
    code = substr(raw, at + 1, 1)
    raw = substr(raw, at + 2)
    if (code == "n") out = out "\\n"
    else if (code == "\\") out = out "\\\\"
    else if (code == "t") out = out " "
    else if (code == "r" || code == "b" || code == "f") continue
    else if (code == "u") { out = out character(substr(raw, 1, 4)); raw = substr(raw, 5) }
    else out = out code
  }
  return out raw
}

# \uXXXX: printable ASCII as it is, the rest as "?". Nothing that this image reads needs more.
function character(hex,   number, i) {
  number = 0
  for (i = 1; i <= 4; i++) number = number * 16 + index("0123456789abcdef", tolower(substr(hex, i, 1))) - 1
  return number > 31 && number < 127 && number != 92 ? sprintf("%c", number) : "?"
}
