//! From what was found in each file to the report.

use std::collections::BTreeMap;

use super::config::{Patterns, name_of};
use super::engine::{FoundIn, Looked};
use super::shapes::{LEAST, ONE_DIGIT, Shapes};
use super::survivors::{SourceColumn, Survivors};
use super::tally::{Kind, Tallies, Tally};
use super::{Baseline, Check, Finding, Gap, Part, REPORT_FORMAT, Report, Standing, Totals, Verdict, VerifyOptions};
use crate::detect::words::{self as headers, HeaderHint};
use crate::detect::{Entity, Grade, Strength, names_kind};

/// From how many cells on, and from which share of a column's cells on, hits are certain together that are only
/// possible one by one, if chance would let at most so many pass. One decimal check digit is not enough: order numbers
/// have one, too.
const AGREEING: (u64, f64, f64) = (20, 0.9, 0.095);

/// The same where some of the cells pass as other kinds, too: which share is of any kind, which of this one, and how
/// rarely chance lets one pass.
const SHARED: (f64, f64, f64) = (0.95, 0.5, 0.02);
/// Odds above which a number of a state takes a header to be certain, and the part of a column, one in so many, that is
/// few of them.
const BY_HEADER: f64 = 1e-3;
const FEW: u64 = 8;
/// Odds above which a number of a state is hardly checked at all.
const ANY_NUMBER: f64 = 0.15;
/// Numbers whose odds are for the most part those of the date in them, and how often they pass where it is one. Of
/// orders that begin with a shop and the day as many pass, so that chance has no more to guess.
const BEHIND_A_DATE: [(&str, f64); 2] = [("cn_ric", 1.0 / 11.0), ("lu_matricule", 0.01)];
/// Which share of what is as long has to be numbers of states, so that a header that says no more can be believed.
const ALL_OF_STATES: f64 = 0.95;
/// Numbers that are checked by their date alone: moments of a few years pass all together.
const DATED: [&str; 2] = ["dk_cpr", "id_nik"];

/// Puts the report together.
pub(super) fn assemble(
    looked: Vec<Looked>,
    mut coverage: Vec<Gap>,
    options: &VerifyOptions<'_>,
    survivors: Option<&Survivors<'_>>,
) -> Report {
    let known = options.baseline.as_ref().map(Baseline::known).unwrap_or_default();
    let (mut findings, mut files, mut totals) = (Vec::new(), Vec::new(), Totals::default());
    for looked in looked {
        let name = &looked.report.name;
        *(if looked.is_member { &mut totals.tables } else { &mut totals.files }) += 1;
        totals.bytes += looked.report.bytes;
        totals.rows += looked.report.rows;
        for FoundIn { part, column, tallies, .. } in looked.found {
            totals.allowed += tallies.allowed;
            if part == Part::Cells {
                totals.cells += tallies.cells;
            }
            let Tallies { kinds, cells, shapes, .. } = tallies;
            let possible = numbers(&kinds, Grade::Possible);
            let all_numbers = possible + numbers(&kinds, Grade::Certain);
            for (kind, tally) in kinds {
                let mut finding = finding(
                    &At {
                        file: name,
                        part,
                        column: column.as_deref(),
                        cells,
                        shapes: &shapes,
                        numbers: possible,
                        all_numbers,
                    },
                    kind,
                    tally,
                    &options.patterns,
                    survivors,
                );
                finding.standing = standing(&finding, kind, known.get(finding.fingerprint.as_str()), options);
                if finding.counts() {
                    totals.findings += 1;
                    totals.hits += finding.hits;
                }
                findings.push(finding);
            }
        }
        coverage.extend(looked.gaps);
        files.push(looked.report);
    }
    let verdict = if coverage.iter().any(|gap| gap.grave) {
        Verdict::Incomplete
    } else if totals.hits > options.max {
        Verdict::Findings
    } else {
        Verdict::Clean
    };
    Report {
        format: REPORT_FORMAT,
        bowdler: env!("CARGO_PKG_VERSION").to_owned(),
        verdict,
        fail_on: options.fail_on,
        max: options.max,
        totals,
        files,
        findings,
        coverage,
        weakenings: options.weakenings(),
    }
}

/// Where something was found, and in how many values.
struct At<'f> {
    file: &'f str,
    part: Part,
    column: Option<&'f str>,
    cells: u64,
    shapes: &'f Shapes,
    /// How many of them may be a number that a state gave, and how many may be one or are.
    numbers: u64,
    all_numbers: u64,
}

