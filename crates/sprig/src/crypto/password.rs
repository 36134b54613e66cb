//! `bcrypt`, `htpasswd`, `derivePassword`, `encryptAES` and `decryptAES`.

use super::seeded::SEED;
use crate::Row;
use crate::args::{string, text};
use crate::encoding::{base64, from_base64};
use crate::world::{Asking, World, bytes, rows};
use aes::cipher::block_padding::NoPadding;
use aes::cipher::{BlockDecryptMut, BlockEncryptMut, KeyIvInit};
use gotemplate::{Call, CallError, CallResult, Type, Value};
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

const S: Type = Type::String;
const BLOCK: usize = 16;
/// Slow answers that are kept for the next render.
const KEPT: usize = 256;

thread_local! {
    static ANSWERS: RefCell<HashMap<Vec<Vec<u8>>, String>> = RefCell::new(HashMap::new());
}

pub(super) fn table(world: &Rc<dyn World>) -> Vec<Row> {
    let functions: [Asking; 3] = [
        ("bcrypt", &[S], bcrypt),
        ("htpasswd", &[S, S], htpasswd),
        ("encryptAES", &[S, S], encrypt),
    ];
    let mut table = rows(world, &functions);
    table.push(crate::pure("derivePassword", &[Type::Uint32, S, S, S, S], derive));
    table.push(crate::pure("decryptAES", &[S, S], decrypt));
    table
}

/// Computes an answer once.
fn remembered(question: Vec<Vec<u8>>, answer: impl FnOnce() -> String) -> String {
    if let Some(known) = ANSWERS.with_borrow(|answers| answers.get(&question).cloned()) {
        return known;
    }
    let answer = answer();
    ANSWERS.with_borrow_mut(|answers| {
        if answers.len() >= KEPT {
            answers.clear();
        }
        answers.insert(question, answer.clone());
    });
    answer
}

/// Go's `bcrypt.DefaultCost`.
const COST: u32 = 10;
const LONGEST: usize = 72;
const LETTERS: &[u8; 64] = b"./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

fn bcrypt(world: &dyn World, args: &[Value], call: &mut Call<'_>) -> CallResult {
    hashed(world, string(args, 0).as_bytes(), call).map(Value::from)
}

fn htpasswd(world: &dyn World, args: &[Value], call: &mut Call<'_>) -> CallResult {
    let user = text(args, 0);
    if user.contains(':') {
        return Ok(Value::from(format!("invalid username: {user}")));
    }
    let hash = hashed(world, string(args, 1).as_bytes(), call)?;
    Ok(Value::from(format!("{user}:{hash}")))
}

fn hashed(world: &dyn World, password: &[u8], call: &mut Call<'_>) -> Result<String, CallError> {
    if password.len() > LONGEST {
        let error = "bcrypt: password length exceeds 72 bytes";
        return Ok(format!("failed to encrypt string with bcrypt: {error}"));
    }
    let salt = bytes(world, call, BLOCK)?;
    let question = vec![b"bcrypt".to_vec(), salt.clone(), password.to_vec()];
    Ok(remembered(question, || bcrypt_text(password, &salt, COST)))
}

/// `$2a$10$`, the salt, the digest.
fn bcrypt_text(password: &[u8], salt: &[u8], cost: u32) -> String {
    let key = [password, &[0]].concat();
    let mut state = blowfish::Blowfish::bc_init_state();
    state.salted_expand_key(salt, &key);
    for _ in 0..1_u32 << cost {
        state.bc_expand_key(&key);
        state.bc_expand_key(salt);
    }
    let mut digest = Vec::new();
    for pair in b"OrpheanBeholderScryDoubt".chunks(8) {
        let word = |at: usize| pair[at..at + 4].iter().fold(0, |all, b| all << 8 | u32::from(*b));
        let mut words = [word(0), word(4)];
        for _ in 0..64 {
            words = state.bc_encrypt(words);
        }
        words.iter().for_each(|word| digest.extend_from_slice(&word.to_be_bytes()));
    }
    // The last byte has always been left out.
    format!("$2a${cost:02}${}{}", letters(salt), letters(&digest[..23]))
}

fn letters(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().chain(&[0, 0]).take(3).fold(0, |all, b| all << 8 | u32::from(*b));
        for at in 0..=chunk.len() {
            let index = bits >> (18 - 6 * at) & 63;
            out.push(char::from(LETTERS[index as usize]));
        }
    }
    out
}

/// Templates of passwords by type; a letter of them stands for a class of letters.
const TEMPLATES: [(&str, &[&str]); 6] = [
    ("maximum", &["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"]),
    (
        "long",
        &[
            "CvcvnoCvcvCvcv",
            "CvcvCvcvnoCvcv",
            "CvcvCvcvCvcvno",
            "CvccnoCvcvCvcv",
            "CvccCvcvnoCvcv",
            "CvccCvcvCvcvno",
            "CvcvnoCvccCvcv",
            "CvcvCvccnoCvcv",
            "CvcvCvccCvcvno",
            "CvcvnoCvcvCvcc",
            "CvcvCvcvnoCvcc",
            "CvcvCvcvCvccno",
            "CvccnoCvccCvcv",
            "CvccCvccnoCvcv",
            "CvccCvccCvcvno",
            "CvcvnoCvccCvcc",
            "CvcvCvccnoCvcc",
            "CvcvCvccCvccno",
            "CvccnoCvcvCvcc",
            "CvccCvcvnoCvcc",
            "CvccCvcvCvccno",
        ],
    ),
    ("medium", &["CvcnoCvc", "CvcCvcno"]),
    ("short", &["Cvcn"]),
    ("basic", &["aaanaaan", "aannaaan", "aaannaaa"]),
    ("pin", &["nnnn"]),
];

