import { createHash } from 'node:crypto';
import {
	livePage,
	notSelectedPage,
	PAGE_HEADERS,
	sampleSentPage,
	samplesPage,
	unknownSamplePage,
} from '../../../../nodes/Jofi/trigger/sample/page';

const linksOf = ({ html }: { html: string }) =>
	[...html.matchAll(/href="\?sample=([^"]+)"/g)].map(([, type]) => type);

test('samples of every type, the selected ones first, each with a line on when JOFI sends it', () => {
	const page = samplesPage(['test_taker.assessment_completed', 'invitation.accepted']);
	expect(linksOf(page)).toEqual([
		'invitation.accepted',
		'test_taker.assessment_completed',
		'invitation.created',
		'test_taker.created',
		'career_navigation_profile.created',
	]);
	expect(page.html).toContain('Not selected in this node');
	expect(page.html.match(/JOFI sends this when/g)).toHaveLength(5);
});

test('with Any Event all are selected', () => {
	const page = samplesPage(['*']);
	expect(linksOf(page)).toHaveLength(5);
	expect(page.html).not.toContain('Not selected');
});

test('the production page says what is live and nothing else', () => {
	expect(livePage(true).html).toContain('over HTTPS, which is what JOFI needs');
	expect(livePage(false).html).toContain('plain HTTP');
	expect(linksOf(livePage(true))).toEqual([]);
});

test('a very long name is cut', () => {
	expect(unknownSamplePage('x'.repeat(5000)).html).not.toContain('x'.repeat(101));
});

const NAME = `<script>alert("x")</script>&'Ü`;
const ESCAPED = '&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62;&#38;&#39;Ü';

test.each([sampleSentPage(NAME), unknownSamplePage(NAME), notSelectedPage(NAME)])(
	'names are escaped wherever they stand: page %#',
	({ html }) => {
		expect(html).toContain(ESCAPED);
		expect(html).not.toContain('alert("x")');
	},
);

test.each([
	[samplesPage([]), 200],
	[livePage(true), 200],
	[sampleSentPage('x'), 200],
	[unknownSamplePage('x'), 404],
	[notSelectedPage('x'), 409],
])('no script, nothing from elsewhere, no inline style: page %#', ({ status, html }, expected) => {
	expect(status).toBe(expected);
	expect(html).not.toMatch(
		/<script|<img|<link|<iframe|src=|style="|\son\w+=|url\(|@import|https?:\/\//i,
	);
	expect(html).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
	expect(html).toContain('name="viewport"');
});

test('the headers allow the one style sheet and nothing more', () => {
	const style = /<style>([^]*)<\/style>/.exec(livePage(true).html)?.[1] ?? '';
	const hash = createHash('sha256').update(style).digest('base64');
	expect(PAGE_HEADERS).toEqual({
		'Content-Type': 'text/html; charset=utf-8',
		'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
		'X-Content-Type-Options': 'nosniff',
		'Referrer-Policy': 'no-referrer',
		'Cache-Control': 'no-store',
	});
});
