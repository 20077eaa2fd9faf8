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
    // ruleid: missing-brute-force-protection
    public function login(Request $request)
    {
        $member = Member::where('email', $request->input('email'))->first();
        if (!$member || !Hash::check($request->input('password'), $member->password)) {
            return response()->json(['message' => 'Invalid user or password'], 401);
        }
        return response()->json(['token' => $member->createToken('api')]);
    }

    // ok: missing-brute-force-protection
    public function loginSlowly(Request $request)
    {
        $member = Member::where('email', $request->input('email'))->first();
        if (!$member || !Hash::check($request->input('password'), $member->password)) {
            return response()->json(['message' => 'Invalid user or password'], 401);
        }
        return response()->json(['token' => $member->createToken('api')]);
    }
}
