<?php

use App\Http\Controllers\ParcelController;
use Illuminate\Support\Facades\Route;

Route::middleware('auth:sanctum')->group(function () {
    Route::post('/scan', [ParcelController::class, 'scan']);
    Route::post('/photo', [ParcelController::class, 'photo']);
});
