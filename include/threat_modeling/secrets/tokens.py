"""Secrets that are known by their form alone: tokens of known providers."""

from __future__ import annotations

import re

from threat_modeling.secrets.pattern import Pattern

_FREE = r"(?<![A-Za-z0-9])"

TOKENS: tuple[tuple[str, Pattern], ...] = tuple(
    (kind, Pattern(_FREE + form))
    for kind, form in (
        ("AWS access key", r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])"),
        ("GitHub token", r"(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})"),
        ("GitLab token", r"gl(?:pat|rt|ptt|dt)-[A-Za-z0-9_\-]{20,}"),
        ("Slack token", r"(?:xox[abposr]-[A-Za-z0-9-]{10,250}|xapp-\d-[A-Za-z0-9-]{20,250})"),
        ("Slack webhook", r"hooks\.slack\.com/services/T[A-Za-z0-9]{6,}/B[A-Za-z0-9]{6,}/[A-Za-z0-9]{16,}"),
        ("Discord webhook", r"discord(?:app)?\.com/api/webhooks/\d{15,}/[A-Za-z0-9_\-]{40,}"),
        ("Telegram token", r"\d{8,10}:AA[A-Za-z0-9_\-]{32,33}(?![A-Za-z0-9_\-])"),
        ("Stripe key", r"[rs]k_(?:live|test)_[A-Za-z0-9]{16,}"),
        ("Stripe webhook secret", r"whsec_[A-Za-z0-9+/=]{24,}"),
        ("Google API key", r"AIza[A-Za-z0-9_\-]{35}(?![A-Za-z0-9])"),
        ("Google OAuth secret", r"GOCSPX-[A-Za-z0-9_\-]{20,}"),
        ("npm token", r"npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])"),
        ("PyPI token", r"pypi-[A-Za-z0-9_\-]{50,}"),
        ("SendGrid key", r"SG\.[A-Za-z0-9_\-]{16,}\.[A-Za-z0-9_\-]{16,}"),
        ("LLM provider key", r"sk-(?:ant-|proj-)?[A-Za-z0-9_\-]{32,}"),
        ("JSON Web Token", r"eyJ[A-Za-z0-9_\-]{10,}\.eyJ[A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]{10,}"),
        ("Vault token", r"hv[sbr]\.[A-Za-z0-9_\-]{24,}"),
        ("DigitalOcean token", r"do[opr]_v1_[a-f0-9]{64}"),
        ("Docker Hub token", r"dckr_pat_[A-Za-z0-9_\-]{20,}"),
        ("Shopify token", r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
        ("Databricks token", r"dapi[a-f0-9]{32}"),
        ("age key", r"AGE-SECRET-KEY-1[A-Z0-9]{50,}"),
    )
)

TOKEN_HINT = re.compile(
    r"A[KSBC][ICA]A[A-Z2-7]|gh[pousr]_|github_pat_|gl(?:pat|rt|ptt|dt)-|xox[abposr]-|xapp-|hooks\.slack|/webhooks/|:AA|[rs]k_(?:live|test)_|whsec_|AIza|GOCSPX-|npm_"
    r"|pypi-|SG\.|sk-|eyJ|hv[sbr]\.|do[opr]_v1_|dckr_pat_|shp(?:at|ca|pa|ss)_|dapi[a-f0-9]|AGE-SECRET"
)
"""What any of the tokens begins with: most lines hold none, and one search tells."""

NEEDLES = (
    *("pass", "pwd", "secret", "token", "credential", "key", "salt", "://", "uthorization"),
    *("akia", "asia", "abia", "acca", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "glrt-", "glptt-", "gldt-", "xox", "xapp-"),
    *("hooks.slack", "/webhooks/", ":aa", "k_live_", "k_test_", "whsec_", "aiza", "gocspx-", "npm_", "pypi-", "sg.", "sk-", "eyj"),
    *("hvs.", "hvb.", "hvr.", "dop_v1_", "doo_v1_", "dor_v1_", "dckr_pat_", "shpat_", "shpca_", "shppa_", "shpss_", "dapi", "age-secret-key-"),
)
"""In lower case: each pattern by which `find` finds needs one of these texts on its line."""
