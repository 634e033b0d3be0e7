#!/usr/bin/env bash
# boot.sh [tiny|debian] [--metadata http|ec2|config-drive|none] [--images DIR] [--keep]
# Boots an image in a real QEMU, without KVM and without root, and shows on one line per check that it does what the
# platform needs: a lease, its name, the key, the user data, the grown root, the prompt, ssh, and a clean power-off.
# Ends with a code other than 0 and the reason at the first check that fails. --keep leaves the console log behind.
set -euo pipefail

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly HERE
IMAGE=tiny METADATA=http IMAGES=$HERE/../out KEEP=0
while (($#)); do
  case $1 in
    tiny | debian) IMAGE=$1 ;;
    --metadata) METADATA=${2:?} && shift ;;
    --images) IMAGES=$(cd "${2:?}" && pwd) && shift ;;
    --keep) KEEP=1 ;;
    *) printf 'boot.sh: unknown argument %s\n' "$1" >&2 && exit 2 ;;
  esac
  shift
done
readonly IMAGE METADATA IMAGES KEEP

readonly INSTANCE_ID=7d3ab0f2-0000-4000-8000-0123456789ab
readonly NAME=first-light
readonly MAC=52:54:00:f1:75:7a
case $IMAGE in
  tiny) MEMORY_MIB=128 DISK_GIB=1 PATIENCE=120 EXIT_CODE=3 ;;
  # cloud-init takes a script that fails as its own failure, so this one succeeds.
  debian) MEMORY_MIB=512 DISK_GIB=6 PATIENCE=420 EXIT_CODE=0 ;;
esac
readonly MEMORY_MIB DISK_GIB PATIENCE EXIT_CODE

WORK=$(mktemp -d "${TMPDIR:-/tmp}/unkai-boot.XXXXXX")
readonly WORK LOG=$WORK/console.log
GUEST=''

finish() {
  [[ -z $GUEST ]] || kill "$GUEST" 2>/dev/null || true
  if ((KEEP)); then printf 'kept: %s\n' "$WORK"; else rm -rf "$WORK"; fi
}
trap finish EXIT

ok() {
  printf 'ok %3ds  %s\n' "$SECONDS" "$*"
}

fail() {
  printf 'FAILED after %ss: %s\n' "$SECONDS" "$*" >&2
  [[ ! -f $LOG ]] || { printf -- '--- the last lines of the console:\n' && tail -n 25 "$LOG"; } >&2
  exit 1
}

# expect REGEX WHAT: waits until the console shows it; ends the test when the guest is gone or the time is over.
expect() {
  until grep -a -q -E -e "$1" "$LOG" 2>/dev/null; do
    kill -0 "$GUEST" 2>/dev/null || fail "$2: the guest ended. $(tail -n 2 "$WORK/qemu.log")"
    ((SECONDS < PATIENCE)) || fail "$2: nothing like \"$1\" on the console within $PATIENCE s"
    sleep 0.2
  done
  ok "$2: $(grep -a -m 1 -o -E -e "$1" "$LOG" | tr -d '\r')"
}

# same WANTED GOT WHAT
same() {
  [[ $1 == "$2" ]] || fail "$3: wanted \"$1\", got \"$2\""
  ok "$3: $2"
}

in_guest() {
  timeout 60 ssh -q -i "$WORK/key" -p "$SSH_PORT" -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
    -o BatchMode=yes -o ConnectTimeout=30 "$LOGIN@127.0.0.1" "$@"
}

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { printf '%s\n' "$port" && return; }
  done
}

