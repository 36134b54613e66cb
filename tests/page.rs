//! The released page in a real browser. `cargo xtask test` builds `dist` first; a stale `dist` is not looked for.

use harness::{Browser, Error, Page, Result, Site, tools};

/// The released page, served as a static host serves it, in a browser of its own.
struct Released {
    page: Page,
    site: Site,
    _browser: Browser,
}

impl Released {
    fn open() -> Result<Self> {
        let dist = tools::root().join("dist");
        if !dist.join("index.html").is_file() {
            return Err(Error::new(
                "there is no dist: `cargo xtask test` builds the page before its tests",
            ));
        }
        let site = Site::serve(&dist, 0)?;
        let browser = Browser::launch()?;
        let page = browser.page()?;
        page.goto(&site.url())?;
        Ok(Self { page, site, _browser: browser })
    }
}

#[test]
fn opens_without_a_complaint_and_asks_nobody_else() -> Result<()> {
    let Released { page, site, _browser } = Released::open()?;
    page.wait_for_text("body", "Chartroom")?;
    page.wait_for_request("worker_bg.wasm")?;
    assert_eq!(page.complaints(), []);
    assert_eq!(page.requests_outside(&site.url()), []);
    Ok(())
}
