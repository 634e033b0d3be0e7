#!/usr/bin/env bash
# tiny/build.sh OUTPUT_DIR [--force]: makes tiny.qcow2 and tiny.json, a small guest that boots in seconds.
# Only Debian's packages go in: a cloud kernel fetched by apt, and programs that are installed on this machine.
set -Eeuo pipefail

RECIPE_NAME=tiny
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

readonly SIZE_MIB=128
# One inode for 64 KiB: a root grown to tens of GiB must not spend its time on inode tables.
readonly INODE_RATIO=65536
readonly LIBRARIES=usr/lib/x86_64-linux-gnu
# Programs from this machine's packages, each as "file package".
readonly PROGRAMS='
/bin/bash bash
/usr/bin/curl curl
/usr/sbin/dropbear dropbear-bin
/usr/bin/dropbearkey dropbear-bin
/usr/bin/dbclient dropbear-bin
/usr/lib/openssh/sftp-server openssh-sftp-server
/usr/sbin/mke2fs e2fsprogs
/usr/sbin/e2fsck e2fsprogs
/usr/sbin/resize2fs e2fsprogs
/usr/sbin/blkid util-linux
/usr/bin/resizepart util-linux'
# Drivers for the boot disk, by the bus it may be on; the second list is loaded only when the first finds no root.
readonly BOOT_MODULES='virtio_pci virtio_blk'
readonly OTHER_BOOT_MODULES='virtio_scsi sd_mod ata_piix nvme'
# Drivers kept in the root for later: network, hot plug, config drives, and what tests of networks need.
readonly ROOT_MODULES='virtio_net virtio_rng virtio_balloon virtio_console virtio_scsi sd_mod sr_mod ata_piix nvme
  button evdev isofs vfat nls_cp437 nls_ascii nls_utf8 8021q bonding bridge'

check_tools() {
  need_amd64
  need_disk_tools
  need apt-get apt
  need depmod kmod
  need cpio cpio
  need /bin/busybox busybox-static
  # The guest's first program has no libraries beside it.
  ! ldd /bin/busybox >/dev/null 2>&1 || fail '/bin/busybox is not the static one' 'apt-get install -y busybox-static'
  need /etc/ssl/certs/ca-certificates.crt ca-certificates
  local file package
  while read -r file package; do
    [[ -z $file ]] || need "$file" "$package"
  done <<<"$PROGRAMS"
}

current_stamp() {
  local packages
  packages=$(awk 'NF { print $2 }' <<<"$PROGRAMS" | sort -u)
  # shellcheck disable=SC2086 # a list of words
  recipe_stamp "$(kernel_identity "$CACHE"; package_versions busybox-static grub-pc-bin ca-certificates $packages)" \
    tiny recipe
}

# add_program FILE: the program and the libraries it is linked with.
add_program() {
  local file=$1 library
  install -D -m 0755 "$file" "$TREE/usr/bin/$(basename "$file")"
  for library in $(ldd "$file" | grep -o '/[^ ]*'); do
    [[ -e $TREE/$LIBRARIES/$(basename "$library") ]] || install -m 0755 "$library" "$TREE/$LIBRARIES/"
  done
}

# All programs live in one folder; the other names lead there, as in a merged Debian.
make_root_folders() {
  local folder
  mkdir -p "$TREE"/{boot/grub,dev,etc/ssl/certs,proc,root,run,sys,tmp,mnt,var/lib/unkai,var/log,usr/bin,usr/lib/modules}
  mkdir -p "$TREE/$LIBRARIES" "$TREE/usr/lib64"
  ln -s bin "$TREE/usr/sbin"
  for folder in bin sbin lib lib64; do ln -s "usr/$folder" "$TREE/$folder"; done
  ln -s /run "$TREE/var/run"
  chmod 0700 "$TREE/root"
  chmod 1777 "$TREE/tmp"
}

add_programs() {
  local file applet
  install -m 0755 /bin/busybox "$TREE/usr/bin/busybox"
  for applet in $(/bin/busybox --list); do
    [[ $applet == busybox ]] || ln -s busybox "$TREE/usr/bin/$applet"
  done
  while read -r file _; do
    [[ -n $file ]] || continue
    # A real program replaces busybox's small one of the same name.
    rm -f "$TREE/usr/bin/$(basename "$file")"
    add_program "$file"
  done <<<"$PROGRAMS"
  ln -sf mke2fs "$TREE/usr/bin/mkfs.ext4"
  ln -sf dbclient "$TREE/usr/bin/ssh"
  # Where dropbear looks for it when scp or sftp calls.
  ln -sf ../bin/sftp-server "$TREE/usr/lib/sftp-server"
  ln -sf "../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" "$TREE/usr/lib64/ld-linux-x86-64.so.2"
}

add_settings() {
  # Through tar, which sets the modes: those of a checkout depend on who made it.
  tar -C "$HERE/root" --mode=u=rwX,go=rX -cf - . | tar -x --no-same-owner -C "$TREE" -f -
  printf 'root:%s:19000:0:99999:7:::\n' "$(/bin/busybox mkpasswd -m sha512 tiny)" >"$TREE/etc/shadow"
  chmod 0600 "$TREE/etc/shadow"
  printf 'tiny\n' >"$TREE/etc/hostname"
  printf '127.0.0.1 localhost\n::1 localhost\n127.0.1.1 tiny\n' >"$TREE/etc/hosts"
  ln -s /run/unkai/resolv.conf "$TREE/etc/resolv.conf"
  ln -s /proc/mounts "$TREE/etc/mtab"
  cp /etc/ssl/certs/ca-certificates.crt "$TREE/etc/ssl/certs/"
}

