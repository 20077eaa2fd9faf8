<?php

namespace App\Http\Middleware;

class OnlyBakers
{
    public function handle($request, $next)
    {
        if (!$request->user() || $request->user()->role !== 'baker') {
            abort(403);
        }

        return $next($request);
    }
}
