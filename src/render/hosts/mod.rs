//! Redirects and headers in the syntax of each host, made from one list.

mod apache;
mod nginx;
mod reader;
mod rules;
mod underscore;

use std::collections::BTreeMap;

use crate::model::address::Address;
use crate::model::config::Offline;
use crate::model::output::{Output, OutputPath};
use crate::model::routes::RedirectTarget;
use crate::model::vocabulary::Host;
use crate::model::web_address::WebAddress;
use crate::render::context::RenderContext;
use crate::render::hosts::rules::{Goal, HostRules};
use crate::render::worker;

pub fn files(context: &RenderContext<'_>) -> Vec<Output> {
    let rules = rules(context);
    let hosts = &context.site.config.hosts;
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    for host in hosts {
        match host {
            Host::GithubPages => {
                files.insert(".nojekyll", String::new());
                let own = !rules.host.is_empty()
                    && !rules.host.ends_with(".github.io")
                    && rules.root == Address::default();
                if own {
                    files.insert("CNAME", format!("{}\n", rules.host));
                }
            }
            Host::Netlify | Host::Cloudflare => {
                files.insert("_redirects", underscore::redirects(&rules, hosts));
                files.insert("_headers", underscore::headers(&rules));
            }
            Host::Apache => _ = files.insert(".htaccess", apache::htaccess(&rules)),
            Host::Nginx => _ = files.insert("nginx.conf.example", nginx::locations(&rules)),
        }
    }
    let output = |(path, text): (&str, String)| {
        Some(Output { path: OutputPath::parse(path)?, bytes: text.into_bytes().into() })
    };
    files.into_iter().filter_map(output).collect()
}

fn rules(context: &RenderContext<'_>) -> HostRules {
    let routes = &context.site.routes;
    let redirects = routes.redirects.iter().filter_map(|redirect| {
        let goal = context.site.goal(redirect);
        let to = match redirect.to {
            RedirectTarget::Other(_) => Goal::Other(WebAddress::parse(goal)?),
            RedirectTarget::Own(_) if goal.contains('#') => Goal::part(goal)?,
            _ => Goal::Own(Address::of_url(goal)?),
        };
        Some((Address::of_url(&redirect.from.url)?, to))
    });
    let not_found = context.locales.iter().filter_map(|locale| {
        let folder = format!("{}{}/", routes.root, locale.language.slug());
        Some((Address::of_url(&folder)?, Address::of_url(&format!("{folder}404.html"))?))
    });
    let manifests = routes.manifests.iter();
    let host = routes.origin.split_once("//").map_or("", |(_, host)| host);
    HostRules {
        redirects: redirects.collect(),
        root: Address::of_url(&routes.root).unwrap_or_default(),
        homes: reader::homes(&routes.root, &context.site.config.languages),
        not_found: not_found.collect(),
        manifests: manifests.filter_map(|route| Address::of_url(&route.url)).collect(),
        host: host.to_owned(),
        packings: context.site.config.precompress.clone(),
        policy: context.policy.clone(),
        worker: match context.site.config.offline {
            Offline::Never => None,
            Offline::Kept | Offline::Removed => Address::of_url(&routes.at_root(worker::PATH)),
        },
        gone: routes.gone.iter().filter_map(|route| Address::of_url(&route.url)).collect(),
    }
}
