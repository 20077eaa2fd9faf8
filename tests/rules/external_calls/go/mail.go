package a

import "net/smtp"

func send() {
	// ruleid: mail
	smtp.SendMail("mail.example.com:587", nil, "a", nil, nil)
	// ok: mail
	smtp.PlainAuth("", "a", "b", "c")
}
