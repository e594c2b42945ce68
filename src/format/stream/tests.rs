use std::io::{self, Read, Write};

use proptest::prelude::*;

use super::compress::{Chunks, GATHERED};
use super::compression::Compression;
use super::decode::Decode;
use super::decompress::Decompress;
use super::{Stream, told};
use crate::error::{Error, ErrorKind, Result};
use crate::format::{Digest, DigestReader};
use crate::rules::Encoding;

/// The size of a chunk of gzip; those of zstd have two of it.
const CHUNK: usize = GATHERED / 8;

/// Gives one byte at a time.
struct Trickle<'b>(&'b [u8]);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(1);
        self.0.read(&mut buffer[..length])
    }
}

/// What the bytes of a file are decompressed, and the digest of the file.
fn plain(file: impl Read, named: Option<Compression>) -> Result<(Vec<u8>, Digest)> {
    let told = |error| told("x".as_ref(), error);
    let mut input = Decompress::new(DigestReader::new(file), named).map_err(told)?;
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(told)?;
    Ok((bytes, input.finish().map_err(told)?))
}

fn text(file: impl Read, encoding: Option<Encoding>) -> Result<String> {
    let told = |error| told("x".as_ref(), error);
    let mut bytes = Vec::new();
    Decode::new(file, encoding).and_then(|mut input| input.read_to_end(&mut bytes)).map_err(told)?;
    Ok(String::from_utf8(bytes).expect("UTF-8"))
}

/// A gzip member as another program writes it.
fn member(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::GzBuilder::new().filename("people.csv").mtime(7).write(Vec::new(), Default::default());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

/// A zstd frame with a checksum, as another program writes it.
fn frame(bytes: &[u8]) -> Vec<u8> {
    let mut writer = zstd::Encoder::new(Vec::new(), 1).unwrap();
    writer.include_checksum(true).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

const SKIPPABLE: &[u8] = b"\x5a\x2a\x4d\x18\x03\0\0\0abc";

/// Bytes that are neither all the same nor noise.
fn rows(length: usize) -> Vec<u8> {
    (0..).flat_map(|row: u64| format!("{row},{}\n", row * 7919 % 10_007).into_bytes()).take(length).collect()
}

fn compressed(bytes: &[u8], pieces: usize, compression: Compression) -> Vec<u8> {
    let mut chunks = Chunks::new(Vec::new(), compression);
    bytes.chunks(pieces).for_each(|piece| chunks.put(piece).unwrap());
    chunks.finish().unwrap()
}

#[test]
fn what_is_compressed_depends_neither_on_pieces_nor_on_threads() {
    for (compression, length) in [Compression::Gzip, Compression::Zstd].into_iter().flat_map(|compression| {
        [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 9 * CHUNK + 5].map(|length| (compression, length))
    }) {
        let bytes = rows(length);
        let whole = compressed(&bytes, length.max(1), compression);
        for (pieces, threads) in [(1000, 1), (CHUNK, 3), (CHUNK + 7, 2), (3 * CHUNK, 1)] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let cut = pool.install(|| compressed(&bytes, pieces, compression));
            assert!(cut == whole, "{compression} of {length} bytes by {pieces} on {threads}");
        }
        let mut back = Vec::new();
        match compression {
            // A reader that stops after the first member: there is one.
            Compression::Gzip => {
                let mut rest = whole.as_slice();
                flate2::bufread::GzDecoder::new(&mut rest).read_to_end(&mut back).unwrap();
                assert!(rest.is_empty());
            }
            Compression::Zstd => back = zstd::decode_all(whole.as_slice()).unwrap(),
        }
        assert!(back == bytes, "{compression} of {length} bytes");
        assert!(plain(whole.as_slice(), Some(compression)).unwrap().0 == bytes);
    }
}

#[test]
fn members_and_frames_follow_each_other() {
    let (one, other) = (rows(100_000), b"more".as_slice());
    for (file, bytes) in [
        (member(&one), one.clone()),
        ([member(&one), member(other)].concat(), [&one, other].concat()),
        ([member(b""), member(other)].concat(), other.to_vec()),
        ([frame(&one), frame(other)].concat(), [&one, other].concat()),
        ([SKIPPABLE, &frame(&one), SKIPPABLE, &frame(other), SKIPPABLE].concat(), [&one, other].concat()),
        (frame(b""), Vec::new()),
        (one.clone(), one.clone()),
        (Vec::new(), Vec::new()),
        (b"a".to_vec(), b"a".to_vec()),
    ] {
        let digest = Digest { bytes: file.len() as u64, hash: blake3::hash(&file) };
        assert!(plain(file.as_slice(), None).unwrap() == (bytes.clone(), digest));
        assert!(plain(Trickle(&file), None).unwrap() == (bytes, digest), "one byte at a time");
    }
}

/// Both compressions, each in two members or frames with the place at which the second starts.
fn two() -> [(Compression, Vec<u8>, usize); 2] {
    let (one, other) = (rows(3000), rows(500));
    [
        (Compression::Gzip, [member(&one), member(&other)].concat(), member(&one).len()),
        (Compression::Zstd, [frame(&one), frame(&other)].concat(), frame(&one).len()),
    ]
}

#[test]
fn what_is_cut_off_is_an_error_wherever_it_is_cut() {
    for (compression, file, border) in two() {
        for end in (0..file.len()).filter(|end| *end != border) {
            let error = plain(&file[..end], Some(compression)).expect_err("it has no end");
            assert_eq!(error.kind(), ErrorKind::Data, "{compression} cut at {end}: {error}");
        }
    }
    let alone = compressed(&rows(CHUNK + 9), CHUNK, Compression::Gzip);
    for end in (0..alone.len()).step_by(1021) {
        assert!(plain(&alone[..end], Some(Compression::Gzip)).is_err(), "cut at {end}");
    }
}

#[test]
fn what_is_damaged_or_followed_by_something_else_is_an_error_or_the_same() {
    for (compression, file, _) in two() {
        let sound = plain(file.as_slice(), Some(compression)).unwrap().0;
        for place in 0..file.len() {
            let mut damaged = file.clone();
            damaged[place] ^= 0x10;
            match plain(damaged.as_slice(), Some(compression)) {
                // Headers say things that do not matter, such as a time.
                Ok((bytes, _)) => assert!(bytes == sound, "{compression} damaged at {place}"),
                Err(error) => assert_eq!(error.kind(), ErrorKind::Data, "{compression} damaged at {place}: {error}"),
            }
        }
        for after in [b"x".as_slice(), b"\0\0\0\0", b"id,name\n1,Ana\n"] {
            let error = plain([&file, after].concat().as_slice(), Some(compression)).expect_err("it is followed");
            assert_eq!(error.kind(), ErrorKind::Data, "{error}");
        }
    }
}

#[test]
fn after_an_error_there_is_no_end() {
    for (_, mut file, _) in two() {
        let length = file.len();
        file[length - 6] ^= 1;
        let mut input = Decompress::new(DigestReader::new(file.as_slice()), None).unwrap();
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes).expect_err("the checksum is another");
        input.read(&mut [0; 10]).expect_err("and stays another");
        input.finish().expect_err("to the end");
    }
}

