//! The table of Kubernetes types, as `build.rs` wrote it from k8s-openapi (the format is there).

use std::sync::LazyLock;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let text = include_str!(concat!(env!("OUT_DIR"), "/kubernetes-types.txt"));
    let (kinds, types) = text.split_once("\n\n").unwrap_or_default();
    Table { kinds: kinds.lines().collect(), types: types.lines().collect() }
});

/// A line a kind, and a line a type.
struct Table {
    kinds: Vec<&'static str>,
    types: Vec<&'static str>,
}

/// What may stand at a place of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    Text,
    Int32,
    Int64,
    Number,
    Boolean,
    Quantity,
    IntOrText,
    Anything,
    /// A list of what the text describes.
    List(Items),
    /// A map from strings to what the text describes.
    Map(Items),
    Fields(Fields),
}

/// A shape that has not been read yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Items(&'static str);

/// The fields of a type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields(&'static str);

/// The fields of a kind; `None` for what is not Kubernetes' own.
pub(crate) fn kind(api_version: &str, kind: &str) -> Option<Fields> {
    let number = TABLE.kinds.iter().find_map(|line| {
        line.strip_prefix(api_version)?.strip_prefix(' ')?.strip_prefix(kind)?.strip_prefix(' ')
    });
    fields(number?)
}

fn fields(number: &str) -> Option<Fields> {
    TABLE.types.get(number.parse::<usize>().ok()?).copied().map(Fields)
}

impl Items {
    pub(crate) fn shape(self) -> Shape {
        let rest = self.0.get(1..).unwrap_or_default();
        match self.0.as_bytes().first() {
            Some(b's') => Shape::Text,
            Some(b'i') => Shape::Int32,
            Some(b'l') => Shape::Int64,
            Some(b'f') => Shape::Number,
            Some(b'b') => Shape::Boolean,
            Some(b'q') => Shape::Quantity,
            Some(b'p') => Shape::IntOrText,
            Some(b'[') => Shape::List(Self(rest)),
            Some(b'{') => Shape::Map(Self(rest)),
            _ => fields(self.0).map_or(Shape::Anything, Shape::Fields),
        }
    }
}

impl Fields {
    fn all(self) -> impl Iterator<Item = (&'static str, bool, Items)> {
        self.0.split(' ').filter_map(|field| {
            let mark = field.find([':', '!'])?;
            let needed = field.as_bytes().get(mark) == Some(&b'!');
            Some((field.get(..mark)?, needed, Items(field.get(mark + 1..)?)))
        })
    }

    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        self.all().map(|(name, ..)| name)
    }

    /// The names of the fields that must be there.
    pub(crate) fn needed(self) -> impl Iterator<Item = &'static str> {
        self.all().filter(|(_, needed, _)| *needed).map(|(name, ..)| name)
    }

    pub(crate) fn find(self, wanted: &str) -> Option<Shape> {
        let field = self.all().find(|(name, ..)| *name == wanted);
        field.map(|(.., items)| items.shape())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_found_in_its_own_group_only() {
        assert!(kind("apps/v1", "Deployment").is_some());
        assert!(kind("apps/v1beta1", "Deployment").is_none());
        assert!(kind("v1", "Deployment").is_none());
        assert!(kind("", "").is_none());
        assert!(kind("apps/v1 Deployment", "").is_none());
    }

    #[test]
    fn every_type_leads_to_types_that_exist() {
        for line in &TABLE.types {
            for (name, _, items) in Fields(line).all() {
                let innermost = items.0.trim_start_matches(['[', '{']);
                let known = ["s", "i", "l", "f", "b", "q", "p", "*"].contains(&innermost);
                assert!(known || fields(innermost).is_some(), "{name}: {innermost}");
            }
        }
    }

    #[test]
    fn fields_have_their_shapes() {
        let Some(Shape::Fields(spec)) = kind("v1", "Service").unwrap().find("spec") else {
            panic!("a service has a spec");
        };
        assert!(matches!(spec.find("type"), Some(Shape::Text)));
        assert!(matches!(spec.find("selector"), Some(Shape::Map(items))
            if matches!(items.shape(), Shape::Text)));
        assert!(spec.find("port").is_none());
        let Some(Shape::List(ports)) = spec.find("ports") else { panic!("a list of ports") };
        let Shape::Fields(port) = ports.shape() else { panic!("a port has fields") };
        assert!(matches!(port.find("port"), Some(Shape::Int32)));
        assert!(matches!(port.find("targetPort"), Some(Shape::IntOrText)));
        assert_eq!(port.needed().collect::<Vec<_>>(), ["port"]);
    }
}
