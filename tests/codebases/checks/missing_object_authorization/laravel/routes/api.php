<?php

use App\Http\Controllers\ParcelController;
use Illuminate\Support\Facades\Route;

Route::middleware('auth:sanctum')->group(function () {
    Route::get('/parcels/{id}', [ParcelController::class, 'show']);
    Route::get('/own/{id}', [ParcelController::class, 'own']);
    Route::delete('/parcels/{id}', [ParcelController::class, 'destroy']);
    Route::put('/parcels/{parcel}', [ParcelController::class, 'update']);
    Route::put('/sealed/{parcel}', [ParcelController::class, 'seal']);
    Route::delete('/tables/{id}', [ParcelController::class, 'wipe']);
    Route::put('/policies/{parcel}', [ParcelController::class, 'policed']);
});
