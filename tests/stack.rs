//! A stack of releases, one's own charts, and drafts, on the released page.

use std::path::{Path, PathBuf};
use std::process::Command;

use harness::{Error, Result, Scratch, Story, tools};

const STACK: &str = "003-cloud-native-deployment";

/// A chart of one template in a folder of its name.
fn own_chart(folder: &Scratch, name: &str, values: &str, template: &str) -> Result<PathBuf> {
    let chart = folder.path().join(name);
    std::fs::create_dir_all(chart.join("templates"))?;
    let metadata = format!("apiVersion: v2\nname: {name}\nversion: 1.2.3\n");
    for (file, text) in
        [("Chart.yaml", metadata.as_str()), ("values.yaml", values), ("templates/x.yaml", template)]
    {
        std::fs::write(chart.join(file), text)?;
    }
    Ok(chart)
}

/// Unpacks a zip with a program that is not ours.
fn unzip(zip: &[u8], folder: &Path) -> Result<()> {
    let file = folder.join("export.zip");
    std::fs::write(&file, zip)?;
    let python = tools::find("python3").ok_or_else(|| Error::new("no python3 found"))?;
    let status =
        Command::new(python).args(["-m", "zipfile", "-e"]).arg(&file).arg(folder).status()?;
    if status.success() { Ok(()) } else { Err(Error::new("the zip cannot be unpacked")) }
}

#[test]
fn a_stack_is_one_form_one_preview_and_one_export_that_helm_takes() -> Result<()> {
    let story = Story::begin(STACK)?;
    let page = &story.page;
    let steps = page.eval(
        "[...document.querySelectorAll('.stack-step strong')].map(it => it.textContent).join(' ')",
    )?;
    assert_eq!(steps, "todo-database todo-backend todo-frontend");
    page.choose(".preset select", "staging")?;
    page.wait_for_text(".summary", "All rules hold")?;

    // A rule between two releases: the backend's URL no longer names the database's port.
    page.type_into("[id='input-todo-database.service.port']", "5433")?;
    page.wait_for_text(".summary", "error")?;
    page.click(".summary")?;
    page.wait_for_text(".findings", "D7")?;
    page.click("[aria-label=Undo]")?;
    page.wait_for_text(".summary", "All rules hold")?;

    page.click(".header [data-variant=primary]")?;
    let zip = story.export("everything")?;
    let scratch = Scratch::new("stack")?;
    let folder = scratch.path();
    unzip(&zip, folder)?;
    let printed = std::fs::read_to_string(folder.join("manifests.yaml"))?;
    let mut expected = String::new();
    for release in ["todo-database", "todo-backend", "todo-frontend"] {
        let preset = format!("{release}/values-staging.yaml");
        let values = format!("values/{release}.yaml");
        let arguments =
            ["template", release, release, "-f", &preset, "-f", &values, "-n", "default"];
        expected.push_str(&String::from_utf8_lossy(&tools::helm(folder, &arguments)?));
        tools::helm(folder, &["lint", "--strict", release, "-f", &preset, "-f", &values])?;
    }
    assert_eq!(printed, expected);
    assert_eq!(page.complaints(), []);
    Ok(())
}

#[test]
fn ones_own_chart_is_opened_as_a_folder_and_is_there_after_a_reload() -> Result<()> {
    let story = Story::catalog()?;
    let page = &story.page;
    let scratch = Scratch::new("own")?;
    let folder = own_chart(
        &scratch,
        "shop",
        "# How many.\nreplicas: 2\nname: shop\n",
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Values.name }}\ndata:\n  replicas: {{ .Values.replicas | quote }}\n",
    )?;
    page.set_files("[data-pick=folder]", &[&folder])?;
    page.wait_for_text(".chart-title", "shop")?;
    story.shows("replicas: \"2\"")?;
    page.type_into("[id=input-replicas]", "7")?;
    story.shows("replicas: \"7\"")?;
    page.eval("location.reload()")?;
    story.shows("replicas: \"7\"")?;
    page.click(".brand")?;
    page.wait_for_text(".recent", "shop")?;
    page.click(".recent-open")?;
    story.shows("replicas: \"7\"")?;
    Ok(())
}

