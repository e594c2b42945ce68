use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, DictionaryArray, RecordBatch};
use arrow::datatypes::Int32Type;
use arrow::ipc::writer::{FileWriter, StreamWriter};

use crate::support::{Workplace, checkout, set_mode};
use crate::verify::{findings, shop};

/// Rules that treat what is personal and keep the rest, and an export in which personal values stand where they should
/// not.
fn leaky() -> Workplace {
    let rules = r#"
        version = 1
        [domains]
        person = { form = "integer", max = 999_999_999 }
        [tables.people]
        files = ["people.csv"]
        [tables.people.columns]
        id = { do = "token", domain = "person" }
        full_name = { do = "fake", like = "full_name" }
        ref = { do = "token" }
        phone = "drop"
        city = { do = "fake", like = "city" }
        born = { do = "generalise", to = "year" }
        remark = "keep"
        doc = "keep"
        state = "keep"
    "#;
    let mut people = String::from("id,full_name,ref,phone,city,born,remark,doc,state\n");
    for row in 0..300 {
        let (remark, doc) = match row {
            41 => ("Ring (912) 345-0007 after six", "{}"),
            77 => ("fine", "\"{\"\"by\"\": \"\"zoë MARTINDALE\"\", \"\"n\"\": 3}\""),
            120 => ("about KX-00120-ZZ again", "{}"),
            _ => ("fine", "{}"),
        };
        let name = if row == 9 {
            "Zoë Martindale".to_owned()
        } else {
            format!("Ana Costa{}", "abcdefghij".chars().nth(row % 10).unwrap())
        };
        people.push_str(&format!(
            "{row},{name},KX-{row:05}-ZZ,912 345 {row:04},Milton Keynes,1985-02-03,{remark},{doc},Milton Keynes\n"
        ));
    }
    Workplace::new().with("rules.toml", rules).with("people.csv", people)
}

#[test]
fn values_of_the_source_are_found_wherever_they_stand_in_the_output() {
    let place = leaky();
    place.bowdler("run rules.toml --from people.csv --to out.csv --key-file key --no-check-survivors").exits(0);
    let ran = place.bowdler("verify out.csv --against people.csv --rules rules.toml --json").exits(1);
    let ran = ran.never_says(&["Martindale", "MARTINDALE", "martindale", "345-0007", "KX-00120", "kx00120zz"]);
    let mut found = findings(&ran);
    found.retain(|finding| finding.contains(" of people.csv"));
    assert_eq!(
        found,
        [
            "out.csv cells remark ref of people.csv",
            "out.csv cells remark phone of people.csv",
            "out.csv cells doc full_name of people.csv",
        ]
    );
    let report = ran.json();
    let rows: Vec<_> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["check"] == "survivor" && finding["standing"] == "counts")
        .map(|finding| (finding["hits"].clone(), finding["sites"][0]["row"].clone()))
        .collect();
    assert_eq!(rows, [(1.into(), 121.into()), (1.into(), 42.into()), (1.into(), 78.into())]);
    // By its manifest the data set is judged alike, and without what is told of it by what stands in the columns.
    let by_manifest = place.bowdler("verify out.csv --against people.csv --json").exits(1);
    assert_eq!(findings(&by_manifest).iter().filter(|finding| finding.contains(" of people.csv")).count(), 3);
    for options in ["--threads 1", "--threads 5 --block-size 700"] {
        let again = place.bowdler(&format!("verify out.csv --against people.csv --rules rules.toml --json {options}"));
        assert_eq!(again.stdout, ran.stdout, "{options}");
    }
    place.bowdler("verify out.csv --against nowhere.csv").exits(5);
    place.write("people.csv", "id,full_name\n1,\"x\n");
    place.bowdler("verify out.csv --against people.csv").exits(4).prints(&["the source can't be read"]);
}

#[test]
fn without_rules_the_columns_that_tell_whose_a_row_is_are_looked_for() {
    let place = leaky();
    place.write("copy.csv", "note\nsent to KX-00044-ZZ\nMilton Keynes\n");
    let ran = place.bowdler("verify copy.csv --against people.csv --json").exits(1);
    assert_eq!(findings(&ran), ["copy.csv cells note ref of people.csv"]);
}

