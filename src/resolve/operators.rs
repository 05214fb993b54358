//! Checks the registry against itself: successors, mergers, countries.

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::id::OperatorId;
use crate::model::operator::{Operator, Registry};
use crate::model::span::{Located, Span};
use crate::model::suggest::suggest;
use crate::model::vocabulary::OperatorStatus;
use crate::resolve::Diagnostics;

pub fn check(registry: &Registry, diagnostics: &mut Diagnostics) {
    for operator in registry.operators.values() {
        let country = operator.id.country();
        if !registry.countries.keys().any(|code| code.as_str() == country) {
            let message = format!("there is no country `{country}`");
            let hint = format!("write `guides/operators/{country}.yaml` with a `name`");
            diagnostics.push(
                Diagnostic::new(Code::UnknownCountry, message)
                    .at(&operator.path, operator.span)
                    .hint(hint),
            );
        }
        for other in operator.absorbed.iter().chain(&operator.successor) {
            if !registry.operators.contains_key(&other.value) {
                diagnostics.push(unknown(registry, other).at(&operator.path, other.span));
            }
        }
        let merged = operator.status == OperatorStatus::Merged;
        if merged && operator.successor.is_none() {
            let message = "a merged operator has no `successor`";
            let hint = "add `successor: al/one`, the operator that it became part of";
            diagnostics.push(
                Diagnostic::new(Code::MissingField, message)
                    .at(&operator.path, operator.span)
                    .hint(hint),
            );
        }
        successor_circle(operator, registry, diagnostics);
    }
}

/// A reader is led from one operator to its successor; the way must end.
fn successor_circle(operator: &Operator, registry: &Registry, diagnostics: &mut Diagnostics) {
    let mut next = operator.successor.as_ref();
    for _ in 0..registry.operators.len() {
        let Some(successor) = next else { return };
        if successor.value == operator.id {
            let message = format!("`{}` is its own successor in the end", operator.id);
            let span =
                operator.successor.as_ref().map_or(Span::default(), |successor| successor.span);
            let hint = "let the last of them have no `successor`";
            diagnostics
                .push(Diagnostic::new(Code::BadValue, message).at(&operator.path, span).hint(hint));
            return;
        }
        next = registry.operators.get(&successor.value).and_then(|next| next.successor.as_ref());
    }
}

/// That the registry has no such operator, with the nearest that it has.
pub fn unknown(registry: &Registry, id: &Located<OperatorId>) -> Diagnostic {
    let message = format!("the registry has no operator `{}`", id.value);
    let hint = match suggest(id.value.as_str(), registry.operators.keys().map(OperatorId::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write `guides/operators/{}.yaml`", id.value),
    };
    Diagnostic::new(Code::UnknownOperator, message).hint(hint)
}