#[test]
fn bombs_are_refused_and_ordinary_files_are_not() {
    let zeros = vec![0; 1 << 20];
    for compression in [Compression::Gzip, Compression::Zstd] {
        let mut chunks = Chunks::new(Vec::new(), compression);
        (0..192).for_each(|_| chunks.put(&zeros).unwrap());
        let bomb = chunks.finish().unwrap();
        let mut input = Decompress::new(DigestReader::new(bomb.as_slice()), None).unwrap();
        let (mut given, mut buffer) = (0, vec![0; 1 << 20]);
        let error = loop {
            match input.read(&mut buffer) {
                Ok(0) => panic!("{compression}: all {given} bytes came out"),
                Ok(length) => given += length,
                Err(error) => break told("x".as_ref(), error),
            }
        };
        assert!(error.message().contains("400 times"), "{error}");
        assert!(given < 192 << 20);
    }
    // A column of one value is no bomb.
    let bytes = b"2026-01-01,FR,0\n".repeat(400_000);
    for file in [member(&bytes), frame(&bytes)] {
        assert!(plain(file.as_slice(), None).unwrap().0 == bytes);
    }
}

#[test]
fn windows_of_zstd_have_a_limit() {
    // A frame without checksum and length, with a window of 2^27 and 2^28 bytes, and one last raw block of one byte.
    let file = |window: u8| [b"\x28\xb5\x2f\xfd\0".as_slice(), &[(window - 10) << 3], b"\x09\0\0a"].concat();
    assert_eq!(plain(file(27).as_slice(), None).unwrap().0, b"a");
    let error = plain(file(28).as_slice(), None).expect_err("too large");
    assert!(error.message().contains("window"), "{error}");
}