#[test]
fn what_the_shops_rules_have_treated_holds_no_value_of_the_exports() {
    let place = shop("", "");
    let exports = checkout().join("samples/exports");
    place.bowdler_with(&["verify", "out", "--against", exports.to_str().unwrap()]).exits(0);
    let place = shop("notes         = \"drop\"", "notes         = \"keep\"");
    let ran = place.bowdler_with(&["verify", "out", "--json", "--against", exports.to_str().unwrap()]).exits(1);
    let found = findings(&ran);
    assert!(found.iter().any(|finding| finding.starts_with("out/customers.csv cells notes email of ")), "{found:?}");
}

/// What `--against` and the filter find: columns of the output and of the source.
fn survivors(place: &Workplace, options: &str) -> Vec<String> {
    let mut found = findings(&place.bowdler(&format!("verify out.csv --json {options}")));
    found.retain(|finding| finding.contains(" of people.csv"));
    found
}

const RUN: &str = "run rules.toml --from people.csv --to out.csv --key-file key";

#[test]
fn a_run_publishes_nothing_that_holds_values_of_its_source() {
    let place = leaky();
    let ran = place.bowdler(RUN).exits(3).never_says(&["Martindale", "345-0007", "KX-00120"]);
    ran.says(&["out.csv, line 43, record 42, column `remark`", "from column `phone of ", "nothing was published"]);
    assert!(!place.path("out.csv").exists());
    for options in ["--threads 1", "--threads 5 --block-size 700", "--check-survivors"] {
        let ran = place.bowdler(&format!("{RUN} {options}")).exits(3);
        ran.says(&[
            "line 43, record 42, column `remark`",
            "column `remark`: 1 value of the source stands here, from column `ref",
            "column `doc`",
        ]);
    }
    place.bowdler(&format!("{RUN} --allow-survivors remark")).exits(3).says(&["column `doc`"]);
    place.bowdler(&format!("{RUN} --allow-survivors remark --allow-survivors doc")).exits(0);
    let manifest = place.read("out.csv.bowdler.manifest.json");
    assert!(manifest.contains("--allow-survivors remark") && manifest.contains("no value of the source"), "{manifest}");
    place.bowdler(&format!("{RUN} --replace --no-check-survivors")).exits(0);
    assert!(place.read("out.csv.bowdler.manifest.json").contains("\"--no-check-survivors: "));
    place.bowdler(&format!("{RUN} --check-survivors --no-check-survivors")).exits(2);
    place.bowdler(&format!("{RUN} --allow-survivors doc --no-check-survivors")).exits(2);
}

#[test]
fn what_the_rules_make_anew_is_looked_at_when_it_is_asked_for() {
    let rules = "version = 1\n[tables.people]\nfiles = ['people.csv']\n[tables.people.columns]\n\
                 ref = { do = 'token', prefix = 'KX-00120-ZZ/' }\nstate = 'keep'\n";
    let people: String = (0..200).map(|row| format!("KX-{row:05}-ZZ,open\n")).collect();
    let place = Workplace::new().with("rules.toml", rules).with("people.csv", format!("ref,state\n{people}"));
    place.bowdler(RUN).exits(0);
    place.bowdler(&format!("{RUN} --replace --check-survivors")).exits(3).says(&["column `ref`: 200 values"]);
}

#[test]
fn the_shops_rules_pass_the_check() {
    let exports = checkout().join("samples/exports");
    for option in ["--threads=2", "--check-survivors"] {
        let place = shop("", "");
        let rules = ["run", "rules.toml", "--to", "again", option, "--from", exports.to_str().unwrap()];
        place.bowdler_with(&rules).exits(0);
    }
    // The notes mention people of the table: kept, they are a leak.
    let place = shop("notes         = \"drop\"", "notes         = \"keep\"");
    let rules = ["run", "rules.toml", "--to", "again", "--from", exports.to_str().unwrap()];
    place.bowdler_with(&rules).exits(3).says(&["column `notes`"]);
}

