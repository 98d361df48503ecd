// A SPARQL endpoint of Comunica over a file of N-Quads in memory, on loopback: PORT FILE.
// Comunica's own server listens on every address, which a test may not.
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { QueryEngine } from '@comunica/query-sparql-rdfjs';
import { Store, StreamParser } from 'n3';

const [port, file] = process.argv.slice(2);
const store = new Store();
await new Promise((done, failed) => {
  const parser = new StreamParser({ format: 'application/n-quads' });
  store.import(createReadStream(file).pipe(parser)).on('end', done).on('error', failed);
});
const engine = new QueryEngine();
const media = 'application/sparql-results+json';

async function body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

createServer(async (request, response) => {
  try {
    const text = request.method === 'POST' ? await body(request) : new URL(request.url, 'http://localhost').search;
    const query = new URLSearchParams(text).get('query');
    const { data } = await engine.resultToString(await engine.query(query, { sources: [store] }), media);
    const parts = [];
    for await (const part of data) parts.push(Buffer.from(part));
    response.writeHead(200, { 'Content-Type': media }).end(Buffer.concat(parts));
  } catch (error) {
    response.writeHead(400, { 'Content-Type': 'text/plain' }).end(String(error));
  }
}).listen(Number(port), '127.0.0.1');