#[test]
fn what_a_name_says_must_be_so() {
    let (gzip, zstd) = (Some(Compression::Gzip), Some(Compression::Zstd));
    for (file, named, message) in [
        (member(b"a"), zstd, "says zstd, and it is gzip"),
        (frame(b"a"), gzip, "says gzip, and it is zstd"),
        (b"id,name\n".to_vec(), gzip, "says gzip, and it is not"),
        (Vec::new(), zstd, "says zstd, and the file is empty"),
        (b"\xfd7zXZ\0 and so on".to_vec(), None, "is xz, which is not read here"),
        (b"BZh91AY&SY and so on".to_vec(), None, "is bzip2"),
        (b"PK\x03\x04 and so on".to_vec(), None, "is a zip archive"),
        (b"\x04\x22\x4d\x18 and so on".to_vec(), gzip, "is lz4"),
        (b"\x1f\x9d\x90 and so on".to_vec(), None, "is compress"),
    ] {
        let error = plain(file.as_slice(), named).expect_err(message);
        assert_eq!(error.kind(), ErrorKind::Data);
        assert!(error.message().contains(message), "{error}");
    }
    for text in ["BZh", "BZh9", "BZh is a name\n", "PK,name\n", "(x", "7zip,name\n", "P\u{1a}"] {
        assert_eq!(plain(text.as_bytes(), None).unwrap().0, text.as_bytes(), "text alone is text");
    }
    for (path, compression) in
        [("a.csv.gz", gzip), ("a.GZ", gzip), ("a.csv.zst", zstd), ("a.csv", None), ("gz", None), (".gz", None)]
    {
        assert_eq!(Compression::of(path.as_ref()), compression, "{path}");
    }
}

/// Every encoding that has a name here.
fn encodings() -> Vec<Encoding> {
    let mut names = vec!["utf-8", "utf-16le", "utf-16be", "iso-8859-1", "koi8-r", "macintosh", "ibm866"];
    let numbered = [2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16].map(|part| format!("iso-8859-{part}"));
    let windows = [874, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258].map(|page| format!("windows-{page}"));
    names.extend(numbered.iter().map(String::as_str));
    names.extend(windows.iter().map(String::as_str));
    names.iter().map(|name| Encoding::parse(name).unwrap_or_else(|| panic!("{name}"))).collect()
}

fn bytes_of(text: &str, encoding: Encoding) -> Result<Vec<u8>, usize> {
    let mut bytes = Vec::new();
    encoding.encode(text, &mut bytes).map(|()| bytes)
}

#[test]
fn texts_are_what_they_are_in_their_encodings() {
    for (encoding, text_of, bytes) in [
        ("iso-8859-1", "é\u{80}ÿ", b"\xe9\x80\xff".as_slice()),
        ("windows-1252", "é€ÿ\u{81}", b"\xe9\x80\xff\x81"),
        ("iso-8859-15", "€œ", b"\xa4\xbd"),
        ("windows-1250", "łŁ", b"\xb3\xa3"),
        ("windows-1251", "Жя", b"\xc6\xff"),
        ("koi8-r", "Ж", b"\xf6"),
        ("utf-16le", "a€😀", b"a\0\xac\x20\x3d\xd8\x00\xde"),
        ("utf-16be", "\u{feff}a😀", b"\xfe\xff\0a\xd8\x3d\xde\x00"),
        ("utf-8", "\u{feff}é", b"\xef\xbb\xbf\xc3\xa9"),
    ] {
        let encoding = Encoding::parse(encoding).unwrap();
        assert_eq!(text(bytes, Some(encoding)).unwrap(), text_of, "{encoding}");
        assert_eq!(text(Trickle(bytes), Some(encoding)).unwrap(), text_of, "{encoding}, one byte at a time");
        assert_eq!(bytes_of(text_of, encoding).as_deref(), Ok(bytes), "{encoding}");
        assert!(encoding.has_form(text_of));
    }
}

#[test]
fn every_byte_that_has_a_character_comes_back() {
    for encoding in encodings().into_iter().filter(|encoding| !encoding.is_unicode()) {
        let mut characters = 0;
        for byte in 0..=u8::MAX {
            // Some tables have gaps, and a gap is no character.
            let Ok(character) = text([byte].as_slice(), Some(encoding)) else { continue };
            assert_eq!(bytes_of(&character, encoding), Ok(vec![byte]), "{encoding} {byte:#x}");
            assert_ne!(character, "\u{fffd}");
            characters += 1;
        }
        assert!(characters > 200, "{encoding} has {characters}");
    }
}

#[test]
fn what_has_no_form_is_told_with_its_place() {
    for (encoding, text, place) in [
        ("iso-8859-1", "abł", 2),
        ("iso-8859-1", "é€", 2),
        ("windows-1252", "€ł", 3),
        ("windows-1252", "\u{80}", 0),
        ("koi8-r", "Жé", 2),
    ] {
        let encoding = Encoding::parse(encoding).unwrap();
        assert_eq!(bytes_of(text, encoding), Err(place), "{encoding}");
        assert!(!encoding.has_form(text));
    }
}

