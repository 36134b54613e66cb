//! The form's fields as the page walks them: sections, groups and fields, each shared and counted
//! once when a chart is opened.

use session::{Control, Field, Form, Path};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Last step of the path of a section that is none of the chart's.
const GENERAL: &str = " general";

/// A field, or a group with what is in it.
#[derive(Debug, Default, PartialEq)]
pub struct Node {
    /// Without its children, which are nodes.
    pub field: Arc<Field>,
    pub children: Vec<Arc<Node>>,
    /// Fields that take a value, at and below this node.
    pub fields: usize,
    /// Title, path and description in lower case, for the search.
    sought: String,
}

/// The sections of one release; a lone chart is one part without a name.
#[derive(Debug, Default, PartialEq)]
pub struct Part {
    pub name: Option<String>,
    pub text: String,
    pub sections: Vec<Arc<Node>>,
}

/// All that the form shows.
#[derive(Debug, Default, PartialEq)]
pub struct Tree {
    pub parts: Vec<Part>,
    /// Fields whose values are never written down.
    pub secrets: BTreeSet<Path>,
}

impl Node {
    fn new(mut field: Field, secrets: &mut BTreeSet<Path>) -> Self {
        if field.secret {
            secrets.insert(field.path.clone());
        }
        let children = std::mem::take(&mut field.children).into_iter();
        let children: Vec<Arc<Self>> =
            children.map(|child| Arc::new(Self::new(child, secrets))).collect();
        let own = usize::from(!is_group(&field));
        let fields = own + children.iter().map(|child| child.fields).sum::<usize>();
        let sought =
            format!("{}\n{}\n{}", field.title, field.path, field.description).to_lowercase();
        Self { field: Arc::new(field), children, fields, sought }
    }

    pub fn is_group(&self) -> bool {
        is_group(&self.field)
    }

    /// Whether the text stands in what the node says of itself.
    pub fn says(&self, search: &str) -> bool {
        self.sought.contains(search)
    }

    /// Whether the node or something in it says the text.
    pub fn holds(&self, search: &str) -> bool {
        self.says(search) || self.children.iter().any(|child| child.holds(search))
    }

    /// Whether the path is that of the node or of something in it. Not by its own path alone: the
    /// section of single values has none of the chart's.
    pub fn contains(&self, path: &Path) -> bool {
        self.field.path.contains(path)
            || self.children.iter().any(|child| child.field.path.contains(path))
    }
}

fn is_group(field: &Field) -> bool {
    matches!(field.control, Control::Section | Control::Image)
}

impl Tree {
    /// The tree of a form; `several` where its first level are the releases of a stack.
    pub fn new(form: Form, several: bool) -> Self {
        let mut tree = Self::default();
        let mut root = form.root;
        if several {
            for mut release in std::mem::take(&mut root.children) {
                let (name, text) = (release.title.clone(), release.description.clone());
                let sections = sections(&mut release, &mut tree.secrets);
                tree.parts.push(Part { name: Some(name), text, sections });
            }
        } else {
            let sections = sections(&mut root, &mut tree.secrets);
            tree.parts.push(Part { sections, ..Part::default() });
        }
        tree
    }

    pub fn sections(&self) -> impl Iterator<Item = &Arc<Node>> {
        self.parts.iter().flat_map(|part| &part.sections)
    }

    /// Whether the value at a path is a secret's, holds one, or is in one.
    pub fn is_secret(&self, path: &Path) -> bool {
        self.secrets.iter().any(|secret| secret.contains(path) || path.contains(secret))
    }
}

/// The sections below a field. Single values at the top are one section together.
fn sections(root: &mut Field, secrets: &mut BTreeSet<Path>) -> Vec<Arc<Node>> {
    let (nested, single): (Vec<Field>, Vec<Field>) =
        std::mem::take(&mut root.children).into_iter().partition(is_group);
    let general = Field {
        path: root.path.key(GENERAL),
        title: "General".to_owned(),
        children: single,
        ..Field::default()
    };
    let general = (!general.children.is_empty()).then_some(general);
    let all = general.into_iter().chain(nested);
    all.map(|section| Arc::new(Node::new(section, secrets))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Path {
        text.parse().unwrap()
    }

    fn field(at: &str) -> Field {
        Field { path: path(at), title: at.to_owned(), control: Control::Text, ..Field::default() }
    }

    fn group(at: &str, children: Vec<Field>) -> Field {
        Field { control: Control::Section, children, ..field(at) }
    }

    fn tree() -> Tree {
        let secret = Field { secret: true, ..field("db.password") };
        let root = group("", vec![field("name"), group("db", vec![field("db.Host"), secret])]);
        Tree::new(Form { root, ..Form::default() }, false)
    }

    #[test]
    fn single_values_at_the_top_are_one_section() {
        let tree = tree();
        let titles: Vec<&str> = tree.sections().map(|it| it.field.title.as_str()).collect();
        assert_eq!(titles, ["General", "db"]);
        assert_eq!(tree.sections().map(|it| it.fields).collect::<Vec<_>>(), [1, 2]);
        assert!(tree.parts[0].sections[0].contains(&path("name")));
        assert!(tree.parts[0].sections[0].field.children.is_empty());
    }

    #[test]
    fn a_search_finds_a_section_by_what_is_in_it() {
        let tree = tree();
        let db = &tree.parts[0].sections[1];
        assert!(db.holds("host") && !db.says("host") && !db.holds("name"));
    }

    #[test]
    fn what_holds_a_secret_or_is_in_one_is_secret() {
        let tree = tree();
        for (at, secret) in
            [("db.password", true), ("db", true), ("db.password.x", true), ("db.Host", false)]
        {
            assert_eq!(tree.is_secret(&path(at)), secret, "{at}");
        }
    }
}
