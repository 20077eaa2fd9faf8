import org.springframework.security.access.prepost.PreAuthorize;

class Sample {
    // ruleid: authorization
    @PreAuthorize("hasRole('ADMIN')")
    void remove(long id) {
    }

    // ok: authorization
    @Override
    public String toString() {
        return "";
    }
}
