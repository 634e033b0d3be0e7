#!/usr/bin/env bash
# lint.sh: shellcheck over every shell program here, those of the guests included.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

command -v shellcheck >/dev/null || {
  printf 'lint.sh: shellcheck is missing: apt-get install -y shellcheck\n' >&2
  exit 1
}
# By their first line, so that a new program is checked without being listed; the sourced files name their shell.
mapfile -t programs < <(grep -rlE -m 1 '^#!.*sh$|^# shellcheck shell=' --exclude='*.awk' --exclude-dir=out . | sort)
shellcheck -x --source-path=SCRIPTDIR/../.. "${programs[@]}"
printf '%s shell programs are clean\n' "${#programs[@]}"
