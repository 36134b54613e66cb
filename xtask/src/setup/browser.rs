//! A browser for the end-to-end tests and for pictures of the page.

use harness::{Error, Result, tools};

use super::Tool;
use crate::steps::{command, output, run};

pub(super) fn tool() -> Tool {
    Tool {
        name: "Chromium".to_owned(),
        why: "the end-to-end tests drive a real browser",
        how: "install Chromium or Chrome (Debian: `apt-get install chromium`), or set CHROMIUM to its path"
            .to_owned(),
        found: Box::new(|| {
            let file = tools::chromium().filter(|file| file.is_file());
            file.map(|file| file.display().to_string()).ok_or_else(|| "not found".to_owned())
        }),
        install: Box::new(install),
    }
}

fn install() -> Result<()> {
    if tools::find("apt-get").is_none() {
        return Err(Error::new("this is no Debian, so xtask does not know its packages"));
    }
    if output(command("id").arg("-u"))?.trim() != "0" {
        return Err(Error::new("only root may install Debian's packages"));
    }
    run(command("apt-get").args(["update", "--quiet"]))?;
    let mut install = command("apt-get");
    install.env("DEBIAN_FRONTEND", "noninteractive");
    // The fonts, so that pictures show letters and not boxes.
    run(install.args([
        "install",
        "--yes",
        "--quiet",
        "--no-install-recommends",
        "chromium",
        "fonts-liberation",
    ]))
}
