# shellcheck shell=bash
# How every recipe talks: one line per step with its time, and a failure that names the command which mends it.

# Prints what a recipe is doing, with the seconds since it started, on standard error.
step() {
  printf '[%3ds] %s: %s\n' "$SECONDS" "${RECIPE_NAME:-image}" "$*" >&2
}

# fail WHAT MEND: says what went wrong and which command mends it, then ends the recipe.
fail() {
  printf '%s: failed: %s\n%s: to mend it: %s\n' "${RECIPE_NAME:-image}" "$1" "${RECIPE_NAME:-image}" "$2" >&2
  exit 1
}

# Ends the recipe with the failing command and its line, where no step gave a better reason.
report_unexpected_failure() {
  local status=$1 line=$2 command=$3
  printf '%s: failed: line %s, exit %s: %s\n' "${RECIPE_NAME:-image}" "$line" "$status" "$command" >&2
  printf '%s: to mend it: read the lines above, then run the same command again with --force\n' \
    "${RECIPE_NAME:-image}" >&2
}

# need FILE_OR_COMMAND PACKAGE: ends the recipe unless the tool is there. An absolute path is looked up as a file.
need() {
  local tool=$1 package=$2
  case $tool in
    /*) [[ -e $tool ]] && return 0 ;;
    *) command -v -- "$tool" >/dev/null && return 0 ;;
  esac
  fail "$tool is missing" "apt-get install -y $package"
}

# need_amd64: the images are x86_64 and their programs come from this machine's packages.
need_amd64() {
  need dpkg dpkg
  [[ $(dpkg --print-architecture) == amd64 ]] ||
    fail "this machine is $(dpkg --print-architecture), the recipes build x86_64 only" \
      'build on an amd64 machine and copy the files over'
}

# Reads "OUTPUT_DIR [--force]" into OUTPUT_DIR (absolute, made if missing) and FORCE (0 or 1).
read_arguments() {
  OUTPUT_DIR='' FORCE=0
  local argument
  for argument in "$@"; do
    case $argument in
      --force) FORCE=1 ;;
      -*) fail "unknown option $argument" "$0 OUTPUT_DIR [--force]" ;;
      *) OUTPUT_DIR=$argument ;;
    esac
  done
  [[ -n $OUTPUT_DIR ]] || fail 'no output folder given' "$0 OUTPUT_DIR [--force]"
  mkdir -p "$OUTPUT_DIR"
  OUTPUT_DIR=$(cd "$OUTPUT_DIR" && pwd)
  export OUTPUT_DIR FORCE
}
