import jakarta.persistence.Entity;

@Entity
public class Item {
    // ruleid: credentials
    private String passwordHash;
    // ok: credentials
    private String color;
}
