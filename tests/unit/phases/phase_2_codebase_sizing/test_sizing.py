"""The seed's rules of sizing, on targets made of names alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from threat_modeling.codebase.naming import language_of
from threat_modeling.codebase.observations import Skip
from threat_modeling.codebase.walk import SourceFile, Walk
from threat_modeling.errors import RequestInvalid, TargetUnreadable
from threat_modeling.model import Depth, Provenance, Sensitivity
from threat_modeling.phases.phase_1_business_context.artifacts import CrownJewel, Source
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import SizingReport
from threat_modeling.phases.phase_2_codebase_sizing.minimal import minimal
from threat_modeling.phases.phase_2_codebase_sizing.sizing import size
from threat_modeling.request import GivenComponent


def walked(*paths: str, excluded: tuple[Skip, ...] = ()) -> Walk:
    return Walk(tuple(SourceFile(p, 360, language_of(p)) for p in sorted(paths)), 3, excluded, ())


def many(**counts: int) -> Walk:
    """`many(api=3)` is api/f0.py ...; a double underscore is a slash, `root` is the root."""
    names = {key: "" if key == "root" else key.replace("__", "/") + "/" for key in counts}
    return walked(*(f"{names[key]}f{n}.py" for key, count in counts.items() for n in range(count)))


def sized(walk: Walk, scope=(), given=(), jewels=(), max_agents=10) -> SizingReport:
    report = size(walk, scope, given, jewels, max_agents)
    in_scope = [f.path for f in walk.files if not scope or any(f.path.startswith(s + "/") for s in scope)]
    inside = set(in_scope)
    assert report.metrics.total_files == len(in_scope)
    skipped = [c for c in report.components if c.recommended_depth is Depth.SKIP]
    for parts in (report.components, (*report.strategy.components_to_spawn, *skipped)):
        assert sum(part.files for part in parts) == len(in_scope)
        for path in [f.path for f in walk.files][:: len(walk.files) // 200 + 1]:
            assert sum(part.owns(path) for part in parts) == (path in inside), path
    assert len({c.id for c in report.strategy.components_to_spawn}) == report.strategy.estimated_agents
    return report


def agents(report: SizingReport) -> dict[str, int]:
    return {c.path: c.files for c in report.strategy.components_to_spawn}


def test_450_files_are_small_with_one_agent():
    report = sized(many(api=300, ui=140, root=10))
    assert (report.strategy.tier, report.strategy.parallelization, agents(report)) == ("small", "single", {".": 450})
    assert {c.path for c in report.components} == {"api", "ui", "."}


@pytest.mark.parametrize(
    "counts",
    [
        {"backend": 3000, "frontend": 2400},
        {"backend": 3200, "frontend": 1800, "infra": 400},
        {"cmd": 200, "pkg": 2700, "ui": 2000, "lib": 400, "root": 100},
        {"backend__a": 2000, "backend__b": 1500, "web": 1900},
        {f"part{n}": 600 for n in range(9)},
    ],
)
def test_5400_files_are_medium_with_two_or_three_agents(counts):
    report = sized(many(**counts))
    assert report.strategy.tier == "medium"
    assert report.strategy.estimated_agents in {2, 3}


@pytest.mark.parametrize(
    "counts",
    [
        {f"services__s{n}": 1500 for n in range(10)},
        {"backend__a": 2500, "backend__b": 2500, "frontend__x": 3000, "frontend__y": 3000, "infra": 1000, "lib": 3000},
        {"api": 5000, "ui": 5000, "lib": 5000},
        {"api__v1": 2500, "api__v2": 2500, "ui__a": 2400, "ui__b": 2600, "lib__a": 2500, "lib__b": 2500},
    ],
)
def test_15000_files_are_large_with_sampling(counts):
    report = sized(many(**counts))
    assert report.strategy.tier == "large"
    assert report.strategy.sampling_required
    assert report.strategy.estimated_agents <= 8
    if len(counts) > 3:
        assert report.strategy.estimated_agents >= 5
    assert any("are mapped" in note for note in report.notes)


def test_a_flat_tree_is_one_component():
    report = sized(many(root=3500))
    assert (report.strategy.tier, agents(report)) == ("medium", {".": 3500})


@pytest.mark.parametrize(("files", "tier"), [(999, "small"), (1000, "medium"), (10_000, "medium"), (10_001, "large")])
def test_tiers(files, tier):
    assert sized(many(api=files)).strategy.tier == tier


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("api", "backend"), ("my-server", "backend"), ("web_client", "frontend"), ("terraform", "infrastructure"), ("common", "shared")],
)
def test_folder_names_of_the_seed(folder, kind):
    component = next(c for c in sized(walked(f"{folder}/a.txt", "x.txt")).components if c.path == folder)
    assert component.type == kind


def test_markers_make_components_where_names_do_not():
    report = sized(walked("packages/one/package.json", "packages/one/a.ts", "packages/two/pyproject.toml", "packages/two/b.py", "README.md"))
    assert {c.path: c.reason for c in report.components} == {
        "packages/one": "marker package.json",
        "packages/two": "marker pyproject.toml",
        ".": "what no other component holds",
    }


def test_webhooks_is_not_web():
    assert [c.reason for c in sized(walked("webhooks/a.py")).components] == ["one of the largest folders: no name or marker tells components"]


def test_a_component_deeper_than_ten_levels_is_not_looked_for_but_its_files_count():
    deep = "/".join("abcdefghijkl") + "/package.json"
    report = sized(walked(deep, "x.py"))
    assert all(not c.reason.startswith("marker") for c in report.components)


def test_a_component_above_3000_files_is_split():
    report = sized(many(api__orders=2000, api__users=1800, api__items=1200))
    assert max(agents(report).values()) <= 3000
    assert 2 <= report.strategy.estimated_agents <= 5


def test_the_largest_folders_where_nothing_matches():
    report = sized(many(alpha=800, beta=500, gamma=100))
    assert set(agents(report)) <= {"alpha", "beta", "gamma", "."}
    assert report.strategy.estimated_agents == 2


@pytest.mark.parametrize(("relevant", "priority"), [(11, "high"), (10, "medium"), (5, "medium"), (4, "low")])
def test_priority_by_names(relevant, priority):
    report = sized(walked(*(f"api/{'abcdefghijk'[n]}_handler.go" for n in range(relevant)), "api/x.go"))
    assert [c.priority for c in report.components] == [priority]


def jewel(path: str) -> CrownJewel:
    return CrownJewel(
        id="CJ-x",
        name="x",
        description="x",
        category="PII",
        sensitivity=Sensitivity.HIGH,
        paths=(path,),
        provenance=Provenance.STATED,
        source=Source.REQUEST,
    )


def test_crown_jewels_come_first_and_rank_high():
    report = sized(many(api=2000, lib=500), jewels=[jewel("lib/f1.py")])
    assert report.components[0].path == "lib"
    assert (report.components[0].priority, report.components[0].crown_jewels) == ("high", ("CJ-x",))
    assert report.strategy.components_to_spawn[0].path == "lib"


def test_components_by_hand_replace_the_found_ones_and_are_recorded():
    walk = many(api=1200, ui=300, docs=50, root=3)
    given = (GivenComponent(path="api", depth=Depth.SAMPLING), GivenComponent(path="docs", depth=Depth.SKIP))
    report = sized(walk, given=given)
    assert agents(report) == {"api": 1200, ".": 303}
    assert report.strategy.components_to_spawn[0].recommended_depth in Depth
    assert report.overrides == ("component api given by hand, depth sampling", "component docs given by hand, depth skip")
    assert any("docs: left out, 50 files" in note for note in report.notes)


def test_nothing_left_to_map_is_refused():
    with pytest.raises(RequestInvalid, match="every one is given as skip"):
        size(many(api=3), (), (GivenComponent(path=".", depth=Depth.SKIP),), (), 10)


def test_a_target_without_files_is_refused():
    with pytest.raises(TargetUnreadable, match="no files in scope"):
        size(walked(), (), (), (), 10)


def test_scope_leaves_the_rest_out():
    report = sized(many(services__api=700, services__web=700, services__old=50, root=9), scope=("services/api", "services/web"))
    assert report.scope.kind == "components"
    assert set(agents(report)) == {"services/api", "services/web"}


def test_a_small_scope_of_two_folders_is_one_agent():
    report = sized(many(a__x=7, b__y=7, b__z=5, root=9), scope=("a/x", "b/y"))
    assert agents(report) == {".": 14}


def test_the_persons_limit_of_agents_holds():
    assert sized(many(api=2000, ui=2000, lib=2000), max_agents=1).strategy.estimated_agents == 1


def test_the_minimal_strategy_has_the_real_count():
    report = minimal(many(api=4000, ui=100), (), "the sizer died")
    assert agents(report) == {".": 4100}
    assert "minimal strategy" in report.overrides[0]


def test_excluded_trees_are_listed_with_counts_and_many_of_a_name_together():
    trees = [Skip(path=f"p{n}/node_modules", reason="dependency tree", files=10) for n in range(7)]
    skips = (*trees, Skip(path=".git", reason="version control", files=5))
    report = sized(walked("a.py", excluded=skips))
    assert [(s.path, s.files) for s in report.excluded] == [("**/node_modules", 70), (".git", 5)]


def test_the_seeds_spelling_of_a_strategy_is_read():
    document = sized(many(api=3)).dump()
    spawn = document["strategy"].pop("components_to_spawn")
    document["strategy"]["components_to_analyze"] = [spawn[0] | {"path": "./"}]
    assert SizingReport.model_validate(document).strategy.components_to_spawn[0].path == "."


def test_a_report_whose_files_do_not_add_up_is_invalid():
    document = sized(many(api=3)).dump()
    document["metrics"]["total_files"] = 4
    with pytest.raises(ValueError, match="the components have 3 files together"):
        SizingReport.model_validate(document)


NAMES = st.sampled_from(["api", "ui", "lib", "src", "x", "y", "web", "package.json", "pom.xml", "auth.py", "m.ts", "A B"])
PATHS = st.lists(NAMES, min_size=1, max_size=13).map(lambda parts: "/".join([*(f"{p}d" if "." in p else p for p in parts[:-1]), f"{parts[-1]}.f"]))


@settings(deadline=None, max_examples=60)
@given(st.sets(PATHS, min_size=1, max_size=50), st.sampled_from([1, 3, 50]), st.integers(1, 10))
def test_files_add_up_and_belong_to_one_component_whatever_the_tree(paths, copies, max_agents):
    report = sized(walked(*(f"{p}{n}" for p in paths for n in range(copies))), max_agents=max_agents)
    assert report.strategy.estimated_agents <= max_agents
    assert size(walked(*(f"{p}{n}" for p in paths for n in range(copies))), (), (), (), max_agents) == report


@settings(deadline=None, max_examples=80)
@given(st.sets(PATHS, min_size=2, max_size=30), st.data())
def test_files_add_up_with_components_by_hand(paths, data):
    folders = sorted({p.rpartition("/")[0] for p in paths} - {""})
    chosen = data.draw(st.lists(st.sampled_from(folders), unique=True, max_size=4)) if folders else []
    report = sized(walked(*paths), given=tuple(GivenComponent(path=f) for f in chosen))
    assert not chosen or {c.path for c in report.components} <= {*chosen, "."}
