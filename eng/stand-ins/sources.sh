#!/usr/bin/env bash
# Lists what decides the content of the packages.
set -euo pipefail
cd "$(dirname "$0")"
find RESPite System.IO.Hashing \( -name obj -o -name bin \) -prune -o -type f -print | LC_ALL=C sort
echo Directory.Build.props
