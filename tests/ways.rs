//! Finding one's way in a chart of public size, on the released page: the outline, find in all
//! output, the tree of sections, the search of fields, Tab, and the README.

use harness::generate::{Shape, generate};
use harness::{CURRENT, Result, Scratch, Story};

/// A page with a large generated chart open.
fn open() -> Result<Story> {
    let story = Story::catalog()?;
    let scratch = Scratch::new("ways")?;
    let archive = generate(Shape::MetricsStack, 1, 1).pack(scratch.path())?;
    story.page.set_files("[data-pick=file]", &[&archive])?;
    story.page.wait_for(".manifest-name")?;
    Ok(story)
}

#[test]
fn the_outline_leads_to_every_manifest_and_marks_what_edits_changed() -> Result<()> {
    let story = open()?;
    let page = &story.page;
    page.click(".outline-button")?;
    page.wait_for_text(".outline-button", "manifests")?;
    page.type_into(".outline input", "statefulset")?;
    page.wait_for_text(".outline-list", "StatefulSet")?;
    let kinds = page.eval(
        "[...document.querySelectorAll('.outline-link .kind')].every(it => it.textContent === 'StatefulSet')",
    )?;
    assert_eq!(kinds, true, "only what was asked for is listed");
    let name = page.text(".outline-link .outline-name")?;
    page.click(".outline-link")?;
    page.wait_until(
        "the manifest to be in view",
        &format!(
            "[...document.querySelectorAll('.manifest')].some(it => {{
                const [box, pane] = [it, document.querySelector('.preview-body')].map(it => it.getBoundingClientRect());
                return it.querySelector('.manifest-name').textContent === {name:?} && box.top < pane.bottom && box.bottom > pane.top;
            }})"
        ),
    )?;
    page.type_into(".outline input", "")?;
    page.click(".outline .segment:nth-child(3)")?;
    let chart = page.text(".chart-title strong")?;
    page.wait_for_text(".outline-group .outline-name", &chart)?;
    page.type_into("[id='input-server.revisionHistoryLimit']", "7")?;
    page.wait_for_text(".outline-list", "changed")?;
    Ok(())
}

#[test]
fn find_reaches_every_line_of_the_output() -> Result<()> {
    let story = open()?;
    let page = &story.page;
    page.click(".preview-body")?;
    page.press("Control+f")?;
    page.type_text("revisionHistoryLimit")?;
    page.wait_for_text(".find-count", "1 of")?;
    page.wait_for(CURRENT)?;
    assert_eq!(page.value("#find-in-output")?, "revisionHistoryLimit", "as it was typed");
    page.press("Enter")?;
    page.wait_for_text(".find-count", "2 of")?;
    let visible = format!(
        "(() => {{
            const line = document.querySelector('{CURRENT}')?.getBoundingClientRect();
            const pane = document.querySelector('.preview-body').getBoundingClientRect();
            return !!line && line.top >= pane.top && line.bottom <= pane.bottom }})()"
    );
    page.wait_until("the line to be in view", &visible)?;
    page.press("Escape")?;
    page.wait_gone(CURRENT)
}

#[test]
fn headers_stay_on_one_line_whatever_the_names() -> Result<()> {
    let story = open()?;
    let heights = story.page.eval(
        "Math.max(...[...document.querySelectorAll('.manifest-head')].map(it => it.offsetHeight))",
    )?;
    assert!(heights.as_f64().is_some_and(|height| height <= 42.0), "{heights}");
    Ok(())
}

#[test]
fn sections_are_a_tree_with_counts_and_fields_are_found_by_search() -> Result<()> {
    let story = open()?;
    let page = &story.page;
    page.type_into("[id='input-server.revisionHistoryLimit']", "7")?;
    page.wait_for(".section-entry .count[data-kind=edit]")?;
    page.type_into(".sections input", "server.revisionHistoryLimit")?;
    page.wait_until(
        "nothing but what is searched for to be shown",
        "[...document.querySelectorAll('.form [id^=input-]')].every(it => it.id.endsWith('server.revisionHistoryLimit'))",
    )?;
    page.reach("[id='input-server.revisionHistoryLimit']")?;
    page.type_into(".sections input", "no such field")?;
    page.wait_for_text(".form", "No field says this")?;
    assert_eq!(page.value(".sections input")?, "no such field");
    Ok(())
}

/// Tab walks through placeholders: each is drawn when it takes the focus, and hands it on.
#[test]
fn tab_reaches_fields_that_are_not_drawn_yet() -> Result<()> {
    let story = open()?;
    let page = &story.page;
    page.click("#kube-version")?;
    let mut fields = std::collections::BTreeSet::new();
    for _ in 0..160 {
        page.press("Tab")?;
        let id = page.eval(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(document.activeElement.id))))",
        )?;
        fields.extend(id.as_str().filter(|id| id.starts_with("input-")).map(str::to_owned));
    }
    assert!(fields.len() > 40, "{} fields had the focus", fields.len());
    Ok(())
}

#[test]
fn the_readme_is_read_beside_the_form() -> Result<()> {
    let story = open()?;
    let page = &story.page;
    page.click(".preview .tab:nth-child(6)")?;
    page.wait_for(".readme .readme-heading")?;
    page.wait_for(".readme table")?;
    let bad = page.eval(
        "[...document.querySelectorAll('.readme a')].filter(it => !/^https?:/.test(it.href) || !it.rel.includes('noopener')).length",
    )?;
    assert_eq!(bad, 0);
    assert_eq!(page.complaints(), []);
    Ok(())
}