#[test]
fn a_filter_finds_later_what_the_source_would() {
    let place = leaky();
    place.bowdler(&format!("{RUN} --no-check-survivors --survivors kept")).exits(0);
    let expected = survivors(&place, "--against people.csv --rules rules.toml");
    assert_eq!(expected.len(), 3);
    place.bowdler("verify people.csv --no-manifest").exits(1);
    std::fs::remove_file(place.path("people.csv")).unwrap();
    let ran = place.bowdler("verify out.csv --survivors kept --key-file key --json").exits(1);
    let ran = ran.never_says(&["Martindale", "MARTINDALE", "martindale", "345-0007", "KX-00120", "kx00120zz"]);
    for options in ["", "--threads 1", "--threads 5 --block-size 700", "--rules rules.toml"] {
        assert_eq!(survivors(&place, &format!("--survivors kept --key-file key {options}")), expected, "{options}");
    }
    let report = ran.json();
    let told = report["coverage"].as_array().unwrap().iter().map(|gap| gap["message"].as_str().unwrap_or_default());
    assert!(told.clone().any(|message| message.contains("96 bits") && message.contains("1 in 10^")), "{report}");
    let counts: Vec<&str> =
        report["coverage"].as_array().unwrap().iter().filter_map(|gap| gap["counts"].as_str()).collect();
    assert!(counts.iter().any(|counts| counts.contains("ref of people.csv: 300")), "{counts:?}");
    // Small counts are not told beside the findings either.
    let rounded = place.bowdler("verify out.csv --survivors kept --key-file key --json --round-below 5").exits(1);
    assert!(rounded.json()["coverage"].as_array().unwrap().iter().all(|gap| gap.get("counts").is_none()));
    // A data set that holds none of it is clean.
    place.write("other.csv", "a,b\n1,nothing of it\n");
    place.bowdler("verify other.csv --survivors kept --key-file key").exits(0);
}

#[test]
fn a_filter_takes_its_key_and_is_not_left_by_halves() {
    let place = leaky().with("out/keep", "").with_mode("other", "1".repeat(64), 0o600);
    set_mode(&place.path("other"), 0o600);
    let run = format!("{RUN} --no-check-survivors --survivors");
    for (case, arguments, code, says) in [
        (
            "a random key",
            "run rules.toml --from people.csv --to out.csv --survivors kept".to_owned(),
            2,
            "a key that is given",
        ),
        ("in the place of the data set", format!("{run} out.csv"), 2, "part of the data set"),
        ("in the place of the manifest", format!("{run} out.csv.bowdler.manifest.json"), 2, "part of the data set"),
        ("over the source", format!("{run} people.csv"), 2, "never overwritten"),
        ("over something that is there", format!("{run} rules.toml"), 2, "exists"),
        ("in no folder", format!("{run} no/folder/kept"), 2, "does not exist"),
        ("of a run that fails", format!("{RUN} --survivors kept"), 3, "nothing was published"),
    ] {
        let ran = place.bowdler(&arguments).exits(code);
        assert!(ran.stderr.contains(says), "{case}: {}", ran.stderr);
        assert!(!place.path("kept").exists() && !place.path("out.csv").exists(), "{case}");
    }
    place.bowdler(&format!("{run} kept")).exits(0);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(place.path("kept")).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert!(place.read("out.csv.bowdler.manifest.json").contains("\"--survivors: a filter was left"));
    let hidden = |name: &str| name.starts_with('.');
    let names = std::fs::read_dir(place.path("")).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(!names.into_iter().any(|name| hidden(&name.to_string_lossy())));
    let before = place.bytes("kept");
    place.bowdler(&format!("{run} kept --replace --threads 5 --block-size 900")).exits(0);
    assert!(place.bytes("kept") == before, "threads and blocks show in the filter");
    for (options, code, says) in [
        ("--survivors kept", 2, "without the key"),
        ("--survivors kept --key-file other", 2, "was made with the key"),
        ("--survivors rules.toml --key-file key", 2, "no filter of survivors"),
        ("--survivors nowhere --key-file key", 5, "nowhere"),
        ("--survivors kept --key-file key --against people.csv", 2, "cannot be used with"),
    ] {
        place.bowdler(&format!("verify out.csv {options}")).exits(code).says(&[says]);
    }
}

