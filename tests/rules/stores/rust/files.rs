use std::fs;
use std::fs::File;

fn run() {
    // ruleid: files
    let text = fs::read_to_string("a.txt");
    // ruleid: files
    let file = File::create("b.txt");
    // ok: files
    let found = fs::metadata("a.txt");
}
