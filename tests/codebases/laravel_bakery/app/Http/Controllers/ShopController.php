<?php

namespace App\Http\Controllers;

class ShopController
{
    public function contact() {}
    public function hours() {}
    public function __invoke() {}
}
