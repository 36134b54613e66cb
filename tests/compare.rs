//! Presets side by side on the released page, and a link that opens the same comparison.

use harness::{Result, Story};

const CHART: &str = "004-phase4-kubernetes";

#[test]
fn presets_are_compared_and_a_link_opens_the_comparison() -> Result<()> {
    let story = Story::begin(CHART)?;
    let page = &story.page;
    page.click(".compare-button")?;
    page.wait_for_text(".compare-table", "Deployment backend")?;
    let row = "[...document.querySelectorAll('.compare-table tr')].find(row => row.innerText.startsWith('replicas'))";
    let cells =
        page.eval(&format!("[...{row}.querySelectorAll('td')].map(it => it.innerText).join(' ')"))?;
    assert_eq!(cells, "1 2 3", "local, staging and production differ in the backend's replicas");

    page.click(".compare .tab:nth-child(2)")?;
    page.wait_for_text(".compare-table.values", "backend.replicas")?;
    page.click(".compare .tab:nth-child(3)")?;
    page.wait_until(
        "a line of the diff",
        "[...document.querySelectorAll('.diff-line[data-mark=added]')].some(line => line.textContent.includes('replicas: 3'))",
    )?;
    let secrets = page.eval("document.querySelector('.compare-body').innerText")?;
    assert!(!secrets.as_str().unwrap_or_default().contains("Y2hhbmdl"), "secrets are masked");

    let link = page.eval("location.href")?;
    let link = link.as_str().unwrap_or_default().to_owned();
    assert!(link.contains("side=004-phase4-kubernetes@production"), "{link}");
    page.goto("about:blank")?;
    page.goto(&link)?;
    page.wait_for_text(".compare-table", "Deployment backend")?;
    assert_eq!(page.complaints(), []);
    Ok(())
}
