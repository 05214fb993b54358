//! Checks the registry for consistency: successors, mergers, countries.

use std::collections::BTreeSet;

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::id::OperatorId;
use crate::model::operator::{Operator, Registry};
use crate::model::span::{Located, Span};
use crate::model::suggest::Suggester;
use crate::model::vocabulary::OperatorStatus;
use crate::resolve::parts::Diagnostics;

pub fn check(registry: &Registry, suggester: &Suggester, diagnostics: &mut Diagnostics) {
    let mut ending = BTreeSet::new();
    for operator in registry.operators.values() {
        let country = operator.id.country();
        if !registry.countries.contains_key(country) {
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
                diagnostics
                    .push(unknown(registry, other, suggester).at(&operator.path, other.span));
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
        successor_circle(operator, registry, &mut ending, diagnostics);
    }
}

/// Reports a circle of successors, because readers are led from an operator to its successor. `ending` holds
/// the operators that are known to lead to an end, or into a circle that has been reported, so that no path
/// is followed twice.
fn successor_circle<'r>(
    operator: &'r Operator,
    registry: &'r Registry,
    ending: &mut BTreeSet<&'r OperatorId>,
    diagnostics: &mut Diagnostics,
) {
    let mut next = operator.successor.as_ref();
    let mut way = vec![&operator.id];
    for _ in 0..registry.operators.len() {
        let Some(successor) = next.filter(|next| !ending.contains(&next.value)) else {
            ending.extend(way);
            return;
        };
        if successor.value == operator.id {
            let message = format!("`{}` is its own successor in the end", operator.id);
            let span =
                operator.successor.as_ref().map_or(Span::default(), |successor| successor.span);
            let hint = "let the last of them have no `successor`";
            diagnostics
                .push(Diagnostic::new(Code::BadValue, message).at(&operator.path, span).hint(hint));
            return;
        }
        way.push(&successor.value);
        next = registry.operators.get(&successor.value).and_then(|next| next.successor.as_ref());
    }
    // The path leads into a circle of other operators, each of which reports it.
    ending.insert(&operator.id);
}

/// Reports that the registry has no such operator, and suggests the nearest one that it has.
pub fn unknown(registry: &Registry, id: &Located<OperatorId>, suggester: &Suggester) -> Diagnostic {
    let message = format!("the registry has no operator `{}`", id.value);
    let known = registry.operators.keys().map(OperatorId::as_str);
    let hint = match suggester.suggest(id.value.as_str(), known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write `guides/operators/{}.yaml`", id.value),
    };
    Diagnostic::new(Code::UnknownOperator, message).hint(hint)
}
