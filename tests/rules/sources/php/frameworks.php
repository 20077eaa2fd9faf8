<?php
use Illuminate\Http\Request;
class FolderController {
    public function show(Request $request) {
        // ruleid: frameworks
        system("ls " . $request->input("folder"));
        // ruleid: frameworks
        system("ls " . $request->query->get("folder"));
        // ruleid: frameworks
        system("ls " . request("folder"));
        // ok: frameworks
        system("ls " . config("folder"));
    }
}
