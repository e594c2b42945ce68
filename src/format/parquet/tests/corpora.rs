use super::*;
use crate::error::ErrorKind;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "parquet"));
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// What of each file is refused, and the words it is refused with; everything else comes back as it was.
const REFUSED: &[(&str, &str)] = &[
    // The library can't read these.
    ("dict-page-offset-zero.parquet", "the footer can't be read"),
    ("nation.dict-malformed.parquet", "its pages do not fill it"),
    ("unknown-logical-type.parquet", "does not know the type"),
];

/// The same for columns that have to be decoded.
const REFUSED_DECODED: &[(&str, &str)] = &[
    ("incorrect_map_schema.parquet", "can be read but not written"),
    ("large_string_map.brotli.parquet", "a page is larger than 1024 MiB"),
];

#[test]
fn files_from_everywhere_come_back_as_they_were() {
    let Some(folder) = corpus("parquet-testing/data") else { return };
    let mut read = 0;
    for path in files(&folder).into_iter().chain(files(&folder.join("geospatial"))) {
        let name = name(&path);
        for decode_all in [false, true] {
            let job = Run { decode_all, ..Run::new("\"*\" = \"keep\"", Format::Parquet) };
            let refused = REFUSED.iter().chain(if decode_all { REFUSED_DECODED } else { &[] });
            let refused = refused.into_iter().find(|(refused, _)| *refused == name);
            match (job.of(&path), refused) {
                (Err(error), Some((_, words))) => {
                    assert_eq!(error.kind(), ErrorKind::Data);
                    assert!(error.message().contains(words), "{name}: {error}");
                }
                (Err(error), None) => panic!("{name}, decoded: {decode_all}: {error}"),
                (Ok(_), Some((_, words))) => panic!("{name} was to be refused: {words}"),
                (Ok(_), None) if name.starts_with("large_string_map") => {}
                // The footer says that there are no rows at all, and the library reads none.
                (Ok(bytes), None) if name == "repeated_no_annotation.parquet" => {
                    assert_eq!(table(&bytes, false).num_rows(), 6);
                }
                (Ok(bytes), None) => {
                    let source = table(&std::fs::read(&path).unwrap(), false);
                    let made = table(&bytes, false);
                    // INT96 comes back as a timestamp of another unit where it is written anew.
                    if !(decode_all && is_int96(&path)) {
                        assert_eq!(columns(&source), columns(&made), "{name}, decoded: {decode_all}");
                    }
                    assert_eq!(source.num_rows(), made.num_rows());
                    read += 1;
                }
            }
        }
    }
    assert!(read > 130, "{read} runs");
}

fn is_int96(path: &Path) -> bool {
    let metadata = metadata(&std::fs::read(path).unwrap());
    let leaves = metadata.file_metadata().schema_descr().columns();
    leaves.iter().any(|leaf| leaf.physical_type() == parquet::basic::Type::INT96)
}

#[test]
fn bad_files_are_refused() {
    let Some(folder) = corpus("parquet-testing/bad_data") else { return };
    for path in files(&folder) {
        let name = name(&path);
        for (decode_all, to) in [(false, Format::Parquet), (true, Format::Parquet), (false, Format::Csv)] {
            let result = Run { decode_all, ..Run::new("\"*\" = \"keep\"", to) }.of(&path);
            // A column that is carried over is not decoded, so that its bad values stay as bad as they were.
            let is_carried = !decode_all && to == Format::Parquet;
            match name.as_str() {
                // Not so bad: a dictionary of one value needs no bits to point into it.
                "ARROW-GH-43605.parquet" => assert!(result.is_ok()),
                "ARROW-GH-45185.parquet" | "ARROW-GH-47662.parquet" if is_carried => assert!(result.is_ok()),
                _ => assert_eq!(result.map(|_| ()).unwrap_err().kind(), ErrorKind::Data, "{name}"),
            }
        }
    }
}

#[test]
fn encrypted_files_are_refused_by_name() {
    let Some(folder) = corpus("parquet-testing/data") else { return };
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "encrypted") {
            let given = Given::new("encrypted.parquet", &std::fs::read(&path).unwrap());
            let error = Run::new("\"*\" = \"keep\"", Format::Parquet).of(&given.path).unwrap_err();
            assert!(error.message().contains("encrypted"), "{}: {error}", path.display());
        }
    }
}
