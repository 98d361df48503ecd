// Comunica as a client: asks the store at an address the questions on stdin, {name: {query, columns}},
// and writes a line for each to stdout: {name, rows} with the text of each cell, or {name, error}.
import { text } from 'node:stream/consumers';
import { QueryEngine } from '@comunica/query-sparql';

const engine = new QueryEngine();
const context = { sources: [{ type: 'sparql', value: process.argv[2] }] };

for (const [name, { query, columns }] of Object.entries(JSON.parse(await text(process.stdin)))) {
  try {
    const rows = await (await engine.queryBindings(query, context)).toArray();
    const cells = rows.map(row => columns.map(column => row.get(column)?.value ?? ''));
    process.stdout.write(`${JSON.stringify({ name, rows: cells })}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ name, error: String(error) })}\n`);
  }
}
