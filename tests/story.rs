//! The whole story on the released page: open a deployment, edit, see a finding, mend it, see the preview change,
//! download, and let the real Helm judge the download.

use std::path::Path;
use std::process::Command;

use harness::{Browser, Error, Page, Result, Site, tools};

const CHART: &str = "004-phase4-kubernetes";
const REPLICAS: &str = "[id='input-backend.replicas']";

/// The text of all manifests, as a person reads it.
const SHOWN: &str =
    "[...document.querySelectorAll('.manifest .line')].map(line => line.innerText).join('\\n')";

struct Story {
    page: Page,
    site: Site,
    _browser: Browser,
}

impl Story {
    /// Opens the catalog and, in it, the chart.
    fn begin() -> Result<Self> {
        let site = Site::serve(&tools::root().join("dist"), 0)?;
        let browser = Browser::launch()?;
        let page = browser.page()?;
        page.goto(&site.url())?;
        page.wait_for_text(".card", CHART)?;
        page.click(".card")?;
        page.wait_for_text(".manifest-name", "todo")?;
        Ok(Self { page, site, _browser: browser })
    }

    fn shows(&self, text: &str) -> Result<()> {
        self.page.wait_until(
            &format!("the preview to show {text:?}"),
            &format!("({SHOWN}).includes({text:?})"),
        )
    }

    fn export(&self, row: usize) -> Result<Vec<u8>> {
        self.page.click(&format!(".export-list li:nth-child({row}) button"))?;
        Ok(self.page.download()?.bytes)
    }
}

fn helm(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>> {
    let helm = tools::find("helm").ok_or_else(|| Error::new("no helm found"))?;
    let output = Command::new(helm).args(arguments).current_dir(folder).output()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(output.stdout) } else { Err(Error::new(said)) }
}

