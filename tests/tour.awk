# What each file is, from its own first sentence: "room/name.h  what it is". Of a module with a
# header the header speaks; give the headers first.
FNR == 1 {
	tell()
	stem = FILENAME
	sub(/\.[ch]$/, "", stem)
	open = !(stem in told)
	told[stem]
	file = FILENAME
	text = ""
}
open {
	line = $0
	sub(/^ *\/?\*+\/? */, "", line)
	last = $0 ~ /\*\//
	sub(/ *\*\/.*/, "", line)
	text = text (text == "" || line == "" ? "" : " ") line
	if (last || line ~ /[.:]$/ || line ~ /[^.]\. / || (line == "" && text != "")) open = 0
}
END { tell() }
function tell() {
	if (text == "")
		return
	name = file
	sub(/.*\//, "", name)
	if (index(text, name " - ") == 1) {
		text = substr(text, length(name) + 4)
		sub(/\. .*/, ".", text)
		sub(/[.:]$/, "", text)
		printf "%-34s %s\n", file, text
	} else {
		printf "%-34s (does not say)\n", file
	}
	text = ""
}
