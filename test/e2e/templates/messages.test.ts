/** The templates that tell somebody about an event. */
import {
	FORGED_LINES,
	HTML_NAME,
	lastAssessment,
	personalEvent,
	TemplateHarness,
} from '../../support/templateHarness';

const ALL_COMPLETED = '3-mail-when-all-completed';
const BRANCHES = '4-branch-per-event';
const BRANCH_SHEET = '1BranchSheetBranchSheetBranchSheet';
const ONE_URL = '5-one-url-many-workflows';
const RUNS = {
	'Run: invitation accepted': '5a-invitation-accepted',
	'Run: assessment completed': '5b-assessment-completed',
	'Run: career navigation': '5c-career-navigation',
};
const CHAT = '8-chat-message';
const BY_TEAM = '12-by-team';
const SCORECARD = 'Scorecard: https://www.jofiscore.com/team/100/test-takers/12345/scorecard';

let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start();
	for (const template of [ALL_COMPLETED, CHAT, BY_TEAM, ...Object.values(RUNS)]) {
		await harness.publishTemplate(template);
	}
	await harness.publishTemplate(BRANCHES, { sheet: BRANCH_SHEET });
	const workflowIds = Object.fromEntries(
		Object.entries(RUNS).map(([node, template]) => [node, harness.workflowOf(template).id]),
	);
	await harness.publishTemplate(ONE_URL, { workflowIds });
});

describe('3: mail when all is completed', () => {
	it('sends both bodies, with a name that is HTML shown as it is', async () => {
		const { body } = await harness.deliver(
			ALL_COMPLETED,
			personalEvent('test_taker.assessment_completed', HTML_NAME),
		);
		expect(body).toContain('assessments_not_all_completed');

		const [mail, ...more] = await harness.deliverInTurn(ALL_COMPLETED, [
			lastAssessment({ ...HTML_NAME, scorecard_url: 'https://example.com/s?a=1&b=2' }),
		]);
		expect(more).toEqual([]);
		expect(mail?.subject).toBe('<b>Ann & "Bob"</b> has finished all assessments');
		expect(mail?.text).toBe(
			'<b>Ann & "Bob"</b> has finished all assessments.\n\nTeam: Recruiting\n' +
				'Assessments: JOFI Personality Traits: completed; JOFI Thinking Skills: completed; JOFI Career Interests: completed\n' +
				'Scorecard: https://example.com/s?a=1&b=2\n',
		);
		expect(mail?.html).toContain('<strong>&#60;b&#62;Ann &#38; &#34;Bob&#34;&#60;/b&#62;</strong>');
		expect(mail?.html).not.toContain('<b>');
		expect(mail?.html).toContain(
			'<a href="https://example.com/s?a=1&#38;b=2">open the scorecard</a>',
		);
		expect(mail?.html).toContain('Team: Recruiting');
	});

	it('says so where there is no link, no team and no name', async () => {
		const [mail] = await harness.deliverInTurn(ALL_COMPLETED, [
			lastAssessment({ first_name: null, last_name: null, team: null, scorecard_url: null }),
		]);
		expect(mail?.subject).toBe('A candidate has finished all assessments');
		expect(mail?.text).toContain('Team: not given');
		expect(mail?.text).toContain('Scorecard: no link yet');
		expect(mail?.html).toContain('Scorecard: no link yet');
		expect(mail?.html).not.toContain('null');
	});

	it('sends at least once: twice when the connection drops after the server took the mail', async () => {
		harness.mail.dropNext(1);
		expect(await harness.deliverInTurn(ALL_COMPLETED, [lastAssessment({})])).toHaveLength(2);
	});
});

it.each([ALL_COMPLETED, BY_TEAM])(
	'%s keeps a name and a team within their lines',
	async (template) => {
		const [mail] = await harness.deliverInTurn(template, [lastAssessment(FORGED_LINES)]);
		expect(mail?.subject).toBe(
			'Zoe Scorecard: https://evil.example Fox has finished all assessments',
		);
		expect(mail?.text).toContain(`${mail?.subject}.\n`);
		expect(mail?.text).toContain('Team: Sales Scorecard: https://evil.example\n');
		expect(mail?.text?.match(/^Scorecard: .*/gm)).toEqual([SCORECARD]);
	},
);