#[test]
fn from_the_catalog_to_a_download_that_helm_accepts() -> Result<()> {
    let story = Story::begin()?;
    let page = &story.page;
    story.shows("replicas: 1")?;

    page.type_into(REPLICAS, "0")?;
    page.wait_for_text("[id='field-backend.replicas'] .message", "At least one replica is needed")?;
    page.wait_for_text(
        "[id='field-backend.replicas'] .message",
        "B1 · 004-phase4-kubernetes §6.1",
    )?;
    page.wait_for_text(".problem", "at '/backend/replicas': minimum: got 0, want 1")?;
    page.wait_for_text(".summary", "1 error")?;
    story.shows("replicas: 1")?;

    page.type_into(REPLICAS, "3")?;
    page.wait_gone(".problem")?;
    story.shows("replicas: 3")?;
    page.wait_for_text(".summary", "All rules hold")?;

    page.click(".header [data-variant=primary]")?;
    let values = story.export(1)?;
    assert_eq!(String::from_utf8_lossy(&values), "backend:\n  replicas: 3\n");
    let full = story.export(2)?;
    let archive = story.export(3)?;
    let zip = story.export(4)?;
    let manifests = story.export(5)?;

    let original =
        std::fs::read_to_string(tools::root().join("charts").join(CHART).join("values.yaml"))?;
    let expected = original.replacen("replicas: 1", "replicas: 3", 1);
    assert_eq!(String::from_utf8_lossy(&full), expected, "only the edited line differs");
    assert!(zip.starts_with(b"PK"));

    let folder = std::env::temp_dir().join(format!("chartroom-story-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    for (name, data) in [("values.yaml", &values), ("full.yaml", &full), ("todo.tgz", &archive)] {
        std::fs::write(folder.join(name), data)?;
    }
    helm(&folder, &["lint", "--strict", "todo.tgz", "-f", "values.yaml"])?;
    for file in ["values.yaml", "full.yaml"] {
        let printed = helm(&folder, &["template", "todo", "todo.tgz", "-f", file, "-n", "todo"])?;
        assert_eq!(
            String::from_utf8_lossy(&printed),
            String::from_utf8_lossy(&manifests),
            "{file}"
        );
    }
    std::fs::remove_dir_all(&folder)?;
    assert_eq!(page.complaints(), []);
    assert_eq!(page.requests_outside(&story.site.url()), []);
    Ok(())
}

#[test]
fn a_reload_brings_the_draft_back_but_no_secret() -> Result<()> {
    let story = Story::begin()?;
    let page = &story.page;
    page.type_into(REPLICAS, "5")?;
    story.shows("replicas: 5")?;
    page.type_into("[id='input-secrets.secretKey']", "CANARY-CANARY-CANARY-CANARY-CANARY")?;
    page.wait_until("the secret to be rendered", &format!("({SHOWN}).includes('Q0FOQVJZ')"))?;
    let stored = page.eval("JSON.stringify(localStorage) + location.href + document.title")?;
    let stored = stored.as_str().unwrap_or_default();
    assert!(stored.contains("backend.replicas"), "the draft is written down: {stored}");
    assert!(!stored.contains("CANARY") && !stored.contains("Q0FOQVJZ"), "no secret is: {stored}");
    page.eval("location.reload()")?;
    story.shows("replicas: 5")?;
    assert_eq!(page.value(REPLICAS)?, "5");
    Ok(())
}

#[test]
fn a_line_marks_its_fields_and_a_field_its_lines() -> Result<()> {
    let story = Story::begin()?;
    let page = &story.page;
    let line = "[...document.querySelectorAll('.manifest .line')].find(line => line.innerText.includes('LOG_LEVEL'))";
    page.eval(&format!("{line}.click()"))?;
    page.wait_for("[id='field-backend.config.logLevel'][data-marked=true]")?;
    page.click("[id='input-frontend.service.port']")?;
    page.wait_until(
        "the port's lines to be marked",
        "[...document.querySelectorAll('.line[data-marked=true]')].some(line => line.innerText.includes('containerPort: 3000'))",
    )
}

#[test]
fn a_preset_and_undo_change_the_preview() -> Result<()> {
    let story = Story::begin()?;
    let page = &story.page;
    page.choose(".preset select", "production")?;
    story.shows("registry.example.com/todo/backend:0.4.0")?;
    story.shows("namespace: todo-production")?;
    page.click("[aria-label=Undo]")?;
    story.shows("todo-backend:0.4.0")?;
    page.click("[aria-label=Redo]")?;
    story.shows("namespace: todo-production")
}

#[test]
fn what_is_no_chart_says_why_in_one_line() -> Result<()> {
    let site = Site::serve(&tools::root().join("dist"), 0)?;
    let browser = Browser::launch()?;
    let page = browser.page()?;
    page.goto(&site.url())?;
    page.wait_for(".card")?;
    let file = std::env::temp_dir().join(format!("chartroom-{}.tgz", std::process::id()));
    std::fs::write(&file, "replicas: 1\n")?;
    page.set_files("input[type=file]", &[&file])?;
    page.wait_for_text(".notice", "this is a YAML file, not a chart")?;
    std::fs::remove_file(&file)?;
    Ok(())
}

/// Work of a keystroke, from the input event to the changed preview, 95th percentile.
#[test]
fn a_keystroke_shows_within_a_frame() -> Result<()> {
    let story = Story::begin()?;
    let page = &story.page;
    page.wait_for(REPLICAS)?;
    let measured = page.eval(
        "(async () => {
            const input = document.querySelector(\"[id='input-backend.replicas']\");
            const shown = text => [...document.querySelectorAll('.manifest .line')].some(line => line.textContent.includes(text));
            const times = [];
            for (let turn = 0; turn < 60; turn++) {
                const value = String(2 + turn % 7);
                const start = performance.now();
                input.value = value;
                input.dispatchEvent(new Event('input', { bubbles: true }));
                while (!shown('replicas: ' + value)) await new Promise(go => { const c = new MessageChannel(); c.port1.onmessage = go; c.port2.postMessage(0); });
                times.push(performance.now() - start);
            }
            times.sort((a, b) => a - b);
            return times[Math.floor(times.length * 0.95)];
        })()",
    )?;
    let p95 = measured.as_f64().unwrap_or(f64::MAX);
    println!("keystroke to updated preview, p95: {p95:.1} ms");
    assert!(p95 < 50.0, "p95 {p95:.1} ms: a keystroke must not lag");
    Ok(())
}
