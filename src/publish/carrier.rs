//! What each kind of target can do, and why a site was not published.

use std::collections::BTreeMap;

use crate::model::output::OutputPath;
use crate::model::publication::{Held, Parcel, Plan, VersionMark};

/// One kind of target.
pub trait Carrier {
    /// The target in the form that people read: `s3://guides/`.
    fn place(&self) -> String;
    /// What the site is made of and what the target holds, as marks that can be compared.
    fn survey(&mut self, parcel: &Parcel) -> Result<Survey, Stop>;
    /// Carries out the plan. `tick` is called for each completed step, from any thread.
    fn send(&mut self, parcel: &Parcel, plan: &Plan, tick: &(dyn Fn() + Sync)) -> Result<(), Stop>;
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Survey {
    pub wanted: BTreeMap<OutputPath, VersionMark>,
    pub held: BTreeMap<OutputPath, Held>,
}

/// Why a site was not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    pub cause: Cause,
    pub reason: String,
    pub hint: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The command cannot be carried out as given.
    Refused,
    /// Something on this machine or the network prevents it.
    Failed,
}

impl Stop {
    pub fn refused(reason: impl Into<String>, hint: impl Into<String>) -> Stop {
        Stop { cause: Cause::Refused, reason: reason.into(), hint: hint.into() }
    }

    pub fn failed(reason: impl Into<String>, hint: impl Into<String>) -> Stop {
        Stop { cause: Cause::Failed, reason: reason.into(), hint: hint.into() }
    }
}

/// An address that may be shown: without the name and password that it may contain.
pub fn discreet(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("://") {
        out.push_str(before);
        out.push_str("://");
        let end = behind.find(['/', ' ', '\'', '"', '\n']).unwrap_or(behind.len());
        let (host, after) = behind.split_at(end);
        out.push_str(host.rsplit_once('@').map_or(host, |(_, host)| host));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_keys() {
        assert_eq!(
            discreet("fatal: 'https://me:secret@a.example/b' and ssh://git@c.example/d"),
            "fatal: 'https://a.example/b' and ssh://c.example/d"
        );
        assert_eq!(discreet("git@a.example:b.git"), "git@a.example:b.git");
    }
}
