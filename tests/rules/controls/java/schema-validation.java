import jakarta.validation.Validator;

class Sample {
    private Validator validator;

    void check(Item item) {
        // ruleid: schema-validation
        validator.validate(item);
        // ok: schema-validation
        other.validateLater(item);
    }
}
