//! Tables of contents that were made here, byte by byte, as the format says.

use proptest::prelude::*;

use super::toc::{Contents, Written};
use crate::format::{Digest, Reading};

fn number(value: i32) -> Vec<u8> {
    let mut bytes = vec![u8::from(value < 0)];
    bytes.extend_from_slice(&value.unsigned_abs().to_le_bytes());
    bytes
}

fn text(text: Option<&str>) -> Vec<u8> {
    let Some(text) = text else { return number(-1) };
    [number(i32::try_from(text.len()).unwrap()), text.as_bytes().to_vec()].concat()
}

/// A table of contents of this version with one table and its rows.
fn contents(minor: u8) -> Vec<u8> {
    let mut bytes = b"PGDMP\x01".to_vec();
    bytes.extend_from_slice(&[minor, 0, 4, 8, 3]);
    bytes.extend(if minor >= 15 { vec![1] } else { number(-1) });
    for value in [1, 2, 3, 4, 5, 126, 0] {
        bytes.extend(number(value));
    }
    for value in ["shop", "15.1", "15.1"] {
        bytes.extend(text(Some(value)));
    }
    bytes.extend(number(2));
    for (id, kind, statement, copy, file) in [
        (1, "TABLE", "CREATE TABLE public.t (\n    a text\n);\n", None, ""),
        (2, "TABLE DATA", "", Some("COPY public.t (a) FROM stdin;\n"), "2.dat"),
    ] {
        bytes.extend([number(id), number(i32::from(id == 2)), text(Some("1259")), text(Some("16384"))].concat());
        bytes.extend([text(Some("t")), text(Some(kind)), number(2), text(Some(statement)), text(None)].concat());
        bytes.extend([text(copy), text(Some("public")), text(None)].concat());
        bytes.extend(if minor >= 14 { text(Some("heap")) } else { Vec::new() });
        bytes.extend(if minor >= 16 { number(i32::from(b'r')) } else { Vec::new() });
        bytes.extend([text(Some("postgres")), text(Some("false"))].concat());
        bytes.extend([text(Some("1")), text(None), text(Some(file))].concat());
    }
    bytes
}

/// The table of contents with all of its entries as they are.
fn kept(contents: &Contents) -> Vec<u8> {
    let bytes = |text: &Option<String>| text.as_ref().map(|text| text.as_bytes().to_vec());
    let written = contents.entries.iter().enumerate().map(|(place, entry)| Written {
        entry: place,
        makes: bytes(&entry.makes),
        drops: bytes(&entry.drops),
        copies: bytes(&entry.copies),
    });
    contents.written(&written.collect::<Vec<_>>())
}

#[test]
fn every_version_is_read_and_written_as_it_was() {
    for minor in 12..=16 {
        let bytes = contents(minor);
        let read = Contents::read(bytes.clone()).unwrap();
        let of = |place: usize| &read.entries[place];
        assert_eq!((of(0).kind.as_str(), of(0).tag.as_str(), of(0).has_rows), ("TABLE", "t", false), "1.{minor}");
        assert_eq!((of(1).kind.as_str(), of(1).file.as_deref(), of(1).has_rows), ("TABLE DATA", Some("2.dat"), true));
        assert_eq!(of(1).copies.as_deref(), Some("COPY public.t (a) FROM stdin;\n"));
        assert_eq!(of(1).schema.as_deref(), Some("public"));
        assert!(kept(&read) == bytes, "1.{minor}");
    }
    assert!(Contents::read(contents(11)).is_err() && Contents::read(contents(17)).is_err());
}

#[test]
fn rows_are_read_under_their_compression() {
    let rows = b"Ana\n\\N\n\\.\n\n\n";
    let gzip = || {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut out, rows).unwrap();
        out.finish().unwrap()
    };
    let zstd = || zstd::bulk::compress(rows, 3).unwrap();
    for (minor, name, bytes, is_right) in [
        (14, "2.dat", rows.to_vec(), true),
        (14, "2.dat.gz", gzip(), true),
        (15, "2.dat.gz", gzip(), true),
        (16, "2.dat.zst", zstd(), true),
        (16, "2.dat.gz", zstd(), false),
        (16, "2.dat", zstd(), false),
        (16, "2.dat.zst", rows.to_vec(), false),
        (16, "2.dat.lz4", rows.to_vec(), false),
        (16, "3.dat", rows.to_vec(), false),
        (16, "2.dat", [rows.as_slice(), b"\n"].concat(), false),
        (16, "2.dat", rows[..rows.len() - 1].to_vec(), false),
        (16, "2.dat", b"Ana\n\\N\n\\.\nINSERT INTO public.t VALUES ('Ben');\n\n\n".to_vec(), false),
        (16, "2.dat", b"INSERT INTO public.t VALUES ('Ben');\n\n\n".to_vec(), false),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let toc = contents(minor);
        std::fs::write(folder.path().join("toc.dat"), &toc).unwrap();
        std::fs::write(folder.path().join(name), &bytes).unwrap();
        let dump = super::index(folder.path());
        assert_eq!(dump.is_ok(), is_right, "1.{minor} {name}: {:?}", dump.err());
        let Ok(dump) = super::index(folder.path()) else { continue };
        assert_eq!(dump.tables().iter().map(|table| &*table.name).collect::<Vec<_>>(), ["public.t"]);
        let mut reader = dump.read_table(0, &Reading::all(1, true), 1 << 20).unwrap();
        let block = reader.next().unwrap().unwrap();
        let batches: Vec<_> = block.decode().unwrap().map(|decoded| decoded.unwrap().batch).collect();
        assert_eq!((batches.len(), batches[0].num_rows(), batches[0].column(0).null_count()), (1, 2, 1));
        assert!(reader.next().unwrap().is_none());
        let list = format!("{}  {name}\n{}  toc.dat\n", blake3::hash(&bytes).to_hex(), blake3::hash(&toc).to_hex());
        let digest = Digest { bytes: (bytes.len() + toc.len()) as u64, hash: blake3::hash(list.as_bytes()) };
        assert_eq!(dump.digest(), digest);
    }
}

#[test]
fn what_is_cut_off_or_goes_on_is_refused() {
    let bytes = contents(14);
    for end in 0..bytes.len() {
        assert!(Contents::read(bytes[..end].to_vec()).is_err(), "{end}");
    }
    assert!(Contents::read([bytes, vec![0]].concat()).is_err());
}

proptest! {
    #[test]
    fn no_byte_makes_it_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = contents(16);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(read) = Contents::read(bytes.clone()) {
            // A number that is nothing may have either sign.
            prop_assert_eq!(kept(&read).len(), bytes.len());
        }
    }
}
