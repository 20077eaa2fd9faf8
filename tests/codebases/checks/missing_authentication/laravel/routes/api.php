<?php

use App\Http\Controllers\ParcelController;
use Illuminate\Support\Facades\Route;

Route::post('/parcels', [ParcelController::class, 'store']);
Route::delete('/parcels/{id}', [ParcelController::class, 'destroy']);
Route::middleware('auth:sanctum')->group(function () {
    Route::get('/parcels/{id}', [ParcelController::class, 'show']);
    Route::put('/parcels/{id}', [ParcelController::class, 'update']);
});
