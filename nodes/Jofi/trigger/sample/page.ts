import { hash } from 'node:crypto';
import { EVENT_CATALOGUE, type CatalogueRow } from '../../events/catalogue';
import { isSelected } from '../rules';

/** A page for the browser of the person who builds the workflow, or of whoever opens the URL. */
export interface Page {
	status: number;
	html: string;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2433; --soft: #525c70; --paper: #fff; --ground: #f3f5f9; --line: #d5dbe7; --accent: #2f4b8f; }
@media (prefers-color-scheme: dark) {
	:root { --ink: #eef1f8; --soft: #b3bccf; --paper: #1c2232; --ground: #12161f; --line: #3a445c; --accent: #a9bdf5; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 42rem; margin: 0 auto; padding: 2.5rem 1rem; }
h1 { margin: 0 0 .5rem; font-size: 1.6rem; line-height: 1.25; }
h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
p { margin: 0 0 .75rem; }
ul { list-style: none; margin: 0; padding: 0; }
li { margin: 0 0 .6rem; }
a { color: var(--accent); }
.choice { display: block; padding: .9rem 1rem; background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; color: var(--ink); text-decoration: none; }
.choice:hover { border-color: var(--accent); }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.name { display: block; font-weight: 600; color: var(--accent); text-decoration: underline; }
.soft { color: var(--soft); }
`;

/**
 * The headers of every page. No scripts, nothing from elsewhere, no framing, no trace in caches or in
 * the Referer of a link; the one style sheet is allowed by its hash.
 */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
	'Content-Type': 'text/html; charset=utf-8',
	'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${hash('sha256', STYLE, 'base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
	'X-Content-Type-Options': 'nosniff',
	'Referrer-Policy': 'no-referrer',
	'Cache-Control': 'no-store',
};

/** What the Test URL shows while the editor listens: a sample of every event type, the selected ones first. */
export function samplesPage(selectedEvents: readonly string[]): Page {
	const selected = EVENT_CATALOGUE.filter((row) => isSelected(row.type, selectedEvents));
	const others = EVENT_CATALOGUE.filter((row) => !isSelected(row.type, selectedEvents));
	const otherSamples =
		others.length > 0
			? `<h2>Not selected in this node</h2>
<p class="soft">To use one of these, first add it under Events in n8n.</p>
${sampleLinks(others)}`
			: '';
	return page(
		200,
		'Choose a sample event',
		`<p>n8n is listening. Choose an event, and it appears in the editor as if JOFI had sent it. The people and links in it are invented.</p>
${sampleLinks(selected)}
${otherSamples}`,
	);
}

/** Shown once a sample went into the editor. */
export function sampleSentPage(name: string): Page {
	return page(
		200,
		`“${name}” was sent to n8n`,
		`<p>Go back to the n8n editor: the sample is in the output of the JOFI Trigger.</p>
<p>With real people, keep assessment_url to yourself and the candidate: whoever has that link can probably act as the candidate.</p>
<p>To try another one, click “Execute step” in n8n again, then ${BACK_TO_SAMPLES}.</p>`,
	);
}

/** Shown for a sample whose event type the node does not receive. */
export function notSelectedPage(name: string): Page {
	return page(
		409,
		`“${name}” is not selected`,
		`<p>This node does not receive “${escapeHtml(name)}”, so the sample was not sent.</p>
<p>In n8n, add it under Events (or choose Any Event) and click “Execute step” again. Or ${BACK_TO_SAMPLES}.</p>`,
	);
}

/**
 * Shown for a sample that does not exist.
 *
 * @param sample - what the visitor asked for
 */
export function unknownSamplePage(sample: string): Page {
	return page(
		404,
		'There is no such sample',
		`<p>No sample event is called “${escapeHtml(sample.slice(0, 100))}”. Please ${BACK_TO_SAMPLES}.</p>`,
	);
}

/** What the Production URL shows: that it is live, and nothing about the workflow or the account. */
export function livePage(isHttps: boolean): Page {
	const connection = isHttps
		? 'You came here over HTTPS, which is what JOFI needs.'
		: 'You came here over plain HTTP. JOFI sends its events over HTTPS only, so give JOFI an address that starts with https://.';
	return page(
		200,
		'This endpoint is live',
		`<p>JOFI posts its events here. There is nothing to do on this page.</p>
<p>${connection}</p>`,
	);
}

/** Makes text safe to stand in a page, in an element as well as in an attribute. */
function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const BACK_TO_SAMPLES = '<a href="?">choose from the list of samples</a>';

function sampleLinks(rows: readonly CatalogueRow[]): string {
	const links = rows.map(
		({ type, name, sentWhen }) =>
			`<li><a class="choice" href="?sample=${encodeURIComponent(type)}"><span class="name">${escapeHtml(name)}</span> <span class="soft">JOFI sends this when ${escapeHtml(sentWhen)}.</span></a></li>`,
	);
	return `<ul>\n${links.join('\n')}\n</ul>`;
}

function page(status: number, title: string, content: string): Page {
	const heading = escapeHtml(title);
	return {
		status,
		html: `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${heading} · JOFI Trigger</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${heading}</h1>
${content}
</main>
</body>
</html>
`,
	};
}
