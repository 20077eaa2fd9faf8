import org.springframework.web.bind.annotation.*;

class Sample {
    @GetMapping("/run")
    void run(@RequestParam String name, @PathVariable long id, Runtime runtime, String other) throws Exception {
        // ruleid: requests
        runtime.exec("sh " + name);
        // ok: requests
        runtime.exec("sh " + id);
        // ok: requests
        runtime.exec(new String[] {"ls"});
    }
}
