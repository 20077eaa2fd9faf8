<?php

use App\Http\Middleware\OnlyBakers;
use Illuminate\Foundation\Application;
use Illuminate\Support\Facades\Route;

return Application::configure(basePath: dirname(__DIR__))
    ->withRouting(
        web: __DIR__.'/../routes/web.php',
        api: __DIR__.'/../routes/api.php',
        apiPrefix: 'rest',
        then: function () {
            Route::prefix('oven')->middleware('bakers')->group(base_path('routes/oven.php'));
        },
    )
    ->withMiddleware(function ($middleware) {
        $middleware->alias(['bakers' => OnlyBakers::class]);
    })->create();
