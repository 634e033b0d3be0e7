# shellcheck shell=bash
# A folder becomes a bootable disk, without mounts, loop devices or root's help: mke2fs fills the file system,
# sfdisk writes the table, and GRUB is put in front of the first partition byte by byte.

readonly PARTITION_START_MIB=1
# mke2fs keeps room for group descriptors, so that a running guest can grow its root up to 2 TiB (in 4 KiB blocks).
# Its journal must hold a change of all of them at once: with 4 MiB the kernel refuses to grow ("no space left").
readonly GROW_LIMIT_BLOCKS=536870911

need_disk_tools() {
  need mke2fs e2fsprogs
  need sfdisk fdisk
  need grub-mkimage grub-common
  need /usr/lib/grub/i386-pc/boot.img grub-pc-bin
  need qemu-img qemu-utils
}

# write_boot_loader DISK: GRUB for BIOS machines, which then reads /boot/grub/grub.cfg of the first partition.
write_boot_loader() {
  local disk=$1 work
  work=$(mktemp -d)
  printf 'set root=(hd0,msdos1)\nset prefix=(hd0,msdos1)/boot/grub\nconfigfile /boot/grub/grub.cfg\n' >"$work/early.cfg"
  grub-mkimage -O i386-pc -o "$work/core.img" -p '(hd0,msdos1)/boot/grub' -c "$work/early.cfg" \
    biosdisk part_msdos ext2 linux configfile normal echo test search serial terminal
  # The table lives in bytes 440 to 511 of the first sector, so only the code before it is replaced.
  dd if=/usr/lib/grub/i386-pc/boot.img of="$disk" bs=440 count=1 conv=notrunc status=none
  dd if="$work/core.img" of="$disk" bs=512 seek=1 conv=notrunc status=none
  rm -rf "$work"
}

# disk_from_folder: folder=… label=… size_mib=… inode_ratio=… output=… (as environment of the call).
# Makes a qcow2 with one ext4 partition that holds the folder and boots by BIOS.
disk_from_folder() {
  local work sectors
  # shellcheck disable=SC2154 # the five names are given in front of the call
  : "$folder" "$label" "$size_mib" "$inode_ratio" "$output"
  work=$(mktemp -d "${TMPDIR:-/tmp}/unkai-disk.XXXXXX")
  step "filling the root file system ($size_mib MiB)"
  truncate -s "$((size_mib - PARTITION_START_MIB))M" "$work/root.raw"
  # The two features are new defaults of mke2fs that the boot loader of Debian 12 cannot read.
  mke2fs -q -t ext4 -O ^metadata_csum_seed,^orphan_file -b 4096 -i "$inode_ratio" -m 0 -L "$label" -J size=16 \
    -E "root_owner=0:0,lazy_itable_init=0,resize=$GROW_LIMIT_BLOCKS" \
    -d "$folder" "$work/root.raw" >"$work/mke2fs.log" 2>&1 ||
    fail "mke2fs: $(tail -n 1 "$work/mke2fs.log")" 'raise the size of the image in its build.sh, or free space in /tmp'
  truncate -s "${size_mib}M" "$work/disk.raw"
  sectors=$((PARTITION_START_MIB * 2048))
  printf 'label: dos\nstart=%s,type=83,bootable\n' "$sectors" | sfdisk -q "$work/disk.raw"
  dd if="$work/root.raw" of="$work/disk.raw" bs=1M seek="$PARTITION_START_MIB" conv=notrunc,sparse status=none
  rm -f "$work/root.raw"
  write_boot_loader "$work/disk.raw"
  step 'compressing'
  qemu-img convert -c -O qcow2 -o compression_type=zstd "$work/disk.raw" "$output"
  rm -rf "$work"
}
