#!/bin/sh
# Checks the guides and builds the site, on a machine of Netlify or of Cloudflare Pages.
set -eu

# TODO: the repository of Cicerone, and the commit or tag of it that builds this site. It is compiled in each build,
# which takes some minutes and needs Rust; where the host has none, fetch a binary of a release here instead.
CICERONE=https://git.example/cicerone
CICERONE_REV=v0.1.0

PATH="$HOME/.cargo/bin:$PATH"
command -v cicerone >/dev/null ||
  cargo install --locked --git "$CICERONE" --rev "$CICERONE_REV" cicerone

# A preview has an address of its own.
address=
if [ "${CONTEXT:-production}" != production ]; then address=$DEPLOY_PRIME_URL; fi
if [ "${CF_PAGES_BRANCH:-main}" != main ]; then address=$CF_PAGES_URL; fi

cicerone check
if [ -n "$address" ]; then
  cicerone build --base-url "$address/"
else
  cicerone build
fi
