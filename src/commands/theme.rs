//! `theme`: the built-in theme's files to look at and to copy, and a theme to begin with.

use std::io;
use std::path::PathBuf;

use crate::commands::Status;
use crate::commands::args::ThemeCommand;
use crate::commands::project::{self, Project, failed};
use crate::commands::talk::{Stream, Talk};
use crate::model::source::SourcePath;
use crate::model::suggest::suggest;
use crate::{disk, parse};

pub fn run(root: Option<PathBuf>, command: ThemeCommand, talk: &Talk) -> Status {
    let outcome = match command {
        ThemeCommand::List => list(root, talk),
        ThemeCommand::Show { file } => show(&file, talk),
        ThemeCommand::Copy { file } => copy(root, &file, talk),
        ThemeCommand::New { name } => new(root, &name, talk),
    };
    match outcome {
        Ok(()) => Status::Fine,
        Err(status) => status,
    }
}

/// Also where there is no site.
fn list(root: Option<PathBuf>, talk: &Talk) -> Result<(), Status> {
    let files = parse::theme_files();
    let asked = root.is_some();
    let project = match project::is_there(root.as_deref()) || asked {
        true => Some(project::open(root, talk)?),
        false => None,
    };
    let theme = project.as_ref().map(|project| parse::config(&project.sources).value.theme.value);
    let place = |name: &str| format!("themes/{}/{name}", theme.as_deref().unwrap_or_default());
    let has = |path: &str| {
        let path = SourcePath::new(path);
        project.as_ref().is_some_and(|project| {
            let Project { sources, .. } = project;
            sources.texts.contains_key(&path) || sources.assets.contains_key(&path)
        })
    };
    talk.write(Stream::Out, |out| {
        for name in files.keys() {
            let own = place(name);
            match has(&own) {
                true => writeln!(out, "{name}  ({own})")?,
                false => writeln!(out, "{name}")?,
            }
        }
        Ok(())
    });
    Ok(())
}

fn show(file: &str, talk: &Talk) -> Result<(), Status> {
    let bytes = built_in(file, talk)?;
    talk.write(Stream::Out, |out| out.write_all(&bytes));
    Ok(())
}

fn copy(root: Option<PathBuf>, file: &str, talk: &Talk) -> Result<(), Status> {
    let bytes = built_in(file, talk)?;
    let project = project::open(root, talk)?;
    let theme = parse::config(&project.sources).value.theme.value;
    let path = format!("themes/{theme}/{file}");
    write(&project.root, &path, &bytes, talk)?;
    talk.note(match file.ends_with(".html") && file != "templates/components.html" {
        true => "Next: change it; what it extends and includes stays the built-in theme's",
        false => "Next: change it; it takes the place of the built-in theme's",
    });
    Ok(())
}

fn new(root: Option<PathBuf>, name: &str, talk: &Talk) -> Result<(), Status> {
    let sound = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if name.is_empty() || !name.chars().all(sound) {
        let reason = format!("`{name}` cannot be the name of a theme");
        return Err(talk.refuse(Status::Refused, &reason, "write letters, digits, `-` and `_`"));
    }
    if name == "default" {
        let reason = "`default` is the built-in theme's name";
        return Err(talk.refuse(Status::Refused, reason, "choose another, like `mine`"));
    }
    let root = project::find(root, talk)?;
    write(&root, &format!("themes/{name}/assets/{name}.css"), STYLE.as_bytes(), talk)?;
    let base = BASE.replace("NAME", name);
    write(&root, &format!("themes/{name}/templates/base.html"), base.as_bytes(), talk)?;
    talk.note(&format!(
        "Next: write `theme: {name}` in `guides/site.yaml`, and see `cicerone serve`"
    ));
    Ok(())
}

/// A style sheet of the theme's own behind the built-in ones.
const BASE: &str = "\
{% extends \"default/base.html\" %}

{% block assets %}
{{- super() }}
<link rel=\"stylesheet\" href=\"{{ site.assets[\"NAME.css\"] }}\">
{%- endblock assets %}
";

const STYLE: &str = "\
/* Every colour and measure of the built-in theme is a property; docs/themes.md names them all.
   The first value of `light-dark` is that of light pages. */
:root {
  --accent: light-dark(#7a3e00, #f0b072);
  --on-accent: light-dark(#fff, #2a1500);
  --tint: light-dark(#f7ebdd, #33241a);
  --round: .25rem;
}
";

/// A file of the built-in theme; another name is refused, with the nearest one.
fn built_in(file: &str, talk: &Talk) -> Result<Vec<u8>, Status> {
    let mut files = parse::theme_files();
    if let Some(bytes) = files.remove(file) {
        return Ok(bytes);
    }
    let reason = format!("the built-in theme has no file `{file}`");
    // Whoever leaves the folder out means the file in it.
    let below = |name: &String| name.split_once('/').map(|(_, name)| name.to_owned());
    let whole = |part: &str| files.keys().find(|name| name.ends_with(&format!("/{part}")));
    let parts: Vec<String> = files.keys().filter_map(below).collect();
    let near = whole(file).map(String::as_str).or_else(|| {
        let names = files.keys().chain(&parts).map(String::as_str);
        let near = suggest(file, names)?;
        Some(whole(near).map_or(near, String::as_str))
    });
    let hint = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`cicerone theme list` names every file".to_owned(),
    };
    Err(talk.refuse(Status::Refused, &reason, &hint))
}

fn write(root: &std::path::Path, path: &str, bytes: &[u8], talk: &Talk) -> Result<(), Status> {
    match disk::create(root, path, bytes) {
        Ok(()) => {
            talk.note(&format!("Wrote {path}"));
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let reason = format!("there is `{path}` already");
            Err(talk.refuse(Status::Refused, &reason, "edit it, or move it away"))
        }
        Err(error) => Err(failed(&error, talk)),
    }
}
