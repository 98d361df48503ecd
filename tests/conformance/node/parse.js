// N3.js as a reader of what we write.
//
// node parse.js FILE... reads each file and writes what it read beside it as N-Quads, FILE.n3js.
const fs = require("fs");
const N3 = require("n3");

for (const file of process.argv.slice(2)) {
  const writer = new N3.Writer({ format: "N-Quads" });
  writer.addQuads(new N3.Parser().parse(fs.readFileSync(file, "utf8")));
  writer.end((error, told) => {
    if (error) throw error;
    fs.writeFileSync(`${file}.n3js`, told);
  });
}
