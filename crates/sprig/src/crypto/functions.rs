//! `genPrivateKey`, `genCA` and their like.

use super::certificate::{Issuer, Request};
use super::keys::{Key, Kind};
use super::pem;
use super::seeded::{SEED, Seeded};
use crate::Row;
use crate::args::{int, string, text};
use crate::dates::Time;
use crate::encoding::from_base64;
use crate::world::{Asking, Place, World, bytes, rows};
use core::net::IpAddr;
use gotemplate::{Call, CallError, CallResult, Object, Type, Value};
use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

const S: Type = Type::String;
const I: Type = Type::Int;
const L: Type = Type::List;
const C: Type = Type::Named("sprig.certificate");

/// Bits of the keys that certificates get.
const CERTIFICATE_BITS: usize = 2_048;
const DAY: i64 = 24 * 3_600 * 1_000_000_000;

pub(super) fn table(world: &Rc<dyn World>) -> Vec<Row> {
    let functions: [Asking; 7] = [
        ("genPrivateKey", &[S], private_key),
        ("genCA", &[S, I], |world, args, call| authority(world, args, call, None)),
        ("genCAWithKey", &[S, I, S], |world, args, call| authority(world, args, call, Some(2))),
        ("genSelfSignedCert", &[S, L, L, I], |world, args, call| {
            self_signed(world, args, call, None)
        }),
        ("genSelfSignedCertWithKey", &[S, L, L, I, S], |world, args, call| {
            self_signed(world, args, call, Some(4))
        }),
        ("genSignedCert", &[S, L, L, I, C], |world, args, call| signed(world, args, call, None)),
        ("genSignedCertWithKey", &[S, L, L, I, C, S], |world, args, call| {
            signed(world, args, call, Some(5))
        }),
    ];
    let mut table = rows(world, &functions);
    table.push(crate::pure("buildCustomCert", &[S, S], custom));
    table
}

/// Go's struct of that name: two texts.
struct Certificate {
    cert: String,
    key: String,
}

