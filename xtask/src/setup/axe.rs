//! axe-core, which looks for what keeps people from using the page. The tests run it in the page.

use super::Tool;
use crate::steps::{command, run};
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
        install: Box::new(|| {
            // A folder of its own: npm takes out of a folder what it was not asked for.
            let folder = tools::folder().join("axe");
            std::fs::create_dir_all(&folder)?;
            let mut npm = command("npm");
            npm.args([
                "install",
                "--no-save",
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
                PACKAGE,
            ]);
            run(npm.arg("--prefix").arg(folder))
        }),
    }
}
