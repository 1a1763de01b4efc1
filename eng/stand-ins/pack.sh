#!/usr/bin/env bash
# Packs the stand-ins into ./feed and records what they were packed from. Raise the fourth part of the versions first.
set -euo pipefail
cd "$(dirname "$0")"
rm -rf feed && mkdir feed
for project in RESPite System.IO.Hashing; do
  dotnet pack "$project/$project.csproj" -c Release -o feed --nologo -v quiet
done
./sources.sh | xargs sha256sum > feed/SHA256SUMS
sha256sum feed/*.nupkg >> feed/SHA256SUMS
cat feed/SHA256SUMS
