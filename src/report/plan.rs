//! Prints what publishing will do, step by step.

use std::io::{self, Write};

use serde_json::json;

use crate::model::publication::{Plan, PlanChange};
use crate::report::escape;
use crate::report::summary::size;

/// Writes one line for each step, in the order in which the steps are taken.
pub fn plan_human(out: &mut dyn Write, plan: &Plan, color: bool) -> io::Result<()> {
    for step in &plan.steps {
        let (paint, plain) = match step.change {
            _ if !color => ("", ""),
            PlanChange::Added => ("\x1b[32m", "\x1b[0m"),
            PlanChange::Changed => ("\x1b[33m", "\x1b[0m"),
            PlanChange::Deleted => ("\x1b[31m", "\x1b[0m"),
        };
        let (change, path) = (step.change.as_str(), escape::message(step.path.as_str()));
        match step.change {
            PlanChange::Deleted => writeln!(out, "{paint}{change:<8}{plain} {path}")?,
            _ => writeln!(out, "{paint}{change:<8}{plain} {path} ({})", size(step.size))?,
        }
    }
    Ok(())
}

/// Writes one JSON object on each line: first the totals, then each step.
pub fn plan_json(out: &mut dyn Write, target: &str, place: &str, plan: &Plan) -> io::Result<()> {
    let whole = json!({
        "target": target,
        "place": place,
        "added": plan.count(PlanChange::Added),
        "changed": plan.count(PlanChange::Changed),
        "deleted": plan.count(PlanChange::Deleted),
        "unchanged": plan.unchanged,
        "bytes": plan.bytes(),
    });
    writeln!(out, "{}", escape::json(&whole.to_string()))?;
    for step in &plan.steps {
        let line = json!({
            "change": step.change.as_str(),
            "path": step.path.as_str(),
            "bytes": step.size,
        });
        writeln!(out, "{}", escape::json(&line.to_string()))?;
    }
    Ok(())
}
