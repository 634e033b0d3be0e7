# shellcheck shell=bash
# Which Debian kernel goes into an image, and how its package is fetched.

# The kernel that Debian's own meta-package points at.
current_kernel() {
  apt-cache depends linux-image-cloud-amd64 2>/dev/null | awk '$1 == "Depends:" { print $2; exit }'
}

# Lists kernel packages, best first: the current one, then the other cloud kernels by version.
# Names without an ABI part (linux-image-6.12-cloud-amd64) are meta-packages and hold no kernel.
kernel_candidates() {
  {
    current_kernel
    apt-cache search --names-only '^linux-image-[0-9].*-cloud-amd64$' |
      awk '$1 !~ /^linux-image-[0-9.]+-cloud-amd64$/ { print $1 }' | sort -rV
  } | awk '!seen[$0]++'
}

# candidate_version PACKAGE: the version that apt would install now, or nothing.
candidate_version() {
  apt-cache show --no-all-versions "$1" 2>/dev/null | awk '$1 == "Version:" && !found++ { print $2 }'
}

# Prints "package version" of the kernel that a build would take now, without the network.
# Falls back to the newest package kept in the cache folder $1, so that a rebuild works offline.
kernel_identity() {
  local package
  package=$(current_kernel)
  # Searching all package names takes apt a second or two, so it is done only without the meta-package.
  [[ -n $package ]] || package=$(kernel_candidates | awk 'NR == 1')
  if [[ -n $package ]]; then
    printf '%s %s\n' "$package" "$(candidate_version "$package")"
  else
    newest_cached_kernel "$1" | xargs -r basename
  fi
}

# Prints the path of the newest kernel package in the cache folder $1, or nothing.
newest_cached_kernel() {
  [[ ! -d $1 ]] || find "$1" -maxdepth 1 -name 'linux-image-*-cloud-amd64_*.deb' | sort -V | tail -n 1
}

# kernel_package CACHE_DIR: prints the path of a kernel .deb, downloaded into the cache folder if it is not there yet.
# Tries three candidates, because a mirror may already have dropped a version that the package lists still name.
kernel_package() {
  local cache=$1 package version file tried=0
  mkdir -p "$cache"
  for package in $(kernel_candidates); do
    version=$(candidate_version "$package")
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