#[test]
fn a_filter_that_was_changed_anywhere_is_refused() {
    let place = leaky();
    place.bowdler(&format!("{RUN} --no-check-survivors --survivors kept")).exits(0);
    let whole = place.bytes("kept");
    let verify = |place: &Workplace| place.bowdler("verify out.csv --survivors damaged --key-file key");
    let places = (0..whole.len()).step_by(512).chain(whole.len() - 40..whole.len());
    for at in places {
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << (at % 8);
        place.write("damaged", damaged);
        verify(&place).exits(2);
    }
    for length in [0, 10, 20, 55, 56, 60, whole.len() / 2, whole.len() - 1] {
        place.write("damaged", &whole[..length]);
        verify(&place).exits(2);
    }
    place.write("damaged", [whole.as_slice(), b"x"].concat());
    verify(&place).exits(2);
    place.write("damaged", whole);
    verify(&place).exits(1);
}

/// A filter as its bytes are described: the tags, and what is told of each.
fn entries(file: &[u8]) -> Vec<([u8; 12], u32)> {
    let magic = b"bowdler survivors 1\n".len();
    let foot = file.len() - 36;
    let foot = foot - u32::from_le_bytes(file[foot..foot + 4].try_into().unwrap()) as usize;
    let entry = |bytes: &[u8]| (bytes[..12].try_into().unwrap(), u32::from_le_bytes(bytes[12..].try_into().unwrap()));
    file[magic..foot].chunks_exact(16).map(entry).collect()
}

#[test]
fn without_the_key_a_filter_tells_nothing_of_any_value() {
    // A hundred values that stand in one row, a hundred that stand in nine: how often shows nowhere.
    let rules =
        "version = 1\n[tables.people]\nfiles = ['people.csv']\n[tables.people.columns]\nmail = 'drop'\nn = 'keep'\n";
    let mail = |number: usize| format!("person{number}@mail.example-{}.pt", number % 7);
    let rows = (0..100).chain((100..200).cycle().take(900)).enumerate();
    let people: String = rows.map(|(row, number)| format!("{},{row}\n", mail(number))).collect();
    let place = Workplace::new().with("rules.toml", rules).with("people.csv", format!("mail,n\n{people}"));
    place.write("other", "5".repeat(64));
    set_mode(&place.path("other"), 0o600);
    place.bowdler(&format!("{RUN} --survivors kept")).exits(0);
    let other = RUN.replace("--key-file key", "--key-file other");
    place.bowdler(&format!("{other} --replace --survivors different")).exits(0);
    let (kept, different) = (place.bytes("kept"), place.bytes("different"));
    for number in 0..200 {
        for part in [mail(number), format!("person{number}"), mail(number).replace(|c: char| !c.is_alphanumeric(), "")]
        {
            assert!(!kept.windows(part.len()).any(|window| window == part.as_bytes()), "{part}");
        }
    }
    let (kept, different) = (entries(&kept), entries(&different));
    // One entry a value and one a first word, whatever the number of rows; all of one label a kind.
    assert_eq!(kept.len(), 400);
    assert_eq!(kept.iter().map(|(_, label)| label).collect::<BTreeSet<_>>().len(), 2);
    assert!(kept.is_sorted_by(|one, other| one.0 < other.0));
    let tags = |entries: &[([u8; 12], u32)]| entries.iter().map(|(tag, _)| *tag).collect::<BTreeSet<_>>();
    assert!(tags(&kept).is_disjoint(&tags(&different)), "another key gives other tags");
    // The bytes of tags look like chance: chi-squared of 255 degrees of freedom, 400 * 11 bytes but the first, which
    // are in order anyhow. Beyond 350, the odds of chance are below one in ten thousand.
    let mut counts = [0_f64; 256];
    kept.iter().flat_map(|(tag, _)| &tag[1..]).for_each(|byte| counts[usize::from(*byte)] += 1.0);
    let mean = counts.iter().sum::<f64>() / 256.0;
    let chi: f64 = counts.iter().map(|count| (count - mean).powi(2) / mean).sum();
    assert!((170.0..350.0).contains(&chi), "{chi}");
}