# The same facts in both dialects. The user data prints a line that nothing else prints.
write_metadata() {
  local service=$WORK/metadata key
  ssh-keygen -q -t ed25519 -N '' -C 'guest test' -f "$WORK/key"
  key=$(<"$WORK/key.pub")
  mkdir -p "$service"/{openstack/latest,2009-04-04/meta-data/public-keys/0}
  printf '#!/bin/sh\necho "user-data says $((6 * 7))"\nid -u >/root/ran-as\necho once >>/root/ran-times\nexit %s\n' \
    "$EXIT_CODE" >"$WORK/user-data"
  cat >"$WORK/meta_data.json" <<JSON
{"uuid": "$INSTANCE_ID", "hostname": "$NAME.novalocal", "name": "$NAME", "launch_index": 0,
 "availability_zone": "nova", "meta": {"a \"quoted\" \u00e9 key": "value\\\\n"}, "random_seed": "AAAA",
 "public_keys": {"test.key": "$key\n"}, "keys": [{"name": "test.key", "type": "ssh", "data": "$key\n"}], "devices": []}
JSON
  # cloud-init configures what stands here and nothing else: without links a server would have no network.
  cat >"$WORK/network_data.json" <<JSON
{"links": [{"id": "tap0", "type": "phy", "ethernet_mac_address": "$MAC", "mtu": 1450}], "services": [],
 "networks": [{"id": "network0", "link": "tap0", "type": "ipv4_dhcp", "network_id": "$INSTANCE_ID"}]}
JSON
  if [[ $METADATA == http ]]; then
    cp "$WORK/meta_data.json" "$WORK/network_data.json" "$service/openstack/latest/"
    cp "$WORK/user-data" "$service/openstack/latest/user_data"
    printf 'latest\n' >"$service/openstack/.index"
    printf 'meta_data.json\nnetwork_data.json\nuser_data\n' >"$service/openstack/latest/.index"
  elif [[ $METADATA == ec2 ]]; then
    printf '%s' "$INSTANCE_ID" >"$service/2009-04-04/meta-data/instance-id"
    printf '%s' "$NAME.novalocal" >"$service/2009-04-04/meta-data/hostname"
    printf '0=test.key' >"$service/2009-04-04/meta-data/public-keys/.index"
    printf '%s' "$key" >"$service/2009-04-04/meta-data/public-keys/0/openssh-key"
    cp "$WORK/user-data" "$service/2009-04-04/user-data"
  fi
}

write_config_drive() {
  local drive=$WORK/drive/openstack/latest
  mkdir -p "$drive"
  cp "$WORK/meta_data.json" "$WORK/network_data.json" "$drive/"
  cp "$WORK/user-data" "$drive/user_data"
  genisoimage -quiet -o "$WORK/config.iso" -ldots -allow-lowercase -allow-multidot -l -J -r -V config-2 "$WORK/drive" \
    2>"$WORK/genisoimage.log" || fail "genisoimage: $(tail -n 1 "$WORK/genisoimage.log")"
}

start_guest() {
  local network config=()
  network="user,id=n0,net=169.254.0.0/16,dhcpstart=169.254.0.15,hostfwd=tcp:127.0.0.1:$SSH_PORT-:22"
  network+=",hostfwd=tcp:127.0.0.1:$STREAM_PORT-:5000"
  # QEMU splits the command at blanks, and the paths here have none.
  [[ $METADATA == none ]] ||
    network+=",guestfwd=tcp:169.254.169.254:80-cmd:$HERE/answer-metadata.sh $WORK/metadata"
  if [[ $METADATA == config-drive ]]; then
    write_config_drive
    config=(-drive "if=none,id=cd,format=raw,readonly=on,file=$WORK/config.iso" -device 'ide-cd,drive=cd')
  fi
  qemu-img create -q -f qcow2 -b "$IMAGES/$IMAGE.qcow2" -F qcow2 "$WORK/disk.qcow2" "${DISK_GIB}G"
  mkfifo "$WORK/monitor"
  qemu-system-x86_64 -name "$NAME" -M pc -accel tcg,thread=multi,tb-size=64 -cpu max -m "$MEMORY_MIB" -nodefaults \
    -smbios 'type=1,manufacturer=OpenStack Foundation,product=OpenStack Nova' -display none -vga std \
    -serial "file:$LOG" -monitor stdio -device virtio-rng-pci \
    -blockdev "driver=file,node-name=f0,filename=$WORK/disk.qcow2" -blockdev driver=qcow2,node-name=d0,file=f0 \
    -device virtio-blk-pci,drive=d0,bootindex=1 \
    -netdev "$network" -device "virtio-net-pci,netdev=n0,mac=$MAC,romfile=" "${config[@]}" \
    <"$WORK/monitor" >"$WORK/qemu.log" 2>&1 &
  GUEST=$!
  exec 3>"$WORK/monitor"
}

# The line that the guest's own console shows; then the same again, asked for over ssh.
check_tiny() {
  expect 'unkai: root grown to [0-9]+ MiB' 'root partition grew'
  expect 'unkai: lease 169\.254\.0\.15/16 mtu [0-9]+' 'lease'
  if [[ $METADATA == none ]]; then
    expect 'unkai: no metadata' 'no metadata within its bounded time'
    expect '(^|[[:cntrl:]])tiny login:' 'login prompt on the serial port'
    return
  fi
  expect 'unkai: metadata from .*' 'metadata'
  expect "unkai: host name $NAME.novalocal" 'host name'
  expect 'unkai: ssh keys installed: 1' 'key'
  expect '^user-data says 42' 'user data printed on the console'
  expect "unkai: user-data finished, exit $EXIT_CODE" 'user data finished'
  expect "(^|[[:cntrl:]])$NAME login:" 'login prompt on the serial port'
  same root "$(in_guest whoami)" 'ssh with the key'
  same "$NAME" "$(in_guest hostname)" 'host name in the guest'
  same '0 once' "$(in_guest 'echo $(cat ran-as ran-times)')" 'user data ran as root, once'
  check_root_size
  check_refused_password
  check_stream
  check_reboot
}

