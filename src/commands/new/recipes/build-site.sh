#!/bin/sh
# On a machine of Netlify, of Cloudflare Pages or of Vercel: publishes `main` to the folder of the target `pages` in
# guides/site.yaml, which the host then shows. For a pull request, checks the guides and builds a preview there.
set -eu

version={VERSION}

programs=$HOME/.cicerone-$version
PATH=$programs/node_modules/.bin:$PATH
command -v cicerone >/dev/null ||
  npm install --silent --no-save --prefix "$programs" "cicerone-site@$version"

# A preview has an address of its own.
address=
if [ "${CONTEXT:-production}" != production ]; then address=$DEPLOY_PRIME_URL; fi
if [ "${VERCEL_ENV:-production}" != production ]; then address=https://$VERCEL_URL; fi
if [ "${CF_PAGES_BRANCH:-main}" != main ]; then address=$CF_PAGES_URL; fi

if [ -z "$address" ]; then
  cicerone publish pages
else
  # Strict: `publish` sends a page with a warning, so a warning is seen to here.
  cicerone check --strict
  cicerone build --output public --base-url "$address/"
fi
