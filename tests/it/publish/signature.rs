//! Judges the signature of a request as storage does (AWS Signature Version 4, in the address).

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::proxy::Request;

pub const ID: &str = "AKIDTESTER";
pub const SECRET: &str = "do+not/tell";

/// Whether the request is signed with our keys, in all that counts.
pub fn is_good(request: &Request) -> bool {
    let Some((path, query)) = request.target.split_once('?') else { return false };
    let mut query: Vec<&str> = query.split('&').collect();
    let of = |query: &[&str], name: &str| {
        let value = query.iter().find_map(|pair| pair.strip_prefix(&format!("{name}=")));
        value.unwrap_or("").replace("%2F", "/").replace("%3B", ";")
    };
    let (credential, date) = (of(&query, "X-Amz-Credential"), of(&query, "X-Amz-Date"));
    let signed = of(&query, "X-Amz-SignedHeaders");
    let signature = of(&query, "X-Amz-Signature");
    let Some(scope) = credential.strip_prefix(&format!("{ID}/")) else { return false };
    let names: Vec<&str> = signed.split(';').collect();
    // What changes the meaning of a request has to be signed.
    let counts = |name: &str| name.starts_with("x-amz-") || name == "host";
    if request.headers.keys().any(|name| counts(name) && !names.contains(&name.as_str())) {
        return false;
    }
    query.retain(|pair| !pair.starts_with("X-Amz-Signature="));
    query.sort_unstable();
    let headers: String = names
        .iter()
        .map(|name| format!("{name}:{}\n", request.headers.get(*name).map_or("", String::as_str)))
        .collect();
    let canonical =
        [&request.method, path, &query.join("&"), &headers, &signed, "UNSIGNED-PAYLOAD"].join("\n");
    let text = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", hex(&Sha256::digest(canonical)));
    let key =
        scope.split('/').fold(format!("AWS4{SECRET}").into_bytes(), |key, part| sign(&key, part));
    hex(&sign(&key, &text)) == signature
}

fn sign(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
