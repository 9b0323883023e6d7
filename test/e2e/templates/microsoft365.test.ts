import {
	FORGED_LINES,
	lastAssessment,
	TemplateHarness,
	personalEvent,
} from '../../support/templateHarness';
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
	'event_id',
	'my_notes',
];
const SUMMARY =
	'JOFI Personality Traits: completed; JOFI Thinking Skills: completed; JOFI Career Interests: completed';
const SCORECARD = 'https://www.jofiscore.com/team/100/test-takers/12345/scorecard';

const microsoft = new MicrosoftGraph();
let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start({ services: microsoft.services });
	await harness.signInToMicrosoft();
	microsoft.cells.push(TITLES);
	await harness.publishTemplate(TEMPLATE);
});

it('writes a row, a mail and a message for somebody who has finished', async () => {
	const { body } = await harness.deliver(
		TEMPLATE,
		personalEvent('test_taker.assessment_completed', { invitation_id: 1 }),
	);
	expect(body).toContain('assessments_not_all_completed');

	await harness.deliverInTurn(TEMPLATE, [
		lastAssessment({ invitation_id: 2, first_name: '=1+1', last_name: null, person_id: '0042' }),
		lastAssessment({ invitation_id: 3, team: null, scorecard_url: null, person_id: null }),
	]);
	const [email, at] = ['linda.sample@jofiscore.com', '2026-02-03 06:20:11'];
	const event = expect.stringMatching(/^evt_/) as unknown;
	expect(microsoft.cells.slice(1)).toEqual([
		['=1+1', email, '0042', 'ABC123', 'Recruiting', SUMMARY, at, SCORECARD, event, ''],
		['Linda Sample', email, '', 'ABC123', '', SUMMARY, at, '', event, ''],
	]);
	expect(microsoft.mails).toMatchObject([
		{
			subject: '=1+1 has finished all assessments',
			toRecipients: [{ emailAddress: { address: 'recruiting@example.com' } }],
			body: {
				contentType: 'Text',
				content: `=1+1 has finished all assessments.\n\nTeam: Recruiting\nAssessments: ${SUMMARY}\nScorecard: ${SCORECARD}\n`,
			},
		},
		{ subject: 'Linda Sample has finished all assessments' },
	]);
	expect(microsoft.mails[1]?.body.content).toContain('Scorecard: no link yet');
	expect(microsoft.messages).toEqual([
		{ contentType: 'text', content: `=1+1 has finished all assessments. Scorecard: ${SCORECARD}` },
		{ contentType: 'text', content: 'Linda Sample has finished all assessments.' },
	]);
});

it('keeps a row for each of five people who finish at once', async () => {
	microsoft.cells.length = 1;
	microsoft.readersAtOnce = 5;
	await harness.deliverAtOnce(TEMPLATE, [1, 2, 3, 4, 5].map(finished));
	microsoft.readersAtOnce = 1;
	expect(microsoft.cells).toHaveLength(6);
});

it('writes a row at least once: twice with the same event_id when Graph took it and answers 504', async () => {
	microsoft.cells.length = 1;
	microsoft.timeouts = 1;
	await harness.deliverInTurn(TEMPLATE, [finished(1)]);
	const [, first, second] = microsoft.cells;
	expect(first?.[8]).toMatch(/^evt_/);
	expect(second).toEqual(first);
});

it('keeps a name within its line and its cell', async () => {
	await harness.deliverInTurn(TEMPLATE, [
		lastAssessment(FORGED_LINES),
		lastAssessment({ first_name: 'x'.repeat(33_000), last_name: null }),
	]);
	const [forged] = microsoft.mails.slice(-2);
	expect(forged?.body.content).toContain('Zoe Scorecard: https://evil.example Fox has finished');
	expect(forged?.body.content).not.toMatch(/^Scorecard: https:\/\/evil/m);
	expect(microsoft.messages.at(-2)?.content).not.toContain('\n');
	expect(String(microsoft.cells.at(-1)?.[0]).length).toBeLessThan(32_768);
});

function finished(invitation: number) {
	return lastAssessment({ invitation_id: invitation, first_name: `Person ${invitation}` });
}
