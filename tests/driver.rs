//! The harness itself, on a page made for it: a driver that reports nothing would make every other test green.

use harness::measure::Trace;
use harness::{Browser, Result, Scheme, Scratch, Site};

const INDEX: &str = r#"<!doctype html><title>driver</title><meta name="viewport" content="width=device-width">
<style>body { color: black } @media (prefers-color-scheme: dark) { body { background: black; color: white } }</style>
<p id="words">hello</p>
<button id="late" hidden>Click</button>
<input id="name" value="old">
<select id="pick"><option>a</option><option>b</option></select>
<input id="file" type="file">
<a id="save" download="made.txt">save</a>
<script src="page.js"></script>"#;

const SCRIPT: &str = r#"
const $ = (id) => document.getElementById(id);
setTimeout(() => { $("late").hidden = false }, 200);
$("late").onclick = (event) => { $("words").textContent = event.isTrusted ? "clicked" : "faked" };
let keys = 0;
$("name").onkeydown = () => { keys += 1 };
$("name").oninput = () => { $("words").textContent = `${$("name").value} ${keys}` };
$("pick").onchange = () => { $("words").textContent = $("pick").value };
$("file").onchange = async () => { $("words").textContent = await $("file").files[0].text() };
$("save").href = URL.createObjectURL(new Blob(["made here\n"]));
new Worker("worker.js");
"#;

fn site() -> Result<(Scratch, Site)> {
    let folder = Scratch::new("driver")?;
    std::fs::write(folder.path().join("index.html"), INDEX)?;
    std::fs::write(folder.path().join("page.js"), SCRIPT)?;
    std::fs::write(
        folder.path().join("worker.js"),
        "console.error('from the worker'); fetch('asked')",
    )?;
    std::fs::write(folder.path().join("asked"), "")?;
    let site = Site::serve(folder.path(), 0)?;
    Ok((folder, site))
}

#[test]
fn uses_a_page_as_a_person_does() -> Result<()> {
    let (folder, site) = site()?;
    let browser = Browser::launch()?;
    let page = browser.page()?;
    page.goto(&site.url())?;

    page.click("#late")?;
    assert_eq!(page.text("#words")?, "clicked", "a real click, once the button is there");
    page.type_into("#name", "neu-1")?;
    // Six key-downs: Control+a and five letters.
    assert_eq!(page.text("#words")?, "neu-1 6");
    page.press("Control+a")?;
    page.press("Delete")?;
    assert_eq!(page.value("#name")?, "");
    page.choose("#pick", "b")?;
    assert_eq!(page.text("#words")?, "b");
    assert!(page.choose("#pick", "c").is_err());
    let upload = folder.path().join("upload.txt");
    std::fs::write(&upload, "uploaded")?;
    page.set_files("#file", &[&upload])?;
    page.wait_for_text("#words", "uploaded")?;
    page.click("#save")?;
    let download = page.download()?;
    assert_eq!(
        (download.name.as_str(), download.bytes.as_slice()),
        ("made.txt", b"made here\n".as_slice())
    );
    Ok(())
}

#[test]
fn hears_the_page_and_its_worker() -> Result<()> {
    let (_folder, site) = site()?;
    let browser = Browser::launch()?;
    let page = browser.page()?;
    page.goto(&site.url())?;
    page.wait_for_request("/asked")?;
    page.eval("setTimeout(() => { throw new Error('uncaught') })")?;
    page.eval("fetch('http://127.0.0.1:1/elsewhere').catch(() => 0)")?;
    page.wait_for_request("elsewhere")?;

    let heard: Vec<_> = page.complaints().into_iter().map(|entry| entry.text).collect();
    for expected in ["from the worker", "Error: uncaught"] {
        assert!(heard.iter().any(|text| text.contains(expected)), "no {expected:?} in {heard:#?}");
    }
    let outside: Vec<_> =
        page.requests_outside(&site.url()).into_iter().map(|request| request.url).collect();
    assert_eq!(outside, ["http://127.0.0.1:1/elsewhere"]);
    assert!(page.eval("missing.name").unwrap_err().to_string().contains("missing is not defined"));
    Ok(())
}

#[test]
fn shows_the_size_and_the_scheme_that_were_asked_for() -> Result<()> {
    let (folder, site) = site()?;
    let browser = Browser::launch()?;
    let page = browser.page()?;
    page.resize(390, 844)?;
    page.prefer(Scheme::Dark)?;
    page.goto(&site.url())?;
    assert_eq!(page.eval("[innerWidth, innerHeight]")?, serde_json::json!([390, 844]));
    assert_eq!(page.eval("getComputedStyle(document.body).color")?, "rgb(255, 255, 255)");

    let file = folder.path().join("shot.png");
    page.screenshot(&file)?;
    let png = std::fs::read(&file)?;
    // The PNG header: signature, then the IHDR chunk with width and height.
    assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
    assert_eq!(
        (png[16..20].to_vec(), png[20..24].to_vec()),
        (vec![0, 0, 1, 134], vec![0, 0, 3, 76])
    );
    Ok(())
}

#[test]
fn measures_what_a_page_costs() -> Result<()> {
    let (_folder, site) = site()?;
    let browser = Browser::launch()?;
    let page = browser.page()?;
    page.goto(&site.url())?;
    page.wait_for_request("/asked")?;
    // A handler, and then a timer, that keep the processor busy for so many milliseconds.
    page.eval(
        "globalThis.busy = ms => { const end = performance.now() + ms; while (performance.now() < end); };
        $('late').hidden = false;
        $('late').onclick = () => { busy(40); setTimeout(() => { busy(120); $('words').textContent = 'rested' }) }; 0",
    )?;
    let mut trace = Trace::begin(&page)?;
    trace.mark()?;
    page.click("#late")?;
    page.wait_for_text("#words", "rested")?;
    trace.mark()?;
    page.eval("new Promise(done => setTimeout(done, 300))")?;
    let work = trace.end()?;
    println!("{work:?}");
    // A clock ends the loops, so on a loaded machine less of their time may be the processor's.
    assert!(work[0].longest > 15.0 && work[0].longest < 200.0);
    assert!(work[0].script > 20.0 && work[0].script <= work[0].sum);
    assert!(work[1].sum < work[0].sum / 2.0);

    let before = page.memory()?;
    page.eval(
        "globalThis.kept = [new WebAssembly.Memory({ initial: 16 }), new Array(1e6).fill(0.5)]; 0",
    )?;
    let after = page.memory()?;
    assert_eq!((before.page_wasm, after.page_wasm), (0, 16 * 65536));
    assert!(after.page_heap > before.page_heap + 4_000_000, "{before} {after}");
    assert!(after.worker_heap > 0);

    let (nodes, elements) = (page.nodes()?, page.count("*")?);
    page.eval("document.body.append(document.createElement('p'), 'text'); 0")?;
    assert_eq!((page.nodes()?, page.count("*")?), (nodes + 2, elements + 1));
    Ok(())
}
