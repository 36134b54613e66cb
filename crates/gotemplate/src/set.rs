//! Template sets: Go's associated templates, sharing names and functions.

use crate::budget::Limits;
use crate::builtins;
use crate::compile::compile;
use crate::error::Error;
use crate::func::FuncMap;
use crate::parse;
use crate::program::{Program, Source};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Texts parsed for `tpl` that are kept.
const KEPT_TEXTS: usize = 512;
/// Longest of them, in bytes: a parsed text takes many times its length.
const KEPT_LENGTH: usize = 64 << 10;

type Programs = Vec<(Rc<Program>, bool)>;

/// Programs by the name and the text they were parsed from.
type Texts = HashMap<(String, Vec<u8>), Rc<Programs>>;

/// Named templates and the functions they may call.
pub struct TemplateSet {
    programs: HashMap<String, (Rc<Program>, bool)>,
    funcs: Rc<FuncMap>,
    limits: Limits,
    /// The set that a `tpl` text was parsed into a clone of.
    parent: Option<Rc<TemplateSet>>,
    /// Parsed `tpl` texts by name and text, shared by all clones.
    texts: Rc<RefCell<Texts>>,
}

impl TemplateSet {
    /// An empty set; `funcs` are added to Go's built-in functions and replace those of their name.
    pub fn new(funcs: Rc<FuncMap>, limits: Limits) -> Self {
        let mut all = builtins::functions();
        all.extend(funcs.iter().map(|(name, function)| (*name, function.clone())));
        Self {
            programs: HashMap::new(),
            funcs: Rc::new(all),
            limits,
            parent: None,
            texts: Rc::default(),
        }
    }

    /// Go's `New(name).Parse(text)`: adds the text under `name` and every template it defines.
    /// An empty text does not replace a template of the same name.
    pub fn parse(&mut self, name: &str, text: &[u8]) -> Result<(), Error> {
        let programs = self.programs_of(name, text)?;
        self.add(&programs);
        Ok(())
    }

    fn programs_of(&self, name: &str, text: &[u8]) -> Result<Programs, Error> {
        let known = |function: &str| self.funcs.contains_key(function);
        let parsed = parse::parse(name, text, self.limits.parse_depth, &known)?;
        let newlines = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let lines = std::iter::once(0).chain(newlines.map(|(at, _)| at as u32 + 1)).collect();
        let source = Rc::new(Source {
            file: name.to_owned(),
            text: text.to_vec(),
            tree: parsed.tree,
            lines,
        });
        let roots = parsed.roots.into_iter();
        let program = |root: parse::Root| {
            (Rc::new(compile(&root.name, &root.list, &source, &self.funcs)), root.empty)
        };
        Ok(roots.map(program).collect())
    }

    fn add(&mut self, programs: &Programs) {
        for (program, empty) in programs {
            if !(*empty && self.lookup(&program.name).is_some()) {
                self.programs.insert(program.name.clone(), (Rc::clone(program), *empty));
            }
        }
    }

    /// A clone of `self` with `text` parsed into it under `name`, and the program of that name.
    pub(crate) fn with_text(
        self: &Rc<Self>,
        name: &str,
        text: &[u8],
    ) -> Result<(Rc<Self>, Rc<Program>), Error> {
        let key = (name.to_owned(), text.to_vec());
        let kept = self.texts.borrow().get(&key).cloned();
        let programs = match kept {
            Some(programs) => programs,
            None => {
                let programs = Rc::new(self.programs_of(name, text)?);
                let mut texts = self.texts.borrow_mut();
                if texts.len() >= KEPT_TEXTS {
                    texts.clear();
                }
                if text.len() <= KEPT_LENGTH {
                    texts.insert(key, Rc::clone(&programs));
                }
                programs
            }
        };
        let own = programs.iter().find(|(program, _)| program.name == name);
        let own = own.map(|(program, _)| Rc::clone(program));
        let main = own.or_else(|| self.lookup(name)).ok_or_else(|| Error::undefined(name))?;
        if programs.len() == 1 {
            // It defines nothing that others could call.
            return Ok((Rc::clone(self), main));
        }
        let mut clone = Self {
            programs: HashMap::new(),
            funcs: Rc::clone(&self.funcs),
            limits: self.limits.clone(),
            parent: Some(Rc::clone(self)),
            texts: Rc::default(),
        };
        clone.add(&programs);
        Ok((Rc::new(clone), main))
    }

    pub(crate) fn lookup(&self, name: &str) -> Option<Rc<Program>> {
        let mut set = self;
        loop {
            if let Some((program, _)) = set.programs.get(name) {
                return Some(Rc::clone(program));
            }
            set = set.parent.as_deref()?;
        }
    }

    pub fn contains(&self, name: &str) -> bool {
        self.lookup(name).is_some()
    }

    /// Names of the templates parsed into this set, in no order.
    pub fn names(&self) -> Vec<&str> {
        self.programs.keys().map(String::as_str).collect()
    }
}
