//! `translations status`: shows what is missing, fresh and stale in each language.

use std::path::PathBuf;

use crate::commands::args::{StatusArguments, TwoFormats};
use crate::commands::status::Status;
use crate::commands::talk::{Stream, Talk};
use crate::commands::translations::lookup::{language, open};
use crate::commands::values::Required;
use crate::model::coverage::Coverage;
use crate::{pipeline, report};

pub fn run(
    root: Option<PathBuf>,
    arguments: StatusArguments,
    talk: &Talk,
) -> Result<Status, Status> {
    let StatusArguments { format, require } = arguments;
    let opened = open(root, talk)?;
    let site = &opened.prepared.site;
    for Required { tag, .. } in &require {
        language(site, tag).map_err(|hint| {
            let reason = format!("`{tag}` is no language of this site");
            talk.refuse(Status::Refused, &reason, &hint)
        })?;
    }
    let coverage = Coverage::of(site);
    talk.write(Stream::Out, |out| match format {
        TwoFormats::Json => report::coverage_json(out, &coverage),
        TwoFormats::Human => report::coverage(out, &coverage),
    });
    if pipeline::has_errors(&opened.faults) {
        talk.note("warning: the guides have faults, and what cannot be read is not counted; run `cicerone check`");
    }
    let mut status = Status::Fine;
    for Required { tag, percent } in &require {
        let found = coverage.languages.iter().find(|(own, _)| own.tag() == tag);
        let count = found.map_or(0, |(_, count)| count.percent());
        if count < *percent {
            let reason = format!("`{tag}` is at {count}%, and {percent}% are required");
            let hint = "`cicerone translations diff` shows what has changed in the originals";
            status = talk.refuse(Status::Faults, &reason, hint);
        }
    }
    Ok(status)
}
