//! The form of a chart without a schema, on the released page: every dialect of comments, kinds of
//! Kubernetes, empty values, examples.

use harness::{Result, Story, tools};

/// The catalog with `tests/dialects` opened from its folder.
fn open() -> Result<Story> {
    let story = Story::catalog()?;
    let folder = tools::root().join("tests/dialects");
    story.page.set_files("[data-pick=folder]", &[&folder])?;
    story.page.wait_for(".manifest-name")?;
    Ok(story)
}

fn field(path: &str) -> String {
    format!("[id='field-{path}']")
}

fn input(path: &str) -> String {
    format!("[id='input-{path}']")
}

/// An entry of a field's menu by its words.
fn choose(story: &Story, path: &str, words: &str) -> Result<()> {
    let page = &story.page;
    page.click(&format!("{} .menu-button", field(path)))?;
    page.wait_for(&format!("{} [role=menu]", field(path)))?;
    page.eval(&format!(
        "[...document.querySelectorAll(\"{} [role=menuitem]\")].find(it => it.innerText.includes({words:?})).click()",
        field(path)
    ))?;
    page.wait_gone(&format!("{} [role=menu]", field(path)))
}

#[test]
fn every_dialect_is_told_at_its_field() -> Result<()> {
    let story = open()?;
    let page = &story.page;
    for (path, words) in [
        ("replicaCount", "How many pods run, see kubectl get pods and the docs"),
        ("service.nodePort", "Port of every node"),
        ("logLevel", "What is logged"),
        ("tolerations", "Tolerations of the pods"),
        ("rbac.create", "Make a role and its binding <b>here</b>"),
        ("session.ttlSeconds", "How long entries live"),
        ("session.size", "Room for the cache, as the subchart tells it"),
    ] {
        page.reach(&field(path))?;
        page.wait_for_text(&format!("{} .field-help", field(path)), words)?;
    }
    for (path, label) in [
        ("useExternalDNS", "Use external DNS"),
        ("rbac.installCRDs", "Install CRDs"),
        ("session.ttlSeconds", "TTL seconds"),
    ] {
        page.reach(&field(path))?;
        page.wait_for_text(&format!("{} .field-head", field(path)), label)?;
    }
    page.reach(&format!(
        "{} a[rel~=noopener][href='https://kubernetes.io/docs/home/']",
        field("replicaCount")
    ))?;
    page.reach(&format!("select{}", input("logLevel")))?;
    page.reach(&format!("select{}", input("service.type")))?;
    page.reach(&field("rbac.create"))?;
    assert_eq!(page.count(&format!("{} .field-help b", field("rbac.create")))?, 0);
    assert_eq!(page.count(&field("internal"))?, 0);
    page.type_into(&input("workers"), "12")?;
    page.wait_for_text(&format!("{} .message", field("workers")), "at most 9")?;
    assert_eq!(page.complaints(), []);
    Ok(())
}

#[test]
fn empty_values_are_told_apart_and_set() -> Result<()> {
    let story = open()?;
    let page = &story.page;
    for (path, empty) in [("nameOverride", "null"), ("env", "[]"), ("podLabels", "{}")] {
        page.reach(&field(path))?;
        page.wait_for_text(&format!("{} .empty-tag", field(path)), empty)?;
    }
    page.type_into(&input("nameOverride"), "other")?;
    story.shows("name: other")?;
    choose(&story, "nameOverride", "\"\"")?;
    page.wait_for_text(&format!("{} .empty-tag", field("nameOverride")), "\"\"")?;
    choose(&story, "service.type", "null")?;
    page.wait_for_text(&format!("{} .empty-tag", field("service.type")), "null")?;
    story.lacks("type: ClusterIP")?;
    choose(&story, "service.type", "Back to the default")?;
    story.shows("type: ClusterIP")?;
    Ok(())
}

#[test]
fn an_example_is_added_and_yaml_is_completed_and_checked() -> Result<()> {
    let story = open()?;
    let page = &story.page;
    page.click(&format!("{} .add-example", field("tolerations")))?;
    story.shows("- key: dedicated")?;
    page.click(&input("env"))?;
    page.wait_for_text(&format!("{} .offers", field("env")), "valueFrom")?;
    page.type_into(&input("env"), "- {name: A, valu: b}")?;
    page.wait_for_text(
        &format!("{} .message[data-severity=warning]", field("env")),
        "Unknown field valu in [0]: did you mean value?",
    )?;
    page.type_into(&input("env"), "- val")?;
    page.wait_for_text(&format!("{} .offers", field("env")), "value")?;
    page.click(&format!("{} .offers button", field("env")))?;
    assert_eq!(page.value(&input("env"))?, "- value: ");
    page.type_text("b")?;
    story.shows("value: b")?;
    Ok(())
}

#[test]
fn resources_are_amounts_and_questions_decide_what_is_shown() -> Result<()> {
    let story = open()?;
    let page = &story.page;
    page.type_into(&input("resources.limits.memory"), "256Mi")?;
    story.shows("memory: 256Mi")?;
    page.type_into(&input("resources.limits.memory"), "")?;
    story.lacks("memory: 256Mi")?;
    page.reach(&field("backup.schedule"))?;
    page.wait_until(
        "what depends on a switch to be hidden",
        "document.querySelector(\"[id='field-backup.schedule']\").offsetParent === null",
    )?;
    page.click(&input("backup.enabled"))?;
    page.choose(&input("backup.schedule"), "nightly")?;
    story.shows("backup: \"nightly\"")?;
    page.reach(&format!("{}[type=password]", input("backup.token")))?;
    Ok(())
}