/// How many cells hold a number that a state gave, of this grade. Each is counted as one kind, and may pass as several.
fn numbers(kinds: &BTreeMap<Kind, Tally>, wanted: Grade) -> u64 {
    let of_states = |kind: &Kind| {
        let Kind::Hit { entity, grade, reserved: false, .. } = kind else { return false };
        *grade == wanted && matches!(entity, Entity::NationalNumber | Entity::OrganisationNumber)
    };
    kinds.iter().filter(|(kind, _)| of_states(kind)).map(|(_, tally)| tally.cells).sum()
}

impl At<'_> {
    /// Whether hits that are certain one by one are not so beside the rest of their column: as many as chance lets pass
    /// among cells that are written alike, or names here and there under a header that says no more than `name`.
    fn belies(&self, entity: Entity, kind: &str, tally: &Tally) -> bool {
        if entity == Entity::PersonName {
            let vague = HeaderHint { entity: headers::FULL_NAME, confidence: Strength::Weak };
            return self.said() == Some(vague) && tally.cells * 2 < self.cells;
        }
        let given_a_date = BEHIND_A_DATE.iter().find(|(dated, _)| *dated == kind).map_or(0.0, |(_, odds)| *odds);
        tally.whole == tally.hits
            && (self.shapes.explain(entity, tally.cells, tally.lengths, tally.odds.max(given_a_date))
                || self.says_too_little(entity, kind, tally))
    }

    /// Whether hits are certain by no more than one check digit, if that, and a header that says that there are numbers
    /// of some state or other, which is not enough if it is vague and the number hardly checked, or if cells that are as
    /// long are none of any state: nine in ten numbers of books (ISBN-10) pass as one of the British health service.
    fn says_too_little(&self, entity: Entity, kind: &str, tally: &Tally) -> bool {
        if !matches!(entity, Entity::NationalNumber | Entity::OrganisationNumber) || tally.lengths.cells < tally.hits {
            return false;
        }
        let as_long = self.shapes.as_long(tally.lengths);
        // One check digit; or a little more in a few cells: books whose number begins with an eight pass as a Hungarian
        // tax number, too.
        let is_weak = tally.odds > ONE_DIGIT.0 || tally.odds > BY_HEADER && tally.cells * FEW < as_long;
        let Some(HeaderHint { entity: headers::NATIONAL_ID | headers::TAX_ID, confidence }) = self.said() else {
            return false;
        };
        let any = confidence == Strength::Weak && tally.odds > ANY_NUMBER;
        let others = as_long >= LEAST && (self.all_numbers as f64) < ALL_OF_STATES * as_long as f64;
        is_weak && (any || others) && !self.column.is_some_and(|path| names_kind(path, kind))
    }

    /// What the header says, that of the leaf or the whole path.
    fn said(&self) -> Option<HeaderHint> {
        let path = self.column?;
        headers::classify(path).or_else(|| headers::classify(path.rsplit('.').next().unwrap_or(path)))
    }
}

