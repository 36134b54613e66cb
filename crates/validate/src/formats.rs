//! The formats of internationalised names, as Helm reads them (measured with Helm 4.3.1): nothing
//! is asked of `idn-hostname` and `idn-email`, and any letter may stand in an `iri`.
//!
//! boon would look the letters up in Unicode's tables, 39 kB of the worker's wasm, compressed; its
//! adapter to them is pinned to the one without (`Cargo.toml`).

use boon::{Compiler, Format};
use serde_json::Value as Json;
use std::error::Error;
use url::{ParseError, Url};

type Verdict = Result<(), Box<dyn Error>>;

pub(crate) fn register(compiler: &mut Compiler) {
    compiler.register_format(Format { name: "idn-hostname", func: anything });
    compiler.register_format(Format { name: "idn-email", func: anything });
    compiler.register_format(Format { name: "iri", func: iri });
    compiler.register_format(Format { name: "iri-reference", func: iri_reference });
}

fn anything(_: &Json) -> Verdict {
    Ok(())
}

fn iri(value: &Json) -> Verdict {
    let Some(text) = value.as_str() else { return Ok(()) };
    match Url::parse(&plain(text)) {
        Err(ParseError::RelativeUrlWithoutBase) => Err("relative url")?,
        parsed => Ok(parsed.map(drop)?),
    }
}

fn iri_reference(value: &Json) -> Verdict {
    let Some(text) = value.as_str() else { return Ok(()) };
    if text.contains('\\') {
        Err("contains \\")?;
    }
    Ok(Url::parse("http://localhost")?.join(&plain(text)).map(drop)?)
}

/// The letters that only an `iri` may have, as one that every address may.
fn plain(text: &str) -> String {
    text.chars().map(|letter| if letter.is_ascii() { letter } else { 'a' }).collect()
}

#[cfg(test)]
mod tests {
    use crate::Validator;
    use serde_json::json;

    /// Whether Helm 4.3.1 takes the value.
    const MEASURED: &[(&str, &str, bool)] = &[
        ("idn-hostname", "bücher.example", true),
        ("idn-hostname", "-a..b", true),
        ("idn-hostname", "a b", true),
        ("idn-email", "ü@bücher.example", true),
        ("idn-email", "nope", true),
        ("iri", "http://bücher.example/ü", true),
        ("iri", "mailto:ü@x", true),
        ("iri", "a:b", true),
        ("iri", "/a", false),
        ("iri", "http://a b/", false),
        ("iri", "http://[::1", false),
        ("iri", "http://h:x/", false),
        ("iri-reference", "http://bücher.example/ü", true),
        ("iri-reference", "/a", true),
        ("iri-reference", "http://a b/", false),
        ("iri-reference", "http://h:x/", false),
        ("iri-reference", "http://a\\b", false),
        ("hostname", "bücher", false),
        ("uri", "http://example.com/", true),
    ];

    #[test]
    fn verdicts_are_helms() {
        for (format, text, taken) in MEASURED {
            let schema = json!({
                "$schema": "http://json-schema.org/draft-07/schema#",
                "properties": {"v": {"format": format}},
            });
            let validator = Validator::new(schema.to_string().as_bytes()).unwrap();
            assert_eq!(validator.check(&json!({"v": text})).is_empty(), *taken, "{format} {text}");
        }
    }
}
