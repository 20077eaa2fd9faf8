import jakarta.persistence.Entity;

@Entity
public class Item {
    // ruleid: payment
    private String cardNumber;
    // ok: payment
    private String color;
}
