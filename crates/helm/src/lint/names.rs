//! Names of objects as Kubernetes' API validation wants them, kind by kind.

use gotemplate::fmt::quote;

/// What Helm says of a name; `None` if it is one.
pub(super) fn refuse(kind: &str, name: &str) -> Option<String> {
    let mut said: Vec<String> = Vec::new();
    match kind.to_lowercase().as_str() {
        "certificatesigningrequest" => {}
        "service" => dns_1035_label(name, &mut said),
        "namespace" => dns_label(name, &mut said),
        "role" | "clusterrole" | "rolebinding" | "clusterrolebinding" => {
            path_segment(name, &mut said);
        }
        _ => subdomain(name, &mut said),
    }
    let quoted = quote(name.as_bytes());
    let errors: Vec<String> =
        said.iter().map(|text| format!("metadata.name: Invalid value: {quoted}: {text}")).collect();
    let errors = match errors.as_slice() {
        [] => return None,
        [one] => one.clone(),
        all => format!("[{}]", all.join(", ")),
    };
    Some(format!(
        "object name does not conform to Kubernetes naming requirements: {quoted}: {errors}"
    ))
}

fn is_label(text: &str) -> bool {
    let plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = text.as_bytes();
    bytes.iter().all(|byte| plain(byte) || *byte == b'-')
        && bytes.first().is_some_and(plain)
        && bytes.last().is_some_and(plain)
}

fn is_subdomain(text: &str) -> bool {
    text.split('.').all(is_label)
}

fn length(text: &str, most: usize, said: &mut Vec<String>) {
    if text.len() > most {
        said.push(format!("must be no more than {most} characters"));
    }
}

fn subdomain(name: &str, said: &mut Vec<String>) {
    length(name, 253, said);
    if !is_subdomain(name) {
        said.push(
            r"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
                .to_owned(),
        );
    }
}

fn dns_label(name: &str, said: &mut Vec<String>) {
    length(name, 63, said);
    if is_label(name) {
        return;
    }
    let text = if is_subdomain(name) {
        "must not contain dots"
    } else {
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
    };
    said.push(text.to_owned());
}

fn dns_1035_label(name: &str, said: &mut Vec<String>) {
    length(name, 63, said);
    if !is_label(name) || name.starts_with(|c: char| c.is_ascii_digit()) {
        said.push(
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
                .to_owned(),
        );
    }
}

fn path_segment(name: &str, said: &mut Vec<String>) {
    if matches!(name, "." | "..") {
        return said.push(format!("may not be '{name}'"));
    }
    let wrong = ["/", "%"].into_iter().filter(|part| name.contains(part));
    said.extend(wrong.map(|part| format!("may not contain '{part}'")));
}
