<?php

namespace App\Http\Controllers;

use App\Models\Member;
use App\Models\Parcel;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Auth;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Hash;

class ParcelController extends Controller
{
    public function member(Request $request)
    {
        // ruleid: mass-assignment
        return Member::create($request->all());
    }

    public function profile(Request $request)
    {
        // ruleid: mass-assignment
        $request->user()->update($request->all());
        return response()->noContent();
    }

    public function checked(Request $request)
    {
        $data = $request->validate(['email' => 'required|email']);
        // ok: mass-assignment
        return Member::create($data);
    }

    public function parcel(Request $request)
    {
        // ok: mass-assignment
        return Parcel::create($request->all());
    }
}
