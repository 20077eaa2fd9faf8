package a

import (
	"github.com/go-playground/validator/v10"
)

func f() {
	// ruleid: schema-validation
	validator.New()
	// ok: schema-validation
	print(1)
}
