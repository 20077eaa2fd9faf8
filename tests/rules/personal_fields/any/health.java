import jakarta.persistence.Entity;

@Entity
public class Item {
    // ruleid: health
    private String diagnosis;
    // ok: health
    private String color;
}
