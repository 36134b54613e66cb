//! What a person feels: how long a keystroke takes, whether everybody can use the page.

use harness::{Error, Result, Scheme, Story, tools};

const CHART: &str = "004-phase4-kubernetes";

/// From the input event to the changed line in the page: the page's work, the worker's, and the
/// way between them. The line is watched, not searched for, so that looking costs nothing.
const KEYSTROKES: &str = "(async () => {
    const input = document.querySelector(\"[id='input-backend.replicas']\");
    const manifest = [...document.querySelectorAll('.manifest')].find(it => it.id.includes('Deployment/backend-deployment'));
    const line = () => [...manifest.querySelectorAll('.line')].find(it => it.textContent.includes('replicas:')).textContent;
    const times = [];
    for (let turn = 0; turn < 120; turn++) {
        const value = String(2 + turn % 7);
        const changed = new Promise(done => {
            const observer = new MutationObserver(() => {
                if (!line().endsWith(' ' + value)) return;
                observer.disconnect();
                done(performance.now());
            });
            observer.observe(manifest, { subtree: true, childList: true, characterData: true });
        });
        const start = performance.now();
        input.value = value;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        times.push(await changed - start);
        await new Promise(go => setTimeout(go, 20));
    }
    times.splice(0, 20);
    times.sort((a, b) => a - b);
    return [times[Math.floor(times.length / 2)], times[Math.floor(times.length * 0.95)]];
})()";

/// The bar is 16 ms of work; a busy machine may double what a clock shows.
const SLACK: f64 = 2.0;

#[test]
fn a_keystroke_shows_within_a_frame() -> Result<()> {
    let story = Story::begin(CHART)?;
    story.shows("replicas: 1")?;
    let measured = story.page.eval(KEYSTROKES)?;
    let [median, p95] = [0, 1].map(|at| measured[at].as_f64().unwrap_or(f64::MAX));
    println!("keystroke to updated preview: median {median:.1} ms, p95 {p95:.1} ms");
    assert!(p95 < 16.0 * SLACK, "p95 {p95:.1} ms: a keystroke must show within a frame");
    Ok(())
}

/// What axe-core finds on the page, one line each.
fn complaints(story: &Story) -> Result<Vec<String>> {
    let script = std::fs::read_to_string(tools::axe())?;
    story.page.eval(&format!("{script}; 0"))?;
    // Colours fade when the scheme changes: what is judged is where they end.
    story.page.eval("new Promise(done => setTimeout(done, 300))")?;
    let found = story.page.eval(
        "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })
            .then(result => result.violations.map(it => `${it.id}: ${it.help} (${it.nodes.map(n => n.target.join(' ')).slice(0, 4).join(' | ')})`))",
    )?;
    let found = found.as_array().ok_or_else(|| Error::new("axe-core gave no list"))?;
    Ok(found.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect())
}

#[test]
fn everybody_can_use_every_view() -> Result<()> {
    let story = Story::catalog()?;
    let page = &story.page;
    for scheme in [Scheme::Light, Scheme::Dark] {
        page.prefer(scheme)?;
        assert_eq!(complaints(&story)?, Vec::<String>::new(), "catalog, {scheme:?}");
        story.open("003-cloud-native-deployment")?;
        for tab in 1..=5 {
            page.click(&format!(".preview .tab:nth-child({tab})"))?;
            assert_eq!(complaints(&story)?, Vec::<String>::new(), "editor, tab {tab}, {scheme:?}");
        }
        page.click(".header [data-variant=primary]")?;
        assert_eq!(complaints(&story)?, Vec::<String>::new(), "export sheet, {scheme:?}");
        page.press("Escape")?;
        page.click(".compare-button")?;
        page.wait_for(".compare-table")?;
        for tab in 1..=4 {
            page.click(&format!(".compare .tab:nth-child({tab})"))?;
            assert_eq!(complaints(&story)?, Vec::<String>::new(), "compare, tab {tab}, {scheme:?}");
        }
        page.click(".brand")?;
        page.wait_for(".card")?;
    }
    Ok(())
}
