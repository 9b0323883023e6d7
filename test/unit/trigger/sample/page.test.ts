import { createHash } from 'node:crypto';
import {
	escapeHtml,
	livePage,
	notSelectedPage,
	PAGE_HEADERS,
	sampleSentPage,
	samplesPage,
	unknownSamplePage,
} from '../../../../nodes/Jofi/trigger/sample/page';

const links = (html: string) =>
	[...html.matchAll(/href="\?sample=([^"]+)"/g)].map(([, type]) => type);

test('samples of every type, the selected ones first, each with a line on when JOFI sends it', () => {
	const { status, html } = samplesPage(['test_taker.assessment_completed', 'invitation.accepted']);
	expect(status).toBe(200);
	expect(links(html)).toEqual([
		'invitation.accepted',
		'test_taker.assessment_completed',
		'invitation.created',
		'test_taker.created',
		'career_navigation_profile.created',
	]);
	expect(html).toContain('Not selected in this node');
	expect(html.match(/JOFI sends this when/g)).toHaveLength(5);
});

test('with Any Event all are selected', () => {
	const { html } = samplesPage(['*']);
	expect(links(html)).toHaveLength(5);
	expect(html).not.toContain('Not selected');
});

test('an unknown sample gets a page that says so, with what was asked for as text', () => {
	const { status, html } = unknownSamplePage('<script>alert("x")</script>&\'');
	expect(status).toBe(404);
	expect(html).toContain('&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62;&#38;&#39;');
	expect(html).not.toContain('<script');
});

test('a very long name is cut', () => {
	expect(unknownSamplePage('x'.repeat(5000)).html).not.toContain('x'.repeat(101));
});

test('a sample that is not selected was not sent', () => {
	const { status, html } = notSelectedPage('Invitation Created');
	expect(status).toBe(409);
	expect(html).toContain('was not sent');
});

test('the production page says what is live and nothing else', () => {
	expect(livePage(true).html).toContain('over HTTPS, which is what JOFI needs');
	expect(livePage(false).html).toContain('plain HTTP');
	expect(links(livePage(true).html)).toEqual([]);
});

const pages = [
	samplesPage([]),
	livePage(true),
	sampleSentPage('“Ä” <Ü>'),
	unknownSamplePage('x'),
	notSelectedPage('x'),
];

test.each(pages)('no script, nothing from elsewhere, no inline style: page %#', ({ html }) => {
	expect(html).not.toMatch(
		/<script|<img|<link|<iframe|src=|style="|\son\w+=|url\(|@import|https?:\/\//i,
	);
	expect(html).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
	expect(html).toContain('name="viewport"');
});

test('names are escaped wherever they stand', () => {
	expect(sampleSentPage('<Ü>').html).not.toContain('<Ü>');
	expect(escapeHtml(`<>&"'ü`)).toBe('&#60;&#62;&#38;&#34;&#39;ü');
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