#[test]
fn what_is_no_text_is_an_error_with_its_place() {
    for (encoding, bytes, place) in [
        ("utf-16le", b"a\0b".as_slice(), 2),
        ("utf-16le", b"a\0\x00\xd8b\0", 2),
        ("utf-16be", b"\0a\xdc\x00\0b", 2),
        ("utf-16le", b"a\0\x3d\xd8", 2),
        ("windows-1253", b"ab\xd2", 2),
        ("iso-8859-7", b"\xff", 0),
    ] {
        let error = text(bytes, Encoding::parse(encoding)).expect_err(encoding);
        assert_eq!((error.kind(), error.place().byte), (ErrorKind::Data, Some(place)), "{encoding}: {error}");
    }
    let far = [b"a\0".repeat(100_000), b"\x00\xdc".to_vec()].concat();
    assert_eq!(text(far.as_slice(), Some(Encoding::Utf16Le)).expect_err("alone").place().byte, Some(200_000));
}

#[test]
fn a_byte_order_mark_is_certain_and_nothing_else_is() {
    let encoding_of = |bytes: &[u8], declared| Decode::new(bytes, declared).map(|input| input.encoding());
    let windows = Encoding::parse("windows-1252");
    for (bytes, declared, encoding) in [
        (b"\xff\xfea\0".as_slice(), None, Some(Encoding::Utf16Le)),
        (b"\xff\xfea\0", Some(Encoding::Utf16Le), Some(Encoding::Utf16Le)),
        (b"\xfe\xff\0a", None, Some(Encoding::Utf16Be)),
        (b"\xef\xbb\xbfa", None, Some(Encoding::Utf8)),
        (b"\xef\xbb\xbfa", windows, None),
        (b"\xff\xfea\0", Some(Encoding::Utf8), None),
        (b"\xfe\xff\0a", Some(Encoding::Utf16Le), None),
        (b"\xff\xfe\0\0a\0\0\0", None, None),
        (b"\0\0\xfe\xff\0\0\0a", None, None),
        (b"a\0b\0c\0", None, Some(Encoding::Utf8)),
        (b"\xe9t\xe9", None, Some(Encoding::Utf8)),
        (b"\xe9t\xe9", windows, windows),
        (b"\xef", None, Some(Encoding::Utf8)),
        (b"", None, Some(Encoding::Utf8)),
    ] {
        assert_eq!(encoding_of(bytes, declared).ok(), encoding, "{bytes:?} {declared:?}");
    }
}

#[test]
fn a_stream_is_the_text_of_a_compressed_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.csv.gz");
    let file = member(&bytes_of("\u{feff}id,name\n1,Zoë\n", Encoding::Utf16Le).unwrap());
    std::fs::write(&path, &file).unwrap();
    let mut stream = Stream::open(&path).unwrap();
    assert_eq!((stream.compression(), stream.encoding()), (Some(Compression::Gzip), Encoding::Utf16Le));
    assert_eq!(stream.peek(5).unwrap(), "\u{feff}id".as_bytes());
    let mut text = Vec::new();
    assert!(!stream.fill(&mut text, 1 << 20).unwrap());
    assert_eq!(String::from_utf8(text).unwrap(), "\u{feff}id,name\n1,Zoë\n");
    assert_eq!(stream.position(), file.len() as u64);
    assert_eq!(stream.finish().unwrap(), Digest { bytes: file.len() as u64, hash: blake3::hash(&file) });
}

#[test]
fn a_digest_is_only_of_what_is_sound_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    let file = member(&rows(1 << 20));
    std::fs::write(&path, &file[..file.len() - 1]).unwrap();
    let error: Error = Stream::open(&path).and_then(Stream::finish).expect_err("it is cut off");
    assert_eq!(error.kind(), ErrorKind::Data);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn texts_come_back(written in "\\PC{0,60}", which in 0..30usize) {
        let encodings = encodings();
        let encoding = encodings[which % encodings.len()];
        prop_assume!(!written.starts_with('\u{feff}'));
        if let Ok(bytes) = bytes_of(&written, encoding) {
            prop_assume!(!bytes.starts_with(b"\xff\xfe") && !bytes.starts_with(b"\xfe\xff"));
            prop_assert!(encoding.has_form(&written));
            prop_assert_eq!(text(bytes.as_slice(), Some(encoding)).unwrap(), written);
        } else {
            prop_assert!(!encoding.has_form(&written));
        }
    }

    #[test]
    fn noise_is_no_panic(noise in prop::collection::vec(any::<u8>(), 0..300), start in 0..4usize) {
        let start = [b"".as_slice(), b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", SKIPPABLE][start];
        let _ = plain([start, &noise].concat().as_slice(), None);
        for encoding in encodings().into_iter().filter(|encoding| *encoding != Encoding::Utf8) {
            let _ = text(noise.as_slice(), Some(encoding));
        }
    }
}
