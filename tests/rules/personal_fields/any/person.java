import jakarta.persistence.Entity;

@Entity
public class Item {
    // ruleid: person
    private String email;
    // ok: person
    private String color;
}
