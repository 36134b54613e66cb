//! Values with methods: what Go's structs and named types are to a template.

use super::{Kind, Str, Value};
use crate::func::{Call, CallResult, Function};
use std::borrow::Cow;

/// A Go struct, pointer or named type with methods (`.Files`, `.Capabilities.APIVersions`,
/// `.Chart`, a `time.Time`). Methods have default bodies for what the type does not do.
pub trait Object {
    /// As `%T` shows it: `*common.Capabilities`.
    fn type_name(&self) -> Cow<'static, str>;

    fn kind(&self) -> Kind {
        Kind::Struct
    }

    /// `reflect.Kind.String()`: a named integer type may be an `int64`.
    fn kind_name(&self) -> &'static str {
        self.kind().name()
    }

    fn truth(&self) -> bool {
        true
    }

    /// The number of a named integer type (`time.Duration`): what comparisons and `%d` see.
    fn number(&self) -> Option<i64> {
        None
    }

    /// Another number of the same type: what `range` over one gives.
    fn with_number(&self, _number: i64) -> Option<Value> {
        None
    }

    /// An exported field; `None` is Go's "can't evaluate field".
    fn field(&self, _name: &str) -> Option<Value> {
        None
    }

    /// The signature of a method, or `None` where the type has no such method.
    fn method(&self, _name: &str) -> Option<Function> {
        None
    }

    /// Calls a method that [`Object::method`] has named; arguments fit its signature.
    fn call(&self, name: &str, _args: &[Value], _call: &mut Call<'_>) -> CallResult {
        Err(crate::func::CallError::new(format!("no method {name}")))
    }

    /// What `print` and `%v` write; `plus` for `%+v`, `sharp` for `%#v`.
    fn format(&self, plus: bool, sharp: bool) -> Vec<u8>;

    /// What `{{ . }}` alone writes where it differs from `%v`: Go then takes a pointer's methods,
    /// and what a pointer points to.
    fn printed(&self) -> Option<Vec<u8>> {
        None
    }

    /// `fmt.Stringer` or `error`: the text used by `%s` and `%v`, and by Sprig's `strval`.
    fn string(&self) -> Option<Str> {
        None
    }

    /// Length for `len`, where the kind has one.
    fn length(&self) -> Option<usize> {
        None
    }

    /// Element for `index` and for `.Key` of map kinds.
    fn index(&self, _key: &Value) -> Option<Value> {
        None
    }

    /// Entries for `range`: index or key, and element.
    fn entries(&self) -> Option<Vec<(Value, Value)>> {
        None
    }

    /// What `json.Marshal` sees, as plain values (map, list, scalars); `None` where it fails.
    fn plain(&self) -> Option<Value> {
        None
    }

    /// Go's `==` for basic kinds and comparable structs.
    fn equals(&self, _other: &dyn Object) -> bool {
        false
    }

    /// For downcasting by the crate that made the object.
    fn as_any(&self) -> &dyn std::any::Any;
}