fn class(letter: u8) -> &'static [u8] {
    match letter {
        b'V' => b"AEIOU",
        b'C' => b"BCDFGHJKLMNPQRSTVWXYZ",
        b'v' => b"aeiou",
        b'c' => b"bcdfghjklmnpqrstvwxyz",
        b'A' => b"AEIOUBCDFGHJKLMNPQRSTVWXYZ",
        b'a' => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
        b'n' => b"0123456789",
        b'o' => b"@&%?,=[]_:-+*$#!'^~;()/.",
        _ => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
    }
}

/// The Master Password algorithm: counter, type, password, user, site.
fn derive(args: &[Value]) -> CallResult {
    let kind = text(args, 1);
    let Some((_, templates)) = TEMPLATES.iter().find(|(name, _)| *name == kind) else {
        return Ok(Value::from(format!("cannot find password template {kind}")));
    };
    let counter = match args.first() {
        Some(Value::Uint(counter, _)) => *counter as u32,
        _ => 0,
    };
    let [password, user, site] = [2, 3, 4].map(|at| string(args, at).as_bytes().to_vec());
    let mut question = vec![b"derive".to_vec(), counter.to_be_bytes().to_vec(), kind.into_bytes()];
    question.extend([password.clone(), user.clone(), site.clone()]);
    Ok(Value::from(remembered(question, || {
        derived(counter, templates, &password, &user, &site).unwrap_or_default()
    })))
}

fn derived(
    counter: u32,
    templates: &[&str],
    password: &[u8],
    user: &[u8],
    site: &[u8],
) -> Option<String> {
    let named = |name: &[u8]| {
        let length = (name.len() as u32).to_be_bytes();
        [b"com.lyndir.masterpassword", length.as_slice(), name].concat()
    };
    let mut key = [0; 64];
    let params = scrypt::Params::new(15, 8, 2, key.len()).ok()?;
    scrypt::scrypt(password, &named(user), &params, &mut key).ok()?;
    let seed = hmac(&key, &[named(site), counter.to_be_bytes().to_vec()].concat());
    let (first, rest) = seed.split_first()?;
    let template = templates.get(usize::from(*first) % templates.len())?;
    let letter = |(class_of, byte): (u8, &u8)| {
        let class = class(class_of);
        char::from(class[usize::from(*byte) % class.len()])
    };
    Some(template.bytes().zip(rest).map(letter).collect())
}

/// HMAC with SHA-256, for a key of one block.
fn hmac(key: &[u8; 64], message: &[u8]) -> Vec<u8> {
    let mixed = |with: u8| key.map(|byte| byte ^ with);
    let inner = Sha256::new().chain_update(mixed(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(mixed(0x5c)).chain_update(inner).finalize().to_vec()
}

/// The password itself is the key, filled up with zeros.
fn aes_key(args: &[Value]) -> [u8; 32] {
    let password = string(args, 0);
    let mut key = [0; 32];
    key.iter_mut().zip(password.as_bytes()).for_each(|(to, from)| *to = *from);
    key
}

fn encrypt(world: &dyn World, args: &[Value], call: &mut Call<'_>) -> CallResult {
    let mut plain = string(args, 1).as_bytes().to_vec();
    if plain.is_empty() {
        return Ok(Value::from(""));
    }
    let padding = BLOCK - plain.len() % BLOCK;
    plain.resize(plain.len() + padding, padding as u8);
    let mut start = [0; BLOCK];
    start.copy_from_slice(&bytes(world, call, SEED)?[..BLOCK]);
    let cipher = cbc::Encryptor::<aes::Aes256>::new(&aes_key(args).into(), &start.into());
    let body = cipher.encrypt_padded_vec_mut::<NoPadding>(&plain);
    Ok(Value::from(base64(&[start.to_vec(), body].concat())))
}

/// Sprig looks at no length: what Go's runtime says then.
fn decrypt(args: &[Value]) -> CallResult {
    let encoded = string(args, 1);
    if encoded.is_empty() {
        return Ok(Value::from(""));
    }
    let whole = from_base64(encoded.as_bytes()).map_err(CallError::new)?;
    let Some((start, body)) = whole.split_first_chunk::<BLOCK>() else {
        let capacity = encoded.len() / 4 * 3;
        return Err(CallError::new(format!(
            "runtime error: slice bounds out of range [:16] with capacity {capacity}"
        )));
    };
    let cipher = cbc::Decryptor::<aes::Aes256>::new(&aes_key(args).into(), &(*start).into());
    let plain = cipher.decrypt_padded_vec_mut::<NoPadding>(body);
    let mut plain = plain.map_err(|_| CallError::new("crypto/cipher: input not full blocks"))?;
    let Some(padding) = plain.last().copied() else {
        return Err(CallError::new("runtime error: index out of range [-1]"));
    };
    let length = plain.len() as i64 - i64::from(padding);
    let Ok(kept) = usize::try_from(length) else {
        let message = format!("runtime error: slice bounds out of range [:{length}]");
        return Err(CallError::new(message));
    };
    plain.truncate(kept);
    Ok(Value::string(plain))
}

#[cfg(test)]
mod tests {
    use super::bcrypt_text;

    /// Published with the algorithm's first free implementation (crypt_blowfish).
    #[test]
    fn bcrypt_gives_the_published_hashes() {
        let salt: Vec<u8> = [0x10, 0x41, 0x04].into_iter().cycle().take(16).collect();
        let known = [
            ("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
            ("U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"),
        ];
        for (password, hash) in known {
            assert_eq!(bcrypt_text(password.as_bytes(), &salt, 5), hash, "{password}");
        }
    }
}
