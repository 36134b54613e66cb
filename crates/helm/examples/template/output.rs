//! What goes to stdout: everything, or what `--show-only` names.

use crate::flags::Flags;
use helm::Rendered;

pub(crate) fn stream(mut shown: Rendered, flags: &Flags) -> Result<String, String> {
    if flags.is_on("no-hooks") {
        shown.hooks.clear();
    }
    if flags.is_on("skip-tests") {
        let is_test = |event: &String| event == "test" || event == "test-success";
        shown.hooks.retain(|hook| !hook.hooks.iter().any(is_test));
    }
    let text = helm::to_stream(&shown);
    let wanted: Vec<&str> = flags.all("show-only").collect();
    if wanted.is_empty() { Ok(text) } else { helm::show_only(&text, &wanted) }
}
