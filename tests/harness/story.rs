//! The released page with a deployment open, as a person has it before them.

use crate::{Browser, Page, Result, Site, tools};

/// The line of the preview that was found last.
pub const CURRENT: &str = ".line[data-current=true]";

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

    /// Waits until the preview shows a line with a text. It is searched for as a person would:
    /// what is far from the view is not in the page. The line is then [`CURRENT`].
    pub fn shows(&self, text: &str) -> Result<()> {
        let find = format!(
            "(() => {{
                {}
                if (document.querySelector({CURRENT:?})?.innerText.includes({text:?})) return true;
                document.querySelector('.find-bar [aria-label=\"The next hit\"]').click();
                return false }})()",
            searched(text)
        );
        self.page.wait_until(&format!("the preview to show {text:?}"), &find)
    }

    /// Waits until no line of the preview has a text.
    pub fn lacks(&self, text: &str) -> Result<()> {
        let search = format!(
            "(() => {{
                {}
                return document.querySelector('.find-count')?.innerText === 'not found' }})()",
            searched(text)
        );
        self.page.wait_until(&format!("the preview to lack {text:?}"), &search)
    }

    /// Downloads a row of the export sheet, by its `data-kind`.
    pub fn export(&self, kind: &str) -> Result<Vec<u8>> {
        self.page.click(&format!(".export-row[data-kind={kind}]"))?;
        Ok(self.page.download()?.bytes)
    }
}

/// JavaScript that types a text into the page's search of the output, and returns false until it stands there.
fn searched(text: &str) -> String {
    format!(
        "const input = document.getElementById('find-in-output');
         if (!input) return false;
         if (input.value !== {text:?}) {{
             input.value = {text:?};
             input.dispatchEvent(new Event('input', {{ bubbles: true }}));
             return false;
         }}"
    )
}
