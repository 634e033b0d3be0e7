# shellcheck shell=bash
# Which Debian kernel goes into an image, and how its package is fetched.

# Lists kernel packages, best first: what Debian's own meta-package points at, then the other cloud kernels by version.
# Names without an ABI part (linux-image-6.12-cloud-amd64) are meta-packages and hold no kernel.
kernel_candidates() {
  {
    apt-cache depends linux-image-cloud-amd64 2>/dev/null | awk '$1 == "Depends:" { print $2; exit }'
    apt-cache search --names-only '^linux-image-[0-9].*-cloud-amd64$' |
      awk '$1 !~ /^linux-image-[0-9.]+-cloud-amd64$/ { print $1 }' | sort -rV
  } | awk '!seen[$0]++'
}

# Prints "package version" of the kernel that a build would take now, without the network.
# Falls back to the newest package kept in the cache folder $1, so that a rebuild works offline.
kernel_identity() {
  local cache=$1 package version
  for package in $(kernel_candidates); do
    version=$(apt-cache show --no-all-versions "$package" 2>/dev/null | awk '$1 == "Version:" { print $2; exit }')
    [[ -n $version ]] && printf '%s %s\n' "$package" "$version" && return 0
  done
  newest_cached_kernel "$cache" | sed -E 's#.*/([^_/]*)_([^_]*)_.*#\1 \2#; s/%3a/:/'
}

# Prints the path of the newest kernel package in the cache folder $1, or nothing.
newest_cached_kernel() {
  find "$1" -maxdepth 1 -name 'linux-image-*-cloud-amd64_*.deb' 2>/dev/null | sort -V | tail -n 1
}

# kernel_package CACHE_DIR: prints the path of a kernel .deb, downloaded into the cache folder if it is not there yet.
# Tries three candidates, because a mirror may already have dropped a version that the package lists still name.
kernel_package() {
  local cache=$1 package version file tried=0
  mkdir -p "$cache"
  for package in $(kernel_candidates); do
    version=$(apt-cache show --no-all-versions "$package" | awk '$1 == "Version:" { print $2; exit }')
    file=$cache/${package}_${version//:/%3a}_amd64.deb
    if [[ ! -s $file ]]; then
      step "downloading $package $version"
      # apt drops to its own user for downloads and would complain that it may not write into this folder.
      (cd "$cache" && apt-get -q -o APT::Sandbox::User=root download "$package=$version" >/dev/null) || true
    fi
    [[ -s $file ]] && printf '%s\n' "$file" && return 0
    ((++tried < 3)) || break
  done
  file=$(newest_cached_kernel "$cache")
  [[ -n $file ]] || fail 'no cloud kernel package could be downloaded' 'apt-get update'
  step "taking the cached $(basename "$file"): nothing newer could be downloaded"
  printf '%s\n' "$file"
}
