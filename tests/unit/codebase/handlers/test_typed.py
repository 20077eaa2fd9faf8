"""What checks see of handlers in Java and Kotlin: parameters, injected services, repositories, getters and setters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase import checks
from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import routes

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "Security.java": """package shop;
@Configuration class Security { @Bean SecurityFilterChain chain(HttpSecurity http) {
  return http.authorizeHttpRequests(a -> a.requestMatchers("/otp/**").permitAll().anyRequest().authenticated()).build(); } }
""",
    "Order.java": "package shop;\n@Entity public class Order { @Id private Long id; private String ownerEmail; private String address; }\n",
    "OrderRepository.java": "package shop;\n"
    "public interface OrderRepository extends JpaRepository<Order, Long> { Order findByNumber(String number); }\n",
    "Orders.java": "package shop;\npublic interface Orders { Order find(String number); Order mine(String number, Principal caller); }\n",
    "OrdersImpl.java": """package shop;
@Service public class OrdersImpl implements Orders {
  @Autowired private OrderRepository orderRepository;
  public Order find(String number) { return orderRepository.findByNumber(number); }
  public Order mine(String number, Principal caller) {
    Order order = orderRepository.findByNumber(number);
    if (!order.getOwnerEmail().equals(caller.getName())) { throw new AccessDeniedException("not yours"); }
    return order;
  }
}
""",
    "OrderController.java": """package shop;
@RestController public class OrderController {
  @Autowired private Orders orders;
  @GetMapping("/orders/{number}")
  public ResponseEntity<Order> one(@PathVariable String number) { return ResponseEntity.ok().body(orders.find(number)); }
  @GetMapping("/mine/{number}")
  public ResponseEntity<Order> mine(@PathVariable String number, Principal caller) { return ResponseEntity.ok(orders.mine(number, caller)); }
}
""",
    "OtpForm.java": "package shop;\npublic class OtpForm { private String otp; private String email; public String getOtp() { return otp; } }\n",
    "OtpController.java": """package shop;
@RestController public class OtpController {
  @PostMapping("/otp/check")
  public boolean check(@RequestBody OtpForm form) { return codes.matches(form.getOtp()); }
}
""",
}


def test_checks_follow_services_and_repositories(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    project = Project(tmp_path)
    found = {(weakness.cwe, weakness.route) for weakness in checks.weaknesses(project, routes(project))}
    assert ("CWE-639", "GET /orders/{number}") in found
    assert ("CWE-639", "GET /mine/{number}") not in found
    assert ("CWE-307", "POST /otp/check") in found
