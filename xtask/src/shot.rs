//! `cargo xtask shot`: a picture of the built page, or of any address, so that people can look at it.

use std::path::PathBuf;

use harness::{Browser, Error, Page, Result, Scheme, Site};

use crate::{build, setup};

const USAGE: &str = "shot PATH-OR-URL OUT.png [--size 390x844] [--dark] [--full] [--wait SELECTOR]... \
    [--click SELECTOR]... [--type SELECTOR=TEXT]... [--eval JS]...";

/// What to do before the picture is taken, in the order of the command line.
enum Act {
    Wait(String),
    Click(String),
    Type(String, String),
    Eval(String),
}

struct Shot {
    address: String,
    file: PathBuf,
    size: (u32, u32),
    scheme: Scheme,
    /// The whole document, not only what is visible.
    full: bool,
    acts: Vec<Act>,
}

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let shot = parse(arguments)?;
    setup::browser()?;
    let browser = Browser::launch()?;
    let page = browser.page()?;
    page.resize(shot.size.0, shot.size.1)?;
    page.prefer(shot.scheme)?;
    // Kept until the picture is taken.
    let (address, _site) = if shot.address.contains("://") {
        (shot.address.clone(), None)
    } else {
        let site = Site::serve(&build::dist(), 0)?;
        (site.url() + shot.address.trim_start_matches('/'), Some(site))
    };
    page.goto(&address)?;
    shot.acts.iter().try_for_each(|act| perform(&page, act))?;
    if shot.full {
        let height =
            page.eval("document.documentElement.scrollHeight")?.as_u64().unwrap_or_default();
        page.resize(shot.size.0, u32::try_from(height).unwrap_or(shot.size.1))?;
    }
    page.screenshot(&shot.file)?;
    for entry in page.console() {
        println!("console {}: {}", entry.level, entry.text);
    }
    println!("{}", shot.file.display());
    Ok(())
}

fn perform(page: &Page, act: &Act) -> Result<()> {
    match act {
        Act::Wait(selector) => page.wait_for(selector),
        Act::Click(selector) => page.click(selector),
        Act::Type(selector, text) => page.type_into(selector, text),
        Act::Eval(script) => page.eval(script).map(|value| println!("{value}")),
    }
}

fn parse(arguments: &[String]) -> Result<Shot> {
    let usage = |problem: &str| Error::new(format!("{problem}\n\ncargo xtask {USAGE}"));
    let [address, file, flags @ ..] = arguments else {
        return Err(usage("an address and a file are needed"));
    };
    let mut shot = Shot {
        address: address.clone(),
        file: file.into(),
        size: (1440, 900),
        scheme: Scheme::Light,
        full: false,
        acts: Vec::new(),
    };
    let mut flags = flags.iter().cloned();
    while let Some(flag) = flags.next() {
        let mut value = || flags.next().ok_or_else(|| usage(&format!("{flag} needs a value")));
        match flag.as_str() {
            "--dark" => shot.scheme = Scheme::Dark,
            "--full" => shot.full = true,
            "--size" => {
                shot.size = size(&value()?).ok_or_else(|| usage("--size wants WIDTHxHEIGHT"))?
            }
            "--wait" => shot.acts.push(Act::Wait(value()?)),
            "--click" => shot.acts.push(Act::Click(value()?)),
            "--eval" => shot.acts.push(Act::Eval(value()?)),
            "--type" => shot
                .acts
                .push(typing(&value()?).ok_or_else(|| usage("--type wants SELECTOR=TEXT"))?),
            _ => return Err(usage(&format!("no flag {flag}"))),
        }
    }
    Ok(shot)
}

fn size(text: &str) -> Option<(u32, u32)> {
    let (width, height) = text.split_once('x')?;
    Some((width.parse().ok()?, height.parse().ok()?))
}

/// The last `=`: a selector may hold some, as in `[name=x]=text`.
fn typing(text: &str) -> Option<Act> {
    let (selector, text) = text.rsplit_once('=')?;
    Some(Act::Type(selector.to_owned(), text.to_owned()))
}
