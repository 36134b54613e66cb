//! How a hostile chart is run: on a stack as small as the worker's, within the page's limits.

pub(crate) use session::{
    InputFile, Job, OpenSource, PreviewWorld, Reply, Request, Session, StackCard, Timestamp,
};
use std::rc::Rc;

pub(crate) use crate::page::Page;

/// The worker has 1 MiB. Frames of a debug build are several times larger than the worker's: what
/// fits here leaves a margin there.
pub(crate) const STACK: usize = 2 << 20;

pub(crate) const CHART: &str = "apiVersion: v2\nname: h\nversion: 0.1.0\n";

/// Runs in a thread whose stack is as small as the worker's.
pub(crate) fn small<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run).unwrap();
    thread.join().unwrap()
}

pub(crate) fn session() -> Session {
    let world = PreviewWorld { now: Timestamp { seconds: 1_700_000_000, nanoseconds: 0 }, seed: 7 };
    Session::new(Rc::new(world), &[])
}

/// A part of the page's work and memory, that a debug build is at it for less than a second.
pub(crate) fn tight() -> helm::Limits {
    let page = gotemplate::Limits::default();
    let template = gotemplate::Limits { steps: 500_000, string: 1 << 20, ..page };
    helm::Limits { template, ..helm::Limits::default() }
}

/// The card, or what the page shows where there is none.
pub(crate) fn open(session: &mut Session, source: OpenSource) -> Result<StackCard, String> {
    match session.handle(Request::Open { source }) {
        Reply::Opened { card } => Ok(*card),
        Reply::Failed { failure } => Err(failure.message),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn files(parts: Vec<(String, Vec<u8>)>) -> OpenSource {
    let files = parts.into_iter().map(|(name, data)| InputFile { name, data }).collect();
    OpenSource::Files { name: "h".to_owned(), files }
}

pub(crate) fn archive(data: Vec<u8>) -> OpenSource {
    OpenSource::Archive { name: "h.tgz".to_owned(), data }
}

pub(crate) fn refused(data: Vec<u8>) -> String {
    small(move || open(&mut session(), archive(data)).map(|card| card.name).unwrap_err())
}

/// A chart of one template and its values.
pub(crate) fn chart(template: &str, values: &str) -> Vec<(String, Vec<u8>)> {
    [("Chart.yaml", CHART), ("values.yaml", values), ("templates/a.yaml", template)]
        .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
        .into()
}

pub(crate) fn run_files(parts: Vec<(String, Vec<u8>)>) -> Page {
    run_within(parts, helm::Limits::default())
}

pub(crate) fn run_within(parts: Vec<(String, Vec<u8>)>, limits: helm::Limits) -> Page {
    small(move || {
        let mut session = session().with_limits(limits);
        open(&mut session, files(parts)).unwrap();
        let mut page = Page::default();
        page.run(&mut session, &Job { provenance: true, ..Job::default() });
        page
    })
}

/// What the template prints, or the problem.
pub(crate) fn run(template: &str, values: &str) -> Result<String, String> {
    outcome(&run_files(chart(template, values)))
}

pub(crate) fn outcome(page: &Page) -> Result<String, String> {
    let release = &page.preview.releases[0];
    match &release.problem {
        Some(problem) => Err(problem.message.clone()),
        None => Ok(release.manifests.iter().map(|it| it.text.as_str()).collect()),
    }
}

/// The template must be stopped, with these words.
#[track_caller]
pub(crate) fn stops(template: &str, words: &str) {
    let problem = run(template, "").unwrap_err();
    assert!(problem.contains(words), "{}", problem.chars().take(600).collect::<String>());
}

/// The same where only the limit ends it.
#[track_caller]
pub(crate) fn runs_out(template: &str, words: &str) {
    let problem = outcome(&run_within(chart(template, ""), tight())).unwrap_err();
    assert!(problem.contains(words), "{}", problem.chars().take(600).collect::<String>());
}

pub(crate) fn nested(open: &str, middle: &str, close: &str, depth: usize) -> String {
    format!("{}{middle}{}", open.repeat(depth), close.repeat(depth))
}
