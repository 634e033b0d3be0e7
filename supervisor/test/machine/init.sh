#!/usr/bin/env bash
# init.sh ROOT NAME: the first process of a machine whose files lie in ROOT. Runs in namespaces of its own (mounts,
# processes, network, name): everything that the machine ever starts ends with it, and nothing that it mounts is seen outside.
set -euo pipefail
root=$1
name=$2

mount --make-rprivate /
mount --bind "$root" "$root"
cd "$root"
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t tmpfs -o mode=755 tmpfs run
mkdir run/lock
mount -t tmpfs -o mode=755 tmpfs dev
mkdir dev/pts dev/shm dev/net
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
mount -t tmpfs -o mode=1777 tmpfs dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
for device in null zero full random urandom tty net/tun kvm; do
  [ -e "/dev/$device" ] || continue
  touch "dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
hostname "$name"
ip link set lo up
pivot_root . mnt
umount --lazy /mnt
cd /
echo ready
# Bash takes leave of processes whose parents have gone, as the first process of every machine does.
sleep infinity &
wait
