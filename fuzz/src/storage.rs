//! What a server of storage answers: XML and JSON.

use cicerone::publish::fuzzing;

/// An answer may be anything: it is read as a list, as the ledger, and as an error with its code.
pub fn storage(data: &[u8]) {
    let (status, body) = match data {
        [one, two, body @ ..] => (100 + u16::from_le_bytes([*one, *two]) % 500, body),
        body => (200, body),
    };
    let read = fuzzing::storage(status, body);
    if let Some(ledger) = read.ledger {
        // What was read is written so that it is read as the same.
        assert_eq!(fuzzing::storage(200, &ledger).ledger, Some(ledger));
    }
    if let Some(error) = read.error {
        assert!(!error.contains('\n'), "{error:?}");
    }
}
