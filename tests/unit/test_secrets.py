"""Secrets: what is found, what is left alone, and that a quote never shows a value."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threat_modeling.codebase.words import listed
from threat_modeling.secrets import MASK, find, mask
from threat_modeling.secrets.judgment import WORDS, names_secret
from threat_modeling.secrets.patterns import ASSIGNED, DEFAULT, FALLBACK, OTHERWISE, quoted

SECRETS = [
    ("SECRET_KEY = 'hunter2-and-more'", "hunter2-and-more"),
    ("app.config['SECRET_KEY'] = 'random'", "random"),
    ('  "password": "S3cr3t!",', "S3cr3t!"),
    ("const jwtSecret = `tops3cret`", "tops3cret"),
    ("db_password: p4ssw0rd", "p4ssw0rd"),
    ("MYSQL_ROOT_PASSWORD=toor", "toor"),
    ("ENV API_KEY abcdef123456", "abcdef123456"),
    ("conn = connect(user='a', password='zebra')", "zebra"),
    ("key = os.environ.get('SIGNING_KEY', 'fallback-1')", "fallback-1"),
    ("const s = process.env.JWT_SECRET || 'fallback-2'", "fallback-2"),
    ("if password == 'letmein':", "letmein"),
    ("URL = 'postgresql://app:pa55@db/main'", "pa55"),
    ("aws = 'AKIAABCDEFGHIJKLMNOP'", "AKIAABCDEFGHIJKLMNOP"),
    ("private apiKey: string = 'k3y-for-tests'", "k3y-for-tests"),
]

NOT_SECRETS = [
    "password = ''",
    "password = os.environ['DB_PASSWORD']",
    "api_key = 'your-api-key'",
    "token = '<token>'",
    "SECRET_KEY = '${SECRET_KEY}'",
    "password: ${DB_PASSWORD}",
    "password = request.form['password']",
    "PASSWORD_FIELD = 'password'",
    "token_url = 'https://example.org/token'",
    "<input type='password' name='password'>",
    "password: 'Password is required'",
    "access_token = 'access_token'",
    "secret = None",
    "tokens = text.split()",
    "password: string",
]


@pytest.mark.parametrize(("line", "value"), SECRETS)
def test_a_secret_is_found_and_masked(line: str, value: str) -> None:
    assert [s.value for s in find(line)] == [value]
    assert value not in mask(line)
    assert MASK in mask(line)


@pytest.mark.parametrize("line", NOT_SECRETS)
def test_a_placeholder_or_lookup_is_no_secret(line: str) -> None:
    assert list(find(line)) == []
    assert mask(line) == line


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("csrf_token = 'abc123def'", "abc123def"),
        ("# reset_token: q1w2e3r4t5", "q1w2e3r4t5"),
        ("      value: q1w2e3r4t5", "q1w2e3r4t5"),
        ("curl -u bot:q1w2e3 https://api.example.com", "q1w2e3"),
        ('dsn = "Server=db;User Id=sa;Password=zebra;Encrypt=yes"', "zebra"),
        ('    "api_key = \\"q1w2e3r4t5\\"\\n",', "q1w2e3r4t5"),
        ("<password>q1w2e3</password>", "q1w2e3"),
    ],
)
def test_what_nobody_would_report_is_hidden_all_the_same(line: str, value: str) -> None:
    assert value not in mask(line)
    assert MASK in mask(line)


@pytest.mark.parametrize(
    "line",
    [
        "password = models.CharField(max_length=255)",
        "token = base64.b64encode(data)",
        "const token = parts[1]",
        "jwt_token = helpers.decode2(raw)",
        'User.register("name2", "pass2", "mail2@mail.com")',
        "    token: Optional[Token2] = None",
        "self.password = Digest::MD5.hexdigest(self.password)",
        '"LABEL_TWO_FACTOR_TOKEN": "2FAトークン"',
        "version: 10.2.3-beta4",
    ],
)
def test_code_around_secrets_stays_readable(line: str) -> None:
    assert mask(line) == line


def test_no_seam_of_a_long_line_cuts_a_secret_in_two() -> None:
    for shift in range(60):
        line = "x" * 5 + ";" + "var a=1;" * 495 + "y" * shift + ';token="ghp_' + "a1" * 18 + '";' + "var b=2;" * 600
        assert "a1a1" not in mask(line)


def test_a_private_key_counts_once_and_its_lines_are_masked() -> None:
    body = "MIIEpAIBAAKCAQEA0Zx9Qk3vY7tq8wP1nB5mR2sT4uV6xA8cE0gH1jK3lM5oQ7rS"
    text = f"-----BEGIN RSA PRIVATE KEY-----\n{body}\n{body}\n-----END RSA PRIVATE KEY-----"
    assert [(s.line, s.kind) for s in find(text)] == [(1, "private key")]
    assert body not in mask(text)
    assert body not in mask(f"  '{body}\\n' +")


def test_lines_are_masked_one_by_one() -> None:
    text = "\n".join(line for line, _ in SECRETS)
    assert mask(text).split("\n") == [mask(line) for line, _ in SECRETS]


@given(st.text(alphabet="pasworde_kytn='\": abc123/@\\\n", max_size=80))
def test_masking_twice_changes_nothing(text: str) -> None:
    assert mask(mask(text)) == mask(text)


PARTS = (
    *("api", "KEY", "secret", "hash", "salt", "Password", "pa\u017f\u017fword", "to\u212aen", "auth", "fo", "or", "OR", "await", "str", "Final"),
    *("_", "-", ".", " ", "  ", "=", "==", "!=", ":", ":=", "=>", "||", "??", "(", ")", "[", "]", ",", "'", '"', "`", "env(", "get("),
    *("b", "rb", "F", "\\", "\n", "x", "s3cret9", "://", "a:b@c.d", "AKIAABCDEFGHIJKLMNOP", "ghp_", "example", "\u0130", "\u00e4", "\u00a0"),
)
texts = st.lists(st.sampled_from(PARTS), max_size=20).map("".join)


@given(texts)
def test_a_word_for_a_secret_is_told_the_same_with_and_without_the_quick_look(text: str) -> None:
    assert names_secret(text) is bool(re.search(WORDS, text, re.IGNORECASE))


@given(texts)
def test_no_pattern_that_finds_a_quoted_value_is_left_out(text: str) -> None:
    assert {pattern for pattern in (ASSIGNED, DEFAULT, FALLBACK, OTHERWISE) if pattern.compiled.search(text)} <= set(quoted(text))


@given(texts)
def test_the_words_of_a_text_tell_no_secret_away(text: str) -> None:
    assert list(find(text, said=listed(text))) == list(find(text))


@given(st.sampled_from(SECRETS), texts, texts)
def test_a_secret_stands_on_its_line_whatever_stands_around(secret: tuple[str, str], before: str, after: str) -> None:
    text = f"{before}\n{secret[0]}\n{after}"
    told = [s for s in find(text, said=listed(text)) if s.line == before.count("\n") + 2]
    assert [s.value for s in told] == [secret[1]]
