//! Keys as the DevTools protocol wants them: what a keyboard sends, so that the page sees real events.

use serde_json::{Value, json};

/// Bits of the protocol's `modifiers`.
const ALT: u8 = 1;
const CONTROL: u8 = 2;
const META: u8 = 4;
const SHIFT: u8 = 8;

/// The key-down event of a letter that is typed.
pub(crate) fn letter(letter: char) -> Value {
    match letter {
        '\n' => named("Enter", 0),
        '\t' => named("Tab", 0),
        _ => json!({ "type": "keyDown", "key": letter.to_string(), "text": letter.to_string() }),
    }
}

/// The key-down event of a chord such as `Enter`, `Shift+Tab` or `Control+z`.
pub(crate) fn chord(chord: &str) -> Value {
    let mut modifiers = 0;
    let mut key = chord;
    while let Some((word, rest)) = key.split_once('+').filter(|(_, rest)| !rest.is_empty()) {
        modifiers |= match word {
            "Alt" => ALT,
            "Control" => CONTROL,
            "Meta" => META,
            _ => SHIFT,
        };
        key = rest;
    }
    named(key, modifiers)
}

/// The key-up event that belongs to a key-down event.
pub(crate) fn released(down: &Value) -> Value {
    let mut up = down.clone();
    up["type"] = "keyUp".into();
    if let Some(fields) = up.as_object_mut() {
        fields.remove("text");
        fields.remove("commands");
    }
    up
}

fn named(key: &str, modifiers: u8) -> Value {
    let mut event = json!({
        "type": "keyDown",
        "key": key,
        "code": code(key),
        "modifiers": modifiers,
        "windowsVirtualKeyCode": key_code(key),
    });
    let plain = modifiers & (ALT | CONTROL | META) == 0;
    match key {
        "Enter" if plain => event["text"] = "\r".into(),
        // Chromium leaves editing chords to the operating system, which headless has not: name the command.
        "a" if modifiers == CONTROL => event["commands"] = json!(["selectAll"]),
        _ if plain && key.chars().count() == 1 => event["text"] = key.into(),
        _ => {}
    }
    event
}

/// The physical key, as `KeyboardEvent.code` names it.
fn code(key: &str) -> String {
    match key.as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => format!("Key{}", key.to_ascii_uppercase()),
        [digit] if digit.is_ascii_digit() => format!("Digit{key}"),
        b" " => String::from("Space"),
        _ => key.to_owned(),
    }
}

/// The legacy key code, by which Chromium chooses a key's default action.
fn key_code(key: &str) -> u32 {
    match key {
        "Backspace" => 8,
        "Tab" => 9,
        "Enter" => 13,
        "Escape" => 27,
        " " => 32,
        "PageUp" => 33,
        "PageDown" => 34,
        "End" => 35,
        "Home" => 36,
        "ArrowLeft" => 37,
        "ArrowUp" => 38,
        "ArrowRight" => 39,
        "ArrowDown" => 40,
        "Delete" => 46,
        _ => key.chars().next().map_or(0, |letter| letter.to_ascii_uppercase().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::{chord, released};

    #[test]
    fn a_chord_is_one_key_with_modifiers() {
        let event = chord("Control+Shift+z");
        assert_eq!(event["modifiers"], 10);
        assert_eq!(event["key"], "z");
        assert_eq!(event["code"], "KeyZ");
        assert_eq!(event["text"], serde_json::Value::Null);
        assert_eq!(released(&chord("Enter"))["text"], serde_json::Value::Null);
        assert_eq!(chord("+")["key"], "+");
    }
}
