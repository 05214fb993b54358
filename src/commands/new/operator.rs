//! `new operator`: writes an entry of the registry, and its country's if there is none.

use std::path::PathBuf;

use crate::commands::new::arguments::NewOperatorArguments;
use crate::commands::new::file::{ask, modeline, value, write};
use crate::commands::status::Status;
use crate::commands::talk::Talk;
use crate::commands::translations::lookup::open;
use crate::model::id::OperatorId;

pub fn run(
    root: Option<PathBuf>,
    arguments: NewOperatorArguments,
    talk: &Talk,
) -> Result<(), Status> {
    let NewOperatorArguments { id: typed, name } = arguments;
    let opened = open(root, talk)?;
    let Some(id) = OperatorId::parse(&typed) else {
        let reason = format!("`{typed}` cannot be an operator's id");
        let hint = "write its country and its name in lower case, like `al/one`";
        return Err(talk.refuse(Status::Refused, &reason, hint));
    };
    let name = name.or_else(|| ask("What is the operator called?", talk));
    let path = format!("guides/operators/{id}.yaml");
    let text = format!(
        "{}
name: {}
# website: https://www.example.org/
# Each way to reach it, with where that was found and when:
# channels:
#   - id: care
#     type: phone
#     value: 123
#     name: Customer care
#     source: https://www.example.org/contact
#     verified: 2026-08-22
#     confidence: operator-page
note: TODO a sentence or two about the company
",
        modeline(&path, "operator"),
        value(name.as_deref(), "TODO the operator's name"),
    );
    write(&opened.project.root, &path, &text, talk)?;
    let registry = &opened.prepared.site.registry;
    if !registry.countries.keys().any(|code| code.as_str() == id.country()) {
        let path = format!("guides/operators/{}.yaml", id.country());
        let text = "name: TODO the country's name\n# Never an operator's:\n# emergency:\n#   - {id: general, value: 112, name: Emergency, source: https://…}\n";
        write(&opened.project.root, &path, text, talk)?;
    }
    talk.note("Next: replace every `TODO`, and see `cicerone check`");
    Ok(())
}
