#!/bin/sh
# On a machine of Netlify or of Cloudflare Pages: publishes `main` to the folder of the target `pages` in
# guides/site.yaml, which the host then shows. For a pull request, checks the guides and builds a preview there.
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

if [ -z "$address" ]; then
  cicerone publish pages
else
  # Strict: `publish` sends a page with a warning, so a warning is seen to here.
  cicerone check --strict
  cicerone build --output public --base-url "$address/"
fi
