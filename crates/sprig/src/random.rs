//! Sprig's random functions over the bytes that the world hands in.

use crate::Row;
use crate::args::{int, text};
use crate::world::{Asking, World, bytes, rows};
use gotemplate::{Call, CallError, CallResult, Type, Value};
use std::rc::Rc;

pub(crate) fn table(world: &Rc<dyn World>) -> Vec<Row> {
    const I: Type = Type::Int;
    let functions: [Asking; 8] = [
        ("randAlphaNum", &[I], |world, args, call| letters(world, args, call, ALPHANUMERIC)),
        ("randAlpha", &[I], |world, args, call| letters(world, args, call, &ALPHANUMERIC[..52])),
        ("randNumeric", &[I], |world, args, call| letters(world, args, call, &ALPHANUMERIC[52..])),
        ("randAscii", &[I], ascii),
        ("randBytes", &[I], encoded),
        ("randInt", &[I, I], between),
        ("shuffle", &[Type::String], shuffle),
        ("uuidv4", &[], uuid),
    ];
    rows(world, &functions)
}

const ALPHANUMERIC: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// As many bytes as the first argument says; none where it is negative.
fn counted(world: &dyn World, args: &[Value], call: &mut Call<'_>) -> Result<Vec<u8>, CallError> {
    bytes(world, call, usize::try_from(int(args, 0)).unwrap_or(0))
}

fn letters(world: &dyn World, args: &[Value], call: &mut Call<'_>, letters: &[u8]) -> CallResult {
    let letter = |byte: u8| letters[usize::from(byte) % letters.len()];
    let text: Vec<u8> = counted(world, args, call)?.into_iter().map(letter).collect();
    Ok(Value::string(text))
}

fn ascii(world: &dyn World, args: &[Value], call: &mut Call<'_>) -> CallResult {
    let letter = |byte: u8| 32 + byte % 95;
    let text: Vec<u8> = counted(world, args, call)?.into_iter().map(letter).collect();
    Ok(Value::string(text))
}

fn encoded(world: &dyn World, args: &[Value], call: &mut Call<'_>) -> CallResult {
    if int(args, 0) < 0 {
        return Err(CallError::new("runtime error: makeslice: len out of range"));
    }
    Ok(Value::from(crate::encoding::base64(&counted(world, args, call)?)))
}

/// Numbers from eight bytes each.
fn numbers(bytes: &[u8]) -> impl Iterator<Item = u64> {
    bytes.chunks(8).map(|chunk| chunk.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)))
}

/// `randInt min max`: `max` itself never comes.
fn between(world: &dyn World, args: &[Value], call: &mut Call<'_>) -> CallResult {
    let (least, beyond) = (int(args, 0), int(args, 1));
    let count = beyond.wrapping_sub(least);
    let Some(count) = u64::try_from(count).ok().filter(|count| *count > 0) else {
        return Err(CallError::new("invalid argument to Intn"));
    };
    let number = numbers(&bytes(world, call, 8)?).next().unwrap_or(0);
    Ok(Value::int(least.wrapping_add((number % count) as i64)))
}

fn shuffle(world: &dyn World, args: &[Value], call: &mut Call<'_>) -> CallResult {
    let mut letters: Vec<char> = text(args, 0).chars().collect();
    let bytes = bytes(world, call, letters.len().saturating_mul(8))?;
    for (at, number) in (1..letters.len()).zip(numbers(&bytes)) {
        letters.swap(at, (number % (at as u64 + 1)) as usize);
    }
    Ok(Value::from(letters.into_iter().collect::<String>()))
}

fn uuid(world: &dyn World, _: &[Value], call: &mut Call<'_>) -> CallResult {
    let mut bytes = bytes(world, call, 16)?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = crate::crypto::hex(&bytes);
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    Ok(Value::from(parts.join("-")))
}
