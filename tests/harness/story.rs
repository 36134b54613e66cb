//! The released page with a deployment open, as a person has it before them.

use crate::{Browser, Page, Result, Site, tools};

/// The text of all manifests, as a person reads it.
pub const SHOWN: &str =
    "[...document.querySelectorAll('.manifest .line')].map(line => line.innerText).join('\\n')";

/// A page, its site and its browser.
pub struct Story {
    pub page: Page,
    pub site: Site,
    _browser: Browser,
}

impl Story {
    /// Opens the catalog.
    pub fn catalog() -> Result<Self> {
        let site = Site::serve(&tools::root().join("dist"), 0)?;
        let browser = Browser::launch()?;
        let page = browser.page()?;
        page.goto(&site.url())?;
        page.wait_for(".card")?;
        Ok(Self { page, site, _browser: browser })
    }

    /// Opens the catalog and, in it, a deployment.
    pub fn begin(deployment: &str) -> Result<Self> {
        let story = Self::catalog()?;
        story.open(deployment)?;
        Ok(story)
    }

    /// Opens a deployment of the catalog.
    pub fn open(&self, deployment: &str) -> Result<()> {
        self.page.click(&format!(".card[data-id='{deployment}']"))?;
        self.page.wait_for(".manifest-name")
    }

    /// Waits until the preview shows a text.
    pub fn shows(&self, text: &str) -> Result<()> {
        self.page.wait_until(
            &format!("the preview to show {text:?}"),
            &format!("({SHOWN}).includes({text:?})"),
        )
    }

    /// Downloads a row of the export sheet, by its `data-kind`.
    pub fn export(&self, kind: &str) -> Result<Vec<u8>> {
        self.page.click(&format!(".export-row[data-kind={kind}]"))?;
        Ok(self.page.download()?.bytes)
    }
}
