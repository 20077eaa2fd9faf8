"""Routes of Spring's controllers: mappings, prefixes, inherited annotations, filter chains, annotations that guard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.jvm import routes_of
from tests.unit.codebase.resolvers.table import guards, parameters

from threat_modeling.codebase.resolvers import spring

if TYPE_CHECKING:
    from pathlib import Path

ITEMS = """package shop;
@RestController
@RequestMapping(value = {Paths.BASE + "/items", "/old"})
public class Items implements ItemApi {
  @GetMapping("/{id:[0-9]+}") public Item one(@PathVariable("id") long number, @RequestHeader("X-Trace") String trace) { return null; }
  @PostMapping public Item add(@Valid @RequestBody Item item, @CookieValue String sid) { return item; }
  @RequestMapping(path = "/any") public void any() { }
  @RequestMapping(path = "/two", method = {RequestMethod.GET, RequestMethod.PUT}) public void two() { }
  @ShopGet("/own") public void own() { }
  public String listed(String page) { return page; }
  void helper() { }
}
"""
API = """package shop;
public interface ItemApi { @GetMapping("/listed") String listed(@RequestParam("page") String page); }
"""
PATHS = 'package shop;\npublic final class Paths { static final String ROOT = "/api"; public static final String BASE = ROOT + "/v1"; }\n'
META = """package shop;
@RequestMapping(method = RequestMethod.GET)
public @interface ShopGet { @AliasFor(annotation = RequestMapping.class, attribute = "path") String[] value() default {}; }
"""
ITEM = "package shop;\npublic class Item { private String name; private int price; static final String NONE = null; }\n"


def test_mappings_of_class_method_interface_and_own_annotation(tmp_path: Path):
    found = routes_of(tmp_path, spring, ITEMS, API, PATHS, META.replace("public @interface", "@interface"), ITEM)
    below = ("GET {}/{{id}}", "POST {}", "ANY {}/any", "GET {}/two", "PUT {}/two", "GET {}/own", "GET {}/listed")
    assert set(found) == {template.format(prefix) for prefix in ("/api/v1/items", "/old") for template in below}
    one = found["GET /old/{id}"]
    assert parameters(one) == {"path id", "header X-Trace"}
    assert (one.handler and one.handler.function, one.handler and one.handler.line) == ("Items.one", 5)
    assert parameters(found["POST /old"]) == {"body name", "body price", "cookie sid"}
    assert guards(found["POST /old"]) == {"input-validation @Valid handler"}
    assert parameters(found["GET /old/listed"]) == {"query page"}


def test_context_path_and_placeholders_come_from_the_settings_of_the_same_build(tmp_path: Path):
    source = '@RestController\nclass A { @GetMapping("${shop.path:/none}/a") void a() {} @GetMapping("${shop.other:/other}") void b() {} }\n'
    found = routes_of(
        tmp_path,
        spring,
        one__src__main__java__A_dot_java=source,
        one__src__main__resources__application_dot_properties="server.servlet.context-path=/ctx\nshop.path=/set\n",
        two__src__main__java__A_dot_java=source.replace("/a", "/b"),
        two__src__main__resources__application_dot_yml="spring:\n  webflux:\n    base-path: /flux\n",
    )
    assert set(found) == {"GET /ctx/set/a", "GET /ctx/other", "GET /flux/none/b", "GET /flux/other"}


def test_what_is_no_controller_serves_nothing(tmp_path: Path):
    found = routes_of(
        tmp_path,
        spring,
        '@FeignClient("x") interface Client { @GetMapping("/remote") String remote(); }',
        '@RestController abstract class Base { @GetMapping("/base") void base() { } }',
        "@RestController class Child extends Base { int a; }",
        'class Plain { @GetMapping("/plain") void plain() { } }',
    )
    assert set(found) == {"GET /base"}


CHAIN = """
@Configuration
class Security {
  private static final String[] OPEN = {"/login", "/public/**"};
  @Bean SecurityFilterChain api(HttpSecurity http) throws Exception {
    http.authorizeHttpRequests(auth -> auth
        .requestMatchers(OPEN).permitAll()
        .requestMatchers(HttpMethod.GET, "/items/**").permitAll()
        .requestMatchers(new AntPathRequestMatcher("/admin/**")).hasRole("ADMIN")
        .anyRequest().authenticated());
    return http.build();
  }
}
"""
GUARDED = """
@RestController
class C {
  @PostMapping("/login") void login() { }
  @GetMapping("/items/{id}") void item() { }
  @PostMapping("/items/{id}") void change() { }
  @GetMapping("/admin/users") void users() { }
  @PreAuthorize("hasAuthority('x')") @GetMapping("/public/role") void role() { }
  @PreAuthorize("permitAll()") @GetMapping("/public/open") void open() { }
}
"""


def test_rules_of_a_filter_chain_decide_in_order(tmp_path: Path):
    found = routes_of(tmp_path, spring, CHAIN, GUARDED)
    known = {"authentication Security ** application"}
    assert guards(found["POST /login"]) == set()
    assert guards(found["GET /items/{id}"]) == set()
    assert guards(found["POST /items/{id}"]) == known
    assert guards(found["GET /admin/users"]) == {f"{what} Security /admin/** application" for what in ("authentication", "authorization")}
    assert guards(found["GET /public/role"]) == {"authentication @PreAuthorize route", "authorization @PreAuthorize route"}
    assert guards(found["GET /public/open"]) == set()


def test_older_adapters_scoped_chains_and_ignored_paths(tmp_path: Path):
    found = routes_of(
        tmp_path,
        spring,
        """
