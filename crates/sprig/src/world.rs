//! What the outside gives to templates: the time, random bytes, the cluster's objects.
//!
//! Handed in by the host, so that a preview is the same from one keystroke to the next.

use crate::Row;
use crate::args::text;
use crate::json::to_value;
use gotemplate::{Call, CallError, CallResult, Native, Outcome, Type, Value};
use serde_json::Value as Json;
use std::rc::Rc;

/// A point in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timestamp {
    /// Since 1970-01-01 00:00:00 UTC.
    pub seconds: i64,
    pub nanoseconds: u32,
}

/// Where random bytes are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place<'a> {
    /// The template that calls, and the call's offset in it, in bytes.
    pub file: &'a str,
    pub offset: u32,
    /// How often this place has asked before while one file of the chart was rendered: counted
    /// anew for each file, so that no file's text depends on another's.
    pub nth: u32,
}

impl<'a> Place<'a> {
    pub(crate) fn of(call: &mut Call<'a>) -> Self {
        let nth = call.nth();
        Self { file: call.site.file, offset: call.site.offset, nth }
    }
}

/// Everything outside that a template may ask for.
pub trait World {
    fn now(&self) -> Timestamp;

    /// Fills `out` with random bytes; `place` lets a preview give the same bytes to the same place
    /// each time.
    fn fill_random(&self, place: Place<'_>, out: &mut [u8]);

    /// As [`World::fill_random`], for what an RSA key is made of. A preview may give the same bytes
    /// to all places: one key is made then, and kept.
    fn fill_key_seed(&self, place: Place<'_>, out: &mut [u8]) {
        self.fill_random(place, out);
    }

    /// Bits of the RSA keys that `genPrivateKey` makes: Helm's. A preview may ask for 2,048, which
    /// take a browser half a second instead of ten or more.
    fn key_bits(&self) -> usize {
        4_096
    }

    /// `lookup`: an empty object, as in `helm template`.
    fn lookup(&self, _api_version: &str, _kind: &str, _namespace: &str, _name: &str) -> Json {
        Json::Object(serde_json::Map::new())
    }

    /// `getHostByName`: empty, as Helm has it without `--enable-dns`.
    fn host_by_name(&self, _name: &str) -> String {
        String::new()
    }
}

/// A function that asks the world.
pub(crate) type Body = fn(&dyn World, &[Value], &mut Call<'_>) -> CallResult;

/// Name, parameters and body of such a function.
pub(crate) type Asking = (&'static str, &'static [Type], Body);

/// Rows of the table for functions that ask `world`.
pub(crate) fn rows(world: &Rc<dyn World>, functions: &[Asking]) -> Vec<Row> {
    let row = |&(name, params, body): &Asking| {
        let world = Rc::clone(world);
        let native = Native::Host(Rc::new(move |args: &[Value], call: &mut Call<'_>| {
            body(world.as_ref(), args, call).map(Outcome::Value)
        }));
        Row(name, params, false, native)
    };
    functions.iter().map(row).collect()
}

pub(crate) fn table(world: &Rc<dyn World>) -> Vec<Row> {
    const S: Type = Type::String;
    let functions: [Asking; 2] = [
        ("lookup", &[S, S, S, S], lookup),
        ("getHostByName", &[S], |world, args, _| Ok(world.host_by_name(&text(args, 0)).into())),
    ];
    rows(world, &functions)
}

fn lookup(world: &dyn World, args: &[Value], _: &mut Call<'_>) -> CallResult {
    let found = world.lookup(&text(args, 0), &text(args, 1), &text(args, 2), &text(args, 3));
    Ok(to_value(&found))
}

/// `count` random bytes for the place that calls.
///
/// # Errors
/// Where that is more than the budget has left.
pub(crate) fn bytes(
    world: &dyn World,
    call: &mut Call<'_>,
    count: usize,
) -> Result<Vec<u8>, CallError> {
    call.budget.string(Some(count))?;
    let mut out = vec![0; count];
    world.fill_random(Place::of(call), &mut out);
    Ok(out)
}
