<?php
class A {
    function update($post) {
        // ruleid: authorization
        $this->authorize("update", $post);
        // ok: authorization
        $this->author("update", $post);
    }
}
