<?php

use App\Http\Controllers\BreadController;
use App\Http\Controllers\{OrderController, ShopController};
use Illuminate\Support\Facades\Route;

Route::get('/', fn () => view('home'));
Route::get('/breads/{bread}/{size?}', [BreadController::class, 'show']);
Route::match(['get', 'post'], '/contact', 'ShopController@contact');
Route::middleware(['auth', 'throttle:60,1'])->prefix('account')->group(function () {
    Route::resource('orders.items', OrderController::class)->only(['index', 'store'])->parameters(['orders' => 'purchase']);
    Route::delete('/card', [OrderController::class, 'card'])->middleware('can:delete,card');
});
Route::group(['prefix' => 'admin', 'middleware' => 'bakers'], function () {
    Route::any('/ovens', ShopController::class);
});
Route::controller(ShopController::class)->group(function () {
    Route::get('/hours', 'hours');
});
Route::view('/about', 'about');
