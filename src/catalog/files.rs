//! Files that a person drops or picks: an archive, a folder, a values file.

use crate::dom;
use crate::workspace::Workspace;
use session::{InputFile, OpenSource};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemDirectoryReader,
    FileSystemEntry, FileSystemFileEntry, js_sys,
};

/// Files of one drop that are read; a chart has fewer.
const MAX_FILES: usize = 5_000;
/// Folders that hold no chart's files and may hold very many.
const SKIPPED: &[&str] = &[".git", "node_modules", "target"];

/// Takes what was dropped.
pub fn take_drop(workspace: Workspace, transfer: Option<DataTransfer>) {
    let Some(transfer) = transfer else { return };
    let items = transfer.items();
    let entry = (0..items.length())
        .filter_map(|at| items.get(at)?.webkit_get_as_entry().ok().flatten())
        .find(FileSystemEntry::is_directory);
    match entry {
        Some(folder) => Walk::start(workspace, &folder),
        None => take_list(workspace, transfer.files()),
    }
}

/// Takes a picked file, or a picked folder's files.
pub fn take_list(workspace: Workspace, files: Option<FileList>) {
    let Some(files) = files else { return };
    let all: Vec<File> = (0..files.length()).filter_map(|at| files.item(at)).collect();
    let path = |file: &File| {
        let path = js_sys::Reflect::get(file, &JsValue::from_str("webkitRelativePath"));
        path.ok().and_then(|path| path.as_string()).unwrap_or_default()
    };
    if all.first().is_some_and(|file| path(file).contains('/')) {
        let all = all.into_iter().map(|file| (path(&file), file)).collect();
        return read_all(workspace, all);
    }
    let Some(file) = all.into_iter().next() else { return };
    let name = file.name();
    dom::read_file(&file, move |data| take_file(workspace, name.clone(), data));
}

/// An archive is opened; a values file is laid over what is open.
fn take_file(workspace: Workspace, name: String, data: Vec<u8>) {
    let is_values = name.ends_with(".yaml") || name.ends_with(".yml");
    if is_values && workspace.card_now().is_some() {
        return workspace.read_values(String::from_utf8_lossy(&data).into_owned());
    }
    workspace.open(OpenSource::Archive { name, data });
}

/// Walks a dropped folder: browsers give its entries in parts and only when asked.
struct Walk {
    workspace: Workspace,
    found: RefCell<Vec<(String, File)>>,
    /// Answers that are still to come.
    open: RefCell<usize>,
}

impl Walk {
    fn start(workspace: Workspace, folder: &FileSystemEntry) {
        let walk = Rc::new(Self { workspace, found: RefCell::default(), open: RefCell::new(0) });
        walk.folder(folder.unchecked_ref());
    }

    fn begin(&self) {
        *self.open.borrow_mut() += 1;
    }

    fn end(&self) {
        *self.open.borrow_mut() -= 1;
        if *self.open.borrow() == 0 {
            read_all(self.workspace, self.found.take());
        }
    }

    fn folder(self: &Rc<Self>, folder: &FileSystemDirectoryEntry) {
        self.begin();
        self.more(folder.create_reader());
    }

    fn more(self: &Rc<Self>, reader: FileSystemDirectoryReader) {
        let (walk, again) = (Rc::clone(self), reader.clone());
        let got = Closure::once_into_js(move |entries: js_sys::Array| {
            if entries.length() == 0 {
                return walk.end();
            }
            for entry in entries.iter() {
                walk.entry(&entry.unchecked_into());
            }
            walk.more(again);
        });
        let walk = Rc::clone(self);
        let failed = Closure::once_into_js(move |_: JsValue| walk.end());
        let asked = reader
            .read_entries_with_callback_and_callback(got.unchecked_ref(), failed.unchecked_ref());
        if asked.is_err() {
            self.end();
        }
    }

    fn entry(self: &Rc<Self>, entry: &FileSystemEntry) {
        let name = entry.name();
        if entry.is_directory() {
            if !SKIPPED.contains(&name.as_str()) {
                self.folder(entry.unchecked_ref());
            }
            return;
        }
        if self.found.borrow().len() >= MAX_FILES {
            return;
        }
        self.begin();
        let path = entry.full_path().trim_start_matches('/').to_owned();
        let walk = Rc::clone(self);
        let got = Closure::once_into_js(move |file: File| {
            walk.found.borrow_mut().push((path, file));
            walk.end();
        });
        let walk = Rc::clone(self);
        let failed = Closure::once_into_js(move |_: JsValue| walk.end());
        entry
            .unchecked_ref::<FileSystemFileEntry>()
            .file_with_callback_and_callback(got.unchecked_ref(), failed.unchecked_ref());
    }
}

/// Reads every file, then opens them as one chart or stack.
fn read_all(workspace: Workspace, files: Vec<(String, File)>) {
    let name = files
        .first()
        .and_then(|(path, _)| path.split('/').next().map(str::to_owned))
        .unwrap_or_default();
    let count = files.len();
    if count == 0 {
        return workspace.tell("This folder is empty: drop the folder that holds Chart.yaml.");
    }
    let read: Rc<RefCell<Vec<InputFile>>> = Rc::default();
    for (path, file) in files {
        let (read, name) = (Rc::clone(&read), name.clone());
        dom::read_file(&file, move |data| {
            read.borrow_mut().push(InputFile { name: path.clone(), data });
            if read.borrow().len() == count {
                let mut files = read.take();
                files.sort_by(|a, b| a.name.cmp(&b.name));
                workspace.open(OpenSource::Files { name: name.clone(), files });
            }
        });
    }
}