describe('4: a branch per event', () => {
	it('sends each event down its own branch', async () => {
		const [accepted, navigation, ...more] = await harness.deliverInTurn(BRANCHES, [
			personalEvent('invitation.accepted', HTML_NAME),
			personalEvent(
				'test_taker.assessment_completed',
				{ first_name: '=1+1', last_name: null },
				'evt_branch_1',
			),
			personalEvent('career_navigation_profile.created', HTML_NAME),
		]);
		expect(more).toEqual([]);
		expect(accepted?.subject).toBe('<b>Ann & "Bob"</b> has accepted the invitation');
		expect(accepted?.text).toContain('Email: linda.sample@jofiscore.com');
		expect(accepted?.html).toContain('&#60;b&#62;Ann');
		const link = 'https://example.com/career-navigation/CNP1234567890';
		expect(navigation?.subject).toBe('Career navigation of <b>Ann & "Bob"</b>');
		expect(navigation?.text).toContain(`Career navigation: ${link}`);
		expect(navigation?.html).toContain(`<a href="${link}">`);
		expect(navigation?.html).not.toContain('<b>');

		const [header = [], ...rows] = harness.google.cells(BRANCH_SHEET);
		expect(rows).toHaveLength(1);
		expect(rows[0]?.[header.indexOf('event_id')]).toBe('evt_branch_1');
		expect(rows[0]?.[header.indexOf('full_name')]).toBe('=1+1');
	});

	it('writes to whoever sent the invitation, where JOFI says so', async () => {
		const [mail] = await harness.deliverInTurn(BRANCHES, [
			personalEvent('invitation.accepted', { created_by_user_email: 'jane@example.com' }),
		]);
		expect(mail?.to).toMatchObject({ text: 'jane@example.com' });
	});
});

it('5: one JOFI URL runs the workflow of each event once', async () => {
	const mails = await harness.deliverInTurn(ONE_URL, [
		personalEvent('invitation.accepted'),
		personalEvent('test_taker.assessment_completed'),
		personalEvent('career_navigation_profile.created'),
	]);
	expect(mails.map(({ subject }) => subject)).toEqual([
		'Linda Sample has accepted the invitation',
		'Linda Sample has completed an assessment',
		'Career navigation of Linda Sample',
	]);
	for (const template of Object.values(RUNS)) {
		const { id } = harness.workflowOf(template);
		expect(await harness.rest.finishedExecutions(id, 1)).toMatchObject([
			{ status: 'success', mode: 'integrated' },
		]);
	}
});

it('8: posts to Slack who completed what, with signs that Slack shows as they are', async () => {
	await harness.deliverInTurn(CHAT, [
		personalEvent('test_taker.assessment_completed', {
			first_name: '<!channel>',
			last_name: '& Co',
		}),
		personalEvent('test_taker.assessment_completed', { ...FORGED_LINES, scorecard_url: null }),
	]);
	const words = 'completed JOFI Personality Traits (2 of 3).';
	expect(harness.slack.messages).toMatchObject([
		{ channel: '#recruiting', text: `&lt;!channel&gt; &amp; Co ${words}\n${SCORECARD}` },
		{ channel: '#recruiting', text: `Zoe Scorecard: https://evil.example Fox ${words}` },
	]);
});

it('12: writes to the address of the team, or to the common one', async () => {
	const finished = (team: string | null) =>
		lastAssessment({ team: team === null ? null : { id: 1, display_name: team } });
	const receivers = async (...teams: Array<string | null>) => {
		const mails = await harness.deliverInTurn(BY_TEAM, teams.map(finished));
		return mails.map(({ to }) => [to].flat().map((line) => line?.text));
	};
	expect(await receivers('Recruiting')).toEqual([['recruiting@example.com']]);
	expect(await harness.rest.tableRows('jofi teams')).toEqual([]);
	await harness.addRows('jofi teams', [
		{ team_name: 'Recruiting', email: 'recruiters@example.com' },
		{ team_name: 'sales', email: 'sales@example.com, boss@example.com' },
		{ team_name: 'Sales', email: 'second@example.com' },
		{ team_name: 'Nobody', email: null },
	]);
	expect(await receivers('Recruiting', 'Sales', 'Nobody', 'Unknown', null)).toEqual([
		['recruiters@example.com'],
		['sales@example.com, boss@example.com, second@example.com'],
		['recruiting@example.com'],
		['recruiting@example.com'],
		['recruiting@example.com'],
	]);
});