@Order(1) class Api extends WebSecurityConfigurerAdapter {
  protected void configure(HttpSecurity http) {
    http.antMatcher("/items/**").authorizeRequests().anyRequest().hasRole("USER").and().csrf().disable(); }
  public void configure(WebSecurity web) { web.ignoring().antMatchers("/public/**"); }
}
""",
        """
class Rest extends WebSecurityConfigurerAdapter {
  protected void configure(HttpSecurity http) { http.authorizeRequests().antMatchers("/login").permitAll().anyRequest().authenticated(); }
}
""",
        GUARDED,
    )
    assert {guard.split()[0] for guard in guards(found["GET /items/{id}"])} == {"authentication", "authorization"}
    assert guards(found["POST /login"]) == set()
    assert guards(found["GET /admin/users"]) == {"authentication Rest ** application"}
    assert guards(found["GET /public/open"]) == set()


def test_the_starter_alone_demands_a_login(tmp_path: Path):
    pom = "<project>\n<artifactId>spring-boot-starter-security</artifactId>\n</project>\n"
    found = routes_of(tmp_path, spring, GUARDED, pom_dot_xml=pom)
    assert guards(found["POST /login"]) == {"authentication Spring Security's default application"}


def test_kotlin_controllers_and_chain(tmp_path: Path):
    found = routes_of(
        tmp_path,
        spring,
        'const val ROOT = "/k"\n',
        '@RestController\n@RequestMapping(ROOT)\nclass K(private val r: R) {\n  @GetMapping("/{id}")'
        "\n  fun one(@PathVariable id: Long, @RequestParam q: String?) = r.one(id)\n"
        '  @DeleteMapping(path = ["/a", "/b"])\n  fun gone() = Unit\n}\n',
        "@Configuration\nclass S {\n  @Bean\n  fun chain(http: HttpSecurity): SecurityFilterChain {\n    http {\n      authorizeHttpRequests {\n"
        '        authorize("/k/a", permitAll)\n        authorize(anyRequest, authenticated)\n      }\n    }\n    return http.build()\n  }\n}\n',
    )
    assert set(found) == {"GET /k/{id}", "DELETE /k/a", "DELETE /k/b"}
    assert parameters(found["GET /k/{id}"]) == {"path id", "query q"}
    assert guards(found["DELETE /k/a"]) == set()
    assert guards(found["DELETE /k/b"]) == {"authentication S ** application"}


def test_interceptors_and_filters_that_turn_callers_away(tmp_path: Path):
    login = """class Login implements HandlerInterceptor {
  public boolean preHandle(HttpServletRequest q, HttpServletResponse r, Object h) {
    if (q.getSession().getAttribute("user") == null) { r.sendRedirect("/login"); return false; }
    return true;
  }
}
"""
    config = """@Configuration class Web implements WebMvcConfigurer {
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new Login()).addPathPatterns("/**").excludePathPatterns("/login", "/public/**");
  }
}
"""
    found = routes_of(tmp_path, spring, login, config, GUARDED.replace("@PreAuthorize", "@Other"))
    assert guards(found["GET /items/{id}"]) == {"authentication Login application"}
    assert guards(found["POST /login"]) == set()
    assert guards(found["GET /public/open"]) == set()


def test_a_handler_that_looks_at_the_token_guards_itself(tmp_path: Path):
    found = routes_of(
        tmp_path,
        spring,
        """@RestController class Own {
  private Users users;
  @GetMapping("/own") Item own(HttpServletRequest request) { return users.of(request); }
  @GetMapping("/other") Item other() { return null; }
}
""",
        "interface Users { Item of(HttpServletRequest request); }",
        'class UsersImpl implements Users { public Item of(HttpServletRequest request) { return find(request.getHeader("Authorization")); } }',
    )
    assert guards(found["GET /own"]) == {"authentication users.of handler"}
    assert guards(found["GET /other"]) == set()
