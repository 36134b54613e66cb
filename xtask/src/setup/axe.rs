//! axe-core, which looks for what keeps people from using the page. The tests run it in the page.

use super::{Tool, npm};
use harness::tools;

const PACKAGE: &str = "axe-core@4.11.0";

pub(super) fn tool() -> Tool {
    Tool {
        name: "axe-core".to_owned(),
        why: "the tests check the page's accessibility with it",
        how: format!(
            "install Node.js with npm and run this again (it calls `npm install {PACKAGE}`)"
        ),
        found: Box::new(|| {
            let file = tools::axe();
            file.is_file().then(|| file.display().to_string()).ok_or_else(|| "not found".to_owned())
        }),
        // A folder of its own: npm takes out of a folder what it was not asked for.
        install: Box::new(|| npm(PACKAGE, &tools::folder().join("axe"))),
    }
}
