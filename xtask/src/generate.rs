//! `cargo xtask generate`: writes a chart of public size, for eyes, benches and browsers.

use std::path::Path;

use harness::generate::{Shape, generate};
use harness::{Error, Result};

const USAGE: &str = "cargo xtask generate SHAPE FOLDER [--seed N] [--scale N]";

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let (mut words, mut seed, mut scale) = (Vec::new(), 1, 1);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--seed" => seed = number(rest.next())?,
            "--scale" => scale = number(rest.next())?,
            word => words.push(word),
        }
    }
    let [shape, folder] = words[..] else { return Err(Error::new(USAGE)) };
    let shape = Shape::named(shape).ok_or_else(|| {
        let names = Shape::ALL.map(Shape::name).join(", ");
        Error::new(format!("there is no shape {shape}; there are {names}"))
    })?;
    let scale = usize::try_from(scale).map_err(|error| Error::new(error.to_string()))?;
    let chart = generate(shape, seed, scale).write(Path::new(folder))?;
    println!("{}", chart.display());
    Ok(())
}

fn number(text: Option<&String>) -> Result<u64> {
    text.and_then(|text| text.parse().ok()).ok_or_else(|| Error::new(USAGE))
}
