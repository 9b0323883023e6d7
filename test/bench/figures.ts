import execa from 'execa';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(__dirname, '../../docs/performance.md');

/** Puts Markdown into docs/performance.md, in place of what stands between the comments of that name. */
export async function keepFigures(name: string, markdown: string): Promise<void> {
	const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
	const page = readFileSync(PAGE, 'utf8');
	const [before, behindStart] = page.split(start);
	const after = behindStart?.split(end)[1];
	if (before === undefined || after === undefined) throw new Error(`No ${start} in ${PAGE}`);
	writeFileSync(PAGE, `${before}${start}\n\n${markdown}\n\n${end}${after}`);
	await execa('npx', ['prettier', '--write', PAGE]);
}

/** A Markdown table. In: its rows, the first of them its head. */
export function table(rows: string[][]): string {
	const [head = [], ...others] = rows;
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...others.map(line)].join('\n');
}

/** The value in the middle. */
export function median(values: number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
