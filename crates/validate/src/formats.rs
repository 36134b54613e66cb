//! The formats that Helm reads otherwise than boon (measured with Helm 4.3.1): nothing is asked of
//! `idn-hostname` and `idn-email`, and an address, `iri` or `uri`, is what Go's `net/url` takes.
//!
//! boon would look the letters up in Unicode's tables, 39 kB of the worker's wasm, compressed; its
//! adapter to them is pinned to the one without (`Cargo.toml`).

use boon::{Compiler, Format};
use serde_json::Value as Json;
use sprig::url_scheme;
use std::error::Error;

type Verdict = Result<(), Box<dyn Error>>;

pub(crate) fn register(compiler: &mut Compiler) {
    compiler.register_format(Format { name: "idn-hostname", func: anything });
    compiler.register_format(Format { name: "idn-email", func: anything });
    for name in ["iri", "uri"] {
        compiler.register_format(Format { name, func: address });
    }
    for name in ["iri-reference", "uri-reference"] {
        compiler.register_format(Format { name, func: reference });
    }
}

fn anything(_: &Json) -> Verdict {
    Ok(())
}

fn address(value: &Json) -> Verdict {
    let Some(text) = value.as_str() else { return Ok(()) };
    if url_scheme(text)?.is_empty() {
        Err("relative url")?;
    }
    Ok(())
}

fn reference(value: &Json) -> Verdict {
    let Some(text) = value.as_str() else { return Ok(()) };
    if text.contains('\\') {
        Err("contains \\")?;
    }
    Ok(url_scheme(text).map(drop)?)
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
