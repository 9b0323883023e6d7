import { HTML_NAME, TemplateHarness, personalEvent } from '../../support/templateHarness';

const TEMPLATE = '4-branch-per-event';
const SHEET = '1BranchSheetBranchSheetBranchSheet';

let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start();
	await harness.publishTemplate(TEMPLATE, SHEET);
});

it('sends each event down its own branch', async () => {
	const started = harness.mail.mails.length;
	await harness.deliverInTurn(TEMPLATE, [
		personalEvent('invitation.accepted', HTML_NAME),
		personalEvent(
			'test_taker.assessment_completed',
			{ first_name: '=1+1', last_name: null },
			'evt_branch_1',
		),
		personalEvent('career_navigation_profile.created', HTML_NAME),
	]);

	const mails = harness.mail.mails.slice(started);
	expect(mails.map(({ subject }) => subject)).toEqual([
		'<b>Ann & "Bob"</b> has accepted the invitation',
		'Career navigation of <b>Ann & "Bob"</b>',
	]);
	const [accepted, navigation] = mails;
	expect(accepted?.text).toContain('Email: linda.sample@jofiscore.com');
	expect(accepted?.html).toContain('&#60;b&#62;Ann');
	expect(navigation?.text).toContain(
		'Career navigation: https://example.com/career-navigation/CNP1234567890',
	);
	expect(navigation?.html).toContain(
		'<a href="https://example.com/career-navigation/CNP1234567890">',
	);
	expect(navigation?.html).not.toContain('<b>');

	const [header = [], ...rows] = harness.google.cells(SHEET);
	expect(rows).toHaveLength(1);
	expect(rows[0]?.[header.indexOf('event_id')]).toBe('evt_branch_1');
	expect(rows[0]?.[header.indexOf('full_name')]).toBe('=1+1');
});

it('writes to whoever sent the invitation, where JOFI says so', async () => {
	await harness.deliverInTurn(TEMPLATE, [
		personalEvent('invitation.accepted', {
			first_name: 'Invited',
			last_name: 'by Jane',
			created_by_user_email: 'jane@example.com',
		}),
	]);
	const [sent] = harness.mail.about('Invited by Jane has accepted the invitation');
	expect(sent?.to).toMatchObject({ text: 'jane@example.com' });
});
