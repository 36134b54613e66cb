//! What the outside gives to templates: the time, random bytes, the cluster's objects.
//!
//! Handed in by the host, so that a preview is the same from one keystroke to the next.

use crate::Row;
use crate::args::{int, text};
use crate::json::to_value;
use gotemplate::{Call, CallError, Native, Outcome, Type, Value};
use serde_json::Value as Json;
use std::rc::Rc;

/// A point in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timestamp {
    /// Since 1970-01-01 00:00:00 UTC.
    pub seconds: i64,
    pub nanoseconds: u32,
}

/// Everything outside that a template may ask for.
pub trait World {
    fn now(&self) -> Timestamp;

    /// Fills `out` with random bytes; `site` (template and offset) lets a preview give the same
    /// bytes to the same place each time.
    fn fill_random(&self, site: (&str, u32), out: &mut [u8]);

    /// `lookup`: an empty object, as in `helm template`.
    fn lookup(&self, _api_version: &str, _kind: &str, _namespace: &str, _name: &str) -> Json {
        Json::Object(serde_json::Map::new())
    }

    /// `getHostByName`: empty, as Helm has it without `--enable-dns`.
    fn host_by_name(&self, _name: &str) -> String {
        String::new()
    }
}

type Body = fn(&dyn World, &[Value], &mut Call<'_>) -> Result<Value, CallError>;

pub(crate) fn table(world: &Rc<dyn World>) -> Vec<Row> {
    const S: Type = Type::String;
    const I: Type = Type::Int;
    let rows: [(&'static str, &'static [Type], Body); 8] = [
        ("lookup", &[S, S, S, S], lookup),
        ("getHostByName", &[S], |world, args, _| Ok(world.host_by_name(&text(args, 0)).into())),
        ("randAlphaNum", &[I], |world, args, call| random(world, args, call, ALPHANUMERIC)),
        ("randAlpha", &[I], |world, args, call| random(world, args, call, &ALPHANUMERIC[..52])),
        ("randNumeric", &[I], |world, args, call| random(world, args, call, &ALPHANUMERIC[52..])),
        ("randAscii", &[I], random_ascii),
        ("randBytes", &[I], random_bytes),
        ("uuidv4", &[], uuid),
    ];
    let row = |(name, params, body): (&'static str, &'static [Type], Body)| {
        let world = Rc::clone(world);
        let native = Native::Host(Rc::new(move |args: &[Value], call: &mut Call<'_>| {
            body(world.as_ref(), args, call).map(Outcome::Value)
        }));
        Row(name, params, false, native)
    };
    rows.into_iter().map(row).collect()
}

const ALPHANUMERIC: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

fn lookup(world: &dyn World, args: &[Value], _: &mut Call<'_>) -> Result<Value, CallError> {
    let found = world.lookup(&text(args, 0), &text(args, 1), &text(args, 2), &text(args, 3));
    Ok(to_value(&found))
}

fn bytes(world: &dyn World, call: &mut Call<'_>, count: usize) -> Result<Vec<u8>, CallError> {
    call.budget.string(Some(count))?;
    let mut out = vec![0; count];
    world.fill_random((call.site.file, call.site.offset), &mut out);
    Ok(out)
}

fn count(args: &[Value]) -> usize {
    usize::try_from(int(args, 0)).unwrap_or(0)
}

fn random(
    world: &dyn World,
    args: &[Value],
    call: &mut Call<'_>,
    letters: &[u8],
) -> Result<Value, CallError> {
    let bytes = bytes(world, call, count(args))?;
    let letter = |byte: u8| letters[usize::from(byte) % letters.len()];
    Ok(Value::string(bytes.into_iter().map(letter).collect::<Vec<u8>>()))
}

fn random_ascii(
    world: &dyn World,
    args: &[Value],
    call: &mut Call<'_>,
) -> Result<Value, CallError> {
    let bytes = bytes(world, call, count(args))?;
    Ok(Value::string(bytes.into_iter().map(|byte| 32 + byte % 95).collect::<Vec<u8>>()))
}

fn random_bytes(
    world: &dyn World,
    args: &[Value],
    call: &mut Call<'_>,
) -> Result<Value, CallError> {
    let bytes = bytes(world, call, count(args))?;
    Ok(Value::from(crate::encoding::base64(&bytes)))
}

fn uuid(world: &dyn World, _: &[Value], call: &mut Call<'_>) -> Result<Value, CallError> {
    let mut bytes = bytes(world, call, 16)?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    Ok(Value::from(parts.join("-")))
}
