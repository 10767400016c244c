#!/usr/bin/env bash
# Puts the built counter live: counter-files.sh BUILD. Its one page goes last, because it names the
# others, and comes back from a copy if the site does not answer with it. Old files stay for open pages.
set -euo pipefail
build=$1
place="s3://$ASSETS_BUCKET/counter"
page=index.html
kept=$(mktemp)

[ -s "$build/$page" ] || { echo "$build has no $page: build the counter first" >&2; exit 1; }
has_old=no
if aws s3 cp "$place/$page" "$kept" --only-show-errors; then has_old=yes; fi

put_page() {
  aws s3 cp "$1" "$place/$page" --only-show-errors --cache-control 'no-cache' --content-type 'text/html; charset=utf-8'
  aws cloudfront create-invalidation --distribution-id "$COUNTER_DISTRIBUTION" --paths /counter/index.html > /dev/null
}

# Only names made from their content may be kept for ever.
aws s3 cp "$build" "$place" --recursive --exclude "$page" --exclude '_app/immutable/*' \
  --only-show-errors --cache-control 'no-cache'
aws s3 cp "$build/_app/immutable" "$place/_app/immutable" --recursive --only-show-errors \
  --cache-control 'public, max-age=31536000, immutable'
put_page "$build/$page"

for attempt in 1 2 3 4 5 6; do
  if curl --fail --silent --max-time 10 "$COUNTER_URL/counter/" | cmp --silent - "$build/$page"; then
    echo "the counter is live"
    exit 0
  fi
  sleep "${ROUND_SECONDS:-10}"
done
echo "the site does not answer with the new page: going back" >&2
if [ "$has_old" = yes ]; then put_page "$kept"; fi
exit 1
