//! Reads an answer of storage in every way in which `publish` reads one: a door for `fuzz/`, and for nobody else.

use crate::publish::s3::client::StorageAnswer;
use crate::publish::s3::ledger::Ledger;
use crate::publish::s3::requests;

/// What was made of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadAnswer {
    /// The keys of a list.
    pub listed: Option<Vec<String>>,
    /// The ledger, as it would be written.
    pub ledger: Option<Vec<u8>>,
    /// What is said where it is no yes.
    pub error: Option<String>,
}

pub fn storage(status: u16, body: &[u8]) -> ReadAnswer {
    let page = requests::listed(&String::from_utf8_lossy(body));
    let answer = StorageAnswer { status, tag: String::new(), body: body.to_vec() };
    ReadAnswer {
        listed: page.map(|page| page.objects.into_iter().map(|object| object.key).collect()),
        ledger: Ledger::parse(body).map(|ledger| ledger.to_bytes()),
        error: answer.good("it could not be read").err().map(|stop| stop.reason),
    }
}