# module_files MODULE…: the files of the modules and of all they need, in the order in which they can be loaded.
module_files() {
  local module
  for module in "$@"; do
    # A driver that is built into the kernel, or that this kernel does not have, has no file.
    modprobe --dirname "$KERNEL" --set-version "$VERSION" --show-depends "$module" 2>/dev/null |
      awk '$1 == "insmod" { print $2 }' || true
  done | awk '!seen[$0]++'
}

# copy_module FILE FOLDER: unpacked, since busybox does not load every kind of compressed module. Prints its name.
copy_module() {
  local name
  name=$(basename "$1")
  case $name in
    *.xz) name=${name%.xz} && xz -dc "$1" >"$2/$name" ;;
    *.zst) name=${name%.zst} && zstd -qdc "$1" >"$2/$name" ;;
    *) cp "$1" "$2/$name" ;;
  esac
  printf '%s\n' "$name"
}

add_kernel() {
  local deb file
  deb=$(kernel_package "$CACHE")
  step "taking $(basename "$deb")"
  dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$KERNEL" ||
    fail "$deb cannot be unpacked" "rm '$deb', then run the recipe again"
  # Debian 13 keeps modules below /usr only.
  [[ -d $KERNEL/lib/modules ]] || ln -s usr/lib "$KERNEL/lib"
  VERSION=$(basename "$(find "$KERNEL/lib/modules/" -mindepth 1 -maxdepth 1 -type d | head -n 1)")
  depmod --basedir "$KERNEL" "$VERSION"
  cp "$KERNEL/boot/vmlinuz-$VERSION" "$TREE/boot/vmlinuz"
  mkdir -p "$TREE/usr/lib/modules/$VERSION"
  # shellcheck disable=SC2086 # a list of words
  for file in $(module_files $ROOT_MODULES $BOOT_MODULES); do
    copy_module "$file" "$TREE/usr/lib/modules/$VERSION" >/dev/null
  done
  cp "$KERNEL/lib/modules/$VERSION"/modules.{order,builtin} "$TREE/usr/lib/modules/$VERSION/"
  depmod --basedir "$TREE" "$VERSION" 2>/dev/null
}

# The first program, a busybox and the drivers of the boot disk. Left uncompressed: a guest without hardware
# virtualisation reads 3 MiB faster than it unpacks them.
add_initramfs() {
  local work=$WORK/initramfs applet file
  mkdir -p "$work"/{bin,dev,proc,sys,root,modules}
  install -m 0755 "$HERE/initramfs/init" "$work/init"
  install -m 0755 /bin/busybox "$work/bin/busybox"
  for applet in sh mount umount insmod dd tr uname usleep switch_root; do
    ln -s busybox "$work/bin/$applet"
  done
  # shellcheck disable=SC2086 # a list of words
  for file in $(module_files $BOOT_MODULES); do copy_module "$file" "$work/modules"; done >"$work/modules/order.virtio"
  # shellcheck disable=SC2086 # as above
  for file in $(module_files $OTHER_BOOT_MODULES); do copy_module "$file" "$work/modules"; done >"$work/modules/order.other"
  (cd "$work" && find . -print0 | sort -z | cpio --quiet --null -o -H newc -R 0:0) >"$TREE/boot/initramfs"
}

add_boot_menu() {
  # nokaslr: with 128 MiB the kernel finds no random place and says so across the screen.
  # no_timer_check: the check fails now and then on emulated machines that are short of time.
  cat >"$TREE/boot/grub/grub.cfg" <<'CFG'
set timeout=0
linux /boot/vmlinuz console=tty0 console=ttyS0,115200 quiet loglevel=3 nokaslr no_timer_check panic=10
initrd /boot/initramfs
boot
CFG
}

build() {
  WORK=$(mktemp -d "${TMPDIR:-/tmp}/unkai-tiny.XXXXXX")
  trap 'rm -rf "$WORK"' EXIT
  TREE=$WORK/tree
  KERNEL=$WORK/kernel
  mkdir -p "$TREE" "$KERNEL"
  step 'collecting programs'
  make_root_folders
  add_programs
  add_settings
  add_kernel
  add_initramfs
  add_boot_menu
  folder=$TREE label=tinyroot size_mib=$SIZE_MIB inode_ratio=$INODE_RATIO output=$OUTPUT_DIR/.tiny.qcow2.part \
    disk_from_folder
}

manifest_members() {
  cat <<JSON
  "loginUser": "root",
  "minDiskGib": 1,
  "minMemoryMib": 128,
  "description": "A small Linux for tests and first steps: busybox, bash, curl and an ssh server on Debian's kernel $VERSION."
JSON
}

main() {
  read_arguments "$@"
  CACHE=${UNKAI_IMAGE_CACHE:-$OUTPUT_DIR/.cache}
  trap 'report_unexpected_failure $? $LINENO "$BASH_COMMAND"' ERR
  check_tools
  local stamp
  stamp=$(current_stamp)
  if is_up_to_date tiny "$stamp"; then
    step "up to date: $OUTPUT_DIR/tiny.qcow2"
    return 0
  fi
  build
  publish tiny "$stamp" "$OUTPUT_DIR/.tiny.qcow2.part" "$(manifest_members)"
}

# Files in the image belong to root. Where we are not root, a user namespace says that we are.
[[ $EUID == 0 ]] || exec unshare --map-root-user -- "$0" "$@"
main "$@"
