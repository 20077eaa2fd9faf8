<?php

namespace App\Http\Requests;

class StoreBread extends FormRequest
{
    public function authorize(): bool
    {
        return $this->user()->can('create', Bread::class);
    }

    public function rules(): array
    {
        return ['name' => 'required'];
    }
}
