<?php
// ruleid: rate-limiting
RateLimiter::tooManyAttempts($key, 5);
// ok: rate-limiting
Cache::get($key);
