//! Opens the bundled deployments as the page does.

use session::{
    BundleOptions, ExportKind, Job, OpenSource, PreviewWorld, Reply, Request, Session, StackCard,
    Timestamp,
};
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::folder::{charts, source};
use crate::page::Page;

pub(crate) fn names() -> Vec<String> {
    let folders = std::fs::read_dir(charts()).unwrap();
    let mut names: Vec<String> =
        folders.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

pub(crate) struct Open {
    pub(crate) session: Session,
    pub(crate) card: StackCard,
    pub(crate) page: Page,
}

pub(crate) fn open(name: &str) -> Open {
    open_source(source(name))
}

pub(crate) fn open_source(source: OpenSource) -> Open {
    let world = PreviewWorld { now: Timestamp { seconds: 1_700_000_000, nanoseconds: 0 }, seed: 7 };
    let mut session = Session::new(Rc::new(world), &[]);
    match session.handle(Request::Open { source }) {
        Reply::Opened { card } => Open { session, card: *card, page: Page::default() },
        other => panic!("{other:?}"),
    }
}

impl Open {
    /// Runs a job to its review, as the page does; gives what the page then holds.
    pub(crate) fn run(&mut self, job: &Job) -> &Page {
        self.page.run(&mut self.session, job);
        &self.page
    }

    pub(crate) fn export(&mut self, job: &Job, kind: ExportKind) -> Vec<u8> {
        match self.session.handle(Request::Export { job: job.clone(), kind }) {
            Reply::Exported { file } => file.data,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn everything(
        &mut self,
        job: &Job,
        options: BundleOptions,
    ) -> BTreeMap<String, String> {
        let zip = self.export(job, ExportKind::Everything { options });
        let files = helm::unpack(&zip, &helm::Limits::default()).unwrap();
        files.into_iter().map(|file| (file.name.clone(), file.text())).collect()
    }

    pub(crate) fn presets(&self) -> Vec<Option<String>> {
        let names = self.card.presets.iter().map(|preset| Some(preset.name.clone()));
        std::iter::once(None).chain(names).collect()
    }
}
