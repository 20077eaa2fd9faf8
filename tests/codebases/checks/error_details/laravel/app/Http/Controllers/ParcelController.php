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
    public function broad(Request $request)
    {
        try {
            return Parcel::create($request->only(['note']));
        } catch (\Exception $error) {
            // ruleid: error-details-to-caller
            return response()->json(['message' => $error->getMessage()], 500);
        }
    }

    public function own(Request $request)
    {
        try {
            return $this->depot->take($request->input('note'));
        } catch (DepotFullException $error) {
            // ok: error-details-to-caller
            return response()->json(['message' => $error->getMessage()], 409);
        }
    }
}