/// A list of objects is edited as YAML: what cannot be read says so and keeps the last preview.
#[test]
fn a_value_without_a_widget_is_edited_as_yaml() -> Result<()> {
    let story = Story::catalog()?;
    let page = &story.page;
    let scratch = Scratch::new("yaml")?;
    let folder = own_chart(
        &scratch,
        "app",
        "env:\n- name: A\n  value: \"1\"\n",
        "kind: ConfigMap\nmetadata: {name: x}\ndata:\n{{- range .Values.env }}\n  {{ .name }}: {{ .value | quote }}\n{{- end }}\n",
    )?;
    page.set_files("[data-pick=folder]", &[&folder])?;
    story.shows("A: \"1\"")?;
    page.type_into("[id=input-env]", "- {name: B, value: two}")?;
    story.shows("B: \"two\"")?;
    assert_eq!(page.value("[id=input-env]")?, "- {name: B, value: two}");
    page.type_into("[id=input-env]", "- {name: B")?;
    page.wait_for_text("[id=field-env] .message", "did not find expected")?;
    story.shows("B: \"two\"")?;
    Ok(())
}

/// A chart that prints `name`, and never ends if `loops` is large.
fn bomb(scratch: &Scratch) -> Result<PathBuf> {
    own_chart(
        scratch,
        "bomb",
        "loops: 1\nname: kept\n",
        "kind: ConfigMap\nmetadata: {name: {{ .Values.name }}}\n{{- define \"x\" }}{{ range until 10000 }}{{ range until 10000 }}{{ end }}{{ end }}{{ end }}\n{{- range until (int .Values.loops) }}{{ if gt . 0 }}{{ include \"x\" $ }}{{ end }}{{ end }}\n",
    )
}

/// A template that never ends is stopped, said so, and everything typed is still there.
#[test]
fn a_hostile_chart_neither_freezes_nor_loses() -> Result<()> {
    let story = Story::catalog()?;
    let page = &story.page;
    let scratch = Scratch::new("hostile")?;
    let folder = bomb(&scratch)?;
    page.set_files("[data-pick=folder]", &[&folder])?;
    page.wait_for_text(".chart-title", "bomb")?;
    story.shows("kept")?;
    page.type_into("[id=input-loops]", "9000")?;
    page.wait_until(
        "the page to say that the chart takes too long",
        "!!document.querySelector('.problem, .notice')",
    )?;
    assert_eq!(page.value("[id=input-loops]")?, "9000");
    page.type_into("[id=input-loops]", "1")?;
    page.type_into("[id=input-name]", "alive")?;
    story.shows("alive")?;
    Ok(())
}

/// The engine is ended and started afresh while somebody types: the letters before it, and those after it, are there,
/// and the next preview is drawn.
#[test]
fn typing_goes_on_while_the_engine_is_started_afresh() -> Result<()> {
    const WORKERS: &str = "performance.getEntriesByType('resource').filter(it => it.name.includes('worker-boot')).length";
    let story = Story::catalog()?;
    let page = &story.page;
    let scratch = Scratch::new("afresh")?;
    page.set_files("[data-pick=folder]", &[&bomb(&scratch)?])?;
    page.wait_for_text(".chart-title", "bomb")?;
    story.shows("kept")?;
    page.type_into("[id=input-loops]", "9000")?;
    page.type_into("[id=input-name]", "al")?;
    // The first restart takes a worker that waits; the second one starts another.
    let workers = page.eval(WORKERS)?;
    page.wait_until("another worker", &format!("{WORKERS} > {workers}"))?;
    page.type_text("ive")?;
    assert_eq!(page.value("[id=input-name]")?, "alive");
    page.type_into("[id=input-loops]", "1")?;
    assert_eq!(page.value("[id=input-loops]")?, "1");
    story.shows("alive")
}
