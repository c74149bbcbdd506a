# certs.sh - certificates of the tests' own authority, below $tmp. Source it after lib.sh.

make_ca() {
	openssl req -x509 -newkey rsa:2048 -nodes -keyout "$tmp/ca.key" -out "$tmp/ca.pem" -days 30 \
		-subj "/CN=test authority" 2>/dev/null
}
make_cert() { # make_cert NAME SUBJECT-ALT-NAME ENDDATE-DAYS
	openssl req -newkey rsa:2048 -nodes -keyout "$tmp/$1.key" -out "$tmp/$1.csr" \
		-subj "/CN=$1" 2>/dev/null
	printf 'subjectAltName=%s\n' "$2" >"$tmp/$1.ext"
	openssl x509 -req -in "$tmp/$1.csr" -CA "$tmp/ca.pem" -CAkey "$tmp/ca.key" -CAcreateserial \
		-extfile "$tmp/$1.ext" -days "$3" -out "$tmp/$1.pem" 2>/dev/null
}
