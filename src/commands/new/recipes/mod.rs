//! Files for a build server or a host that check the guides, build the site and publish it.

use std::collections::BTreeMap;

use crate::commands::new::arguments::Recipe;

const GITHUB: (&str, &str) = (".github/workflows/site.yml", include_str!("github.yml"));
const GITLAB: (&str, &str) = (".gitlab-ci.yml", include_str!("gitlab.yml"));
const NETLIFY: (&str, &str) = ("netlify.toml", include_str!("netlify.toml"));
const CLOUDFLARE: (&str, &str) = ("wrangler.toml", include_str!("wrangler.toml"));
const VERCEL: (&str, &str) = ("vercel.json", include_str!("vercel.json"));
const SCRIPT: (&str, &str) = ("scripts/build-site.sh", include_str!("build-site.sh"));

/// The target that each recipe publishes to, as `site.yaml` declares it.
pub const TARGET: &str = "publish: {pages: {folder: public}}";

/// Whatever is made from the guides does not belong among the sources.
pub const IGNORED: (&str, &str) = (".gitignore", "/output/\n/public/\n");

/// The files of several recipes, each once: its path, and what it holds. Each takes the version of Cicerone that wrote it.
pub fn files(recipes: &[Recipe]) -> BTreeMap<&'static str, String> {
    let files = recipes.iter().flat_map(|recipe| of(*recipe));
    files
        .map(|(path, text)| (*path, text.replace("{VERSION}", env!("CARGO_PKG_VERSION"))))
        .collect()
}

fn of(recipe: Recipe) -> &'static [(&'static str, &'static str)] {
    match recipe {
        Recipe::Github => &[GITHUB],
        Recipe::Gitlab => &[GITLAB],
        Recipe::Netlify => &[NETLIFY, SCRIPT],
        Recipe::Cloudflare => &[CLOUDFLARE, SCRIPT],
        Recipe::Vercel => &[VERCEL, SCRIPT],
    }
}

/// The `hosts:` of a site that is published by these recipes.
pub fn hosts(recipes: &[Recipe]) -> Vec<&'static str> {
    let host = |recipe: &Recipe| match recipe {
        Recipe::Github => Some("github-pages"),
        Recipe::Gitlab | Recipe::Vercel => None,
        Recipe::Netlify => Some("netlify"),
        Recipe::Cloudflare => Some("cloudflare"),
    };
    let mut hosts: Vec<&str> = recipes.iter().filter_map(host).collect();
    hosts.sort_unstable();
    hosts.dedup();
    hosts
}
