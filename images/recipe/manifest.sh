# shellcheck shell=bash
# When an image is up to date, and how a finished one is put in place together with the facts about it.

# recipe_stamp FACTS FOLDER…: one hash over the recipe's files (names, bytes, which can be run) and the versions in
# FACTS. The folders are named from images/, so that every checkout of the same recipe has the same stamp.
recipe_stamp() (
  local facts=$1
  shift
  cd "$HERE/.." || exit
  {
    printf '%s\n' "$facts"
    find "$@" -type f ! -name '*.md' -print0 | sort -z | xargs -0 sha256sum
    find "$@" -type f -perm /111 -print0 | sort -z | tr '\0' '\n'
  } | sha256sum | cut -d ' ' -f 1
)

# package_versions PACKAGE…: "name version" of installed packages, for the stamp.
package_versions() {
  dpkg-query --show --showformat '${Package} ${Version}\n' "$@" 2>/dev/null || true
}

# is_up_to_date NAME STAMP: true when the image, its manifest and this very stamp are in OUTPUT_DIR.
is_up_to_date() {
  local image=$OUTPUT_DIR/$1.qcow2 manifest=$OUTPUT_DIR/$1.json
  [[ $FORCE == 0 && -s $image && -s $manifest && -s $OUTPUT_DIR/.$1.stamp ]] || return 1
  [[ $(<"$OUTPUT_DIR/.$1.stamp") == "$2" ]] || return 1
  # A half-copied file would pass the checks above, so its size must be the one that was written down.
  grep -q "\"sizeBytes\": $(stat -c %s "$image")," "$manifest"
}

# publish NAME STAMP BUILT_FILE MANIFEST_LINES: moves the built image into OUTPUT_DIR and writes NAME.json beside it.
# MANIFEST_LINES are the image's own JSON members. Readers see the old pair or the new pair's files, never half of one.
publish() {
  local name=$1 stamp=$2 built=$3 members=$4 sum size virtual
  sum=$(sha256sum "$built" | cut -d ' ' -f 1)
  size=$(stat -c %s "$built")
  virtual=$(qemu-img info --output=json "$built" | sed -n 's/.*"virtual-size": \([0-9]*\).*/\1/p' | head -n 1)
  cat >"$OUTPUT_DIR/.$name.json.part" <<JSON
{
  "name": "$name",
  "file": "$name.qcow2",
  "sha256": "$sum",
  "sizeBytes": $size,
  "virtualSizeBytes": $virtual,
  "diskFormat": "qcow2",
  "architecture": "x86_64",
$members
}
JSON
  chmod 0644 "$built" "$OUTPUT_DIR/.$name.json.part"
  rm -f "$OUTPUT_DIR/.$name.stamp"
  mv -f "$built" "$OUTPUT_DIR/$name.qcow2"
  mv -f "$OUTPUT_DIR/.$name.json.part" "$OUTPUT_DIR/$name.json"
  # Last, so that an interrupted run is never taken for a finished one.
  printf '%s\n' "$stamp" >"$OUTPUT_DIR/.$name.stamp"
  step "done: $OUTPUT_DIR/$name.qcow2, $((size / 1048576)) MiB, sha256 $sum"
}
