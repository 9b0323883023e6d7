import {
	FORGED_LINES,
	lastAssessment,
	HTML_NAME,
	TemplateHarness,
	personalEvent,
} from '../../support/templateHarness';

const TEMPLATE = '3-mail-when-all-completed';

let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start();
	await harness.publishTemplate(TEMPLATE);
});

it('sends both bodies, with a name that is HTML shown as it is', async () => {
	const started = harness.mail.mails.length;
	const answer = await harness.deliver(
		TEMPLATE,
		personalEvent('test_taker.assessment_completed', HTML_NAME),
	);
	expect(answer.body).toContain('assessments_not_all_completed');

	await harness.deliverInTurn(TEMPLATE, [
		lastAssessment({ ...HTML_NAME, scorecard_url: 'https://example.com/s?a=1&b=2' }),
	]);
	const mails = harness.mail.mails.slice(started);
	expect(mails).toHaveLength(1);
	const [sent] = mails;
	expect(sent?.subject).toBe('<b>Ann & "Bob"</b> has finished all assessments');
	expect(sent?.text).toBe(
		'<b>Ann & "Bob"</b> has finished all assessments.\n\nTeam: Recruiting\n' +
			'Assessments: JOFI Personality Traits: completed; JOFI Thinking Skills: completed; JOFI Career Interests: completed\n' +
			'Scorecard: https://example.com/s?a=1&b=2\n',
	);
	expect(sent?.html).toContain('<strong>&#60;b&#62;Ann &#38; &#34;Bob&#34;&#60;/b&#62;</strong>');
	expect(sent?.html).not.toContain('<b>');
	expect(sent?.html).toContain(
		'<a href="https://example.com/s?a=1&#38;b=2">open the scorecard</a>',
	);
	expect(sent?.html).toContain('Team: Recruiting');
});

it('says so where there is no link, no team and no name', async () => {
	await harness.deliverInTurn(TEMPLATE, [
		lastAssessment({ first_name: null, last_name: null, team: null, scorecard_url: null }),
	]);
	const [sent] = harness.mail.about('A candidate has finished all assessments');
	expect(sent?.text).toContain('Team: not given');
	expect(sent?.text).toContain('Scorecard: no link yet');
	expect(sent?.html).toContain('Scorecard: no link yet');
	expect(sent?.html).not.toContain('null');
});

it('keeps a name within its line', async () => {
	await harness.deliverInTurn(TEMPLATE, [lastAssessment(FORGED_LINES)]);
	const sent = harness.mail.mails.at(-1);
	expect(sent?.text).toContain('Zoe Scorecard: https://evil.example Fox has finished');
	expect(sent?.text).toContain('Team: Sales Scorecard: https://evil.example\n');
	expect(sent?.text?.match(/^Scorecard: .*/gm)).toEqual([
		'Scorecard: https://www.jofiscore.com/team/100/test-takers/12345/scorecard',
	]);
});

it('sends at least once: twice when the connection drops after the server took the mail', async () => {
	const before = harness.mail.mails.length;
	harness.mail.dropNext(1);
	await harness.deliverInTurn(TEMPLATE, [lastAssessment({})]);
	expect(harness.mail.mails).toHaveLength(before + 2);
});
