//! The whole story on the released page: open a deployment, edit, see a finding, mend it, see the preview change,
//! download, and let the real Helm judge the download.

use harness::{Browser, CURRENT, Result, Scratch, Site, Story, tools};

const CHART: &str = "004-phase4-kubernetes";
const REPLICAS: &str = "[id='input-backend.replicas']";

#[test]
fn from_the_catalog_to_a_download_that_helm_accepts() -> Result<()> {
    let story = Story::begin(CHART)?;
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
    let values = story.export("values")?;
    assert_eq!(String::from_utf8_lossy(&values), "backend:\n  replicas: 3\n");
    let full = story.export("full")?;
    let archive = story.export("tgz")?;
    let zip = story.export("zip")?;
    let manifests = story.export("manifests")?;

    let original =
        std::fs::read_to_string(tools::root().join("charts").join(CHART).join("values.yaml"))?;
    let expected = original.replacen("replicas: 1", "replicas: 3", 1);
    assert_eq!(String::from_utf8_lossy(&full), expected, "only the edited line differs");
    assert!(zip.starts_with(b"PK"));

    let scratch = Scratch::new("story")?;
    let folder = scratch.path();
    for (name, data) in [("values.yaml", &values), ("full.yaml", &full), ("todo.tgz", &archive)] {
        std::fs::write(folder.join(name), data)?;
    }
    tools::helm(folder, &["lint", "--strict", "todo.tgz", "-f", "values.yaml"])?;
    for file in ["values.yaml", "full.yaml"] {
        let printed =
            tools::helm(folder, &["template", "todo", "todo.tgz", "-f", file, "-n", "todo"])?;
        assert_eq!(
            String::from_utf8_lossy(&printed),
            String::from_utf8_lossy(&manifests),
            "{file}"
        );
    }
    assert_eq!(page.complaints(), []);
    assert_eq!(page.requests_outside(&story.site.url()), []);
    Ok(())
}

#[test]
fn a_reload_brings_the_draft_back_but_no_secret() -> Result<()> {
    let story = Story::begin(CHART)?;
    let page = &story.page;
    page.type_into(REPLICAS, "5")?;
    story.shows("replicas: 5")?;
    page.type_into("[id='input-secrets.secretKey']", "CANARY-CANARY-CANARY-CANARY-CANARY")?;
    story.shows("Q0FOQVJZ")?;
    // A draft is written once nothing has been typed for a moment.
    page.wait_until(
        "the draft to be written",
        "JSON.stringify(localStorage).includes('backend.replicas')",
    )?;
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
    let story = Story::begin(CHART)?;
    let page = &story.page;
    story.shows("LOG_LEVEL")?;
    page.click(CURRENT)?;
    page.wait_for("[id='field-backend.config.logLevel'][data-marked=true]")?;
    story.shows("containerPort: 3000")?;
    page.click("[id='input-frontend.service.port']")?;
    page.wait_for(&format!("{CURRENT}[data-marked=true]"))
}

#[test]
fn a_preset_and_undo_change_the_preview() -> Result<()> {
    let story = Story::begin(CHART)?;
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
    let scratch = Scratch::new("no-chart")?;
    let file = scratch.path().join("values.tgz");
    std::fs::write(&file, "replicas: 1\n")?;
    page.set_files("[data-pick=file]", &[&file])?;
    page.wait_for_text(".notice", "this is a YAML file, not a chart")?;
    Ok(())
}

#[test]
fn a_browser_that_keeps_nothing_is_told() -> Result<()> {
    let story = Story::begin(CHART)?;
    let page = &story.page;
    page.eval("Storage.prototype.setItem = () => { throw new Error('full'); }; 0")?;
    page.type_into(REPLICAS, "4")?;
    page.wait_for_text(".notice", "saves no draft")?;
    story.shows("replicas: 4")
}

#[test]
fn a_values_file_dropped_on_an_open_chart_becomes_edits() -> Result<()> {
    let story = Story::begin(CHART)?;
    let page = &story.page;
    page.eval(
        "const drop = new DataTransfer();
         drop.items.add(new File(['backend:\\n  replicas: 6\\n'], 'mine.yaml'));
         window.dispatchEvent(new DragEvent('drop', { dataTransfer: drop, bubbles: true, cancelable: true })); 0",
    )?;
    story.shows("replicas: 6")?;
    assert_eq!(page.value(REPLICAS)?, "6");
    page.click("[aria-label=Undo]")?;
    story.shows("replicas: 1")
}

/// Typed for the download and forgotten. That no archive holds it stands in session's tests.
#[test]
fn a_secret_made_before_the_install_leaves_only_in_its_own_file() -> Result<()> {
    let story = Story::begin("001-k8s-deployment")?;
    let page = &story.page;
    page.click(".header [data-variant=primary]")?;
    page.type_into("[id=external-app-secrets-JWT_SECRET]", "CANARY-CANARY-CANARY-CANARY-1234")?;
    page.click("[data-kind=secret-command]")?;
    let script = page.download()?.bytes;
    assert!(String::from_utf8_lossy(&script).contains("JWT_SECRET=CANARY-CANARY"));
    page.press("Escape")?;
    let stored = page.eval("JSON.stringify(localStorage) + location.href")?;
    assert!(!stored.as_str().unwrap_or_default().contains("CANARY"));
    page.click(".header [data-variant=primary]")?;
    assert_eq!(page.value("[id=external-app-secrets-JWT_SECRET]")?, "");
    Ok(())
}
