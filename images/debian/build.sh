#!/usr/bin/env bash
# debian/build.sh OUTPUT_DIR [--force]: makes debian.qcow2 and debian.json, Debian 12 with its own cloud-init.
# Packages come from the mirror that this machine's apt uses; the image itself names Debian's public one.
set -Eeuo pipefail

RECIPE_NAME=debian
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly RECIPE_NAME HERE
# shellcheck source=images/recipe/steps.sh
. "$HERE/../recipe/steps.sh"
# shellcheck source=images/recipe/kernel.sh
. "$HERE/../recipe/kernel.sh"
# shellcheck source=images/recipe/disk.sh
. "$HERE/../recipe/disk.sh"
# shellcheck source=images/recipe/manifest.sh
. "$HERE/../recipe/manifest.sh"

readonly SUITE=bookworm
readonly SIZE_MIB=2048
readonly INODE_RATIO=16384
readonly KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
# cloud-init asks for its first lease with dhclient, which also takes the MTU and the classless routes of a lease.
readonly PACKAGES='systemd-sysv udev dbus libpam-systemd kmod procps
  linux-image-cloud-amd64 initramfs-tools zstd
  cloud-init cloud-guest-utils fdisk e2fsprogs eatmydata
  ifupdown isc-dhcp-client iproute2 iputils-ping netbase netcat-openbsd
  openssh-server qemu-guest-agent sudo systemd-timesyncd
  ca-certificates curl less nano tzdata'

check_tools() {
  need_amd64
  need_disk_tools
  need apt-get apt
  need mmdebstrap mmdebstrap
  need "$KEYRING" debian-archive-keyring
  [[ $EUID == 0 ]] || fail 'a Debian root belongs to many users, which only root can write' "sudo $0 $OUTPUT_DIR"
}

# repositories: the machine's own Debian mirrors with this image's suites, as lines of a sources.list. Empty when the
# machine has none (it runs something else): mmdebstrap then takes Debian's public mirror.
repositories() {
  apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 2>/dev/null |
    sort -u | awk -v suite="$SUITE" -v keyring="$KEYRING" '
      function line(uri, name) { printf "deb [signed-by=%s] %s %s main\n", keyring, uri, name }
      $1 == "Debian" && !archive++ { line($2, suite); line($2, suite "-updates") }
      $1 == "Debian-Security" && !security++ { line($2, suite "-security") }'
}

# apt_options: this machine's proxies and time checks, which its mirror may depend on.
apt_options() {
  apt-config dump 2>/dev/null | grep -iE '^Acquire::(https?::Proxy|https?::.*::Proxy|Check-Valid-Until|Check-Date) ' || true
}

# The recipe's own files, owned by root whoever checked them out.
pack_root() {
  tar -C "$HERE/root" --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX -cf "$WORK/root.tar" .
}

make_tree() {
  local options=() option
  while IFS= read -r option; do
    [[ -z $option ]] || options+=(--aptopt="$option")
  done < <(apt_options)
  repositories >"$WORK/sources.list"
  pack_root
  step 'installing packages (about a minute)'
  # The initramfs hook must be there before the kernel is, the other files after the packages that own their folders.
  # shellcheck disable=SC2086 # a list of words becomes one list with commas
  mmdebstrap --quiet --variant=minbase --format=directory "${options[@]}" \
    --include="$(tr -s ' \n' ',,' <<<"$PACKAGES" | sed 's/,$//')" \
    --essential-hook="mkdir -p \"\$1/etc/initramfs-tools/hooks\"" \
    --essential-hook="cp '$HERE/root/etc/initramfs-tools/hooks/config-drive' \"\$1/etc/initramfs-tools/hooks/\"" \
    --essential-hook="chmod 0755 \"\$1/etc/initramfs-tools/hooks/config-drive\"" \
    --customize-hook="tar-in '$WORK/root.tar' /" \
    "$SUITE" "$TREE" "$([[ -s $WORK/sources.list ]] && printf %s "$WORK/sources.list")" >"$WORK/mmdebstrap.log" 2>&1 ||
    fail "mmdebstrap: $(grep -E '^E:' "$WORK/mmdebstrap.log" | head -n 3 | tr '\n' ' ')" \
      'apt-get update, look at the mirror in /etc/apt, then run the recipe again'
}

# What belongs to the machine that built the image, or must differ between servers, goes.
clean_tree() {
  step 'cleaning'
  rm -rf "$TREE"/etc/ssh/ssh_host_* "$TREE"/var/lib/apt/lists/* "$TREE"/var/cache/apt/* "$TREE"/var/log/* \
    "$TREE"/etc/apt/apt.conf.d/99mmdebstrap "$TREE"/etc/apt/sources.list.d/* "$TREE"/tmp/* "$TREE"/var/tmp/* \
    "$TREE"/var/lib/dbus/machine-id "$TREE"/etc/resolv.conf
  mkdir -p "$TREE/var/lib/apt/lists/partial" "$TREE/var/cache/apt/archives/partial"
  : >"$TREE/etc/machine-id"
  printf 'debian\n' >"$TREE/etc/hostname"
  printf '127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n' >"$TREE/etc/hosts"
  : >"$TREE/etc/resolv.conf"
}

# A mirror inside somebody's network must not travel with the image.
refuse_leaks() {
  local host found
  sed -nE 's#^deb .* [a-z+]+://([^/:@]*@)?([^/:]*).*#\2#p' "$WORK/sources.list" | sort -u | while read -r host; do
    [[ $host == deb.debian.org || $host == security.debian.org ]] && continue
    found=$(grep -rlF -e "$host" "$TREE/etc" "$TREE/var" "$TREE/root" 2>/dev/null | head -n 1 || true)
    [[ -z $found ]] || fail "the image would name this machine's mirror in ${found#"$TREE"}" "edit clean_tree in $0"
  done
}

check_tree() {
  local name
  for name in vmlinuz initrd.img; do
    [[ -e $TREE/$name ]] || [[ -e $TREE/$(readlink "$TREE/$name" || true) && -L $TREE/$name ]] ||
      fail "/$name is missing in the new root" "read $0: the kernel package makes this link"
  done
  VERSION=$(basename "$(readlink "$TREE/vmlinuz")")
  VERSION=${VERSION#vmlinuz-}
}

build() {
  WORK=$(mktemp -d "${TMPDIR:-/tmp}/unkai-debian.XXXXXX")
  trap 'rm -rf --one-file-system "$WORK"' EXIT
  TREE=$WORK/tree
  make_tree
  clean_tree
  refuse_leaks
  check_tree
  folder=$TREE label=debian-root size_mib=$SIZE_MIB inode_ratio=$INODE_RATIO output=$OUTPUT_DIR/.debian.qcow2.part \
    disk_from_folder
}

manifest_members() {
  cat <<JSON
  "loginUser": "debian",
  "minDiskGib": 2,
  "minMemoryMib": 512,
  "description": "Debian 12 (bookworm) with cloud-init, OpenSSH and the QEMU guest agent on Debian's kernel $VERSION."
JSON
}

main() {
  read_arguments "$@"
  trap 'report_unexpected_failure $? $LINENO "$BASH_COMMAND"' ERR
  check_tools
  local stamp
  stamp=$(recipe_stamp "$(kernel_identity "$OUTPUT_DIR/.cache")" debian recipe)
  if is_up_to_date debian "$stamp"; then
    step "up to date: $OUTPUT_DIR/debian.qcow2"
    return 0
  fi
  build
  publish debian "$stamp" "$OUTPUT_DIR/.debian.qcow2.part" "$(manifest_members)"
}

main "$@"
