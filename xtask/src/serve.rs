//! `cargo xtask serve`: the page, built as it is released, on localhost.

use harness::{Error, Result, Site};

use crate::steps::step;
use crate::{build, setup};

/// Tried one after the other, unless a port is asked for.
const PORTS: std::ops::RangeInclusive<u16> = 8080..=8089;

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let asked = port(arguments)?;
    step("tools", setup::page)?;
    step("build", build::run)?;
    let site = match asked {
        Some(port) => Site::serve(&build::dist(), port)?,
        None => first_free()?,
    };
    println!("\nChartroom is at {}  (Ctrl+C ends it)", site.url());
    site.run()
}

fn first_free() -> Result<Site> {
    let free = PORTS.into_iter().find_map(|port| Site::serve(&build::dist(), port).ok());
    free.ok_or_else(|| {
        Error::new(format!("ports {} to {} are taken: use --port N", PORTS.start(), PORTS.end()))
    })
}

fn port(arguments: &[String]) -> Result<Option<u16>> {
    match arguments {
        [] => Ok(None),
        [flag, number] if flag == "--port" => {
            number.parse().map(Some).map_err(|_| Error::new(format!("--port {number}: not a port")))
        }
        _ => Err(Error::new("it takes `--port N` and nothing else")),
    }
}
