//! The page, in a headless Chromium: wide and as on a phone, light and dark.

use std::path::Path;
use std::process::Command;

use bowdler::report::Options;
use serde_json::Value;

use super::{missing, samples, written};

/// What measures a page from inside. It is added here alone, and the policy that forbids it is taken out for it.
///
/// Contrast is that of WCAG 2.2, 1.4.3: (L1 + 0.05) / (L2 + 0.05), of the colour of every text against the nearest
/// background below it that is not transparent.
const MEASURE: &str = r#"<script>
addEventListener('load', () => {
  const numbers = colour => colour.match(/[\d.]+/g).map(Number);
  const linear = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const c = numbers(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  let texts = 0, least = 21, where = '', outside = '', thin = '';
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = walk.nextNode();) {
    const parent = node.parentElement;
    if (!node.data.trim() || ['SCRIPT', 'STYLE', 'title'].includes(parent.tagName)) continue;
    texts++;
    const [a, b] = [light(numbers(getComputedStyle(parent).color)), light(ground(parent))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < least) [least, where] = [contrast, node.data];
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.right > innerWidth + 1 || box.left < -1) outside ||= node.data;
    if (box.height > 2 * box.width + 40) thin ||= node.data;
  }
  const root = document.documentElement;
  const measured = { texts, least, where, outside, thin, wide: root.scrollWidth, inner: innerWidth,
    scripts: document.scripts.length - 1, images: document.images.length,
    dark: matchMedia('(prefers-color-scheme: dark)').matches, rects: document.querySelectorAll('svg rect').length };
  top.document.body.append('MEASURED' + btoa(unescape(encodeURIComponent(JSON.stringify(measured)))) + 'END');
});
</script>"#;

/// The height of a window, in pixels.
const HEIGHT: u32 = 1600;

/// The least width of a window, in pixels; a phone is narrower, so the page is put into a frame.
const NARROWEST: u32 = 500;

/// The browser, told to keep to itself.
fn chromium(profile: &Path, dark: bool, width: u32) -> Command {
    let mut command = Command::new("chromium");
    command.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
    ]);
    command.arg(format!("--user-data-dir={}", profile.display()));
    command.arg(format!("--window-size={},{HEIGHT}", width.max(NARROWEST)));
    command.arg(format!("--blink-settings=preferredColorScheme={}", if dark { 0 } else { 1 }));
    command
}

/// A document with the page in a frame of this width, which takes the colours that are asked for.
fn framed(page: &str, width: u32) -> String {
    let page = page.replace('&', "&amp;").replace('"', "&quot;");
    format!(
        "<!DOCTYPE html><html style=\"color-scheme: light dark\"><meta charset=\"utf-8\"><body style=\"margin: 0\">\
         <iframe style=\"border: 0; width: {width}px; height: {HEIGHT}px\" srcdoc=\"{page}\"></iframe>"
    )
}

/// What a page says of itself.
fn measured(folder: &Path, page: &str, dark: bool, width: u32) -> Value {
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">";
    assert!(page.contains(policy));
    let page = page.replace(policy, "").replace("</head>", &format!("{MEASURE}</head>"));
    let path = folder.join("measured.html");
    std::fs::write(&path, framed(&page, width)).unwrap();
    let output = chromium(&folder.join("profile"), dark, width).arg("--dump-dom").arg(&path).output().unwrap();
    let dom = String::from_utf8_lossy(&output.stdout);
    // The script itself is in the frame's source, in front of what it says.
    let (_, rest) = dom.rsplit_once("MEASURED").unwrap();
    serde_json::from_slice(&base64(rest.split("END").next().unwrap())).unwrap()
}

/// Base64 (RFC 4648, 4), as `btoa` writes it.
fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.bytes().filter_map(|byte| ALPHABET.iter().position(|digit| *digit == byte));
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for digit in digits {
        bits = (bits << 6) | u32::try_from(digit).unwrap();
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).unwrap());
        }
    }
    bytes
}

#[test]
fn the_page_fits_and_can_be_read_wide_and_narrow_light_and_dark() {
    if missing("chromium", "tests/install-chromium.sh") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    // Where somebody wants to look: `BOWDLER_SCREENSHOTS=folder`.
    let shots = std::env::var_os("BOWDLER_SCREENSHOTS").map(std::path::PathBuf::from);
    for sample in ["shop", "hostile", "clean"] {
        let page = written("html", &samples::named(sample), &Options::default());
        for width in [1280, 360] {
            for dark in [false, true] {
                let case = format!("{sample}-{width}-{}", if dark { "dark" } else { "light" });
                let seen = measured(folder.path(), &page, dark, width);
                println!("{case}: {seen}");
                assert_eq!(seen["dark"], dark, "{case}");
                assert_eq!(seen["inner"], width, "{case}");
                assert!(seen["wide"].as_u64() <= seen["inner"].as_u64(), "{case} is too wide: {seen}");
                assert_eq!(seen["outside"], "", "{case}: a text goes past the edge: {seen}");
                assert_eq!(seen["thin"], "", "{case}: a text is squeezed: {seen}");
                assert!(seen["least"].as_f64().unwrap() >= 4.5, "{case} can't be read: {seen}");
                assert!(seen["texts"].as_u64().unwrap() > 30 && seen["rects"].as_u64().unwrap() > 5, "{case}: {seen}");
                assert_eq!((&seen["scripts"], &seen["images"]), (&0.into(), &0.into()), "{case}: {seen}");
                if let Some(shots) = &shots {
                    std::fs::create_dir_all(shots).unwrap();
                    let path = folder.path().join("page.html");
                    std::fs::write(&path, framed(&page, width)).unwrap();
                    let shot = format!("--screenshot={}", shots.join(format!("{case}.png")).display());
                    chromium(&folder.path().join("profile"), dark, width).arg(shot).arg(&path).output().unwrap();
                }
            }
        }
    }
}
