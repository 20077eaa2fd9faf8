import jakarta.persistence.Entity;

@Entity
public class Item {
    // ruleid: proprietary
    private String purchasePrice;
    // ok: proprietary
    private String color;
}
