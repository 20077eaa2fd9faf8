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
    // ruleid: missing-authentication
    public function store(Request $request)
    {
        $data = $request->validate(['note' => 'required']);
        return Parcel::create($data);
    }

    // ruleid: missing-authentication
    public function destroy($id)
    {
        Parcel::destroy($id);
        return response()->noContent();
    }

    // ok: missing-authentication
    public function show($id)
    {
        return Parcel::findOrFail($id);
    }

    // ok: missing-authentication
    public function update(Request $request, $id)
    {
        $parcel = Parcel::findOrFail($id);
        $parcel->update($request->only(['note']));
        return $parcel;
    }
}
