"""The forms: how a secret stands in code, settings, comments, addresses and the other places that people leave it in."""

from __future__ import annotations

FORMS: dict[str, tuple[str, ...]] = {
    # file -> lines; {n} a name, {v} the secret, {i} a number that makes the line unique
    "app.py": (
        '{n} = "{v}"',
        "settings['{n}'] = '{v}'",
        'OPTIONS_{i} = {{"{n}": "{v}", "retries": 3}}',
        'connect_{i}(host="db", {n}="{v}")',
        '{n} = os.environ.get("{n}", "{v}")',
        '{n}: str = "{v}"  # rotate me',
        "# {n} = '{v}'",
        "# {n}: {v}",
        'dsn_{i} = "host=db user=app {n}={v} dbname=shop"',
        'url_{i} = "https://api.example.com/v1?{n}={v}&page=2"',
        "client_{i}.set_{n}('{v}')",
    ),
    "server.js": (
        "const {n} = '{v}';",
        "const c{i} = {{ {n}: `{v}`, retries: 3 }};",
        "const t{i} = process.env.{n} || '{v}';",
        "// {n}: '{v}'",
        "/* {n} = {v} */",
        "config.set('{n}', '{v}');",
        "fetch(base, {{ headers: {{ '{n}': '{v}' }} }});",
    ),
    ".env": ("{n}={v}", 'export {n}="{v}"'),
    "settings.yaml": ("{n}: {v}", "{n}: '{v}'", "- {n}={v}", '- "{n}={v}"'),
    "settings.json": ('  "{n}": "{v}",', '  {{"name": "{n}", "value": "{v}"}},'),
    "settings.toml": ('{n} = "{v}"',),
    "application.properties": ("app.{n}={v}", "app.{n} = {v}"),
    "Dockerfile": ("ENV {n}={v}", "ENV {n} {v}", "ARG {n}={v}", "RUN deploy --{n}={v} --verbose", "RUN deploy --{n} {v} --verbose"),
    "docker-compose.yml": ("      {n}: {v}", "      - {n}={v}"),
    "notebook.ipynb": ('    "{n} = \\"{v}\\"\\n",', "    \"{n} = '{v}'\\n\","),
    "web.xml": ("<{n}>{v}</{n}>", '<add key="{n}" value="{v}" />', '<property name="{n}">{v}</property>'),
    "main.tf": ('  {n} = "{v}"',),
    "deploy.sh": ("export {n}='{v}'", "deploy --{n} '{v}'", "curl -H '{n}: {v}' https://api.example.com"),
    "README.md": ("Set `{n}={v}` first.", "- {n}: `{v}`"),
}
BY_FORM_ALONE: dict[str, tuple[str, ...]] = {
    "app.py": ('login_{i}("{v}")', "# try {v} in the sandbox", 'values_{i} = ["a", "{v}"]', 'print("using {v}")'),
    "server.js": ("login('{v}');", "// was {v}"),
    "README.md": ("Our key is {v}, do not share it.",),
    "settings.json": ('  "x{i}": "{v}",',),
    "deploy.sh": ("deploy {v} --now",),
}
SHAPES: dict[str, tuple[str, ...]] = {
    # shapes that hold a password in their midst
    "app.py": (
        'db_{i} = "postgresql://app:{v}@db.internal:5432/shop"',
        'cache_{i} = "redis://:{v}@cache.internal:6379/0"',
        'client_{i} = Mongo("mongodb+srv://root:{v}@cluster0.example.net/?retryWrites=true")',
        'sql_{i} = "Server=db;Database=shop;User Id=sa;Password={v};Encrypt=yes"',
        "run_{i}(\"ALTER USER app WITH PASSWORD '{v}'\")",
        "headers_{i} = {{'Authorization': 'Bearer {v}'}}",
    ),
    "Main.java": ('ds.setPassword("{v}");', 'ds.setUrl("jdbc:postgresql://db/shop?user=a&password={v}");', 'b.withUser("admin").password("{v}");'),
    "schema.sql": ("CREATE USER app IDENTIFIED BY '{v}';", "ALTER ROLE app PASSWORD '{v}';"),
    ".netrc": ("machine git.example.com login bot password {v}",),
    ".pgpass": ("db.internal:5432:shop:app:{v}",),
    "deploy.sh": ("curl -u admin:{v} https://api.example.com/", "mysql --user=root --password={v} shop", "sshpass -p '{v}' ssh host"),
    "wp-config.php": ("define('DB_PASSWORD', '{v}');",),
    ".npmrc": ("//registry.example.com/:_authToken={v}",),
}
