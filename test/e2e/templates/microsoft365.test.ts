import { lastAssessment, Office, personalEvent } from '../../support/office';
import { MicrosoftGraph } from '../../support/outside/microsoftGraph';

const TEMPLATE = '11-microsoft-365';
const TITLES = [
	'full_name',
	'email',
	'person_id',
	'custom_id',
	'team_name',
	'assessments_summary',
	'latest_completed_at',
	'scorecard_url',
	'my_notes',
];

const microsoft = new MicrosoftGraph();
let office: Office;

beforeAll(async () => {
	office = await Office.open({ services: microsoft.services });
	await office.signInToMicrosoft();
	microsoft.cells.push(TITLES);
	await office.use(TEMPLATE);
});

afterAll(async () => {
	await office?.close();
});

it('writes a row, a mail and a message for somebody who has finished', async () => {
	const answer = await office.deliver(
		TEMPLATE,
		personalEvent('test_taker.assessment_completed', { invitation_id: 1 }),
	);
	expect(answer.body).toContain('assessments_not_all_completed');

	await office.runs(TEMPLATE, [
		lastAssessment({ invitation_id: 2, first_name: '=1+1', last_name: null, person_id: '0042' }),
		lastAssessment({ invitation_id: 3, team: null, scorecard_url: null, person_id: null }),
	]);
	const summary =
		'JOFI Personality Traits: completed; JOFI Thinking Skills: completed; JOFI Career Interests: completed';
	expect(microsoft.cells.slice(1).map((row) => row.map((cell) => cell ?? ''))).toEqual([
		[
			'=1+1',
			'linda.sample@jofiscore.com',
			'0042',
			'ABC123',
			'Recruiting',
			summary,
			'2026-02-03 06:20:11',
			'https://www.jofiscore.com/team/100/test-takers/12345/scorecard',
			'',
		],
		[
			'Linda Sample',
			'linda.sample@jofiscore.com',
			'',
			'ABC123',
			'',
			summary,
			'2026-02-03 06:20:11',
			'',
			'',
		],
	]);
	expect(microsoft.mails).toMatchObject([
		{
			subject: '=1+1 has finished all assessments',
			toRecipients: [{ emailAddress: { address: 'recruiting@example.com' } }],
			body: {
				contentType: 'Text',
				content: `=1+1 has finished all assessments.\n\nTeam: Recruiting\nAssessments: ${summary}\nScorecard: https://www.jofiscore.com/team/100/test-takers/12345/scorecard\n`,
			},
		},
		{ subject: 'Linda Sample has finished all assessments' },
	]);
	expect(microsoft.mails[1]?.body.content).toContain('Scorecard: no link yet');
	expect(microsoft.messages).toEqual([
		{
			contentType: 'text',
			content:
				'=1+1 has finished all assessments. Scorecard: https://www.jofiscore.com/team/100/test-takers/12345/scorecard',
		},
		{ contentType: 'text', content: 'Linda Sample has finished all assessments.' },
	]);
});