fn finding(at: &At<'_>, kind: Kind, tally: Tally, patterns: &Patterns, survivors: Option<&Survivors<'_>>) -> Finding {
    let At { file, part, column, cells: of, .. } = *at;
    let (least, share, odds) = AGREEING;
    let nearly = |cells: u64, share: f64| cells as f64 >= share * of as f64;
    let of_one_kind = nearly(tally.cells, share);
    let of_one_for_most = nearly(at.numbers, SHARED.0) && nearly(tally.cells, SHARED.1) && tally.odds <= SHARED.2;
    let dated = matches!(kind, Kind::Hit { kind, .. } if DATED.contains(&kind));
    // That all are points on the globe says nothing of who is there: shops have them, too.
    let of_nobody = matches!(kind, Kind::Hit { entity: Entity::Coordinates, .. }) || at.shapes.are_a_series();
    let agree = tally.cells >= least && tally.odds <= odds && !dated && !of_nobody && (of_one_kind || of_one_for_most);
    let (check, entity, name, grade, message) = match kind {
        Kind::Hit { entity, kind, grade: Grade::Possible, reserved: false } if agree => {
            let message = format!("may be one by one, and must be together: {}", words(&name_of(entity)));
            (Check::Detector, Some(entity), kind.to_owned(), Grade::Certain, message)
        }
        Kind::Hit { entity, kind, grade, .. } => {
            let grade = if at.belies(entity, kind, &tally) { Grade::Possible } else { grade };
            let verb = if grade == Grade::Certain { "looks like" } else { "may be" };
            (Check::Detector, Some(entity), kind.to_owned(), grade, format!("{verb} {}", words(&name_of(entity))))
        }
        Kind::Pattern(place) => {
            let (name, grade) = patterns
                .get(place)
                .map_or_else(|| (String::new(), Grade::Certain), |own| (own.name.clone(), own.grade));
            let message = "matches a pattern of one's own".to_owned();
            (Check::Pattern, None, name, grade, message)
        }
        Kind::Survivor { column, by_chance } => {
            let label = survivors.and_then(|survivors| survivors.column(column)).map(SourceColumn::label);
            let grade = if by_chance && tally.cells * 2 < of { Grade::Possible } else { Grade::Certain };
            let message = format!("values of the source stand here: {}", label.clone().unwrap_or_default());
            (Check::Survivor, None, label.unwrap_or_default(), grade, message)
        }
        Kind::Rule(fault) if is_of_manifest(fault) => {
            (Check::Manifest, None, fault.to_owned(), Grade::Certain, told(fault).to_owned())
        }
        Kind::Rule(fault) => (Check::Rule, None, fault.to_owned(), Grade::Certain, told(fault).to_owned()),
    };
    let fingerprint = fingerprint(file, part, column, check, &name, grade);
    Finding {
        file: file.to_owned(),
        part,
        column: column.map(str::to_owned),
        check,
        entity,
        class: entity.map(crate::detect::Entity::class),
        kind: name,
        grade,
        message,
        hits: tally.hits,
        cells: tally.cells,
        of,
        sites: tally.sites,
        standing: Standing::Counts,
        fingerprint,
    }
}

fn words(name: &str) -> String {
    name.replace('-', " ")
}

/// What does not hold, in words.
fn told(fault: &str) -> &'static str {
    match fault {
        "changed-file" => "the file is not the one that the manifest tells of",
        "missing-file" => "the manifest tells of a file that is not there",
        "stray-file" => "the manifest tells nothing of this file",
        "unlisted-file" => "no rule names this file",
        "unlisted-column" => "no rule names this column",
        "not-dropped" => "the rule drops this column, and it is there",
        "not-null" => "the rule leaves no values, and there are some",
        "not-replaced" => "the rule makes every value the same, and there are others",
        "no-token" => "the rule makes tokens, and there are values that look like none",
        "not-masked" => "the rule masks values, and some show more than it keeps",
        "not-generalised" => "the rule makes dates the first of their period, and there are others",
        "not-truncated" => "the rule leaves networks, and there are whole addresses",
        "not-rounded" => "the rule rounds numbers, and some are no multiples of its unit",
        "no-fake" => "the rule makes addresses at domains for examples, and there are others",
        _ => "the rule does not hold",
    }
}

fn is_of_manifest(fault: &str) -> bool {
    matches!(fault, "changed-file" | "missing-file" | "stray-file")
}

fn standing(finding: &Finding, kind: Kind, known: Option<&u64>, options: &VerifyOptions) -> Standing {
    let is_possible = finding.grade == Grade::Possible;
    if matches!(kind, Kind::Hit { reserved: true, .. }) {
        Standing::Reserved
    } else if is_possible && options.fail_on == Grade::Certain {
        Standing::OnlyPossible
    } else if is_possible
        && (finding.cells < options.min_hits || (finding.cells as f64) < options.min_ratio * finding.of as f64)
    {
        Standing::TooFew
    } else if known.is_some_and(|hits| *hits >= finding.hits) {
        Standing::InBaseline
    } else {
        Standing::Counts
    }
}

/// What a baseline knows a finding by.
fn fingerprint(file: &str, part: Part, column: Option<&str>, check: Check, kind: &str, grade: Grade) -> String {
    let grade = if grade == Grade::Certain { "certain" } else { "possible" };
    let mut hasher = blake3::Hasher::new();
    for text in ["bowdler finding 1", file, part.name(), column.unwrap_or("\0"), check.name(), kind, grade] {
        hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
    }
    hasher.finalize().to_hex().as_str().get(..32).unwrap_or_default().to_owned()
}
