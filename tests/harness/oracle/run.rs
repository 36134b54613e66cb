//! Runs the real Helm or our host tool on cases, as many at once as there are cores.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Case, Differences, HELM_VERSION, Outcome};
use crate::{Error, Result, Scratch, tools};

/// A case that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that renders a chart as `helm template` does.
#[derive(Clone, Debug)]
pub struct Program {
    file: PathBuf,
    /// What stands before a case's arguments.
    verb: Option<&'static str>,
}

impl Program {
    /// The real `helm template`, of exactly the promised version.
    pub fn helm() -> Result<Self> {
        Self::of_helm("template")
    }

    /// The real `helm lint`, of exactly the promised version.
    pub fn helm_lint() -> Result<Self> {
        Self::of_helm("lint")
    }

    fn of_helm(verb: &'static str) -> Result<Self> {
        let how = format!("`cargo xtask setup` installs Helm {HELM_VERSION}");
        let file =
            tools::find("helm").ok_or_else(|| Error::new(format!("no helm found: {how}")))?;
        let version =
            Command::new(&file).args(["version", "--template", "{{.Version}}"]).output()?;
        let version = String::from_utf8_lossy(&version.stdout).into_owned();
        if version.trim() == HELM_VERSION {
            return Ok(Self { file, verb: Some(verb) });
        }
        Err(Error::new(format!("{} is Helm {version}: {how}", file.display())))
    }

    /// Our engine's host tool, built now in the profile of the running test.
    pub fn ours() -> Result<Self> {
        let released =
            std::env::current_exe()?.components().any(|part| part.as_os_str() == "release");
        Self::build_ours(released)
    }

    /// Our `helm lint`, built now.
    pub fn our_lint() -> Result<Self> {
        Self::build("lint", false)
    }

    /// Our engine's host tool, built now.
    pub fn build_ours(released: bool) -> Result<Self> {
        Self::build("template", released)
    }

    fn build(example: &str, released: bool) -> Result<Self> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = Command::new(cargo);
        // The whole workspace is named so that cargo resolves the same features as `cargo test --workspace`.
        build.args([
            "build",
            "--quiet",
            "--workspace",
            "--example",
            example,
            "--message-format=json",
        ]);
        if released {
            build.arg("--release");
        }
        let output = build.current_dir(tools::root()).stderr(Stdio::inherit()).output()?;
        let file = String::from_utf8_lossy(&output.stdout).lines().find_map(|line| {
            let message: Value = serde_json::from_str(line).ok()?;
            let ours = message["target"]["name"] == example;
            ours.then(|| message["executable"].as_str().map(PathBuf::from)).flatten()
        });
        let file = file.ok_or_else(|| {
            Error::new(format!("the example `{example}` of crates/helm does not build"))
        })?;
        Ok(Self { file, verb: None })
    }

    /// Runs one case.
    pub fn run(&self, case: &Case) -> Result<Outcome> {
        let home = Scratch::new("helm")?;
        let path = |name: &str| home.path().join(name);
        let mut command = self.command(case, home.path());
        command.stdout(File::create(path("stdout"))?).stderr(File::create(path("stderr"))?);
        let exit = wait(command, &case.name)?;
        // Helm's lint names the chart's absolute folder, which every machine has elsewhere.
        let folder = case.folder.to_string_lossy();
        let read = |name: &str| -> Result<Vec<u8>> {
            let bytes = std::fs::read(path(name))?;
            Ok(match String::from_utf8(bytes) {
                Ok(text) => text.replace(&*folder, "{folder}").into_bytes(),
                Err(error) => error.into_bytes(),
            })
        };
        Ok(Outcome { stdout: read("stdout")?, stderr: read("stderr")?, exit })
    }

    /// From the start of the process to its end, its output thrown away.
    pub fn time(&self, case: &Case) -> Result<Duration> {
        let home = Scratch::new("helm")?;
        let mut command = self.command(case, home.path());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let start = Instant::now();
        let status = command.status()?;
        let took = start.elapsed();
        if status.success() {
            Ok(took)
        } else {
            Err(Error::new(format!("{}: {status}", case.name)))
        }
    }

    /// The command line of a case, with an empty `home`: neither the person's repositories nor a
    /// cluster may change what is printed.
    fn command(&self, case: &Case, home: &Path) -> Command {
        let mut command = Command::new(&self.file);
        command.args(self.verb).args(&case.arguments).current_dir(&case.folder);
        let variables = ["HELM_CONFIG_HOME", "HELM_CACHE_HOME", "HELM_DATA_HOME", "KUBECONFIG"];
        command.envs(variables.map(|variable| (variable, home.join(variable))));
        command.env_remove("HELM_NAMESPACE").env_remove("HELM_DEBUG").stdin(Stdio::null());
        command
    }
}

/// The exit code of a command that must end in time.
fn wait(mut command: Command, name: &str) -> Result<i32> {
    let mut process = command.spawn()?;
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = process.try_wait()? {
            return status
                .code()
                .ok_or_else(|| Error::new(format!("{name}: ended by a signal ({status})")));
        }
        if Instant::now() > deadline {
            process.kill()?;
            process.wait()?;
            return Err(Error::new(format!(
                "{name}: still running after {} s",
                PATIENCE.as_secs()
            )));
        }
        thread::sleep(Duration::from_millis(1));
    }
}

/// Applies `work` to every item, on all cores; the results come in the order of the items.
pub fn every<I: Sync, T: Send>(items: &[I], work: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let (next, results) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some((index, item)) = Some(next.fetch_add(1, Ordering::Relaxed))
                    .and_then(|index| items.get(index).map(|item| (index, item)))
                {
                    let result = work(item);
                    // A poisoned lock means that another item panicked; its panic is reported at the scope's end.
                    if let Ok(mut results) = results.lock() {
                        results.push((index, result));
                    }
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_default();
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Runs every case and compares it with its golden; a case that differs on purpose need only end the same way.
///
/// Returns how many were equal; the error lists the cases that were not.
pub fn compare(program: &Program, cases: &[Case], differences: &Differences) -> Result<usize> {
    /// So many are shown in full; the rest by name.
    const SHOWN: usize = 25;
    let verdicts = every(cases, |case| verdict(program, case, differences));
    let wrong: Vec<_> = cases
        .iter()
        .zip(verdicts)
        .filter_map(|(case, verdict)| {
            Some((case, verdict.unwrap_or_else(|error| Some(error.to_string()))?))
        })
        .collect();
    if wrong.is_empty() {
        return Ok(cases.len());
    }
    let mut report =
        format!("{} of {} cases differ from Helm {HELM_VERSION}\n", wrong.len(), cases.len());
    for (index, (case, difference)) in wrong.iter().enumerate() {
        let difference = if index < SHOWN { difference } else { "" };
        report.push_str(&format!("{}: {difference}\n", case.name));
    }
    Err(Error::new(report))
}

fn verdict(program: &Program, case: &Case, differences: &Differences) -> Result<Option<String>> {
    let (golden, actual) = (Outcome::read(&case.golden)?, program.run(case)?);
    if differences.reason(&case.name).is_some() {
        let ends = (golden.exit != actual.exit)
            .then(|| format!("exit {} became {}", golden.exit, actual.exit));
        return Ok(ends);
    }
    Ok(golden.difference(&actual))
}
