//! A chart back to an archive: `.tgz` as `helm package` makes it, or `.zip`; the same chart
//! always gives the same bytes.

use crate::chart::{Chart, File};
use crate::load::LoadError;
use std::io::{Cursor, Write};

fn failed(error: impl std::fmt::Display) -> LoadError {
    LoadError::Archive(format!("cannot package: {error}"))
}

fn sorted(chart: &Chart) -> Vec<&File> {
    let mut files: Vec<&File> = chart.raw.iter().collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// The chart as `NAME-VERSION.tgz`.
pub fn package(chart: &Chart) -> Result<Vec<u8>, LoadError> {
    let gzip =
        flate2::GzBuilder::new().extra("+aHR0cHM6Ly95b3V0dS5iZS96OVV6MWljandyTQo=").comment("Helm");
    let gzip = gzip.write(Vec::new(), flate2::Compression::best());
    let mut archive = tar::Builder::new(gzip);
    for file in sorted(chart) {
        let mut header = tar::Header::new_ustar();
        header.set_size(file.data.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(0);
        let name = format!("{}/{}", chart.name(), file.name);
        archive.append_data(&mut header, name, file.data.as_slice()).map_err(failed)?;
    }
    archive.into_inner().map_err(failed)?.finish().map_err(failed)
}

/// The chart as a zip.
pub fn package_zip(chart: &Chart) -> Result<Vec<u8>, LoadError> {
    let below = |file: &File| File {
        name: format!("{}/{}", chart.name(), file.name),
        data: file.data.clone(),
    };
    zip(&sorted(chart).into_iter().map(below).collect::<Vec<_>>())
}

/// Files as a zip, in the order given; scripts (`.sh`) can be run.
pub fn zip(files: &[File]) -> Result<Vec<u8>, LoadError> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for file in files {
        let mode = if file.name.ends_with(".sh") { 0o755 } else { 0o644 };
        archive.start_file(&file.name, options.unix_permissions(mode)).map_err(failed)?;
        archive.write_all(&file.data).map_err(failed)?;
    }
    Ok(archive.finish().map_err(failed)?.into_inner())
}
