#!/usr/bin/env bash
# Fails when the packages in ./feed were not packed from the sources beside it, or a source is missing from the record.
set -euo pipefail
cd "$(dirname "$0")"
sha256sum --quiet --check feed/SHA256SUMS
diff <({ ./sources.sh; ls feed/*.nupkg; } | LC_ALL=C sort) <(awk '{print $2}' feed/SHA256SUMS | LC_ALL=C sort)
echo "stand-ins: the feed matches its sources"