impl Object for Certificate {
    fn type_name(&self) -> Cow<'static, str> {
        "sprig.certificate".into()
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "Cert" => Some(Value::from(self.cert.as_str())),
            "Key" => Some(Value::from(self.key.as_str())),
            _ => None,
        }
    }

    fn format(&self, plus: bool, _: bool) -> Vec<u8> {
        match plus {
            true => format!("{{Cert:{} Key:{}}}", self.cert, self.key),
            false => format!("{{{} {}}}", self.cert, self.key),
        }
        .into_bytes()
    }

    fn plain(&self) -> Option<Value> {
        let fields = ["Cert", "Key"].map(|name| (name, self.field(name).unwrap_or(Value::Nil)));
        Some(Value::Map(fields.into_iter().collect()))
    }

    fn equals(&self, other: &dyn Object) -> bool {
        let other = other.as_any().downcast_ref::<Self>();
        other.is_some_and(|other| self.cert == other.cert && self.key == other.key)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn failed(place: &str, error: String) -> CallError {
    CallError::new(format!("{place}: {error}"))
}

fn private_key(world: &dyn World, args: &[Value], call: &mut Call<'_>) -> CallResult {
    let kind = match text(args, 0).as_str() {
        "" | "rsa" => Kind::Rsa(world.key_bits()),
        "dsa" => Kind::Dsa,
        "ecdsa" => Kind::Ec,
        "ed25519" => Kind::Ed25519,
        other => return Ok(Value::from(format!("Unknown type {other}"))),
    };
    let seed = match kind {
        Kind::Rsa(_) => rsa_seed(world, call),
        _ => bytes(world, call, SEED)?,
    };
    Ok(Value::from(Key::of_seed(kind, &seed).to_pem()))
}

fn rsa_seed(world: &dyn World, call: &mut Call<'_>) -> Vec<u8> {
    let mut seed = vec![0; SEED];
    world.fill_key_seed(Place::of(call), &mut seed);
    seed
}

/// The key that the argument holds, or a new one.
fn key_of(
    world: &dyn World,
    args: &[Value],
    call: &mut Call<'_>,
    at: Option<usize>,
) -> Result<Rc<Key>, CallError> {
    let Some(at) = at else {
        return Ok(Key::of_seed(Kind::Rsa(CERTIFICATE_BITS), &rsa_seed(world, call)));
    };
    let key = Key::from_pem(&text(args, at));
    key.map(Rc::new).map_err(|error| failed("parsing private key", error))
}

fn request(
    world: &dyn World,
    args: &[Value],
    days: i64,
    names: Option<(&Value, &Value)>,
    seed: &[u8],
) -> Result<Request, CallError> {
    let now = world.now();
    let from = Time::utc(now.seconds, now.nanoseconds);
    let until = from.add(DAY.wrapping_mul(days));
    let (addresses, dns_names) = match names {
        Some((addresses, names)) => (parse_addresses(addresses)?, dns_names(names)?),
        None => (Vec::new(), Vec::new()),
    };
    // Apart from the bytes that the key is made of.
    let serial = Seeded::new(&[seed, b"serial"].concat()).bytes(16);
    let common_name = text(args, 0);
    Ok(Request { common_name, addresses, dns_names, from, until, serial, authority: false })
}

fn listed(value: &Value) -> &[Value] {
    value.as_list().map_or(&[], |list| list.items())
}

fn shown(value: &Value) -> Result<String, CallError> {
    Ok(String::from_utf8_lossy(&gotemplate::fmt::value_v(value)?).into_owned())
}

fn parse_addresses(list: &Value) -> Result<Vec<IpAddr>, CallError> {
    let address = |value: &Value| {
        let Value::String(text) = value else {
            let shown = shown(value)?;
            return Err(CallError::new(format!("error parsing ip: {shown} is not a string")));
        };
        let text = text.to_str_lossy();
        text.parse().map_err(|_| CallError::new(format!("error parsing ip: {text}")))
    };
    listed(list).iter().map(address).collect()
}

fn dns_names(list: &Value) -> Result<Vec<String>, CallError> {
    let name = |value: &Value| match value {
        Value::String(text) => Ok(text.to_str_lossy().into_owned()),
        _ => {
            let shown = shown(value)?;
            let message = format!("error processing alternate dns name: {shown} is not a string");
            Err(CallError::new(message))
        }
    };
    listed(list).iter().map(name).collect()
}

fn certified(request: &Request, key: &Key, issuer: Option<(&Issuer, &Key)>) -> CallResult {
    let der = request.signed(key, issuer);
    let der = der.map_err(|error| failed("error creating certificate", error))?;
    let cert = pem::encode("CERTIFICATE", &der);
    Ok(Value::Object(Rc::new(Certificate { cert, key: key.to_pem() })))
}

fn authority(
    world: &dyn World,
    args: &[Value],
    call: &mut Call<'_>,
    key_at: Option<usize>,
) -> CallResult {
    let seed = bytes(world, call, SEED)?;
    let key = key_of(world, args, call, key_at)?;
    let mut request = request(world, args, int(args, 1), None, &seed)?;
    request.authority = true;
    certified(&request, &key, None)
}

fn self_signed(
    world: &dyn World,
    args: &[Value],
    call: &mut Call<'_>,
    key_at: Option<usize>,
) -> CallResult {
    let seed = bytes(world, call, SEED)?;
    let request = request(world, args, int(args, 3), Some((&args[1], &args[2])), &seed)?;
    let key = key_of(world, args, call, key_at)?;
    certified(&request, &key, None)
}

fn signed(
    world: &dyn World,
    args: &[Value],
    call: &mut Call<'_>,
    key_at: Option<usize>,
) -> CallResult {
    let seed = bytes(world, call, SEED)?;
    let key = key_of(world, args, call, key_at)?;
    let ca = match &args[4] {
        Value::Object(object) => object.as_any().downcast_ref::<Certificate>(),
        _ => None,
    };
    let block = ca.and_then(|ca| pem::decode(&ca.cert));
    let (Some(ca), Some(block)) = (ca, block) else {
        return Err(CallError::new("unable to decode certificate"));
    };
    let issuer = Issuer::parse(&block.bytes).ok_or_else(|| malformed("decodedSignerCert"))?;
    let issuer_key = Key::from_pem(&ca.key);
    let issuer_key = issuer_key.map_err(|error| failed("error parsing private key", error))?;
    let request = request(world, args, int(args, 3), Some((&args[1], &args[2])), &seed)?;
    certified(&request, &key, Some((&issuer, &issuer_key)))
}

fn malformed(name: &str) -> CallError {
    CallError::new(format!("error parsing certificate: {name}.Bytes: x509: malformed certificate"))
}

/// `buildCustomCert`: certificate and key in base64, checked.
fn custom(args: &[Value]) -> CallResult {
    let decoded = |at: usize, what: &str| {
        let bytes = from_base64(string(args, at).as_bytes());
        let bytes = bytes.map_err(|_| CallError::new(format!("unable to decode base64 {what}")))?;
        Ok::<_, CallError>(String::from_utf8_lossy(&bytes).into_owned())
    };
    let (cert, key) = (decoded(0, "certificate")?, decoded(1, "private key")?);
    let Some(block) = pem::decode(&cert) else {
        return Err(CallError::new("unable to decode certificate"));
    };
    Issuer::parse(&block.bytes).ok_or_else(|| malformed("decodedCert"))?;
    Key::from_pem(&key).map_err(|error| failed("error parsing private key", error))?;
    Ok(Value::Object(Rc::new(Certificate { cert, key })))
}