check_debian() {
  expect "(^|[[:cntrl:]])$NAME login:" 'login prompt on the serial port'
  expect 'user-data says 42' 'user data printed on the console'
  expect 'Cloud-init v\. .* finished at .*' 'cloud-init'
  same debian "$(in_guest whoami)" 'ssh with the key'
  same 1450 "$(in_guest cat /sys/class/net/eth0/mtu)" 'MTU'
  same "$NAME" "$(in_guest hostname)" 'host name in the guest'
  same '0 once' "$(in_guest 'echo $(sudo cat /root/ran-as /root/ran-times)')" 'user data ran as root, once'
  same 'status: done' "$(in_guest 'cloud-init status --wait' | tail -n 1)" 'cloud-init'
  if [[ $METADATA == config-drive ]]; then
    expect 'Datasource DataSourceConfigDrive' 'data source'
  else
    expect 'Datasource DataSourceOpenStack' 'data source'
  fi
  check_root_size
}

check_root_size() {
  local mib
  mib=$(in_guest 'df -m / | tail -n 1' | awk '{ print $2 }')
  ((mib > DISK_GIB * 1024 * 85 / 100)) || fail "root: $mib MiB of a disk of $DISK_GIB GiB"
  ok "root file system: $mib MiB of $DISK_GIB GiB"
}

check_refused_password() {
  local methods
  methods=$(ssh -v -p "$SSH_PORT" -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BatchMode=yes \
    -o PubkeyAuthentication=no "$LOGIN@127.0.0.1" true 2>&1 | sed -n 's/.*Authentications that can continue: //p' |
    tail -n 1 | tr -d '\r' || true)
  same publickey "$methods" 'ways in by ssh'
}

# 20 MiB over plain TCP: whole or not at all.
check_stream() {
  local sum got
  head -c 20971520 /dev/urandom >"$WORK/stream"
  sum=$(sha256sum "$WORK/stream" | cut -d ' ' -f 1)
  in_guest 'nc -l -p 5000 >/tmp/stream </dev/null' &
  sleep 2
  cat "$WORK/stream" >"/dev/tcp/127.0.0.1/$STREAM_PORT" || fail 'TCP stream: the guest does not listen'
  wait $! || fail 'TCP stream: nc in the guest failed'
  got=$(in_guest 'sha256sum /tmp/stream' | cut -d ' ' -f 1)
  same "$sum" "$got" '20 MiB over TCP'
}

check_reboot() {
  in_guest reboot || true
  expect 'unkai: user-data ran at the first boot, not again' 'after a reboot'
  until (($(grep -a -c "$NAME login:" "$LOG") >= 2)); do
    ((SECONDS < PATIENCE)) || fail 'no second login prompt after the reboot'
    sleep 0.5
  done
  same once "$(in_guest cat ran-times)" 'user data after the reboot'
}

# The power button, and the guest goes by itself.
check_power_off() {
  printf 'system_powerdown\n' >&3
  local limit=$((SECONDS + 60))
  while kill -0 "$GUEST" 2>/dev/null; do
    ((SECONDS < limit)) || fail 'the guest did not power off within 60 s of its power button'
    sleep 0.2
  done
  GUEST=''
  ok 'powered off by its power button'
}

for tool in qemu-system-x86_64 qemu-img ssh ssh-keygen genisoimage; do
  command -v "$tool" >/dev/null || fail "$tool is missing: apt-get install -y qemu-system-x86 qemu-utils openssh-client genisoimage"
done
[[ -s $IMAGES/$IMAGE.qcow2 ]] || fail "$IMAGES/$IMAGE.qcow2 is missing: images/$IMAGE/build.sh $IMAGES"
LOGIN=$(sed -n 's/.*"loginUser": "\(.*\)".*/\1/p' "$IMAGES/$IMAGE.json")
SSH_PORT=$(free_port)
STREAM_PORT=$(free_port)
readonly LOGIN SSH_PORT STREAM_PORT
write_metadata
start_guest
"check_$IMAGE"
check_power_off
printf '%s (%s): all checks passed in %s s\n' "$IMAGE" "$METADATA" "$SECONDS"
