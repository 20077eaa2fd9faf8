from threat_modeling.codebase.handlers.origins import Origin


def test_fields_of_the_request_by_place(handler):
    summary = handler(
        "@app.route('/a/<name>', methods=['POST'])\ndef a(name):\n    x = request.form['b'] + request.args.get('c')\n    return x + name\n"
    )
    assert summary.fields("body") == ("b",)
    assert summary.fields("query") == ("c",)
    (response,) = summary.facts.responses
    assert Origin("request", "path", "name") in response.origins


def test_values_through_names_and_containers(handler):
    summary = handler("@app.route('/a')\ndef a():\n    data = request.get_json()\n    pair = [data['x']]\n    y, = pair\n    return jsonify(y)\n")
    assert Origin("request", "body", "x") in summary.facts.responses[0].origins


def test_functions_of_other_files_are_followed(handler):
    store = "def find(db, number):\n    return db.execute('SELECT * FROM notes WHERE id = ?', (number,))\n"
    summary = handler("import store\n\n\n@app.route('/<n>')\ndef a(n):\n    return jsonify(store.find(None, n))\n", store=store)
    (access,) = summary.facts.accesses
    assert (access.entity, access.site.path, access.site.depth) == ("note", "store.py", 1)
    assert Origin("request", "path", "n") in access.selected_by


def test_services_that_the_code_has_made_are_followed(handler):
    service = "class Notes:\n    def find(self, number):\n        return db.notes.find_one({'_id': number})\n"
    summary = handler("from service import Notes\nnotes = Notes()\n\n\n@app.route('/<n>')\ndef a(n):\n    return notes.find(n)\n", service=service)
    assert [access.operation for access in summary.facts.accesses] == ["read"]


def test_recursion_ends(handler):
    code = "def even(x):\n    return odd(x)\n\n\ndef odd(x):\n    return even(x)\n\n\n@app.route('/')\ndef a():\n    return even(request.args['x'])\n"
    assert handler(code).facts.calls


def test_identities_by_their_way(handler):
    code = "def caller():\n    return session['user_id']\n\n\n@app.route('/')\ndef a():\n    return jsonify(caller())\n"
    assert handler(code).identities == {"session"}


def test_an_identity_function_of_the_project_shows_its_way(handler):
    code = (
        "def get_current_user():\n    return request.cookies['session_id']\n\n\n@app.route('/')\ndef a():\n    return jsonify(get_current_user())\n"
    )
    assert handler(code).identities == {"cookie"}


def test_caught_errors_and_plain_assignments_in_their_place(handler):
    code = (
        "@app.route('/')\ndef a():\n    try:\n        b()\n    except ValueError as error:\n"
        "        return str(error)\n    except KeyError:\n        ok = False\n    return ok\n"
    )
    first, second = handler(code).facts.responses
    assert Origin("error", "ValueError") in first.origins
    assert second.origins == frozenset()


def test_role_checks_of_the_identity_count_and_claims_of_the_request_do_not(handler):
    checked = (
        "@app.route('/')\ndef a():\n    user = User.query.get(session['user_id'])\n    if user.role != 'admin':\n        return ''\n    return 'x'\n"
    )
    claimed = "@app.route('/')\ndef a():\n    data = request.json\n    if data['role'] == 'admin':\n        return ''\n    return 'x'\n"
    assert handler(checked).facts.role_checks
    assert not handler(claimed).facts.role_checks


def test_comparisons_in_callbacks_decide_nothing_unless_they_filter(express):
    idle = express("app.get('/:id', (req, res) => { track(() => req.user.id === req.params.id); res.end() })")
    assert not idle.facts.comparisons


def test_comparisons_of_a_filter_decide(express):
    used = express("app.get('/:id', (req, res) => { res.json(rows.filter(row => row.owner === req.user.id)) })")
    assert used.facts.comparisons


def test_the_body_over_values_of_the_identity(express):
    summary = express("app.post('/', (req, res) => { res.json({ owner: req.user.id, ...req.body }) })")
    assert len(summary.facts.overrides) == 1


def test_destructured_requests(express):
    summary = express("app.post('/', ({ body, query }, res) => { const { a } = body; res.json(a + query.b) })")
    assert (summary.fields("body"), summary.fields("query")) == (("a",), ("b",))


def test_nested_queries_cost_no_more_than_their_size(handler):
    nested = "1"
    for _ in range(25):
        nested = f"User.objects.filter(id={nested})"
    summary = handler(f"@app.route('/')\ndef a():\n    return {nested}\n")
    assert len(summary.facts.accesses) == 25


def test_following_ends_within_its_budget(handler):
    functions = "".join(f"def f{n}(x):\n    return [{', '.join(['g(x)'] * 9)}]\n\n\n" for n in range(90))
    calls = ", ".join(f"f{n}(1)" for n in range(90))
    summary = handler(f"def g(x):\n    return db.users.find(x)\n\n\n{functions}@app.route('/')\ndef a():\n    return jsonify([{calls}])\n")
    assert 0 < len(summary.facts.accesses) <= 60
