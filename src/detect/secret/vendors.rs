/// The bytes of which the rest of a token is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alphabet {
    /// Capital letters and digits.
    Capitals,
    /// Hexadecimal digits in lower case.
    Hex,
    /// Letters and digits.
    Alphanumeric,
    /// Letters, digits, `-`, `_`.
    Base64Url,
    /// Letters, digits, `-`, `_`, `.`, `=`.
    Dotted,
}

impl Alphabet {
    pub fn has(self, byte: u8) -> bool {
        match self {
            Self::Capitals => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Hex => byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'),
            Self::Alphanumeric => byte.is_ascii_alphanumeric(),
            Self::Base64Url => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'),
            Self::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'='),
        }
    }
}

/// A token that its maker gave a prefix.
pub(super) struct Vendor {
    pub name: &'static str,
    pub prefix: &'static str,
    pub alphabet: Alphabet,
    /// How many bytes there are behind the prefix, at least and at most.
    pub least: usize,
    pub most: usize,
}

const fn vendor(name: &'static str, prefix: &'static str, alphabet: Alphabet, least: usize, most: usize) -> Vendor {
    Vendor { name, prefix, alphabet, least, most }
}

use Alphabet::{Alphanumeric, Base64Url, Capitals, Dotted, Hex};

/// Prefixes as the makers document them, those that begin others first.
pub(super) const VENDORS: &[Vendor] = &[
    vendor("aws-access-key", "AKIA", Capitals, 16, 16),
    vendor("aws-access-key", "ASIA", Capitals, 16, 16),
    vendor("aws-access-key", "ABIA", Capitals, 16, 16),
    vendor("aws-access-key", "ACCA", Capitals, 16, 16),
    vendor("age-secret-key", "AGE-SECRET-KEY-1", Capitals, 58, 58),
    vendor("google-api-key", "AIza", Base64Url, 35, 35),
    vendor("google-oauth-token", "ya29.", Base64Url, 20, 2048),
    vendor("google-oauth-secret", "GOCSPX-", Base64Url, 28, 28),
    vendor("github-token", "github_pat_", Base64Url, 60, 255),
    vendor("github-token", "ghp_", Alphanumeric, 36, 251),
    vendor("github-token", "gho_", Alphanumeric, 36, 251),
    vendor("github-token", "ghu_", Alphanumeric, 36, 251),
    vendor("github-token", "ghs_", Alphanumeric, 36, 251),
    vendor("github-token", "ghr_", Alphanumeric, 36, 251),
    vendor("gitlab-token", "glpat-", Dotted, 20, 64),
    vendor("gitlab-token", "gldt-", Base64Url, 20, 64),
    vendor("gitlab-token", "glrt-", Dotted, 20, 64),
    vendor("slack-token", "xoxb-", Base64Url, 20, 255),
    vendor("slack-token", "xoxp-", Base64Url, 20, 255),
    vendor("slack-token", "xoxa-", Base64Url, 20, 255),
    vendor("slack-token", "xoxr-", Base64Url, 20, 255),
    vendor("slack-token", "xoxs-", Base64Url, 20, 255),
    vendor("slack-token", "xoxe-", Base64Url, 20, 255),
    vendor("slack-token", "xapp-", Base64Url, 20, 255),
    vendor("stripe-key", "sk_live_", Alphanumeric, 16, 255),
    vendor("stripe-key", "sk_test_", Alphanumeric, 16, 255),
    vendor("stripe-key", "rk_live_", Alphanumeric, 16, 255),
    vendor("stripe-key", "rk_test_", Alphanumeric, 16, 255),
    vendor("stripe-webhook-secret", "whsec_", Alphanumeric, 24, 255),
    vendor("twilio-key", "SK", Hex, 32, 32),
    vendor("twilio-account", "AC", Hex, 32, 32),
    vendor("sendgrid-key", "SG.", Dotted, 60, 70),
    vendor("mailgun-key", "key-", Hex, 32, 32),
    vendor("mailchimp-key", "md-", Base64Url, 22, 22),
    vendor("brevo-key", "xkeysib-", Base64Url, 64, 100),
    vendor("npm-token", "npm_", Alphanumeric, 36, 36),
    vendor("pypi-token", "pypi-AgE", Base64Url, 50, 1024),
    vendor("rubygems-key", "rubygems_", Hex, 48, 48),
    vendor("docker-token", "dckr_pat_", Base64Url, 24, 64),
    vendor("digitalocean-token", "dop_v1_", Hex, 64, 64),
    vendor("digitalocean-token", "doo_v1_", Hex, 64, 64),
    vendor("digitalocean-token", "dor_v1_", Hex, 64, 64),
    vendor("heroku-key", "HRKU-", Base64Url, 36, 80),
    vendor("shopify-token", "shpat_", Alphanumeric, 32, 32),
    vendor("shopify-token", "shpca_", Alphanumeric, 32, 32),
    vendor("shopify-token", "shppa_", Alphanumeric, 32, 32),
    vendor("shopify-secret", "shpss_", Alphanumeric, 32, 32),
    vendor("square-token", "sq0atp-", Base64Url, 22, 60),
    vendor("square-token", "EAAA", Base64Url, 60, 60),
    vendor("square-secret", "sq0csp-", Base64Url, 43, 60),
    vendor("anthropic-key", "sk-ant-", Base64Url, 32, 200),
    vendor("openai-key", "sk-proj-", Base64Url, 32, 220),
    vendor("openai-key", "sk-svcacct-", Base64Url, 32, 220),
    vendor("openai-key", "sk-", Alphanumeric, 40, 64),
    vendor("hugging-face-token", "hf_", Alphanumeric, 30, 40),
    vendor("replicate-token", "r8_", Alphanumeric, 37, 40),
    vendor("nvidia-key", "nvapi-", Base64Url, 60, 70),
    vendor("vault-token", "hvs.", Base64Url, 24, 200),
    vendor("vault-token", "hvb.", Base64Url, 24, 200),
    vendor("terraform-token", "atlasv1.", Dotted, 60, 80),
    vendor("pulumi-token", "pul-", Hex, 40, 40),
    vendor("databricks-token", "dapi", Hex, 32, 34),
    vendor("doppler-token", "dp.pt.", Alphanumeric, 40, 44),
    vendor("grafana-token", "glsa_", Base64Url, 41, 50),
    vendor("grafana-token", "glc_", Dotted, 32, 400),
    vendor("new-relic-key", "NRAK-", Capitals, 27, 27),
    vendor("sentry-token", "sntrys_", Dotted, 60, 400),
    vendor("postman-key", "PMAK-", Base64Url, 59, 59),
    vendor("linear-key", "lin_api_", Alphanumeric, 40, 40),
    vendor("notion-secret", "ntn_", Alphanumeric, 40, 50),
    vendor("notion-secret", "secret_", Alphanumeric, 43, 43),
    vendor("atlassian-token", "ATATT3", Dotted, 60, 255),
    vendor("bitbucket-token", "ATBB", Alphanumeric, 32, 32),
    vendor("figma-token", "figd_", Base64Url, 38, 50),
    vendor("planetscale-token", "pscale_tkn_", Dotted, 32, 64),
    vendor("planetscale-password", "pscale_pw_", Dotted, 32, 64),
    vendor("supabase-key", "sbp_", Hex, 40, 40),
    vendor("plaid-token", "access-production-", Base64Url, 36, 36),
    vendor("dynatrace-token", "dt0c01.", Dotted, 80, 100),
    vendor("facebook-token", "EAAC", Alphanumeric, 60, 400),
    vendor("easypost-key", "EZAK", Alphanumeric, 54, 54),
    vendor("flutterwave-key", "FLWSECK-", Base64Url, 32, 45),
];
