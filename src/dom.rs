//! What of the browser is not a view: downloads, the clipboard, files, the address.

use js_sys::{Array, Uint8Array};
use leptos::prelude::{document, window};
use session::Exported;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Blob, BlobPropertyBag, File, FileReader, HtmlAnchorElement, HtmlElement, HtmlInputElement,
    ScrollIntoViewOptions, ScrollLogicalPosition, Url,
};

/// Hands a file to the browser to save.
pub fn download(file: &Exported) {
    let parts = Array::of1(&Uint8Array::from(file.data.as_slice()));
    let options = BlobPropertyBag::new();
    options.set_type(&file.media);
    let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    if let Ok(link) = document().create_element("a") {
        let link: HtmlAnchorElement = link.unchecked_into();
        link.set_href(&address);
        link.set_download(&file.name);
        link.click();
    }
    let revoke = move || {
        let _ = Url::revoke_object_url(&address);
    };
    leptos::prelude::set_timeout(revoke, std::time::Duration::from_secs(10));
}

/// Copies text; the browser may refuse, which costs nothing.
pub fn copy(text: &str) {
    let _ = window().navigator().clipboard().write_text(text);
}

/// Reads a file's bytes.
pub fn read_file(file: &File, then: impl Fn(Vec<u8>) + 'static) {
    let Ok(reader) = FileReader::new() else { return };
    let done = reader.clone();
    let loaded = Closure::once_into_js(move || {
        if let Ok(buffer) = done.result() {
            then(Uint8Array::new(&buffer).to_vec());
        }
    });
    reader.set_onload(Some(loaded.unchecked_ref()));
    let _ = reader.read_as_array_buffer(file);
}

pub fn address() -> String {
    window().location().hash().unwrap_or_default()
}

/// Writes the address; another place is a step that the browser's Back takes back.
pub fn set_address(address: &str) {
    let now = self::address();
    if now == address {
        return;
    }
    let Ok(history) = window().history() else { return };
    let first = now.is_empty();
    let _ = match first {
        true => history.replace_state_with_url(&JsValue::NULL, "", Some(address)),
        false => history.push_state_with_url(&JsValue::NULL, "", Some(address)),
    };
}

/// Writes the address in the place of the one before.
pub fn replace_address(address: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// The address with its host, to hand on.
pub fn whole_address() -> String {
    window().location().href().unwrap_or_default()
}

/// `a b` as an address has it.
pub fn encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// The text behind [`encode`]; as it stands where it is none.
pub fn decode(text: &str) -> String {
    js_sys::decode_uri_component(text).map_or_else(|_| text.to_owned(), Into::into)
}

pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Scrolls the row of a field into view and gives its input the focus.
pub fn show_field(id: &str) {
    show(id);
    let Some(element) = document().get_element_by_id(id) else { return };
    if let Ok(Some(input)) = element.query_selector("input,select,textarea,button") {
        let _ = input.unchecked_into::<HtmlElement>().focus();
    }
}

/// Gives the focus to a text input, and chooses what it holds.
pub fn select(id: &str) {
    let input = document().get_element_by_id(id);
    if let Some(input) = input.and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) {
        let _ = input.focus();
        input.select();
    }
}

/// Scrolls the first of the selected elements that is there to the middle of the view.
pub fn show_first(selectors: &[&str]) {
    let find = |selector: &&str| document().query_selector(selector).ok().flatten();
    if let Some(element) = selectors.iter().find_map(find) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Scrolls an element into view; what is folded around it is opened.
pub fn show(id: &str) {
    let Some(element) = document().get_element_by_id(id) else { return };
    let mut above = element.parent_element();
    while let Some(parent) = above {
        if parent.tag_name() == "DETAILS" {
            let _ = parent.set_attribute("open", "");
        }
        above = parent.parent_element();
    }
    element.scroll_into_view();
}

/// The theme that the person chose: `light`, `dark`, or empty for the system's.
pub fn theme() -> String {
    let storage = window().local_storage().ok().flatten();
    storage.and_then(|storage| storage.get_item("chartroom.theme").ok()?).unwrap_or_default()
}

pub fn set_theme(theme: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-theme", theme);
    }
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item("chartroom.theme", theme);
    }
}

/// Random letters and digits from the browser's own source.
pub fn random_text(length: usize) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut bytes = vec![0; length * 2];
    let Ok(crypto) = window().crypto() else { return String::new() };
    if crypto.get_random_values_with_u8_array(&mut bytes).is_err() {
        return String::new();
    }
    // Bytes from 248 on are left out, so that every letter is equally likely.
    let fair = bytes.into_iter().filter(|byte| *byte < 248);
    fair.take(length).map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()])).collect()
}

/// Whether the focus that an event tells of has gone to something outside of an element.
pub fn has_left(event: &web_sys::FocusEvent, around: Option<web_sys::HtmlDivElement>) -> bool {
    let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
    to.is_some() && !around.is_some_and(|around| around.contains(to.as_ref()))
}

/// Moves the focus to the next or the former entry of the menu in an element; its first, if it was
/// on none.
pub fn step_focus(around: &web_sys::Element, next: bool) {
    let now = document().active_element();
    let entry = now.filter(|now| now.get_attribute("role").as_deref() == Some("menuitem"));
    let to = match entry {
        Some(entry) if next => entry.next_element_sibling(),
        Some(entry) => entry.previous_element_sibling(),
        None => around.query_selector("[role=menuitem]").ok().flatten(),
    };
    if let Some(to) = to.and_then(|to| to.dyn_into::<HtmlElement>().ok()) {
        let _ = to.focus();
    }
}