/// All runs of up to twelve words of a text, letters and digits end to end: slowly, by taking every pair of ends.
fn runs(text: &str) -> BTreeSet<String> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let ends = |start: usize| (start + 1..=words.len().min(start + 12)).map(move |end| (start, end));
    (0..words.len()).flat_map(ends).map(|(start, end)| words[start..end].concat()).collect()
}

#[test]
fn every_way_to_look_finds_what_a_plain_set_of_values_finds() {
    let mut state = 7_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let rules = "version = 1\n[tables.people]\nfiles = ['people.csv']\n[tables.people.columns]\n\
                 mail = 'drop'\niban = { do = 'mask' }\nnote = 'keep'\ndoc = 'keep'\n";
    let mails: Vec<String> =
        (0..400).map(|n| format!("{}.{n}@shop{}.pt", ["ana", "zoë", "li"][n % 3], n % 5)).collect();
    let ibans: Vec<String> = (0..400).map(|n| format!("PT50 0027 0000 {:04} 2345 {n:04}", n * 17 % 9973)).collect();
    let mut people = String::from("mail,iban,note,doc\n");
    let mut expected = Vec::new();
    let values: BTreeSet<String> = mails
        .iter()
        .chain(&ibans)
        .flat_map(|value| {
            let plain: String = value.chars().filter(|c| c.is_alphanumeric()).collect();
            [plain.to_lowercase()]
        })
        .collect();
    for row in 0..400 {
        let (one, other) = (next(400) as usize, next(400) as usize);
        let note = match next(40) {
            0 => format!("write to {} please", mails[one].to_uppercase()),
            1 => format!("account {}", ibans[one].replace(' ', "-")),
            2 => format!("{} or {}", mails[one], mails[other]),
            3 => format!("x{}", mails[one]),
            4 => format!("nearly {}0", mails[one]),
            _ => format!("nothing of row {row} or {one}"),
        };
        let doc =
            if next(30) == 0 { format!("{{'m':'{}'}}", mails[other].replace('@', "\\u0040")) } else { "{}".to_owned() };
        for (column, text) in [("note", note.clone()), ("doc", doc.replace("\\u0040", "@"))] {
            let hits = runs(&text).intersection(&values).count();
            if hits > 0 {
                expected.push((column, row as u64 + 1, hits as u64));
            }
        }
        people.push_str(&format!("{},{},{note},{doc}\n", mails[row], ibans[row]));
    }
    assert!(expected.len() > 20, "{}", expected.len());
    let place = Workplace::new().with("rules.toml", rules).with("people.csv", people);
    place.bowdler(RUN).exits(3);
    place.bowdler(&format!("{RUN} --no-check-survivors --survivors kept")).exits(0);
    for options in ["--against people.csv", "--survivors kept --key-file key"] {
        let report = place.bowdler(&format!("verify out.csv --json {options}")).exits(1).json();
        let found: Vec<_> =
            report["findings"].as_array().unwrap().iter().filter(|found| found["check"] == "survivor").collect();
        for column in ["note", "doc"] {
            let of = || found.iter().filter(|found| found["column"] == column);
            let hits: u64 = of().map(|found| found["hits"].as_u64().unwrap()).sum();
            let wanted = || expected.iter().filter(|(name, ..)| *name == column);
            assert_eq!(hits, wanted().map(|(.., hits)| hits).sum::<u64>(), "{options}, {column}");
            let first: Option<u64> = of()
                .flat_map(|found| found["sites"].as_array().unwrap())
                .map(|site| site["row"].as_u64().unwrap())
                .min();
            assert_eq!(first, wanted().map(|(_, row, _)| *row).min(), "{options}, {column}");
        }
    }
}

