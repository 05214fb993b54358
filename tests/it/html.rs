//! A page as a browser builds it: a tree, and every complaint of the parser.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_types,
    reason = "a helper of tests fails loudly; the parser's sink is shared"
)]

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, ParseOpts, QualName};

/// An element and what is in it.
#[derive(Debug, Clone, Default)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Child>,
}

#[derive(Debug, Clone)]
pub enum Child {
    Element(Element),
    Text(String),
}

/// A parsed page.
pub struct Document {
    pub root: Element,
    /// What the parser complained of, each with its line.
    pub errors: Vec<String>,
}

impl Document {
    /// Reads a whole page.
    pub fn parse(text: &str) -> Document {
        let options = ParseOpts {
            tokenizer: TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() },
            tree_builder: TreeBuilderOpts {
                exact_errors: true,
                // What is in `noscript` is read as a page without scripts shows it.
                scripting_enabled: false,
                ..TreeBuilderOpts::default()
            },
        };
        html5ever::parse_document(Sink::default(), options).one(text)
    }

    pub fn html(&self) -> &Element {
        self.root.elements().find(|element| element.name == "html").unwrap()
    }

    /// Every element of the page, a parent before its children.
    pub fn all(&self) -> Vec<&Element> {
        self.root.descendants()
    }

    pub fn named<'a>(&'a self, name: &str) -> Vec<&'a Element> {
        self.all().into_iter().filter(|element| element.name == name).collect()
    }
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    pub fn descendants(&self) -> Vec<&Element> {
        let mut found = Vec::new();
        for element in self.elements() {
            found.push(element);
            found.extend(element.descendants());
        }
        found
    }

    /// The text in it and below it.
    pub fn text(&self) -> String {
        let text = |child: &Child| match child {
            Child::Element(element) => element.text(),
            Child::Text(text) => text.clone(),
        };
        self.children.iter().map(text).collect()
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|all| all.split_whitespace().any(|one| one == class))
    }
}

#[derive(Default)]
struct Sink {
    nodes: RefCell<Vec<Node>>,
    errors: RefCell<Vec<String>>,
    line: Cell<u64>,
}

/// By its place in the sink; the document is node 0.
type Handle = usize;

#[derive(Default)]
struct Node {
    parent: Option<Handle>,
    children: Vec<Handle>,
    kind: Kind,
}

#[derive(Default)]
enum Kind {
    #[default]
    Other,
    Element(QualName, Vec<Attribute>),
    Text(String),
}

impl Sink {
    fn add(&self, kind: Kind) -> Handle {
        let mut nodes = self.nodes.borrow_mut();
        if nodes.is_empty() {
            nodes.push(Node::default());
        }
        nodes.push(Node { kind, ..Node::default() });
        nodes.len() - 1
    }

    fn detach(&self, node: Handle) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[node].parent.take() {
            nodes[parent].children.retain(|child| *child != node);
        }
    }

    /// Puts `child` before the `at`th child of `parent`.
    fn insert(&self, parent: Handle, at: usize, child: NodeOrText<Handle>) {
        let child = match child {
            NodeOrText::AppendNode(node) => node,
            NodeOrText::AppendText(text) => {
                let before = at.checked_sub(1).map(|at| self.nodes.borrow()[parent].children[at]);
                if let Some(before) = before
                    && let Kind::Text(known) = &mut self.nodes.borrow_mut()[before].kind
                {
                    known.push_str(&text);
                    return;
                }
                self.add(Kind::Text(text.to_string()))
            }
        };
        self.detach(child);
        let mut nodes = self.nodes.borrow_mut();
        nodes[child].parent = Some(parent);
        nodes[parent].children.insert(at, child);
    }

    fn element(&self, handle: Handle) -> Element {
        let nodes = self.nodes.borrow();
        let mut element = Element::default();
        if let Kind::Element(name, attributes) = &nodes[handle].kind {
            element.name = name.local.to_string();
            let pair = |one: &Attribute| (one.name.local.to_string(), one.value.to_string());
            element.attributes = attributes.iter().map(pair).collect();
        }
        for child in &nodes[handle].children {
            match &nodes[*child].kind {
                Kind::Element(..) => element.children.push(Child::Element(self.element(*child))),
                Kind::Text(text) => element.children.push(Child::Text(text.clone())),
                Kind::Other => {}
            }
        }
        element
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Document;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Document {
        if self.nodes.borrow().is_empty() {
            self.nodes.borrow_mut().push(Node::default());
        }
        Document { root: self.element(0), errors: self.errors.into_inner() }
    }

    fn parse_error(&self, message: Cow<'static, str>) {
        self.errors.borrow_mut().push(format!("line {}: {message}", self.line.get()));
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(line);
    }

    fn get_document(&self) -> Handle {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| match &nodes[*target].kind {
            Kind::Element(name, _) => name,
            _ => panic!("no element"),
        })
    }

    fn create_element(&self, name: QualName, given: Vec<Attribute>, _: ElementFlags) -> Handle {
        self.add(Kind::Element(name, given))
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.add(Kind::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.add(Kind::Other)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let end = self.nodes.borrow()[*parent].children.len();
        self.insert(*parent, end, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        if self.nodes.borrow()[*element].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.nodes.borrow()[*sibling].parent.unwrap();
        let children = self.nodes.borrow()[parent].children.clone();
        let at = children.iter().position(|child| child == sibling).unwrap();
        self.insert(parent, at, child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {
        self.add(Kind::Other);
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        *target
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        if mode != QuirksMode::NoQuirks {
            self.parse_error("the page is in quirks mode".into());
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, added: Vec<Attribute>) {
        if let Kind::Element(_, attributes) = &mut self.nodes.borrow_mut()[*target].kind {
            for attribute in added {
                if attributes.iter().all(|known| known.name != attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        let children = self.nodes.borrow()[*node].children.clone();
        for child in children {
            self.append(parent, NodeOrText::AppendNode(child));
        }
    }
}

#[test]
fn a_page_becomes_a_tree() {
    let text = "<!doctype html><html lang=\"en\"><head><title>A</title></head>\
                <body><p class=\"a b\">1 <b>2</b> 3</p></body></html>";
    let document = Document::parse(text);
    assert!(document.errors.is_empty(), "{:?}", document.errors);
    assert_eq!(document.html().attribute("lang"), Some("en"));
    let [paragraph] = document.named("p")[..] else { panic!("one paragraph") };
    assert_eq!(paragraph.text(), "1 2 3");
    assert!(paragraph.has_class("b") && !paragraph.has_class("a b"));
}

#[test]
fn what_is_wrong_with_a_page_is_seen() {
    for text in [
        "<title>A</title>",
        "<!doctype html><title>A</title><p></div>",
        "<!doctype html><title>A</title><p id=a id=b>",
        "<!doctype html><title>A</title><ul><b><li></b></ul>",
        "<!doctype html><title>A</title>&nosuch;&#x0;",
        "<!doctype html><title>A</title><table><p>x</p></table>",
        "<!doctype html><title>A</title><div>",
    ] {
        assert!(!Document::parse(text).errors.is_empty(), "{text}");
    }
    assert!(Document::parse("<!doctype html><title>A</title><p>a<p>b").errors.is_empty());
}
