//! Pictures as inline SVG. Each has its words beside it or in itself: nothing is told by colour alone.

use std::fmt::Write as _;

use super::super::markup::escape;

/// What a piece of a picture means, as a class of the style sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    Bad,
    Unsure,
    Good,
    None,
}

impl Fill {
    fn class(self) -> &'static str {
        match self {
            Self::Bad => "f-bad",
            Self::Unsure => "f-unsure",
            Self::Good => "f-good",
            Self::None => "f-none",
        }
    }
}

/// A strip with one piece a column. `words` say the same as the whole, each piece what it is when pointed at.
pub(super) fn strip(pieces: &[(Fill, String)], words: &str) -> String {
    let mut svg = format!(
        r#"<svg class="strip" viewBox="0 0 {} 10" preserveAspectRatio="none" role="img" aria-label="{}">"#,
        pieces.len() * 10,
        escape(words)
    );
    // Many narrow pieces leave no room for gaps.
    let gap = if pieces.len() > 60 { 0 } else { 1 };
    for (place, (fill, title)) in pieces.iter().enumerate() {
        // Writing to a string can't fail.
        let _ = write!(
            svg,
            r#"<rect class="{}" x="{}" width="{}" height="10"><title>{}</title></rect>"#,
            fill.class(),
            place * 10,
            10 - gap,
            escape(title)
        );
    }
    svg + "</svg>"
}

/// A bar that is filled by a share, from 0 to 1. The number stands beside it as text, so readers aloud pass it over.
pub(super) fn bar(share: f64, fill: Fill) -> String {
    // What is there is to be seen.
    let wide = if share > 0.0 { (share * 100.0).clamp(1.0, 100.0) } else { 0.0 };
    format!(
        concat!(
            r#"<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">"#,
            r#"<rect class="f-track" width="100" height="4"/><rect class="{}" width="{:.1}" height="4"/></svg>"#
        ),
        fill.class(),
        wide
    )
}

/// A patch of a colour, for a key.
pub(super) fn patch(fill: Fill) -> String {
    format!(r#"<svg viewBox="0 0 1 1" aria-hidden="true"><rect class="{}" width="1" height="1"/></svg>"#, fill.class())
}