#[test]
fn a_filter_that_replaces_another_is_whole_at_any_moment() {
    let place = leaky();
    let run = format!("{RUN} --no-check-survivors --survivors kept --replace");
    place.bowdler(&run).exits(0);
    let old = place.bytes("kept");
    let people = place.read("people.csv").replace("KX-", "KY-");
    place.write("people.csv", people);
    for moment in 0..12_u64 {
        let mut child = place.command().args(run.split(' ')).stderr(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_micros(moment * moment * 900));
        let _ = child.kill();
        child.wait().unwrap();
        let now = place.bytes("kept");
        place.write("copy", &now);
        assert!(now == old || place.bowdler("verify out.csv --survivors copy --key-file key").code != 2, "{moment}");
    }
    place.bowdler(&run).exits(0);
    assert_ne!(place.bytes("kept"), old);
    let staging = |name: &Path| name.to_string_lossy().contains("staging");
    assert!(!std::fs::read_dir(place.path("")).unwrap().any(|entry| staging(&entry.unwrap().path())));
}

#[test]
fn mask_publishes_no_value_of_the_source_in_a_column_that_it_keeps() {
    let mut people = String::from("id,full_name,status\n");
    for row in 0..300 {
        let name = if row == 9 { "Zoe Martindale" } else { "Ana Costa" };
        people.push_str(&format!("{row},{name},{}\n", ["open", "shut", "ask zoe martindale"][row % 3]));
    }
    let place = Workplace::new().with("people.csv", people);
    let refused = place.bowdler("mask people.csv -o out.csv --save-rules rules.toml").exits(3);
    let ran = refused.never_says(&["Martindale", "martindale"]);
    ran.says(&[
        "column `status`: 100 values of the source stand here, from column `full_name of people.csv`",
        "--allow-survivors",
    ]);
    assert!(!place.path("out.csv").exists() && !place.path("rules.toml").exists());
    for (option, weakening) in [
        ("--allow-survivors status", "--allow-survivors status: values of the source may stand there"),
        ("--no-check-survivors", "--no-check-survivors: values of the source were not looked for"),
    ] {
        place.bowdler(&format!("mask people.csv -o out.csv --replace {option}")).exits(0);
        assert!(place.read("out.csv.bowdler.manifest.json").contains(weakening), "{option}");
    }
    place.bowdler("mask people.csv -o out.csv --no-check-survivors --allow-survivors status").exits(2);
    place.bowdler("mask people.csv -o - --check-survivors").exits(2).says(&["can't be read again"]).prints_nothing();
    place.bowdler("mask people.csv -o -").exits(0).prints(&["ask zoe"]);
    place.write("people.csv", place.read("people.csv").replace("ask zoe martindale", "late"));
    place.bowdler("mask people.csv -o clean.csv").exits(0);
    let manifest = place.read("clean.csv.bowdler.manifest.json");
    assert!(manifest.contains("no value of the source stands in a column through which text passes"), "{manifest}");
}

#[test]
fn values_are_looked_for_in_dictionaries_of_arrow_as_elsewhere() {
    let rules =
        "version = 1\n[tables.t]\nfiles = [\"*\"]\n[tables.t.columns]\nref = { do = \"token\" }\nremark = \"keep\"\n";
    for (remark, code) in [("fine", 0), ("about KX-00120-ZZ again", 3)] {
        let refs: Vec<String> = (0..300).map(|row| format!("KX-{row:05}-ZZ")).collect();
        let refs: DictionaryArray<Int32Type> = refs.iter().map(|text| Some(text.as_str())).collect();
        let remarks: DictionaryArray<Int32Type> =
            (0..300).map(|row| Some(if row == 41 { remark } else { "fine" })).collect();
        let columns = vec![("ref", Arc::new(refs) as ArrayRef), ("remark", Arc::new(remarks) as ArrayRef)];
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let place = Workplace::new().with("rules.toml", rules);
        let create = |name: &str| std::fs::File::create(place.path(name)).unwrap();
        let mut file = FileWriter::try_new(create("t.arrow"), &batch.schema()).unwrap();
        file.write(&batch).and_then(|()| file.finish()).unwrap();
        let mut stream = StreamWriter::try_new(create("t.arrows"), &batch.schema()).unwrap();
        stream.write(&batch).and_then(|()| stream.finish()).unwrap();
        for name in ["t.arrow", "t.arrows"] {
            let ran =
                place.bowdler(&format!("run rules.toml --from {name} --to out-{name} --key-file key")).exits(code);
            if code != 0 {
                ran.says(&["record 42", "1 value of the source stands here, from column `ref of"]);
            }
        }
    }
}
