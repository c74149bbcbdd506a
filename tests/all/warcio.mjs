// warcio.mjs - what npm's warcio, the reader and writer of the browser archives, makes of our
// files, and what we shall make of its own.
//   node warcio.mjs read FILE    a JSON line a record: type, url, size, status, digest (whether
//                                the block has the SHA-256 that its header says), text
//   node warcio.mjs write FILE   a file of its own with two answers
import fs from "node:fs";
import { createHash } from "node:crypto";
import { WARCParser, WARCRecord, WARCSerializer } from "warcio";

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function base32(bytes) {
	let bits = "";
	for (const b of bytes)
		bits += b.toString(2).padStart(8, "0");
	return bits.match(/.{1,5}/g).map((s) => digits[parseInt(s.padEnd(5, "0"), 2)]).join("");
}

async function* blocks(file) {
	const parser = new WARCParser(fs.createReadStream(file), { parseHttp: false });
	for await (const record of parser) {
		const parts = [];
		for await (const chunk of record)
			parts.push(Buffer.from(chunk));
		yield { record, block: Buffer.concat(parts) };
	}
}

async function statuses(file) {
	const found = new Map();
	for await (const record of new WARCParser(fs.createReadStream(file))) {
		const id = record.warcHeader("WARC-Record-ID");
		const text = await record.contentText();
		if (record.warcType === "response" || record.warcType === "revisit")
			found.set(id, { status: record.httpHeaders?.statusCode, text });
	}
	return found;
}

async function read(file) {
	const http = await statuses(file);
	for await (const { record, block } of blocks(file)) {
		const digest = record.warcHeader("WARC-Block-Digest");
		const own = "sha256:" + base32(createHash("sha256").update(block).digest());
		const more = http.get(record.warcHeader("WARC-Record-ID")) ?? {};
		console.log(JSON.stringify({
			type: record.warcType, url: record.warcTargetURI ?? null, size: block.length,
			status: more.status ?? null, digest: digest === own, text: more.text ?? null,
		}));
	}
}

async function write(file) {
	const out = fs.createWriteStream(file);
	for (const [url, text] of [["http://b.example.gov.cn/feed.xml", fs.readFileSync(0, "utf8")],
		["http://b.example.gov.cn/other.html", "<p>other</p>"]]) {
		async function* content() { yield new TextEncoder().encode(text); }
		const record = await WARCRecord.create({ url, date: "2026-11-23T01:00:00Z", type: "response",
			warcVersion: "WARC/1.1", httpHeaders: { "Content-Type": "text/xml; charset=utf-8" },
			statusline: "HTTP/1.1 200 OK" }, content());
		out.write(await WARCSerializer.serialize(record, { gzip: true }));
	}
	await new Promise((done) => out.end(done));
}

await { read, write }[process.argv[2]](process.argv[3]);
