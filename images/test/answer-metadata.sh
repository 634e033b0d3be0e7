#!/usr/bin/env bash
# answer-metadata.sh FOLDER: answers one HTTP request on standard input from the files in a folder, as a metadata
# service would. QEMU starts it for each connection of the guest (guestfwd=…-cmd:), so it needs no port.
set -euo pipefail

folder=$1
read -r _ path _
path=${path%%\?*}
while read -r header && [[ -n ${header%$'\r'} ]]; do :; done

file=$folder${path%/}
[[ -d $file ]] && file=$file/.index
if [[ $path != *..* && -f $file ]]; then
  printf 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %s\r\nConnection: close\r\n\r\n' \
    "$(stat -c %s "$file")"
  cat "$file"
else
  printf 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'
fi
